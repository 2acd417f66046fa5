//! Tenants of the test that break on one thing, checked by the program.

use crate::support::front::{Front, crash, refusal};
use crate::support::program::{Folder, Ran};
use crate::support::server::Request;
use memchr::memmem;
use serde_json::Value;

/// What a run against such a tenant told.
struct Told {
    folder: Folder,
    ran: Ran,
    front: Front,
}

/// Runs the program against an honest tenant that answers some requests in a way of its own.
fn told(arguments: &[&str], own: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static) -> Told {
    let (folder, front) = (Folder::new(), Front::start(own));
    front.configure(&folder);
    let ran = folder.run(&[&["check", "--report", "ndjson=log"], arguments].concat());
    Told { folder, ran, front }
}

impl Told {
    fn events(&self, kind: &str) -> Vec<Value> {
        self.folder.events("log").into_iter().filter(|event| event["event"] == kind).collect()
    }

    /// The one finding that fails.
    fn finding(&self) -> Value {
        let mut failing = self.events("finding");
        failing.retain(|finding| finding["failing"] == true);
        assert_eq!(failing.len(), 1, "{}", self.ran.out());
        failing.remove(0)
    }

    /// The body of the request that a finding names.
    fn body(&self, finding: &Value) -> Vec<u8> {
        let number = &finding["exchange"];
        let exchange = self.events("exchange").into_iter().find(|exchange| exchange["number"] == *number).unwrap();
        println!("{}", exchange["probe"]);
        exchange["probe"]["body"].as_str().unwrap_or_default().as_bytes().to_vec()
    }
}

fn holds(request: &Request, bytes: &[u8]) -> bool {
    memmem::find(&request.bytes, bytes).is_some()
}

#[test]
fn a_crash_on_a_pattern_in_one_cell_is_told_by_the_smallest_table() {
    let told = told(&["*/coverage/csv/**"], |request| holds(request, b"IMPORTXML").then(|| crash(request)));
    println!("{}", told.ran.out());
    let finding = told.finding();
    println!("{finding}");
    println!("{}", String::from_utf8_lossy(&told.body(&finding)));
}

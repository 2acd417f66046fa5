//! Tenants of the test that break on one thing, checked by the program.

use crate::front::{Front, crash, refusal};
use crate::support::program::{Folder, Ran};
use crate::support::server::Request;
use memchr::memmem;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tenantcheck::exchange::Probe;
use tenantcheck::generate::proof::Sent;

/// What a run against such a tenant told.
struct Told {
    folder: Folder,
    ran: Ran,
}

/// Runs the program against an honest tenant that answers some requests in a way of its own.
fn told(arguments: &[&str], own: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static) -> Told {
    let (folder, front) = (Folder::new(), Front::start(own));
    front.configure(&folder);
    let ran = folder.run(&[&["check", "--report", "ndjson=log"], arguments].concat());
    Told { folder, ran }
}

impl Told {
    fn events(&self, kind: &str) -> Vec<Value> {
        self.folder.events("log").into_iter().filter(|event| event["event"] == kind).collect()
    }

    /// The one finding that fails, how much smaller it became, and the request that it names.
    fn smallest(&self) -> (Value, Probe) {
        let mut failing = self.events("finding");
        failing.retain(|finding| finding["failing"] == true);
        assert_eq!(failing.len(), 1, "{}", self.ran.out());
        let finding = failing.remove(0);
        let named = |exchange: &Value| exchange["number"] == finding["exchange"];
        let exchange = self.events("exchange").into_iter().find(named).unwrap();
        assert_eq!(exchange["purpose"], "shrink", "{}", self.ran.out());
        let shrunk = &finding["shrunk"];
        println!("from {} to {} bytes in {} requests", shrunk["from"], shrunk["to"], shrunk["requests"]);
        assert!(shrunk["to"].as_u64() < shrunk["from"].as_u64() && shrunk["requests"].as_u64() <= Some(60), "{shrunk}");
        assert!(self.ran.out().contains("  shrunk from "), "{}", self.ran.out());
        (finding.clone(), serde_json::from_value(exchange["probe"].clone()).unwrap())
    }

    fn tries(&self) -> usize {
        self.events("exchange").iter().filter(|exchange| exchange["purpose"] == "shrink").count()
    }
}

fn holds(request: &Request, bytes: &[u8]) -> bool {
    memmem::find(&request.bytes, bytes).is_some()
}

#[test]
fn a_crash_on_a_pattern_in_one_cell_is_told_by_the_smallest_table() {
    let told = told(&["*/coverage/csv/formulas"], |request| holds(request, b"IMPORTXML(").then(|| crash(request)));
    let (_, probe) = told.smallest();
    let body = probe.body.text();
    assert!(body.contains("IMPORTXML(") && body.len() < 250, "{body}");
    assert!(told.ran.out().contains("IMPORTXML(") && told.ran.out().contains("curl -i"), "{}", told.ran.out());
}

#[test]
fn a_crash_on_a_long_cell_is_told_by_the_shortest() {
    let long = |request: &Request| request.method == "POST" && request.bytes.len() > 9_000;
    let told = told(&["*/coverage/csv/huge-cell"], move |request| long(request).then(|| crash(request)));
    let (_, probe) = told.smallest();
    assert!((8_000..9_100).contains(&probe.body.0.len()), "{}", probe.body.0.len());
}

#[test]
fn a_refused_variation_is_told_by_a_smaller_one_that_is_valid_too() {
    let told = told(&["*/coverage/csv/valid-quoted"], |request| {
        let text = "The file cannot be read.";
        holds(request, b"two\r\nlines").then(|| refusal(request, 400, "400.1 Bad Request Content", text))
    });
    let (finding, probe) = told.smallest();
    let sent = Sent::of(&probe);
    let part = sent.parts().unwrap().into_iter().find(|part| part.filename.is_some()).unwrap();
    let name = part.name.unwrap();
    let table = sent.table(&name).unwrap();
    assert_eq!((sent.table_faults(&name), table.rows().len()), (Vec::new(), 1), "{}", probe.body.text());
    assert!(table.rows()[0].iter().any(|cell| cell.as_ref() == b"two\r\nlines") && !table.rows()[0][0].is_empty());
    assert_eq!(finding["rule"], "answer.expected-status");
}

#[test]
fn what_is_not_seen_again_is_not_made_smaller() {
    let crashes = AtomicUsize::new(0);
    let told = told(&["*/coverage/csv/markup"], move |request| {
        let first = holds(request, b"jndi") && crashes.fetch_add(1, Ordering::SeqCst) == 0;
        first.then(|| crash(request))
    });
    assert_eq!(told.tries(), 0, "{}", told.ran.out());
}

#[test]
fn what_was_there_for_a_while_is_told_as_it_was_found() {
    let crashes = AtomicUsize::new(0);
    let told = told(&["*/coverage/csv/markup"], move |request| {
        let early = holds(request, b"jndi") && crashes.fetch_add(1, Ordering::SeqCst) < 3;
        early.then(|| crash(request))
    });
    let finding = told.events("finding").into_iter().find(|finding| finding["failing"] == true).unwrap();
    assert!(told.tries() > 0 && finding["shrunk"].is_null() && finding["stability"] == "stable", "{finding}");
}

#[test]
fn silence_is_not_made_smaller() {
    let told = told(&["*/coverage/csv/markup"], |request| {
        holds(request, b"jndi").then(|| {
            std::thread::sleep(Duration::from_secs(7));
            crash(request)
        })
    });
    assert_eq!((told.ran.code, told.tries()), (Some(1), 0), "{}", told.ran.out());
}

#[test]
fn a_nearly_spent_budget_leaves_the_finding_as_it_was_found_and_says_so() {
    let arguments = ["*/coverage/csv/markup", "--budget", "24"];
    let told = told(&arguments, |request| holds(request, b"jndi").then(|| crash(request)));
    assert_eq!((told.ran.code, told.tries()), (Some(1), 0), "{}", told.ran.out());
    assert!(told.ran.out().contains("not made smaller any more"), "{}", told.ran.out());
}

#[test]
fn every_case_is_asked_although_each_kind_of_request_breaks() {
    let uploads = AtomicUsize::new(0);
    let told = told(&["--phase", "coverage"], move |request| {
        let late = request.method == "POST" && uploads.fetch_add(1, Ordering::SeqCst) > 8;
        late.then(|| crash(request))
    });
    let cases = told.events("case");
    let starved = cases.iter().filter(|case| case["why"].as_str().is_some_and(|why| why.contains("budget"))).count();
    assert!(starved == 0 && cases.len() > 100 && told.tries() > 0, "{starved} of {}", cases.len());
}

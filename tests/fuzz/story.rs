//! A campaign from what it finds to what is mended.

use crate::front::{Front, crash};
use crate::support::program::Folder;
use memchr::memmem;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the tenant stumbles over, inside a cell.
const PATTERN: &[u8] = b";x";

/// The content of the part that has a file name.
fn table(request: &[u8]) -> &[u8] {
    let after = |bytes: &'_ [u8], mark: &[u8]| memmem::find(bytes, mark).map(|at| at + mark.len());
    let Some(part) = after(request, b"filename=") else { return &[] };
    let rest = &request[part..];
    after(rest, b"\r\n\r\n").map(|at| &rest[at..]).unwrap_or_default()
}

#[test]
fn a_pattern_inside_one_cell_is_found_shrunk_replayed_saved_and_green_when_it_is_mended() {
    let folder = Folder::new();
    let mended = Arc::new(AtomicBool::new(false));
    let good = Arc::clone(&mended);
    let front = Front::start(move |request| {
        let stumbles = !good.load(Ordering::Relaxed) && memmem::find(table(&request.bytes), PATTERN).is_some();
        stumbles.then(|| crash(request))
    });
    front.configure(&folder);

    let seed = ["fuzz", "load-accounts", "--requests", "400", "--seed", "11", "--save"];
    let ran = folder.run(&seed).exits(1);
    let findings: Vec<_> = fs::read_dir(folder.path(".tenantcheck/findings")).unwrap().collect();
    let [file] = findings.as_slice() else { unreachable!("{}", ran.out()) };
    let kept: serde_json::Value = serde_json::from_slice(&fs::read(file.as_ref().unwrap().path()).unwrap()).unwrap();
    let finding = &kept["finding"];
    assert_eq!(finding["rule"], "answer.no-server-error", "{}", ran.out());
    let shrunk = &finding["shrunk"];
    assert!(shrunk["requests"].as_u64().unwrap() <= 60, "{shrunk}");
    // Boundary, part heads and the columns' names are more than half of it: the table itself is the pattern.
    assert!(shrunk["to"].as_u64().unwrap() < 400 && shrunk["to"].as_u64() < shrunk["from"].as_u64(), "{shrunk}");

    let fingerprint = finding["fingerprint"].as_str().unwrap();
    folder.run(&["replay", fingerprint]).exits(1);
    assert_eq!(fs::read_dir(folder.path("cases/load-accounts/found")).unwrap().count(), 1);
    folder.run(&["check", "load-accounts/found"]).exits(1);

    mended.store(true, Ordering::Relaxed);
    folder.run(&["replay", fingerprint]).exits(0);
    folder.run(&["check", "load-accounts/found"]).exits(0);
}

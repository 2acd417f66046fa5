//! What is sent depends on root seed, case and number alone.

use super::candidates;
use crate::support::program::Folder;
use std::collections::BTreeSet;

fn sent(more: &[&str]) -> BTreeSet<(String, u64, String)> {
    let folder = Folder::new();
    folder.run(&[&["check", "--phase", "fuzz", "--report", "ndjson=log"], more].concat()).exits(0);
    candidates(&folder.events("log")).into_iter().collect()
}

#[test]
fn the_same_seed_sends_the_same_bytes_whatever_is_selected_shared_or_under_way() {
    let whole = sent(&["--seed", "7"]);
    assert!((55..=60).contains(&whole.len()), "{} candidates", whole.len());
    assert_eq!(sent(&["--seed", "7", "--jobs", "1"]), whole, "one at a time");
    let part = sent(&["--seed", "7", "get-document/**"]);
    assert!(part.len() >= 18 && part.is_subset(&whole), "a selection");
    let shares: Vec<_> = ["1/2", "2/2"].iter().flat_map(|share| shard(share)).collect();
    assert_eq!(shares.iter().cloned().collect::<BTreeSet<_>>(), whole, "shares");
    assert!(sent(&["--seed", "8"]).is_disjoint(&whole), "another seed");
}

/// A share may hold no fuzz case at all.
fn shard(share: &str) -> Vec<(String, u64, String)> {
    let folder = Folder::new();
    let arguments = ["check", "--phase", "fuzz", "--seed", "7", "--report", "ndjson=log", "--shard", share];
    let ran = folder.run(&arguments);
    assert!(matches!(ran.code, Some(0 | 4)), "{}\n{}", ran.out(), ran.err());
    if ran.code == Some(4) { Vec::new() } else { candidates(&folder.events("log")) }
}

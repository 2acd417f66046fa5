//! What changed from one run to another. Knows shapes and names, never ids and times: two honest runs do not differ.

mod answer;
mod differences;
mod digest;
mod findings;
mod pools;
mod shape;
mod turned;

pub use digest::Digest;

use crate::event::Comparison;

/// Compares two runs.
pub fn compare(old: &Digest, new: &Digest) -> Comparison {
    Comparison {
        old: old.side(),
        new: new.side(),
        notes: notes(old, new),
        changes: findings::changes(old, new),
        differences: differences::differences(old, new),
    }
}

fn notes(old: &Digest, new: &Digest) -> Vec<String> {
    let ends = [("old", old), ("new", new)].into_iter().filter(|(_, digest)| !digest.is_whole());
    let end = |(which, digest): (&str, &Digest)| {
        if digest.has_begun() {
            format!("the {which} log ends before the summary of its run; what is there is compared")
        } else {
            format!("the {which} run did not begin")
        }
    };
    let mut notes: Vec<String> = ends.map(end).collect();
    if old.start.version != new.start.version {
        let (old, new) = (&old.start.version, &new.start.version);
        notes.push(format!("the runs are of tenantcheck {old} and {new}: a change may come from its rules"));
    }
    if old.start.strict != new.start.strict {
        let strict = if new.start.strict { "new" } else { "old" };
        notes.push(format!("only the {strict} run was strict: findings may fail in it that do not fail in the other"));
    }
    notes
}

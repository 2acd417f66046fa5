//! Finds the `x-` keys that nobody reads: what they promise, no rule keeps.

use super::problem::Problem;
use crate::check::ANNOTATIONS;
use crate::contract::Extension;

/// The keys that nobody reads.
pub fn unknown(extensions: &[Extension]) -> Vec<Problem> {
    extensions.iter().filter_map(judge).collect()
}

fn judge(extension: &Extension) -> Option<Problem> {
    let Extension { path, pointer, name, known } = extension;
    let known = known.unwrap_or(&ANNOTATIONS);
    let read = known.contains(&name.as_str());
    let problem =
        || Problem::of(path, format!("`{name}` is read by nobody"), format!("known here are {}", known.join(", ")));
    (!read).then(|| Problem { pointer: Some(pointer.clone()), ..problem() })
}

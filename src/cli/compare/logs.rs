//! The two sides of a comparison as they were recorded.

use crate::compare::Digest;
use crate::report::{Destination, PREVIOUS, ReportError, read};
use std::path::Path;

/// A run that is compared with itself, or overwritten by a report of it, is a mistake.
pub(super) fn differ(old: &Path, new: &Path, reports: &[Destination]) -> anyhow::Result<()> {
    let logs = [read(old)?.path().to_owned(), read(new)?.path().to_owned()];
    let [old, new] = &logs;
    if same(old, new) {
        let previous = old.with_file_name(PREVIOUS);
        let (previous, log) = (previous.display(), old.display());
        anyhow::bail!(
            "OLD and NEW are the same log, `{log}`: name two; the run before it, if there was one, is `{previous}`"
        );
    }
    for report in reports {
        if let Some(log) = logs.iter().find(|log| same(log, &report.path)) {
            return Err(ReportError::Itself(log.clone()).into());
        }
    }
    Ok(())
}

/// Whether two paths lead to one file that is there.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Reads a log, event by event, and keeps little of it.
pub(super) fn digest(path: &Path) -> anyhow::Result<Digest> {
    let mut recording = read(path)?;
    let log = recording.path().to_owned();
    let mut digest = Digest::new(log.display().to_string());
    let mut any = false;
    while let Some(event) = recording.next() {
        match event {
            Ok(event) => digest.observe(&event, recording.cuts().is_empty()),
            // What is there is compared; the comparison tells that the log has no end.
            Err(ReportError::CutOff { .. }) if any => break,
            Err(ReportError::CutOff { path, .. }) => return Err(ReportError::NotLog(path).into()),
            Err(error) => return Err(error.into()),
        }
        any = true;
    }
    if any { Ok(digest) } else { Err(ReportError::Empty(log).into()) }
}

//! Reads the findings that earlier runs kept.

use super::problem::{LoadError, Problem};
use super::source::{bounded, known};
use crate::contract::Place;
use crate::event::KeptFinding;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// How many kept findings are looked at.
const MOST: usize = 2_000;
/// How many digits of a fingerprint tell it from others at least.
const DIGITS: usize = 4;
/// How many findings are named where none is meant.
const NAMED: usize = 5;
const ADVICE: &str = "a run that finds it again writes the file anew";

/// Why a finding is not there.
#[derive(Debug, Error)]
pub enum FindingError {
    /// No file and no fingerprint is called so.
    #[error("there is no finding `{name}` in {folder}: {advice}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The folder of findings.
        folder: String,
        /// Which findings there are.
        advice: String,
    },
    /// It is the beginning of several fingerprints.
    #[error("`{name}` begins {} findings: write more digits of one of them\n  {}", known.len(), known.join("\n  "))]
    Several {
        /// What was asked for.
        name: String,
        /// Those findings.
        known: Vec<String>,
    },
    /// The file is wrong.
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// Reads the finding that is meant: a file, a fingerprint of the last run, or the beginning of one.
pub fn finding(name: &str, run_folder: &Path) -> Result<KeptFinding, FindingError> {
    if Path::new(name).is_file() {
        return Ok(file(Path::new(name))?);
    }
    let wanted = name.to_ascii_lowercase();
    let all = paths(run_folder);
    let meant: Vec<&PathBuf> = all.iter().filter(|path| stem(path).starts_with(&wanted)).collect();
    match meant.as_slice() {
        [path] if wanted.len() >= DIGITS => Ok(file(path)?),
        [] | [_] => Err(unknown(name, run_folder, &all)),
        _ => Err(FindingError::Several {
            name: name.to_owned(),
            known: meant.into_iter().map(|path| named(path)).collect(),
        }),
    }
}

/// The findings that lie in a run folder; what cannot be read is left out.
pub fn findings(run_folder: &Path) -> Vec<KeptFinding> {
    paths(run_folder).iter().filter_map(|path| file(path).ok()).collect()
}

fn file(path: &Path) -> Result<KeptFinding, LoadError> {
    let shown = known(path);
    let read = bounded(path);
    let bytes = read.map_err(|error| LoadError::of(Problem::file(&shown, format!("cannot be read: {error}"), "")))?;
    let kept: KeptFinding =
        serde_json::from_slice(&bytes).map_err(|error| LoadError::of(unread(&shown, &bytes, &error)))?;
    if kept.probes.is_empty() {
        return Err(LoadError::of(Problem::file(&shown, "this finding holds no request", ADVICE)));
    }
    Ok(kept)
}

/// What is wrong with the JSON, and where.
fn unread(path: &str, bytes: &[u8], error: &serde_json::Error) -> Problem {
    let (text, before) = (String::from_utf8_lossy(bytes), error.line().saturating_sub(1));
    let start = text.lines().take(before).map(|line| line.len() + 1).sum::<usize>();
    let line = text.lines().nth(before).unwrap_or_default();
    let at = start + error.column().saturating_sub(1).min(line.len());
    Problem::at(Place::within(path, &text, at..at + 1), format!("this is no finding: {error}"), ADVICE)
}

fn paths(run_folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(run_folder.join("findings")).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension() == Some(OsStr::new("json"))).take(MOST).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn named(path: &Path) -> String {
    let about = file(path).map(|kept| format!("  {}  {}", kept.finding.rule, kept.finding.case)).unwrap_or_default();
    format!("{}{about}", stem(path))
}

fn unknown(name: &str, run_folder: &Path, all: &[PathBuf]) -> FindingError {
    let mut near: Vec<&PathBuf> = all.iter().collect();
    near.sort_by(|one, other| {
        let likeness = |path: &Path| strsim::jaro_winkler(&stem(path), name);
        likeness(other).total_cmp(&likeness(one))
    });
    let listed: Vec<String> = near.into_iter().take(NAMED).map(|path| named(path)).collect();
    let advice = if listed.is_empty() {
        "no run has kept one there; --run-dir names another folder".to_owned()
    } else {
        format!("give a path, or at least {DIGITS} digits of a fingerprint, such as\n  {}", listed.join("\n  "))
    };
    FindingError::Unknown { name: name.to_owned(), folder: known(&run_folder.join("findings")), advice }
}

//! `--save`: writes what a run found as case files, which then run like any other.

use crate::event::KeptFinding;
use crate::report::case_file;
use crate::run::Bench;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where a case that was found stands below its operation.
const FOUND: &str = "found";
/// How many files of one name there may be.
const MOST: u32 = 1_000;

/// Writes findings below the folder that holds `cases/`, and tells of each on standard error.
pub(super) fn save(findings: &[KeptFinding], bench: &Bench, root: &Path) {
    for kept in findings.iter().filter(|kept| !is_saved_case(kept)) {
        match one(kept, bench, root) {
            Ok(Some(path)) => anstream::eprintln!("saved {}", path.display()),
            Ok(None) => {}
            Err(why) => anstream::eprintln!("not saved: {} of {}: {why}", kept.finding.rule, kept.finding.case),
        }
    }
}

/// Whether the case stands in a file of its own already.
fn is_saved_case(kept: &KeptFinding) -> bool {
    kept.finding.case.starts_with(&format!("{}/{FOUND}/", kept.finding.operation))
}

fn one(kept: &KeptFinding, bench: &Bench, root: &Path) -> Result<Option<PathBuf>, String> {
    let finding = &kept.finding;
    let text = case_file(kept, &bench.contract, &bench.aim.world)?;
    let name = name(&finding.case, &finding.operation);
    let id = format!("{}/{FOUND}/{name}.toml", finding.operation);
    match bench.sends_another(&id, &text, kept) {
        Err(error) => return Err(format!("it would be no case file: {error}")),
        Ok(Some(why)) => return Err(why),
        Ok(None) => {}
    }
    let folder = root.join("cases").join(&finding.operation).join(FOUND);
    write(&folder, &name, &text, &finding.fingerprint).map_err(|error| format!("{}: {error}", folder.display()))
}

/// The name of the file: the case's id below its operation, without what only says which phase it is.
fn name(case: &str, operation: &str) -> String {
    let below = case.strip_prefix(operation).unwrap_or(case).trim_start_matches('/');
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    below.strip_prefix("coverage/").unwrap_or(below).chars().map(plain).collect()
}

/// Writes a new file; `None` where one of this finding is there. No file is ever overwritten.
fn write(folder: &Path, name: &str, text: &str, fingerprint: &str) -> io::Result<Option<PathBuf>> {
    fs::create_dir_all(folder)?;
    let own = format!("fingerprint {fingerprint}.\n");
    for entry in fs::read_dir(folder)? {
        if fs::read_to_string(entry?.path()).is_ok_and(|known| known.contains(&own)) {
            return Ok(None);
        }
    }
    for number in 1..=MOST {
        let numbered = if number == 1 { format!("{name}.toml") } else { format!("{name}-{number}.toml") };
        let path = folder.join(numbered);
        match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => return io::Write::write_all(&mut file, text.as_bytes()).map(|()| Some(path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("there are too many files of that name"))
}

//! The run folder: made so that git does not see it, one file a finding.

use crate::event::KeptFinding;
use crate::report::visible::is_hidden;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of findings below a run folder.
const FINDINGS: &str = "findings";
/// The folder that Cargo builds in, which git does not see anyway.
const BUILD: &str = "target";

/// The run folder where the user names none: in a Cargo project below its build folder.
pub fn default_folder() -> PathBuf {
    let in_project = Path::new("Cargo.toml").exists();
    if in_project { Path::new(BUILD).join("tenantcheck") } else { PathBuf::from(".tenantcheck") }
}

/// Makes a run folder if there is none; git is told to leave it alone.
pub fn make(run_folder: &Path) -> io::Result<()> {
    if run_folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(run_folder)?;
    if run_folder.iter().any(|part| part == BUILD) {
        return Ok(());
    }
    fs::write(run_folder.join(".gitignore"), "*\n")
}

/// Writes a finding under its fingerprint; whoever reads sees the former file or all of the new one.
pub(super) fn write(run_folder: &Path, kept: &KeptFinding) -> io::Result<()> {
    make(run_folder)?;
    let folder = run_folder.join(FINDINGS);
    fs::create_dir_all(&folder)?;
    let unfinished = folder.join(format!("{}.part", kept.finding.fingerprint));
    fs::write(&unfinished, text(kept)?)?;
    fs::rename(unfinished, path(run_folder, &kept.finding.fingerprint))
}

/// Removes a finding; one that is gone already is no error.
pub(super) fn remove(run_folder: &Path, fingerprint: &str) -> io::Result<()> {
    match fs::remove_file(path(run_folder, fingerprint)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn path(run_folder: &Path, fingerprint: &str) -> PathBuf {
    run_folder.join(FINDINGS).join(format!("{fingerprint}.json"))
}

/// JSON over several lines, in which nothing that a tenant sent acts on a terminal.
fn text(kept: &KeptFinding) -> io::Result<String> {
    let json = serde_json::to_string_pretty(kept)?;
    let mut text = String::with_capacity(json.len() + 1);
    for character in json.chars() {
        if character != '\n' && is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::make;

    #[test]
    fn git_does_not_see_a_run_folder_that_was_made_here() {
        let root = tempfile::tempdir().unwrap();
        let [own, built, known] = ["a/b", "target/tenantcheck", "known"].map(|name| root.path().join(name));
        std::fs::create_dir(&known).unwrap();
        for folder in [&own, &built, &known] {
            make(folder).unwrap();
        }
        assert_eq!(std::fs::read_to_string(own.join(".gitignore")).unwrap(), "*\n");
        assert!(built.is_dir() && !built.join(".gitignore").exists() && !known.join(".gitignore").exists());
    }
}

//! The list of known failures (`baseline.toml`): reads it strictly, and edits its text without touching what stays.

mod day;
mod edit;
mod entry;

pub use entry::KnownEntry;

use super::problem::{LoadError, Problem, Problems};
use super::source::{bounded, known};
use super::table::{Reader, Section};
use super::text::Text;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A list of known failures, as it stands in its file.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// The file.
    pub path: PathBuf,
    /// The entries, in the order of the file.
    pub entries: Vec<KnownEntry>,
    /// The text of the file; empty where there is none yet.
    content: String,
}

/// The name of the tables of a list.
const KNOWN: &str = "known";

/// Reads a list of known failures; where it is to be written, there may be no file yet.
pub fn baseline(path: &Path, written: bool) -> Result<Baseline, LoadError> {
    let name = known(path);
    let refuse = |what: String, advice: &str| Err(LoadError::of(Problem::file(&name, what, advice)));
    match bounded(path) {
        Ok(bytes) => baseline_of(path, &bytes),
        Err(error) if error.kind() != io::ErrorKind::NotFound => refuse(format!("cannot be read: {error}"), ""),
        Err(_) if !written => refuse("there is no such file".to_owned(), "--update-baseline writes it"),
        Err(_) if !folder(path).is_dir() => refuse("there is no such folder".to_owned(), "make the folder first"),
        Err(_) => Ok(Baseline { path: path.to_path_buf(), ..Baseline::default() }),
    }
}

/// Reads a list of known failures from the bytes of a file; nothing is opened.
pub fn baseline_of(path: &Path, bytes: &[u8]) -> Result<Baseline, LoadError> {
    let problems = Problems::default();
    let text = Text::decode(&known(path), bytes).map_err(|problem| LoadError::of(*problem))?;
    let entries = entries(&text, &problems);
    problems.finish(())?;
    Ok(Baseline { path: path.to_path_buf(), entries, content: text.content })
}

impl Baseline {
    /// Writes the list: what is gone is taken out, what is fresh is put at the end, or its cases into the
    /// entry that names others, all else stays to the letter. The
    /// file is replaced at once, or not at all.
    pub fn write(&self, gone: &[String], fresh: &[KnownEntry]) -> io::Result<()> {
        let text = edit::edited(&self.content, &self.entries, gone, fresh);
        if text == self.content && self.path.exists() {
            return Ok(());
        }
        // A link stays a link.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, &path));
        if written.is_err() {
            // What is told is why it was not written.
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn entries(text: &Text, problems: &Problems) -> Vec<KnownEntry> {
    let reader = Reader::new(text, problems);
    let Some(table) = reader.table() else { return Vec::new() };
    let root = Section::root(reader, &table);
    let (mut entries, mut lines) = (Vec::new(), BTreeMap::new());
    for section in root.sections(KNOWN) {
        let Some((entry, place)) = entry::read(section) else { continue };
        let line = text.place(place.clone()).line;
        if let Some(first) = lines.insert(entry.fingerprint.clone(), line) {
            let what = format!("the fingerprint `{}` stands there twice", entry.fingerprint);
            reader.problem(place, what, format!("line {first} has it too: take one of the two out"));
        }
        entries.push(entry);
    }
    root.close();
    entries
}

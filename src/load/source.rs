//! Where the contract comes from: the copy inside the program, or a folder.

use super::problem::{Problem, Problems};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

static SCHEMAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");
static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");

/// The folder of an operation's cases that were found and saved.
const FOUND: &str = "found";
/// How deep folders may lie in each other.
const DEPTH: usize = 16;
/// How many files a folder may hold.
const FILES: usize = 50_000;
/// How many bytes a file may have.
const BYTES: u64 = 16 * 1024 * 1024;

/// Where the contract comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Source {
    /// The copy inside the program.
    #[default]
    Embedded,
    /// A folder that holds `schemas/` and `cases/`.
    Folder(PathBuf),
    /// The files of such a folder in memory, by their path in it with `/` between folders.
    Memory(BTreeMap<String, Vec<u8>>),
}

/// The two halves of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The contract document, the schemas and the errata.
    Schemas,
    /// The case files.
    Cases,
}

/// One file of a contract.
#[derive(Debug)]
pub struct File {
    /// The path below its half, with `/` between folders.
    pub name: String,
    /// The path as the user knows it.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Half {
    fn folder(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Cases => "cases",
        }
    }
}

impl Source {
    /// The path of a half as the user knows it.
    pub fn path(&self, half: Half) -> String {
        match self {
            Self::Embedded | Self::Memory(_) => half.folder().to_owned(),
            Self::Folder(folder) => known(&folder.join(half.folder())),
        }
    }

    /// Every file of a half but hidden ones, in no order that means anything.
    pub fn files(&self, half: Half, problems: &Problems) -> Vec<File> {
        let mut files = Vec::new();
        match self {
            Self::Embedded => embedded(if half == Half::Schemas { &SCHEMAS } else { &CASES }, half, &mut files),
            Self::Folder(folder) => {
                let mut walk = Walk { root: folder.join(half.folder()), problems, files: &mut files };
                walk.start();
            }
            Self::Memory(all) => files.extend(all.iter().filter_map(|(path, bytes)| remembered(path, bytes, half))),
        }
        files
    }
}

/// The files of the working directory's `cases/*/found/`, which stand beside the embedded ones.
pub fn found(problems: &Problems) -> Vec<File> {
    let mut files = Vec::new();
    let root = PathBuf::from(Half::Cases.folder());
    let operations = fs::read_dir(&root).into_iter().flatten().flatten().map(|entry| entry.path().join(FOUND));
    for folder in operations.filter(|folder| folder.is_dir()) {
        Walk { root: root.clone(), problems, files: &mut files }.folder(&folder, DEPTH);
    }
    files
}

fn remembered(path: &str, bytes: &[u8], half: Half) -> Option<File> {
    let name = path.strip_prefix(half.folder())?.strip_prefix('/')?.to_owned();
    Some(File { name, path: path.to_owned(), bytes: bytes.to_vec() })
}

fn embedded(folder: &Dir<'_>, half: Half, files: &mut Vec<File>) {
    for file in folder.files().filter(|file| !hidden(file.path())) {
        let name = slashed(file.path());
        let path = format!("{}/{name}", half.folder());
        files.push(File { name, path, bytes: file.contents().to_vec() });
    }
    for folder in folder.dirs().filter(|folder| !hidden(folder.path())) {
        embedded(folder, half, files);
    }
}

struct Walk<'a> {
    root: PathBuf,
    problems: &'a Problems,
    files: &'a mut Vec<File>,
}

impl Walk<'_> {
    fn start(&mut self) {
        if self.root.is_dir() {
            return self.folder(&self.root.clone(), DEPTH);
        }
        let advice = "a contract is a folder that holds `schemas/` and `cases/`";
        self.problems.push(Problem::file(&known(&self.root), "there is no such folder", advice));
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        if depth == 0 {
            return self.refuse(folder, &format!("folders lie more than {DEPTH} deep"), "is it a link in a circle?");
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(folder, &format!("cannot be read: {error}"), ""),
        };
        for path in entries.into_iter().map(|entry| entry.path()).filter(|path| !hidden(path)) {
            if self.files.len() >= FILES {
                return self.refuse(folder, &format!("there are more than {FILES} files"), "is it the right folder?");
            }
            if path.is_dir() { self.folder(&path, depth - 1) } else { self.file(&path) }
        }
    }

    fn file(&mut self, path: &Path) {
        if !path.is_file() {
            return self.refuse(path, "this is no file", "take it out of the folder");
        }
        match bounded(path) {
            Ok(bytes) => {
                let name = slashed(path.strip_prefix(&self.root).unwrap_or(path));
                self.files.push(File { name, path: known(path), bytes });
            }
            Err(error) => self.refuse(path, &format!("cannot be read: {error}"), ""),
        }
    }

    fn refuse(&self, path: &Path, what: &str, advice: &str) {
        self.problems.push(Problem::file(&known(path), what, advice));
    }
}

/// Reads a file; one that is too long is an error.
pub fn bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES {
        return Err(io::Error::other(format!("it has more than {BYTES} bytes")));
    }
    Ok(bytes)
}

/// A path as the user knows it: without a leading `./`.
pub fn known(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

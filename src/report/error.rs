//! Why a report cannot be opened or read.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a report cannot be opened or read, and what to do.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The text is no `FORMAT=PATH`.
    #[error("`{0}` is no report: write it as FORMAT=PATH, such as {1}=report.{1}; `-` is standard output")]
    NotDestination(String, &'static str),
    /// There is no such format.
    #[error("there is no report format `{name}`{}; the formats are {listed}", did_you_mean(*.nearest))]
    UnknownFormat {
        /// The name as it was given.
        name: String,
        /// The listed name that is nearest to it.
        nearest: Option<&'static str>,
        /// All names.
        listed: String,
    },
    /// Two reports would write to the same place.
    #[error("two reports go to `{0}`: give each report a path of its own")]
    Twice(String),
    /// The folder is missing.
    #[error("cannot write `{path}`: there is no folder `{folder}`; create it first, or name another path", path = path.display(), folder = folder.display())]
    NoFolder {
        /// The file that was to be written.
        path: PathBuf,
        /// Its missing folder.
        folder: PathBuf,
    },
    /// The path is a folder.
    #[error("cannot write `{path}`: it is a folder; name a file in it", path = .0.display())]
    IsFolder(PathBuf),
    /// The file cannot be opened for writing.
    #[error("cannot write `{path}`: {source}; name a path that may be written", path = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The event log cannot be read.
    #[error("cannot read `{path}`: {source}; name an event log that `--report ndjson=PATH` wrote", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder holds no event log.
    #[error("`{path}` holds no `run.ndjson`: name an event log, or a folder in which `check` or `flood` has run", path = .0.display())]
    NoRun(PathBuf),
    /// The event log is empty.
    #[error("`{path}` is empty: no run was recorded in it", path = .0.display())]
    Empty(PathBuf),
    /// The file is something else.
    #[error("`{path}` is no event log; name one that `--report ndjson=PATH` wrote, or a run folder", path = .0.display())]
    NotLog(PathBuf),
    /// A comparison has no such format.
    #[error("a comparison has no {0} report: it is written as json, markdown or html")]
    NoComparison(&'static str),
    /// A report would overwrite the log that it is rendered from.
    #[error("a report must not go to `{path}`: that is the log that it is rendered from", path = .0.display())]
    Itself(PathBuf),
    /// The last line of an event log is not whole.
    #[error("`{path}`:{line} is no event: the log is cut off there, as the run was killed or the disk was full", path = path.display())]
    CutOff {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
    },
    /// A line of an event log is no event.
    #[error("`{path}`:{line} is no event: {problem}; the log may come from another version or be cut off there", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default()
}

//! Where a report goes: `FORMAT=PATH`.

use super::bodies::Bodies;
use super::error::ReportError;
use super::face::Face;
use super::format::Format;
use super::github::Github;
use super::har::Har;
use super::html::Html;
use super::json::Json;
use super::junit::Junit;
use super::markdown::Markdown;
use super::ndjson::Ndjson;
use super::sarif::Sarif;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A format and the path that it is written to; `-` is standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The format.
    pub format: Format,
    /// The path.
    pub path: PathBuf,
}

impl Destination {
    /// Whether it is written to standard output.
    pub fn is_stdout(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Opens (and empties) the file at once. Large bodies of an event log go below the run folder, if there is one.
    pub fn open(&self, run_folder: Option<&Path>) -> Result<Box<dyn Face>, ReportError> {
        let out = self.writer()?;
        Ok(match self.format {
            Format::Ndjson => Box::new(Ndjson::new(out, run_folder.map(|run| Bodies::new(run, &self.path)))),
            Format::Json => Box::new(Json::new(out)),
            Format::Junit => Box::new(Junit::new(out)),
            Format::Sarif => Box::new(Sarif::new(out)),
            Format::Har => Box::new(Har::new(out)),
            Format::Markdown => Box::new(Markdown::new(out)),
            Format::Github => Box::new(Github::new(out)),
            Format::Html => Box::new(Html::new(out)),
        })
    }

    /// Opens (and empties) the file alone.
    pub(super) fn writer(&self) -> Result<Box<dyn Write>, ReportError> {
        if self.is_stdout() {
            return Ok(Box::new(BufWriter::new(io::stdout())));
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(ReportError::NoFolder { path: self.path.clone(), folder: folder.to_owned() });
        }
        if self.path.is_dir() {
            return Err(ReportError::IsFolder(self.path.clone()));
        }
        let opened = File::create(&self.path);
        let file = opened.map_err(|source| ReportError::Write { path: self.path.clone(), source })?;
        Ok(Box::new(BufWriter::new(file)))
    }
}

impl std::fmt::Display for Destination {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}={}", self.format, self.path.display())
    }
}

impl FromStr for Destination {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        let not = || ReportError::NotDestination(text.to_owned(), Format::Junit.name());
        let (format, path) = text.split_once('=').ok_or_else(not)?;
        let format = format.parse()?;
        if path.is_empty() { Err(not()) } else { Ok(Self { format, path: path.into() }) }
    }
}

/// Says no where two reports go to one path.
pub(super) fn apart(destinations: &[Destination]) -> Result<(), ReportError> {
    let mut taken: Vec<PathBuf> = Vec::new();
    for destination in destinations {
        let path = std::path::absolute(&destination.path).unwrap_or_else(|_| destination.path.clone());
        if taken.contains(&path) {
            return Err(ReportError::Twice(destination.path.display().to_string()));
        }
        taken.push(path);
    }
    Ok(())
}

/// Opens (and empties) a report file at once, so that a path that cannot be written is known before the first request.
pub fn open(format: Format, path: &Path) -> Result<Box<dyn Face>, ReportError> {
    Destination { format, path: path.to_owned() }.open(None)
}

#[cfg(test)]
mod tests {
    use super::{Destination, Format};

    fn error(text: &str) -> String {
        text.parse::<Destination>().unwrap_err().to_string()
    }

    #[test]
    fn a_destination_is_a_format_and_a_path() {
        let destination: Destination = "junit=out/a=b.xml".parse().unwrap();
        assert_eq!(destination, Destination { format: Format::Junit, path: "out/a=b.xml".into() });
        assert_eq!(destination.to_string(), "junit=out/a=b.xml");
        assert!("json=-".parse::<Destination>().unwrap().is_stdout());
    }

    #[test]
    fn what_is_no_destination_says_how_to_write_one() {
        for text in ["junit", "junit=", ""] {
            assert!(error(text).contains("FORMAT=PATH"), "{text}");
        }
        assert!(error("junti=x").contains("did you mean `junit`?"));
    }

    #[test]
    fn a_path_that_cannot_be_written_is_an_error_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let error = |path| Destination { format: Format::Json, path }.open(None).err().unwrap().to_string();
        let missing = error(folder.path().join("no/report.json"));
        assert!(missing.contains("there is no folder") && missing.contains("create it first"), "{missing}");
        assert!(error(folder.path().to_owned()).contains("is a folder"));
    }

    #[test]
    fn opening_empties_the_file_before_the_first_event() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "old").unwrap();
        let _face = super::open(Format::Ndjson, file.path()).unwrap();
        assert_eq!(std::fs::read(file.path()).unwrap(), b"");
    }
}

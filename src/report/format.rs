//! The formats that a report file may have.

use super::error::ReportError;
use std::str::FromStr;

/// The format of a report file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The event log, one JSON object a line.
    Ndjson,
    /// One JSON document: the run, its cases, its findings.
    Json,
    /// `JUnit` XML, as CI systems read it.
    Junit,
    /// SARIF 2.1.0, as code scanning reads it.
    Sarif,
    /// HAR 1.2: every exchange.
    Har,
    /// A summary for people.
    Markdown,
    /// Annotations, as workflow commands of GitHub.
    Github,
    /// One HTML page that stands alone.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] =
        &[Self::Ndjson, Self::Json, Self::Junit, Self::Sarif, Self::Har, Self::Markdown, Self::Github, Self::Html];

    /// The name, as `--report` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Har => "har",
            Self::Markdown => "markdown",
            Self::Github => "github",
            Self::Html => "html",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = ReportError;

    fn from_str(name: &str) -> Result<Self, ReportError> {
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| ReportError::UnknownFormat {
            name: name.to_owned(),
            nearest: nearest_to(name),
            listed: Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", "),
        })
    }
}

fn nearest_to(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let near = |format: &Format| (strsim::damerau_levenshtein(&name, format.name()), format.name());
    Format::ALL.iter().map(near).filter(|(steps, known)| *steps <= known.len() / 2).min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_format_is_read_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>().unwrap(), *format);
        }
    }

    #[test]
    fn a_slip_of_the_pen_gets_the_nearest_name() {
        for (slip, meant) in [("juint", "junit"), ("JUNIT", "junit"), ("jsno", "json"), ("ndjsonl", "ndjson")] {
            let error = slip.parse::<Format>().unwrap_err().to_string();
            assert!(error.contains(&format!("did you mean `{meant}`?")), "{error}");
        }
        let far = "spreadsheet".parse::<Format>().unwrap_err().to_string();
        assert!(!far.contains("did you mean") && far.contains("ndjson, json, junit, sarif"), "{far}");
    }
}

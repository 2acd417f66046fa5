//! What is wrong in a file that a person wrote: the place, the line, a caret under it, and what to do.

use super::caret::drawn;
use crate::contract::Place;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::{Display, Formatter, Result as Written};
use thiserror::Error;

/// How many problems are shown; the rest is counted.
const SHOWN: usize = 20;

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; line 0 where it belongs to the file as a whole.
    pub place: Place,
    /// Where it is in a JSON document, as a JSON pointer.
    pub pointer: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it; empty where there is nothing to say.
    pub advice: String,
}

/// The files cannot be used; holds every problem that was found in them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", shown(.problems))]
pub struct LoadError {
    problems: Vec<Problem>,
}

/// The problems found so far, while files are read.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problem {
    /// Makes a problem of a file as a whole.
    pub fn file(path: &str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        let place = Place { path: path.to_owned(), ..Place::default() };
        Self::at(place, what, advice)
    }

    /// Makes a problem of a place.
    pub fn at(place: Place, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { place, pointer: None, what: what.into(), advice: advice.into() }
    }

    /// Makes a problem of a place in a JSON document.
    pub fn pointed(path: &str, pointer: &str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.to_owned()), ..Self::file(path, what, advice) }
    }
}

impl Display for Problem {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Written {
        let Place { path, line, column, .. } = &self.place;
        match (&self.pointer, line) {
            (Some(pointer), _) if pointer.is_empty() => write!(formatter, "{path}: {}", self.what)?,
            (Some(pointer), _) => write!(formatter, "{path}: at {pointer}: {}", self.what)?,
            (None, 0) => write!(formatter, "{path}: {}", self.what)?,
            (None, _) => write!(formatter, "{path}:{line}:{column}: {}", self.what)?,
        }
        let number = if *line == 0 { " ".to_owned() } else { line.to_string() };
        let gutter = " ".repeat(number.len());
        if *line > 0 {
            let (text, caret) = drawn(&self.place);
            write!(formatter, "\n{number} | {text}\n{gutter} | {caret}")?;
        }
        if self.advice.is_empty() { Ok(()) } else { write!(formatter, "\n{gutter} = {}", self.advice) }
    }
}

impl LoadError {
    /// The error of one problem.
    pub(super) fn of(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }

    /// Every problem, in the order of files and places.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problems {
    /// Remembers a problem.
    pub fn push(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// Gives the value if nothing is wrong, else every problem once, in the order of files and places.
    pub fn finish<T>(self, value: T) -> Result<T, LoadError> {
        let mut seen = BTreeSet::new();
        let mut problems = self.0.into_inner();
        problems.retain(|problem| seen.insert(problem.to_string()));
        problems.sort_by(|one, other| order(one).cmp(&order(other)));
        if problems.is_empty() { Ok(value) } else { Err(LoadError { problems }) }
    }
}

fn order(problem: &Problem) -> (&str, usize, usize) {
    (&problem.place.path, problem.place.line, problem.place.column)
}

fn shown(problems: &[Problem]) -> String {
    let mut pages: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    match problems.len().saturating_sub(SHOWN) {
        0 => {}
        1 => pages.push("and 1 more problem".to_owned()),
        rest => pages.push(format!("and {rest} more problems")),
    }
    pages.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::{Problem, Problems};
    use crate::contract::Place;

    fn problem(line: usize, what: &str) -> Problem {
        let text = "metod = 1".to_owned();
        Problem::at(Place { path: "a.toml".into(), line, column: 1, text, width: 5 }, what, "did you mean `method`?")
    }

    #[test]
    fn a_problem_shows_its_line_with_a_caret_and_what_to_do() {
        let wanted = "a.toml:12:1: unknown key `metod`\n\
                      12 | metod = 1\n   \
                         | ^^^^^\n   \
                         = did you mean `method`?";
        assert_eq!(problem(12, "unknown key `metod`").to_string(), wanted);
    }

    #[test]
    fn problems_stand_in_the_order_of_the_file_and_each_once() {
        let problems = Problems::default();
        for (line, what) in [(3, "b"), (1, "a"), (3, "b")] {
            problems.push(problem(line, what));
        }
        let error = problems.finish(()).unwrap_err();
        assert_eq!(error.problems().iter().map(|problem| problem.what.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn the_first_twenty_are_shown_and_the_rest_is_counted() {
        let problems = Problems::default();
        (1..=23).for_each(|line| problems.push(problem(line, "x")));
        let shown = problems.finish(()).unwrap_err().to_string();
        assert_eq!(shown.matches("a.toml:").count(), 20);
        assert!(shown.ends_with("\n\nand 3 more problems"), "{shown}");
    }
}

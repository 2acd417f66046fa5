//! Reads the case files.

mod body;
mod expect;
mod family;
mod ids;
mod request;
mod rows;
mod scope;

use self::scope::Scope;
use super::natural;
use super::problem::{LoadError, Problem, Problems};
use super::source::{File, Half, Source, found};
use crate::contract::{Case, Contract};

/// Reads every case: families in natural order, rows in the order of their file. `rules` are the known rule ids.
pub fn cases(source: &Source, contract: &Contract, rules: &[&str]) -> Result<Vec<Case>, LoadError> {
    let problems = Problems::default();
    let mut files = source.files(Half::Cases, &problems);
    if *source == Source::Embedded {
        let found = found(&problems);
        files.retain(|file| !found.iter().any(|twin| twin.name == file.name));
        files.extend(found);
    }
    files.sort_by(|one, other| natural::order(ids::family(&one.name), ids::family(&other.name)));
    let scope = Scope { contract, rules };
    let cases: Vec<Case> = files.iter().flat_map(|file| family::read(file, scope, &problems)).collect();
    ids::check(&cases, contract, &problems);
    if cases.is_empty() && problems.count() == 0 {
        let advice = "put a file such as `OPERATION/NAME.toml` into it";
        problems.push(Problem::file(&source.path(Half::Cases), "there is no case in this folder", advice));
    }
    problems.finish(cases)
}

/// Reads the text of one case file, as it would be read below the folder of cases under that name.
pub fn case_text(name: &str, text: &str, contract: &Contract, rules: &[&str]) -> Result<Vec<Case>, LoadError> {
    let problems = Problems::default();
    let file = File { name: name.to_owned(), path: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let cases = family::read(&file, Scope { contract, rules }, &problems);
    problems.finish(cases)
}

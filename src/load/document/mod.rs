//! Reads the contract document, the schemas and the errata.

mod answer;
mod errata;
mod extensions;
mod media;
mod names;
mod operation;
pub mod pages;
mod parameter;
mod refs;
mod request;
mod schemas;
mod world;

use self::names::{DOCUMENT, ERRATA};
use super::json::{Json, read as value};
use super::problem::{LoadError, Problem, Problems};
use super::source::{File, Half, Source};
use crate::contract::Contract;

pub use extensions::extensions;
pub use pages::pages;

/// Reads the contract without its cases.
pub fn contract(source: &Source) -> Result<Contract, LoadError> {
    let problems = Problems::default();
    let mut contract = Contract::default();
    let mut files = source.files(Half::Schemas, &problems);
    files.sort_by(|one, other| one.name.cmp(&other.name));
    contract.schemas = schemas::read(&files, &problems);
    let document = files.iter().find(|file| file.name == DOCUMENT);
    match document {
        Some(file) => document_of(file, &mut contract, &problems),
        None if problems.count() > 0 => {}
        None => {
            let what = format!("there is no `{DOCUMENT}` in this folder");
            problems.push(Problem::file(&source.path(Half::Schemas), what, "it is the contract document"));
        }
    }
    if let Some(file) = files.iter().find(|file| file.name == ERRATA) {
        // A broken document says what is wrong with itself; what its errata name is not held against it.
        let broken = Contract::default();
        contract.errata = errata::read(file, if problems.count() > 0 { &broken } else { &contract }, &problems);
    }
    problems.finish(contract)
}

fn document_of(file: &File, contract: &mut Contract, problems: &Problems) {
    let Some(root) = value(file, problems) else { return };
    let json = Json { path: &file.path, root: &root, problems };
    refs::check(DOCUMENT, json, &contract.schemas, problems);
    let root = json.node();
    if !root.text("openapi").is_some_and(|version| version.starts_with("3.1")) {
        root.problem("this is no OpenAPI 3.1 document", "begin it with `\"openapi\": \"3.1.0\"`");
    }
    contract.operations = operation::read(&root, &contract.schemas);
    contract.world = world::read(&root, &contract.schemas);
}

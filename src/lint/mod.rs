//! Looks at the contract itself: do the pages' examples keep it, is every promise cited, can every rule be reached?
//! Knows nothing of tenants.

mod annotation;
mod disagreement;
mod erratum;
mod example;
mod position;
mod problem;
mod prose;
mod sentence;

pub use disagreement::Disagreement;
pub use problem::Problem;
pub use prose::{listed, plain};

use crate::check::{CheckError, Judge, unreached};
use crate::contract::{Case, Contract, Erratum, ErratumKind, Extension, Page};
use crate::verdict::Level;
use std::collections::BTreeSet;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Operations, schemas and errata.
    pub contract: &'a Contract,
    /// The cases.
    pub cases: &'a [Case],
    /// The pages.
    pub pages: &'a [Page],
    /// The `x-` keys of the contract's files.
    pub extensions: &'a [Extension],
}

/// What was seen.
#[derive(Debug, Default)]
pub struct Report<'a> {
    /// What is wrong with the contract.
    pub problems: Vec<Problem>,
    /// Where an example disagrees with its table, in the order of the pages, told by an erratum or not.
    pub disagreements: Vec<Disagreement<'a>>,
    /// The errata of what tenants really answer.
    pub recorded: Vec<&'a Erratum>,
    /// How many examples were judged.
    pub examples: usize,
    /// How many promising sentences were looked for.
    pub sentences: usize,
}

impl Report<'_> {
    /// How many disagreements an erratum tells of; the properties of one example that its table lacks are one.
    pub fn known(&self) -> usize {
        let one = |seen: &Disagreement<'_>| {
            let id = seen.erratum?.id.clone();
            let pointer = (seen.level != Level::Note).then(|| seen.pointer.clone());
            Some((id, seen.operation.to_owned(), seen.example.to_owned(), seen.status, pointer))
        };
        self.disagreements.iter().filter_map(one).collect::<BTreeSet<_>>().len()
    }
}

/// Looks at a contract.
pub fn lint(material: Material<'_>) -> Report<'_> {
    let unknown = annotation::unknown(material.extensions);
    let told = !unknown.is_empty();
    let mut problems = [unknown, erratum::rules(material.contract), sentence::problems(material)].concat();
    let mut disagreements = Vec::new();
    match judged(material) {
        Ok((seen, wrong)) => {
            disagreements = seen;
            problems.extend(wrong);
        }
        // An unknown annotation stops the judge too, and is told already, at each of its places.
        Err(CheckError::UnknownAnnotation { .. }) if told => {}
        Err(error) => problems.push(Problem::of("schemas", error.to_string(), "")),
    }
    let recorded = material.contract.errata.iter().filter(|erratum| erratum.kind == ErratumKind::Recorded);
    Report {
        problems,
        disagreements,
        recorded: recorded.collect(),
        examples: material.pages.iter().map(|page| page.examples.len()).sum(),
        sentences: material.pages.iter().map(|page| page.sentences.len()).sum(),
    }
}

/// What only a contract with usable schemas shows.
fn judged(material: Material<'_>) -> Result<(Vec<Disagreement<'_>>, Vec<Problem>), CheckError> {
    let judge = Judge::new(material.contract)?;
    let disagreements = example::disagreements(material, &judge);
    let mut problems: Vec<Problem> = disagreements.iter().filter_map(Disagreement::problem).collect();
    problems.extend(erratum::unshown(material.contract, &disagreements));
    let unreached = unreached(material.contract, material.cases)?;
    problems.extend(unreached.into_iter().map(|(rule, missing)| {
        Problem::of(&format!("rule {}", rule.id), format!("nothing lets it judge: {missing}"), "add what it needs")
    }));
    Ok((disagreements, problems))
}

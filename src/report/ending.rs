//! Why a run ended as it did, where no finding tells: no face may look green when the exit code is not 0.

use super::page::count;
use crate::event::{Coverage, Summary};

/// One reason for an exit code other than 0 that is no finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its name, in the letters of a rule's id.
    pub id: &'static str,
    /// What happened and what to do, in sentences.
    pub text: String,
}

/// The reasons; empty where the run held, or where its findings tell all.
pub fn reasons(summary: Option<&Summary>, coverage: Option<&Coverage>) -> Vec<Reason> {
    let floor =
        coverage.and_then(Coverage::shortfall).map(|text| Reason { id: "run.min-coverage", text: capital(&text) });
    summary.map_or_else(|| Some(cut_off()), end).into_iter().chain(floor).collect()
}

fn cut_off() -> Reason {
    let text = "The run ended before its summary: what came after that was not judged.".to_owned();
    Reason { id: "run.cut-off", text }
}

/// What the exit code alone says, where that is not that everything held or that a promise is broken.
fn end(summary: &Summary) -> Option<Reason> {
    let (id, text) = match summary.exit {
        0 | 1 => return None,
        2 => ("run.configuration", "The tenant shows that the configuration is wrong; the notes say what.".to_owned()),
        3 => ("run.undecided", undecided(summary)),
        4 => ("run.nothing-judged", format!("Nothing was judged: {} skipped.", count(summary.skipped, "case"))),
        129 | 130 | 143 => {
            ("run.interrupted", "The run was interrupted: what came after that was not judged.".to_owned())
        }
        code => ("run.exit", format!("The run ended with exit code {code}.")),
    };
    Some(Reason { id, text })
}

fn undecided(summary: &Summary) -> String {
    let why =
        if summary.why.is_empty() { "The cases that are not judged say why.".to_owned() } else { summary.why.clone() };
    format!("It could not be judged whether the contract is kept. {why}")
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Coverage, Summary, reasons};
    use crate::event::Reached;

    fn ids(exit: u8, coverage: Option<&Coverage>) -> Vec<&'static str> {
        let summary = Summary { exit, why: "No case of widgets was judged.".into(), ..Summary::default() };
        reasons(Some(&summary), coverage).iter().map(|reason| reason.id).collect()
    }

    #[test]
    fn an_exit_that_no_finding_explains_has_a_reason() {
        let told = [2, 3, 4, 130, 77].map(|exit| ids(exit, None).concat());
        assert_eq!(told, ["run.configuration", "run.undecided", "run.nothing-judged", "run.interrupted", "run.exit"]);
        assert!([129, 143].iter().all(|exit| ids(*exit, None) == ["run.interrupted"]));
        assert_eq!(reasons(None, None)[0].id, "run.cut-off");
        assert!(ids(0, None).is_empty() && ids(1, None).is_empty());
    }

    #[test]
    fn a_floor_that_is_not_met_is_told_whatever_else_happened() {
        let total = Reached { seen: 1, allowed: 2, all: 2 };
        let low = Coverage { floor: Some(60), total, ..Coverage::default() };
        assert_eq!(ids(1, Some(&low)), ["run.min-coverage"]);
        assert_eq!(ids(3, Some(&low)), ["run.undecided", "run.min-coverage"]);
        let summary = Summary { exit: 1, ..Summary::default() };
        assert!(reasons(Some(&summary), Some(&low))[0].text.starts_with("Contract coverage is 50 % (1 of 2"));
        assert!(ids(0, Some(&Coverage { floor: Some(50), total, ..Coverage::default() })).is_empty());
    }

    #[test]
    fn why_it_could_not_be_judged_is_told() {
        let summary = Summary { exit: 3, why: "No case of widgets was judged.".into(), ..Summary::default() };
        assert!(reasons(Some(&summary), None)[0].text.ends_with("No case of widgets was judged."));
        let old = Summary { exit: 3, ..Summary::default() };
        assert!(reasons(Some(&old), None)[0].text.ends_with("say why."));
    }
}

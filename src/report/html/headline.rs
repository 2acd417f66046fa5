//! The verdict of a run in one sentence, and its figures.

use super::spelled::short;
use crate::event::{Start, Summary};
use crate::report::ending::Reason;
use crate::report::page::{count, duration, thousands};
use serde::Serialize;

const NOTES: usize = 50;

/// What stands at the top of the page.
#[derive(Debug, Serialize)]
pub struct Headline {
    sentence: String,
    tone: &'static str,
    /// What else makes the run fail.
    reasons: Vec<String>,
    target: String,
    started: String,
    version: String,
    seed: u64,
    strict: bool,
    /// Name and number, in the order in which they stand.
    figures: Vec<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
    hints: Vec<String>,
    notes: Vec<String>,
}

/// Tells how a run ended; `counts` are its cases (broken, inconclusive, skipped, held) and the rules that are broken.
pub fn tell(
    start: &Start,
    summary: Option<&Summary>,
    reasons: &[Reason],
    (counts, rules): ([u64; 4], u64),
    notes: &[String],
) -> Headline {
    let [broken, inconclusive, skipped, held] = counts;
    let known = summary.map_or(0, |summary| summary.known);
    let (sentence, tone) = sentence(summary.map(|summary| summary.exit), counts, known, rules);
    let versions: Vec<String> = start.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let mut facts = vec![("Seed", start.seed.to_string())];
    if let Some(summary) = summary {
        facts.push(("Requests", thousands(summary.requests)));
        facts.push(("Rules applied", thousands(summary.rules)));
        if known > 0 {
            facts.push(("Broken in known ways", count(known, "case")));
        }
        facts.push(("Does not fail it", quiet(summary)));
        facts.push(("Took", duration(summary.ms)));
        facts.push(("Exit code", summary.exit.to_string()));
    }
    facts.push(("Versions", short(&versions.join(", "), 500)));
    facts.push(("Checked by", format!("tenantcheck {}", short(&start.version, 100))));
    let figures = [("broken", broken), ("inconclusive", inconclusive), ("skipped", skipped), ("held", held)];
    Headline {
        sentence,
        tone,
        reasons: reasons.iter().filter(|reason| !is_told(reason.id)).map(|reason| short(&reason.text, 1_000)).collect(),
        target: short(&start.target, 500),
        started: short(&start.started, 100),
        version: short(&start.version, 100),
        seed: start.seed,
        strict: start.strict,
        figures: figures.map(|(name, number)| (name, thousands(number))).into(),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        hints: summary.map(|summary| texts(&summary.hints)).unwrap_or_default(),
        notes: texts(notes),
    }
}

/// Whether the sentence on top says all of a reason.
fn is_told(id: &str) -> bool {
    ["run.cut-off", "run.interrupted", "run.exit"].contains(&id)
}

/// What does not fail the run, counted by its kind; nothing where there is nothing.
fn quiet(summary: &Summary) -> String {
    let kinds = [(summary.shoulds, "should"), (summary.mere_notes(), "note")];
    let told = kinds.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(number, word));
    told.collect::<Vec<_>>().join(", ")
}

fn texts(texts: &[String]) -> Vec<String> {
    texts.iter().take(NOTES).map(|text| short(text, 1_000)).collect()
}

fn sentence(exit: Option<u8>, counts: [u64; 4], known: u64, rules: u64) -> (String, &'static str) {
    let [broken, inconclusive, skipped, held] = counts;
    let all = broken + inconclusive + skipped + held;
    let broke = format!("{} broken: {} of {} failed.", promises(rules), thousands(broken), count(all, "case"));
    match exit {
        Some(0) if held == all => (format!("Every promise was kept: {} held.", count(held, "case")), "good"),
        Some(0) if broken > known => (format!("{broke} What fails is listed as known after this run."), "odd"),
        Some(0) if known > 0 => {
            let (held, known) = (thousands(held), count(known, "case"));
            let told = format!(
                "Nothing new is broken: {held} of {} held, {known} broken in known ways only.",
                count(all, "case")
            );
            (told, "good")
        }
        Some(0) => {
            let told = format!(
                "Every promise that could be judged was kept: {} of {} held.",
                thousands(held),
                count(all, "case")
            );
            (told, "good")
        }
        Some(1) if rules == 0 && broken == 0 => {
            ("The run failed, though no promise was seen broken.".to_owned(), "bad")
        }
        Some(1) => (broke, "bad"),
        Some(2) => ("The run was set up wrongly.".to_owned(), "odd"),
        Some(3) => ("It could not be judged.".to_owned(), "odd"),
        Some(4) => ("Nothing was selected or judged.".to_owned(), "odd"),
        Some(129 | 130 | 143) => ("The run was interrupted. This is what it saw until then.".to_owned(), "odd"),
        Some(code) => (format!("The run ended with exit code {code}."), "odd"),
        None => ("The run ended before its summary. This is what it saw until then.".to_owned(), "odd"),
    }
}

fn promises(rules: u64) -> String {
    if rules == 1 { "1 promise is".to_owned() } else { format!("{} promises are", thousands(rules)) }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn every_end_has_its_sentence() {
        assert_eq!(sentence(Some(0), [0, 0, 0, 1], 0, 0).0, "Every promise was kept: 1 case held.");
        assert!(sentence(Some(0), [0, 1, 1, 2], 0, 0).0.ends_with("could be judged was kept: 2 of 4 cases held."));
        assert_eq!(sentence(Some(1), [2, 0, 0, 2], 0, 1).0, "1 promise is broken: 2 of 4 cases failed.");
        let known = sentence(Some(0), [1, 0, 0, 2], 1, 0).0;
        assert_eq!(known, "Nothing new is broken: 2 of 3 cases held, 1 case broken in known ways only.");
        assert!(sentence(Some(0), [2, 0, 0, 0], 1, 1).0.ends_with("What fails is listed as known after this run."));
        assert!(sentence(Some(1), [0, 0, 0, 2], 0, 0).0.contains("no promise was seen broken"));
        for exit in [Some(3), Some(4), Some(130), Some(2), None] {
            assert_eq!(sentence(exit, [1, 0, 0, 0], 0, 1).1, "odd");
        }
    }
}

//! What every face of a comparison says in the same words.

use super::{CASES, Compared};
use crate::event::{Change, Difference, Side, Turn};
use crate::report::page::count;

/// The outcome in one sentence.
pub fn sentence(compared: &Compared<'_>) -> String {
    let silent = match (compared.comparison.old.judged, compared.comparison.new.judged) {
        (0, 0) => "neither run judged a case",
        (0, _) => "the old run judged no case",
        (_, 0) => "the new run judged no case",
        _ => "",
    };
    if !silent.is_empty() {
        return format!("Nothing can be compared: {silent}.");
    }
    let (changes, differences) = (&compared.comparison.changes, compared.comparison.differences.len());
    let turns = Turn::ALL.iter().filter(|turn| **turn != Turn::Still).filter_map(|turn| {
        let number = changes.iter().filter(|change| change.turn == *turn).count();
        let failing = changes.iter().filter(|change| change.turn == *turn && change.failing).count();
        let quiet = *turn == Turn::New && failing < number;
        let quiet = if quiet { format!(" ({failing} failing)") } else { String::new() };
        (number > 0).then(|| format!("{number} {}{quiet}", turn.words()))
    });
    let turns: Vec<String> = turns.collect();
    let more = if differences == 0 { "nothing differs besides" } else { "some answers differ" };
    match (turns.is_empty(), differences) {
        (true, 0) => "Nothing changed.".to_owned(),
        (true, _) => "No finding changed; some answers differ and break no rule.".to_owned(),
        (false, _) => format!("Findings: {}; {more}.", turns.join(", ")),
    }
}

/// Where the event log of a run is.
pub fn log(side: &Side) -> &str {
    if side.log.is_empty() { "no log" } else { &side.log }
}

/// One of the runs in one line.
pub fn side(side: &Side) -> String {
    if side.started.is_empty() {
        return format!("{} · did not begin", side.target);
    }
    let exit = side.exit.map_or_else(|| "cut off".to_owned(), |exit| format!("exit {exit}"));
    let (started, target) = (&side.started, &side.target);
    format!("{started} · {target} · seed {} · {} judged · {exit}", side.seed, count(side.judged, "case"))
}

/// A finding, or all findings of one rule that fail no run and took the same turn.
pub struct Told<'a> {
    /// The first of them.
    pub change: &'a Change,
    /// Where they are.
    places: Vec<String>,
}

impl Told<'_> {
    /// Where it is, the first places by name.
    pub fn place(&self) -> String {
        listed(&self.places)
    }

    /// Whether it is about one finding.
    pub fn is_one(&self) -> bool {
        self.places.len() == 1
    }
}

/// What became of findings, in the order of importance: what fails a run one by one, and the rest together by rule.
pub fn told<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<Told<'a>> {
    let mut all: Vec<Told<'a>> = Vec::new();
    let key = |change: &'a Change| (change.turn, change.failing, &change.rule, change.level, &change.how);
    for change in changes {
        match all.iter_mut().find(|told| !change.failing && key(told.change) == key(change)) {
            Some(told) => told.places.push(place(change)),
            None => all.push(Told { change, places: vec![place(change)] }),
        }
    }
    all
}

fn place(change: &Change) -> String {
    let pointer = change.pointer.as_ref().filter(|pointer| !pointer.is_empty());
    pointer.map_or_else(|| change.case.clone(), |pointer| format!("{} at {pointer}", change.case))
}

/// The cases that show a difference, the first ones by name.
pub fn cases(difference: &Difference) -> String {
    listed(&difference.cases)
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(CASES);
    let shown: Vec<&str> = names.iter().take(CASES).map(String::as_str).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

//! Reads what must come back.

use super::scope::Scope;
use crate::contract::{Expect, Operation};
use crate::load::nearest;
use crate::load::table::Section;
use crate::verdict::Level;

/// The rule of a case that expects success.
const EXPECTED: &str = "answer.expected-status";
const LEVELS: [(&str, Level); 3] = [("must", Level::Must), ("should", Level::Should), ("note", Level::Note)];

/// Reads `[expect]`.
pub fn read(root: &Section<'_>, operation: &Operation, scope: Scope<'_>) -> Expect {
    let Some(section) = root.need_section("expect", "it says what must come back") else { return Expect::default() };
    let http = section.flag("http");
    let statuses = statuses(&section, operation, http);
    let rule = rule(&section, &statuses, scope.rules);
    let level = level(&section);
    section.close();
    Expect { statuses, rule, level, http }
}

fn statuses(section: &Section<'_>, operation: &Operation, http: bool) -> Vec<u16> {
    let advice = "list the statuses that keep the promise, such as `[400]`";
    let Some(items) = section.need_items("status", advice) else { return Vec::new() };
    if items.is_empty() {
        section.reader.problem(section.span.clone(), "`status` is empty", advice);
    }
    let mut statuses = Vec::new();
    for item in items {
        let Some(status) = item.status(&section.reader) else { continue };
        if statuses.contains(&status) {
            section.reader.problem(item.span, format!("{status} stands there twice"), "leave one out");
        } else if !http && operation.answer(status).is_none() {
            let listed: Vec<String> = operation.answers.iter().map(|answer| answer.status.to_string()).collect();
            let advice = format!("it lists {}; with `http = true` any status may stand here", listed.join(", "));
            section.reader.problem(item.span, format!("the operation does not list the status {status}"), advice);
        }
        statuses.push(status);
    }
    statuses
}

fn rule(section: &Section<'_>, statuses: &[u16], rules: &[&str]) -> String {
    let success = statuses.iter().all(|status| (200..300).contains(status));
    let given = if success {
        section.text("rule")
    } else {
        section.need_text("rule", "name the rule that another status breaks; `tenantcheck list --rules` shows them")
    };
    let Some(phrase) = given else { return EXPECTED.to_owned() };
    if !rules.contains(&phrase.text.as_str()) {
        let advice = nearest::advice(&phrase.text, rules.iter().copied());
        section.reader.problem(phrase.token, format!("there is no rule `{}`", phrase.text), advice);
    }
    phrase.text
}

fn level(section: &Section<'_>) -> Level {
    let Some(phrase) = section.text("level") else { return Level::Must };
    let found = LEVELS.iter().find(|(word, _)| *word == phrase.text);
    if found.is_none() {
        let advice = nearest::advice(&phrase.text, LEVELS.map(|(word, _)| word));
        section.reader.problem(phrase.token, format!("there is no level `{}`", phrase.text), advice);
    }
    found.map_or(Level::Must, |(_, level)| *level)
}

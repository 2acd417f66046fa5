//! Lines of broken cases: a few for each rule, and how many more at the end.

use crate::report::page::{Look, Sheet, Tone, count};
use std::collections::BTreeMap;

/// More cases of one rule are counted only.
const LINES: u64 = 10;
/// The rules beyond these count as one.
const RULES: usize = 500;
const OTHERS: &str = "other rules";

/// How many cases were broken, by the rule that was the first to tell.
#[derive(Debug, Default)]
pub struct Fold(BTreeMap<String, u64>);

impl Fold {
    /// Counts a case, and answers whether it has a line.
    pub fn has_line(&mut self, rule: &str) -> bool {
        let full = self.0.len() >= RULES && !self.0.contains_key(rule);
        let cases = self.0.entry(if full { OTHERS } else { rule }.to_owned()).or_default();
        *cases += 1;
        *cases <= LINES
    }

    /// A line for each rule of which some cases have none; empty where there is none.
    pub fn render(&self, look: Look) -> String {
        let mut sheet = Sheet::new(look);
        for (rule, cases) in self.0.iter().filter(|(_, cases)| **cases > LINES) {
            let more = count(cases - LINES, "more broken case");
            sheet.wrapped(0, Tone::Bad, &format!("… and {more} of {rule}"));
        }
        sheet.into_text()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fold, LINES, RULES};
    use crate::report::page::Look;

    #[test]
    fn the_first_cases_of_a_rule_have_a_line_and_the_rest_is_counted() {
        let mut fold = Fold::default();
        let lines = (0..LINES + 24).filter(|_| fold.has_line("identity.repeatable")).count() as u64;
        assert!(lines == LINES && fold.has_line("body.schema"));
        let told = fold.render(Look { color: false, width: 80 });
        assert_eq!(told, "… and 24 more broken cases of identity.repeatable\n");
    }

    #[test]
    fn rules_without_end_are_held_in_bounded_room() {
        let mut fold = Fold::default();
        let lines = (0..10 * RULES).filter(|number| fold.has_line(&format!("rule.{number}"))).count();
        assert_eq!((lines, fold.0.len()), (RULES + 10, RULES + 1));
    }
}

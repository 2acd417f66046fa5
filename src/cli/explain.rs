//! `tenantcheck explain RULE`.

use crate::check::rules;
use crate::run::Exit;
use clap::Args;
use std::io::Write as _;

/// Prints what a rule promises, why, the page's words and an example.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's id; `list --rules` prints all of them
    rule: String,
}

impl Explain {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let Some(rule) = rules().iter().find(|rule| rule.id == self.rule) else {
            let near = rules().iter().map(|rule| rule.id).max_by(|one, other| {
                let near = |id: &str| strsim::jaro_winkler(id, &self.rule);
                near(one).total_cmp(&near(other))
            });
            let near = near.map(|id| format!("did you mean `{id}`? ")).unwrap_or_default();
            anyhow::bail!("there is no rule `{}`: {near}`tenantcheck list --rules` prints all of them", self.rule);
        };
        let mut out = anstream::stdout();
        writeln!(out, "{} ({})\n{}\n\n{}\n", rule.id, rule.level, rule.title, rule.why)?;
        writeln!(out, "The page says: {}\n\nExample: {}", rule.clause, rule.example)?;
        Ok(Exit::Held.code())
    }
}

//! What the user selected: globs, a share, phases. Tells of a glob that means nothing, and why nothing is left.

use crate::load::nearest;
use crate::plan::{Phase, Plan, Select, Shard};
use crate::run::{Bench, Exit};
use std::collections::BTreeSet;

/// What the user selected.
#[derive(Clone, Copy)]
pub(super) struct Selection<'a> {
    pub(super) globs: &'a [String],
    pub(super) shard: Option<Shard>,
    pub(super) phases: &'a [Phase],
}

impl Selection<'_> {
    /// The cases that it takes.
    pub(super) fn select(&self) -> anyhow::Result<Select> {
        Ok(Select::new(self.globs)?.sharded(self.shard))
    }

    /// Why nothing is sent, with the exit code: a glob means nothing, or nothing is left. `None` where something is.
    pub(super) fn obstacle(&self, benches: &[&Bench], plans: &[&Plan]) -> anyhow::Result<Option<u8>> {
        let known: BTreeSet<String> = match self.globs {
            [] => BTreeSet::new(),
            _ => benches.iter().flat_map(|bench| bench.known_ids()).collect(),
        };
        let astray = self.globs.iter().filter(|glob| !matches(glob, &known)).map(|glob| stray(glob, &known));
        let astray: Vec<String> = astray.collect();
        if !astray.is_empty() {
            let astray = astray.join(", nor ");
            return Ok(Some(nothing(&format!(
                "no case id matches {astray}; `tenantcheck list --cases` prints the ids"
            ))));
        }
        if plans.iter().any(|plan| !plan.is_empty()) {
            return Ok(None);
        }
        if let Some(text) = plans.iter().find_map(|plan| plan.left_out.first()) {
            anyhow::bail!("{text}");
        }
        let ids: BTreeSet<String> = benches.iter().flat_map(|bench| bench.ids(self.phases)).collect();
        self.why(&ids).map(|why| Some(nothing(&why)))
    }

    /// Why none of the ids of these phases is left.
    fn why(&self, ids: &BTreeSet<String>) -> anyhow::Result<String> {
        let whole = Select::new(self.globs)?;
        let phases: Vec<&str> = self.phases.iter().map(|phase| phase.word()).collect();
        let phases = phases.join(",");
        let taken = ids.iter().filter(|id| whole.takes(id)).count();
        Ok(match (self.shard, self.globs) {
            (Some(shard), _) if taken == 1 => format!("the one case that is selected is not in share {shard}"),
            (Some(shard), _) if taken > 1 => format!("none of the {taken} cases that are selected is in share {shard}"),
            (_, []) => format!("the contract has nothing for --phase {phases}"),
            (_, globs) => format!(
                "{} selects no case of --phase {phases}, or none that this configuration makes",
                globs.iter().map(|glob| quoted(glob)).collect::<Vec<_>>().join(", ")
            ),
        })
    }
}

fn nothing(why: &str) -> u8 {
    anstream::eprintln!("nothing selected: {why}");
    Exit::Nothing.code()
}

fn matches(glob: &str, ids: &BTreeSet<String>) -> bool {
    Select::new(&[glob.to_owned()]).is_ok_and(|select| ids.iter().any(|id| select.takes(id)))
}

fn quoted(glob: &str) -> String {
    format!("`{glob}`")
}

/// A glob that means nothing, with what was meant, where that can be told.
fn stray(glob: &str, ids: &BTreeSet<String>) -> String {
    let meant = meant(glob, ids).map(|meant| format!(" (did you mean `{meant}`?)"));
    quoted(glob) + &meant.unwrap_or_default()
}

/// The glob with its plain beginning put right: the nearest beginning of an id.
fn meant(glob: &str, ids: &BTreeSet<String>) -> Option<String> {
    let parts: Vec<&str> = glob.trim_end_matches('/').split('/').collect();
    let plain = parts.iter().take_while(|part| !part.contains(['*', '?', '[', '{'])).count();
    let (plain, rest) = parts.split_at_checked(plain).filter(|(plain, _)| !plain.is_empty())?;
    let written = plain.join("/");
    let beginnings: BTreeSet<String> = ids.iter().filter_map(|id| beginning(id, plain.len())).collect();
    let near = nearest(&written, beginnings.iter().map(String::as_str))?;
    let whole = [&[near], rest].concat().join("/");
    Some(if matches(&whole, ids) { whole } else { near.to_owned() })
}

/// The first parts of an id; `None` where it has fewer.
fn beginning(id: &str, parts: usize) -> Option<String> {
    let all: Vec<&str> = id.split('/').collect();
    all.get(..parts).map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{matches, meant};
    use std::collections::BTreeSet;

    #[test]
    fn a_slip_of_the_pen_finds_the_nearest_beginning_of_an_id() {
        let ids = ["first-things/absent/one", "first-things/list/number", "other-things/table/quote"];
        let ids: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        for (glob, wanted) in [
            ("other-tings/**", Some("other-things/**")),
            ("other-tings", Some("other-things")),
            ("first-things/absnet/", Some("first-things/absent")),
            ("first-things/absnet/*", Some("first-things/absent/*")),
            ("first-things/absnet/nothing*", Some("first-things/absent")),
            ("first-things/absent/noe", Some("first-things/absent/one")),
            ("*/tabel/*", None),
            ("x", None),
        ] {
            assert!(!matches(glob, &ids), "{glob}");
            assert_eq!(meant(glob, &ids).as_deref(), wanted, "{glob}");
        }
    }
}

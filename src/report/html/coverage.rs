//! Contract coverage: a bar for each kind, and what was not seen, by the reason.

use super::spelled::short;
use crate::event::{Coverage, Covered, Reached};
use crate::report::page::{by_reason, thousands};
use serde::Serialize;

/// No more of one kind is listed, and no more reasons.
const MOST: usize = 500;
const REASONS: usize = 12;
const ITEM: usize = 400;
const WHY: usize = 400;

/// What of the contract was seen.
#[derive(Debug, Serialize)]
pub struct Sheet {
    percent: u64,
    percent_of_all: u64,
    /// What is said of a floor that is not met; empty where there is none.
    shortfall: String,
    kinds: Vec<Kind>,
    /// Why things were not seen, over all kinds, and how many each.
    reasons: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Kind {
    name: String,
    seen: String,
    allowed: String,
    all: String,
    percent: u64,
    bar: Bar,
    /// How many were not seen.
    missed: String,
    reasons: Vec<Reason>,
    /// How many are not listed.
    more: usize,
}

/// A bar of a hundred units: what was seen, and what else could have been.
#[derive(Debug, Serialize)]
struct Bar {
    seen: u64,
    missed: u64,
}

#[derive(Debug, Serialize)]
struct Reason {
    why: String,
    count: String,
    items: Vec<String>,
}

/// What the page shows of it.
pub fn sheet(coverage: &Coverage) -> Sheet {
    let all = by_reason(coverage.kinds.iter().flat_map(|kind| &kind.missing));
    Sheet {
        percent: coverage.total.percent(),
        percent_of_all: coverage.total.percent_of_all(),
        shortfall: coverage.shortfall().unwrap_or_default(),
        kinds: coverage.kinds.iter().map(kind).collect(),
        reasons: all
            .iter()
            .take(REASONS)
            .map(|(why, items)| (short(why, WHY), thousands(items.len() as u64)))
            .collect(),
    }
}

fn kind(covered: &Covered) -> Kind {
    let Reached { seen, allowed, all } = covered.reached;
    let reason = |(why, items): (&str, Vec<&str>)| Reason {
        why: short(why, WHY),
        count: thousands(items.len() as u64),
        items: items.iter().map(|item| short(item, ITEM)).collect(),
    };
    let listed = by_reason(covered.missing.iter().take(MOST));
    Kind {
        name: short(&covered.kind, ITEM),
        seen: thousands(seen),
        allowed: thousands(allowed),
        all: thousands(all),
        percent: covered.reached.percent().min(100),
        bar: bar(covered.reached),
        missed: thousands(covered.missing.len() as u64),
        reasons: listed.into_iter().map(reason).collect(),
        more: covered.missing.len().saturating_sub(MOST),
    }
}

fn bar(Reached { seen, allowed, all }: Reached) -> Bar {
    let share = |part: u64| part.saturating_mul(100).checked_div(all).unwrap_or(0).min(100);
    Bar { seen: share(seen), missed: share(allowed).saturating_sub(share(seen)) }
}

#[cfg(test)]
mod tests {
    use super::{Reached, bar};

    #[test]
    fn a_bar_never_runs_over() {
        for (reached, parts) in [([50, 75, 100], (50, 25)), ([9, 5, 3], (100, 0)), ([0, 0, 0], (0, 0))] {
            let [seen, allowed, all] = reached;
            let bar = bar(Reached { seen, allowed, all });
            assert_eq!((bar.seen, bar.missed), parts);
        }
    }
}

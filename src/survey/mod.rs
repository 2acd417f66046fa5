//! What of the contract a run exercised and saw, and why it did not see the rest. Judges nothing.

mod answers;
mod defects;
mod intent;
mod sentences;
mod view;

use crate::check::{Judge, Ledger};
use crate::contract::{Contract, Page};
use crate::event::{Coverage, Covered, Reached, Unseen};
use crate::plan::Plan;
use answers::Answers;
use std::collections::BTreeSet;
use view::View;

/// What a survey looks at.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What the pages promise.
    pub contract: &'a Contract,
    /// The pages.
    pub pages: &'a [Page],
    /// Everything that world and flags allow, whatever is selected.
    pub whole: &'a Plan,
    /// What was selected.
    pub plan: &'a Plan,
    /// What judged.
    pub judge: &'a Judge,
    /// What the bodies showed.
    pub ledger: &'a Ledger,
    /// The ids of the cases that held or broke.
    pub judged: &'a BTreeSet<String>,
    /// The defects of the fuzz requests that were judged.
    pub drawn: &'a BTreeSet<&'static str>,
    /// The statuses that came, by operation.
    pub statuses: &'a BTreeSet<(String, u16)>,
    /// `--min-coverage`, in percent.
    pub floor: Option<u8>,
}

/// One thing that a run may see.
#[derive(Debug, Clone, Default)]
struct Item {
    name: String,
    seen: bool,
    /// Why world and flags do not allow it, if they do not.
    obstacle: Option<String>,
    /// Why it was not seen although they do.
    absent: &'static str,
}

/// Counts what a run saw, kind by kind.
pub fn survey(material: Material<'_>) -> Coverage {
    let view = View::new(material);
    let answers = Answers::new(&view);
    let kinds = [
        ("sentences", sentences::items(&view, &answers)),
        ("statuses", Answers::statuses(&view)),
        ("properties", answers.properties()),
        ("values", answers.values()),
        ("branches", answers.branches()),
        ("defects", defects::items(&view)),
    ];
    let kinds: Vec<Covered> = kinds.into_iter().map(|(kind, items)| covered(kind, items)).collect();
    let add = |sum: Reached, kind: &Covered| Reached {
        seen: sum.seen + kind.reached.seen,
        allowed: sum.allowed + kind.reached.allowed,
        all: sum.all + kind.reached.all,
    };
    let total = kinds.iter().fold(Reached::default(), add);
    Coverage { partial: is_partial(material), floor: material.floor, total, kinds }
}

fn is_partial(Material { plan, whole, .. }: Material<'_>) -> bool {
    plan.selected().count() != whole.selected().count() || plan.flood.is_some() != whole.flood.is_some()
}

/// What was seen counts as allowed.
fn covered(kind: &str, items: Vec<Item>) -> Covered {
    let count = |holds: fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count() as u64;
    let reached = Reached {
        seen: count(|item| item.seen),
        allowed: count(|item| item.seen || item.obstacle.is_none()),
        all: items.len() as u64,
    };
    let unseen = |item: Item| Unseen { item: item.name, why: item.obstacle.unwrap_or_else(|| item.absent.to_owned()) };
    Covered {
        kind: kind.to_owned(),
        reached,
        missing: items.into_iter().filter(|item| !item.seen).map(unseen).collect(),
    }
}

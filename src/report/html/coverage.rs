//! Contract coverage: a bar for each kind, and what was not seen with the reason.

use super::spelled::short;
use crate::event::{Coverage, Covered, Unseen};
use serde::Serialize;

/// No more of one kind is listed.
const MOST: usize = 500;
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
}

#[derive(Debug, Serialize)]
struct Kind {
    name: String,
    seen: u64,
    allowed: u64,
    all: u64,
    percent: u64,
    missing: Vec<Unseen>,
    /// How many are not listed.
    more: usize,
}

/// What the page shows of it.
pub fn sheet(coverage: &Coverage) -> Sheet {
    Sheet {
        percent: coverage.total.percent(),
        percent_of_all: coverage.total.percent_of_all(),
        shortfall: coverage.shortfall().unwrap_or_default(),
        kinds: coverage.kinds.iter().map(kind).collect(),
    }
}

fn kind(covered: &Covered) -> Kind {
    let cut = |unseen: &Unseen| Unseen { item: short(&unseen.item, ITEM), why: short(&unseen.why, WHY) };
    Kind {
        name: short(&covered.kind, ITEM),
        seen: covered.reached.seen,
        allowed: covered.reached.allowed,
        all: covered.reached.all,
        percent: covered.reached.percent().min(100),
        missing: covered.missing.iter().take(MOST).map(cut).collect(),
        more: covered.missing.len().saturating_sub(MOST),
    }
}

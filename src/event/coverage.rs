//! What of the contract a run exercised and saw, kind by kind, and why the rest was not seen.

use serde::{Deserialize, Serialize};

/// What of the contract a run exercised and saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Whether globs, a shard or phases left a part of the cases out.
    pub partial: bool,
    /// The percentage that `--min-coverage` asks for.
    pub floor: Option<u8>,
    /// The sum of all kinds.
    pub total: Reached,
    /// Kind by kind.
    pub kinds: Vec<Covered>,
}

/// How many things were seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// How many the run saw.
    pub seen: u64,
    /// How many the world and the flags allow to see, whatever is selected.
    pub allowed: u64,
    /// How many the contract has.
    pub all: u64,
}

/// One kind of thing in the contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The kind: sentences, statuses, properties, values, branches or defects.
    pub kind: String,
    /// How many were seen.
    #[serde(flatten)]
    pub reached: Reached,
    /// What was not seen, in the order of the contract.
    pub missing: Vec<Unseen>,
}

/// One thing that was not seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// What it is.
    pub item: String,
    /// Why it was not seen.
    pub why: String,
}

impl Reached {
    /// What was seen of what was allowed, in whole percent, rounded down.
    pub const fn percent(self) -> u64 {
        share(self.seen, self.allowed)
    }

    /// What was seen of all that the contract has, in whole percent, rounded down.
    pub const fn percent_of_all(self) -> u64 {
        share(self.seen, self.all)
    }
}

const fn share(part: u64, whole: u64) -> u64 {
    match part.saturating_mul(100).checked_div(whole) {
        Some(percent) => percent,
        None => 0,
    }
}

impl Coverage {
    /// The sentence for a run that stays below its floor.
    pub fn shortfall(&self) -> Option<String> {
        let (percent, Reached { seen, allowed, .. }) = (self.total.percent(), self.total);
        let floor = self.floor.filter(|floor| percent < u64::from(*floor))?;
        Some(format!(
            "contract coverage is {percent} % ({seen} of {allowed} that [world] and the flags allow), below the \
             {floor} % of --min-coverage."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Coverage, Reached};

    fn coverage(seen: u64, floor: Option<u8>) -> Coverage {
        Coverage { floor, total: Reached { seen, allowed: 200, all: 400 }, ..Coverage::default() }
    }

    #[test]
    fn a_floor_is_met_by_whole_percents_of_what_is_allowed() {
        assert!(coverage(179, Some(90)).shortfall().unwrap().starts_with("contract coverage is 89 % (179 of 200"));
        assert_eq!((coverage(180, Some(90)).shortfall(), coverage(0, None).shortfall()), (None, None));
        assert_eq!((coverage(180, None).total.percent_of_all(), Reached::default().percent()), (45, 0));
    }
}

//! What differs and breaks no rule, case by case, and told once for all cases that show it.

use super::answer::Seen;
use super::digest::{Case, Digest};
use super::pools::Pools;
use super::turned::turned;
use crate::event::{Aspect, Difference};
use std::collections::{BTreeMap, BTreeSet};

/// Slower is more than so many times as long …
const TIMES: u64 = 3;
/// … and longer by more than this, in microseconds.
const LONGER: u64 = 200_000;
/// Fewer cases say nothing about the pace.
const ENOUGH: usize = 5;

type Told = (Aspect, String, String);

/// Every difference, the most important aspect first.
pub(super) fn differences(old: &Digest, new: &Digest) -> Vec<Difference> {
    let mut told: BTreeMap<Told, BTreeSet<String>> = BTreeMap::new();
    let shared = new.cases.iter().filter_map(|(name, case)| Some((name, old.cases.get(name)?, case)));
    let mut times: BTreeMap<&str, Vec<(u64, u64)>> = BTreeMap::new();
    let mut pools = Pools::default();
    for (name, former, case) in shared {
        let same_draw = old.start.seed == new.start.seed && old.start.version == new.start.version;
        if same_draw {
            pools.add(name, former, case);
        }
        for (aspect, text) in of_case(former, case, same_draw) {
            told.entry((aspect, case.operation.clone(), text)).or_default().insert(name.clone());
        }
        if let (Some(one), Some(other)) = (former.us, case.us) {
            times.entry(&case.operation).or_default().push((one, other));
        }
    }
    let slower = times.into_iter().filter_map(|(operation, times)| Some((operation, slower(&times)?)));
    let slower: Vec<Told> = slower.map(|(operation, text)| (Aspect::Speed, operation.to_owned(), text)).collect();
    told.extend(slower.into_iter().map(|told| (told, BTreeSet::new())));
    told.extend(pools.told());
    let difference = |((aspect, operation, told), cases): (Told, BTreeSet<String>)| Difference {
        aspect,
        operation,
        told,
        cases: cases.into_iter().collect(),
    };
    told.into_iter().map(difference).collect()
}

fn of_case(former: &Case, case: &Case, same_draw: bool) -> Vec<(Aspect, String)> {
    let (one, other) = (&former.verdict, &case.verdict);
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    if one != other {
        let why = case.why.as_ref().or(former.why.as_ref()).map(|why| format!(" ({why})")).unwrap_or_default();
        // What a finding made of it is told with the finding.
        let told = !case.findings && !former.findings && !case.is_parted() && !former.is_parted();
        return if told { vec![(Aspect::Verdict, format!("{one}, now {other}{why}"))] } else { Vec::new() };
    }
    match (&former.seen, &case.seen) {
        (Some(one), Some(other)) if same_draw || one.request == other.request => of_answers(one, other, case.findings),
        _ => Vec::new(),
    }
}

fn of_answers(one: &Seen, other: &Seen, findings: bool) -> Vec<(Aspect, String)> {
    if one.status != other.status {
        // A finding tells its status itself.
        let told = (Aspect::Status, format!("{}, now {}", one.status, other.status));
        return if findings { Vec::new() } else { vec![told] };
    }
    let mut told = Vec::new();
    if let (Some(was), Some(is)) = (&one.shape, &other.shape)
        && one.differs_in_thing(other).is_none()
    {
        let (gone, come) = (was.beyond(is).collect::<Vec<_>>(), is.beyond(was).collect::<Vec<_>>());
        told.extend(turned(&gone, &come).map(|text| (Aspect::Body, format!("{}: {text}", one.status))));
    }
    let gone: Vec<&str> = one.headers.difference(&other.headers).map(String::as_str).collect();
    let come: Vec<&str> = other.headers.difference(&one.headers).map(String::as_str).collect();
    told.extend(turned(&gone, &come).map(|text| (Aspect::Headers, format!("{}: {text}", one.status))));
    told
}

/// Tells of a much longer median, over the cases of both runs.
fn slower(times: &[(u64, u64)]) -> Option<String> {
    let (one, other): (Vec<u64>, Vec<u64>) = times.iter().copied().unzip();
    let (one, other) = (median(one)?, median(other)?);
    let much = times.len() >= ENOUGH && other > one.saturating_mul(TIMES) && other - one > LONGER;
    much.then(|| {
        let (was, is) = (one.div_ceil(1_000), other.div_ceil(1_000));
        format!("half of the answers took at most {was} ms, now {is} ms ({} cases)", times.len())
    })
}

fn median(mut times: Vec<u64>) -> Option<u64> {
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::slower;

    #[test]
    fn only_much_slower_is_told() {
        let times = |one: u64, other: u64| vec![(one * 1_000, other * 1_000); 10];
        assert_eq!(slower(&times(2, 150)), None);
        assert_eq!(slower(&times(200, 590)), None);
        assert_eq!(slower(&times(100, 20)), None);
        let told = slower(&times(50, 400)).unwrap();
        assert!(told.contains("50 ms, now 400 ms"), "{told}");
        let once: Vec<_> = [times(10, 10), vec![(10_000, 9_000_000)]].concat();
        assert_eq!(slower(&once), None);
    }
}

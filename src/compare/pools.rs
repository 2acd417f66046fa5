//! What served answers are made of where the two runs asked for different things, as tenants have different ones.

use super::digest::Case;
use super::shape::Shape;
use super::turned::turned;
use crate::event::Aspect;
use std::collections::{BTreeMap, BTreeSet};

/// One thing says nothing about others.
const ENOUGH: usize = 2;
/// More shapes of one kind of thing are not held.
const SHAPES: usize = 20;

/// The answers of either run, together for each operation, status and what the requests name alike.
#[derive(Debug, Default)]
pub(super) struct Pools<'a>(BTreeMap<(&'a str, String), Pool<'a>>);

#[derive(Debug, Default)]
struct Pool<'a> {
    cases: BTreeSet<String>,
    old: BTreeSet<&'a Shape>,
    new: BTreeSet<&'a Shape>,
}

impl<'a> Pools<'a> {
    /// Adds what both runs saw of a case, if it is about different things.
    pub(super) fn add(&mut self, name: &str, former: &'a Case, case: &'a Case) {
        let (Some(one), Some(other)) = (&former.seen, &case.seen) else { return };
        let (Some(was), Some(is)) = (&one.shape, &other.shape) else { return };
        let judged = former.is_judged() && case.is_judged();
        if let Some(alike) = one.differs_in_thing(other).filter(|_| judged) {
            let pool = self.0.entry((&case.operation, format!("{}{alike}", one.status))).or_default();
            pool.cases.insert(name.to_owned());
            pool.old.insert(was);
            pool.new.insert(is);
        }
    }

    /// What every thing of one run has, and none of the other.
    pub(super) fn told(self) -> Vec<((Aspect, String, String), BTreeSet<String>)> {
        let told = self.0.into_iter().filter_map(|((operation, what), pool)| {
            let text = pool.turned()?;
            Some(((Aspect::Body, operation.to_owned(), format!("{what}: {text}")), pool.cases))
        });
        told.collect()
    }
}

impl Pool<'_> {
    fn turned(&self) -> Option<String> {
        if self.cases.len() < ENOUGH || self.old.len().max(self.new.len()) > SHAPES {
            return None;
        }
        let (gone, come) = (always(&self.old, &self.new), always(&self.new, &self.old));
        turned(&gone, &come)
    }
}

/// The paths that every one of these has beyond every one of the others.
fn always<'a>(these: &BTreeSet<&'a Shape>, others: &BTreeSet<&'a Shape>) -> Vec<&'a str> {
    let pairs = these.iter().flat_map(|one| others.iter().map(|other| one.beyond(other).collect::<BTreeSet<_>>()));
    let all = pairs.reduce(|known, next| known.intersection(&next).copied().collect());
    all.unwrap_or_default().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{Pool, Shape};

    fn turned(old: &[&str], new: &[&str]) -> Option<String> {
        let shapes = |texts: &[&str]| texts.iter().map(|text| Shape::of(text.as_bytes())).collect::<Vec<_>>();
        let (old, new) = (shapes(old), shapes(new));
        let cases = (0..old.len()).map(|case| case.to_string()).collect();
        Pool { cases, old: old.iter().collect(), new: new.iter().collect() }.turned()
    }

    #[test]
    fn things_differ_and_kinds_of_things_are_told() {
        let (plain, boss) = (r#"{"id":"a","boss":null}"#, r#"{"id":"b","boss":{"id":"c"}}"#);
        assert_eq!(turned(&[plain, boss], &[boss, plain]), None);
        assert_eq!(turned(&[plain, plain], &[boss, plain]), None);
        let told = turned(&[plain, boss], &[r#"{"id":1}"#, r#"{"id":2,"boss":{"id":"c"}}"#]);
        assert_eq!(told.as_deref(), Some("gone /id: string; new /id: number"));
        assert_eq!(turned(&[plain], &[boss]), None);
    }
}

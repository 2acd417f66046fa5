//! The variants: odd tenants that keep every promise of the pages, on purpose unlike the one that is embedded.
//!
//! A variant that `check` blames shows a mistake of `check`, unless the variant breaks a page.

mod absent;
mod credential;
mod csv;
mod framing;
mod gateway;
mod header;
mod json;
mod language;
mod large;
mod limit;
mod news;
mod recorded;
mod refusal;
mod speed;
mod tracking;
mod when;
mod work;

use super::at::At;
use super::deed::Deed;
use super::limit::Rate;

/// An odd tenant that keeps the contract.
#[derive(Debug)]
pub struct Variant {
    /// The name: family and variant, such as `framing/chunked`.
    pub id: &'static str,
    /// What is odd about it, in one line.
    pub title: &'static str,
    /// The rate limit that belongs to it, where it is not the honest tenant's.
    pub rate: Option<Rate>,
    /// What a run cannot judge on it, as it stands in the reasons; nothing where all can be judged.
    pub unjudged: Option<&'static str>,
    pub(super) lacks: &'static [&'static str],
    pub(super) deeds: &'static [(At, Deed)],
}

/// Every variant, by family.
const ALL: [&[Variant]; 17] = [
    absent::ALL,
    news::ALL,
    recorded::ALL,
    language::ALL,
    when::ALL,
    json::ALL,
    tracking::ALL,
    header::ALL,
    framing::ALL,
    speed::ALL,
    limit::ALL,
    csv::ALL,
    refusal::ALL,
    gateway::ALL,
    credential::ALL,
    large::ALL,
    work::ALL,
];

impl Variant {
    /// A variant that brings no limit and lets everything be judged.
    const fn new(id: &'static str, title: &'static str, deeds: &'static [(At, Deed)]) -> Self {
        Self { id, title, rate: None, unjudged: None, lacks: &[], deeds }
    }

    /// The same with a limit of its own.
    const fn limited(self, requests: u32, seconds: u32) -> Self {
        Self { rate: Some(Rate { requests, seconds }), ..self }
    }

    /// The same without some indexes.
    const fn without(self, lacks: &'static [&'static str]) -> Self {
        Self { lacks, ..self }
    }

    /// The same with something that cannot be judged on it.
    const fn unjudged(self, why: &'static str) -> Self {
        Self { unjudged: Some(why), ..self }
    }

    /// Every variant.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.into_iter().flatten()
    }

    /// Finds a variant by its name.
    pub fn find(id: &str) -> Option<&'static Self> {
        Self::all().find(|variant| variant.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::Variant;
    use std::collections::BTreeSet;

    #[test]
    fn every_variant_has_a_name_of_its_own_in_its_family_and_a_title() {
        let ids: BTreeSet<_> = Variant::all().map(|variant| variant.id).collect();
        assert_eq!(ids.len(), Variant::all().count());
        for variant in Variant::all() {
            let (family, name) = variant.id.split_once('/').unwrap();
            let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
            assert!([family, name].iter().all(|part| !part.is_empty() && part.chars().all(plain)), "{}", variant.id);
            assert!(!variant.title.is_empty() && !variant.title.ends_with('.'), "{}", variant.id);
            assert!(std::ptr::eq(Variant::find(variant.id).unwrap(), variant));
        }
        assert!(Variant::find("framing/none-such").is_none());
    }
}

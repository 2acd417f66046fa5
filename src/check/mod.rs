//! Judges answers by the contract: an exchange goes in, findings come out. Pure; sends and reads nothing.

mod answer;
mod behaviour;
mod body;
mod catalogue;
mod credential;
mod envelope;
mod errata;
mod error;
mod fault;
mod feature;
mod format;
mod headers;
mod identity;
mod history;
mod instant;
mod json;
mod judge;
mod ledger;
mod look;
mod outline;
mod rate;
mod reach;
mod refusal;
mod rule;
mod scene;
mod schemas;
mod seen;
mod show;

pub use behaviour::Behaviour;
pub use error::CheckError;
pub use feature::Feature;
pub use judge::{Judge, Judgement};
pub use ledger::Ledger;
pub use outline::ANNOTATIONS;
pub use rate::form;
pub use reach::unreached;
pub use rule::{Class, Reach, Rule};
pub use seen::Trait;
pub use show::type_of;

/// The notes that `--strict` turns into failures, by rule.
pub const STRICT_NOTES: &[&str] = &[body::open_enum::RULE.id];

/// The rule that a status that no page lists breaks.
pub const LISTED_STATUS: &str = answer::listed_status::RULE.id;

/// The rules that a request may break which joins what an earlier one started: once that is done, it does not.
pub const MAY_JOIN: &[&str] = &[identity::unique_ids::RULE.id];

/// The rules about things that may change by themselves: what is not seen again stays a note, however often.
pub const MAY_CHANGE: &[&str] = &[identity::repeatable::RULE.id];

/// The rules that the answer to any request keeps, whatever it asks for.
pub const OF_ANY_REQUEST: &[&str] = &[
    answer::http::RULE.id,
    answer::in_time::RULE.id,
    answer::complete::RULE.id,
    answer::no_server_error::RULE.id,
    envelope::no_credential::RULE.id,
    envelope::no_nonce::RULE.id,
    envelope::no_stack_trace::RULE.id,
];

/// Every rule, in the order in which they are shown.
pub fn rules() -> &'static [&'static Rule] {
    catalogue::ALL
}

/// Finds a rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    catalogue::find(id)
}

#[cfg(test)]
mod tests;

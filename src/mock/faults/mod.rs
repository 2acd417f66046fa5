//! The faults: how the tenant breaks one promise at a time, on purpose.
//!
//! Written from the pages and from how HTTP services fail. A fault acts where a request comes in (it is taken for
//! another one) or where its answer goes out; the code between is that of the honest tenant and knows of none.

mod crash;
mod crash_head;
mod crash_upload;
mod credential;
mod csv;
mod document;
mod envelope;
mod header;
mod identity;
mod index;
mod intermittent;
mod leak;
mod limit;
mod negotiation;
mod news;
mod reported;
mod status;
mod task;
mod text;
mod transport;
mod unknown;
mod upload;

use super::at::At;
use super::deed::{Asked, Deed};
use std::fmt;

/// One promise that the tenant can be told to break.
#[derive(Debug)]
pub struct Fault {
    /// The name: class and fault, such as `credential/expired`.
    pub id: &'static str,
    /// The class.
    pub class: Class,
    /// What the tenant does, in one line.
    pub title: &'static str,
    /// The report of a real service that it was taken from: repository and number.
    pub report: Option<&'static str>,
    pub(super) at: At,
    pub(super) deed: Deed,
}

/// The classes of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A status that does not say what became of the request.
    Status,
    /// An input that makes the tenant fail.
    Crash,
    /// A credential that is taken for another one.
    Credential,
    /// A request that is not refused, or not served, as the page says.
    Refusal,
    /// A property of an answer.
    Field,
    /// The wrong thing, or the wrong moment.
    Meaning,
    /// The rate limit.
    Limit,
    /// The body's bytes and the headers that describe them.
    Form,
    /// The connection.
    Transport,
    /// What should not get out.
    Leak,
    /// Something that happens now and then.
    Intermittent,
    /// What a client should hear of, though no promise is broken.
    News,
}

/// Every fault, by family.
const ALL: [&[Fault]; 22] = [
    status::ALL,
    crash::ALL,
    crash_upload::ALL,
    crash_head::ALL,
    credential::ALL,
    index::ALL,
    unknown::ALL,
    upload::ALL,
    csv::ALL,
    negotiation::ALL,
    envelope::ALL,
    task::ALL,
    document::ALL,
    identity::ALL,
    limit::ALL,
    text::ALL,
    header::ALL,
    transport::ALL,
    leak::ALL,
    intermittent::ALL,
    reported::ALL,
    news::ALL,
];

impl Fault {
    /// Every fault.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.into_iter().flatten()
    }

    /// Finds a fault by its name.
    pub fn find(id: &str) -> Option<&'static Self> {
        Self::all().find(|fault| fault.id == id)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{self:?}").to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, Fault};
    use crate::mock::field;
    use std::collections::BTreeSet;

    #[test]
    fn every_fault_has_a_name_of_its_own_in_its_class_and_a_title() {
        let ids: BTreeSet<_> = Fault::all().map(|fault| fault.id).collect();
        assert_eq!(ids.len(), Fault::all().count());
        for fault in Fault::all() {
            let (class, name) = fault.id.split_once('/').unwrap();
            let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
            assert!([class, name].iter().all(|part| !part.is_empty() && part.chars().all(plain)), "{}", fault.id);
            assert!(!fault.title.is_empty() && !fault.title.ends_with('.'), "{}", fault.id);
            assert!(std::ptr::eq(Fault::find(fault.id).unwrap(), fault));
        }
        assert!(Fault::find("credential/none-such").is_none());
    }

    #[test]
    fn what_is_put_is_json() {
        for fault in Fault::all() {
            if let Deed::Put(pointer, put) = fault.deed {
                assert!(pointer.starts_with('/') && field::is_json(put), "{}", fault.id);
            }
        }
    }
}

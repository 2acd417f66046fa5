//! The tenant without its socket: its router, and what its owner may know.

use super::estate::Estate;
use super::faults::{Fault, Faults};
use super::limit::Rate;
use super::{serve, sources};
use crate::contract::{EXPIRED, World, WorldValue};
use axum::Router;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// How long the tokens that a tenant hands to its owner are good, in seconds: a week.
const LIFETIME: u64 = 7 * 24 * 3600;

/// The tenant without its socket; its router can be served, or called in process.
#[derive(Debug, Clone)]
pub struct Service(Arc<Estate>, Faults);

impl Service {
    /// Makes a tenant with secrets of its own that has the given faults.
    pub fn new(rate: Rate, faults: Vec<&'static Fault>) -> io::Result<Self> {
        Estate::new(rate).map(|estate| Self(Arc::new(estate), Faults::new(faults)))
    }

    /// The tenant as an axum router.
    pub fn router(&self) -> Router {
        serve::router(&self.0, &self.1)
    }

    /// The client that may fetch tokens.
    pub fn client_id(&self) -> &str {
        &self.0.client_id
    }

    /// The secret of that client.
    pub fn client_secret(&self) -> &str {
        &self.0.client_secret
    }

    /// A token that is good for a week: of `full`, who may do everything, or of any other caller, who may do nothing;
    /// that of `expired` is over.
    pub fn token(&self, caller: &str) -> String {
        self.0.token(caller, if caller == EXPIRED { 0 } else { LIFETIME })
    }

    /// What there is to know about this tenant, each document among it.
    pub fn world(&self) -> World {
        let columns = sources::COLUMNS.iter().map(|&column| column.to_owned()).collect();
        let documents = self.0.documents.0.iter().map(|index| {
            let ids = index.documents.iter().map(|(id, _)| id.clone()).collect();
            (index.name.to_owned(), ids)
        });
        World(BTreeMap::from([
            ("delimited-source".to_owned(), WorldValue::Id(sources::DELIMITED.id.to_owned())),
            ("direct-source".to_owned(), WorldValue::Id(sources::DIRECT.id.to_owned())),
            ("csv-columns".to_owned(), WorldValue::List(columns)),
            ("documents".to_owned(), WorldValue::IdsBy(documents.collect())),
        ]))
    }
}

//! The tenant without its socket: its router, and what its owner may know.

use super::estate::Estate;
use super::faults::Fault;
use super::limit::Rate;
use super::seam::Seam;
use super::variants::Variant;
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
pub struct Service {
    estate: Arc<Estate>,
    seam: Seam,
    /// Indexes that are not offered.
    lacks: &'static [&'static str],
}

impl Service {
    /// Makes a tenant with secrets of its own, of a variant and with faults.
    pub fn new(rate: Rate, variant: Option<&'static Variant>, faults: Vec<&'static Fault>) -> io::Result<Self> {
        let lacks = variant.map(|variant| variant.lacks).unwrap_or_default();
        Ok(Self { estate: Arc::new(Estate::new(rate)?), seam: Seam::new(variant, faults), lacks })
    }

    /// The tenant as an axum router.
    pub fn router(&self) -> Router {
        serve::router(&self.estate, &self.seam)
    }

    /// The client that may fetch tokens.
    pub fn client_id(&self) -> &str {
        &self.estate.client_id
    }

    /// The secret of that client.
    pub fn client_secret(&self) -> &str {
        &self.estate.client_secret
    }

    /// A token that is good for a week: of `full`, who may do everything, or of any other caller, who may do nothing;
    /// that of `expired` is over.
    pub fn token(&self, caller: &str) -> String {
        self.estate.token(caller, if caller == EXPIRED { 0 } else { LIFETIME })
    }

    /// What there is to know about this tenant, each document among it that it offers.
    pub fn world(&self) -> World {
        let columns = sources::COLUMNS.iter().map(|&column| column.to_owned()).collect();
        let documents = self.estate.documents.0.iter().filter(|index| !self.lacks.contains(&index.name));
        let documents = documents.map(|index| {
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

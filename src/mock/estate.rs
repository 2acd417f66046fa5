//! What the tenant has: its secrets, its counts, its tasks and its documents.

use super::clock;
use super::documents::Documents;
use super::ids::Ids;
use super::jwt::{Claims, Signer};
use super::limit::{Limit, Rate};
use super::task::Tasks;
use ring::hmac::{HMAC_SHA256, Key};
use ring::rand::SystemRandom;
use std::io;

/// What the tenant has.
#[derive(Debug)]
pub struct Estate {
    /// The client that may fetch tokens, and the one that every token for `full` belongs to.
    pub client_id: String,
    /// The secret of that client.
    pub client_secret: String,
    limited_id: String,
    /// Where ids come from.
    pub ids: Ids,
    /// Who signs tokens.
    pub signer: Signer,
    /// How often each client has called.
    pub limit: Limit,
    /// The aggregations that were accepted.
    pub tasks: Tasks,
    /// The documents by index.
    pub documents: Documents,
}

impl Estate {
    /// Makes a tenant with secrets of its own.
    pub fn new(rate: Rate) -> io::Result<Self> {
        if rate.requests == 0 || rate.seconds == 0 {
            let message = "a rate limit needs at least one request in at least one second";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let ids = Ids::new(secret()?);
        Ok(Self {
            client_id: ids.next(),
            client_secret: format!("{}{}", ids.next(), ids.next()),
            limited_id: ids.next(),
            ids,
            signer: Signer::new(secret()?),
            limit: Limit::new(rate),
            tasks: Tasks::new()?,
            documents: Documents::embedded()?,
        })
    }

    /// A token that is good for some seconds: of `full` or `expired`, who may do everything, or of any other caller, who
    /// may do nothing.
    pub fn token(&self, caller: &str, lifetime: u64) -> String {
        let full = caller != "limited";
        self.signer.sign(&Claims {
            client_id: if full { &self.client_id } else { &self.limited_id }.clone(),
            authority: full,
            exp: clock::seconds() + lifetime,
            jti: self.ids.next(),
        })
    }
}

fn secret() -> io::Result<Key> {
    Key::generate(HMAC_SHA256, &SystemRandom::new())
        .map_err(|_| io::Error::other("the system gave no random bytes to make a secret from"))
}

//! A client that the tenant gives tokens to.

/// A client that fetches tokens for a caller. Its secret lies among the secrets, under [`Client::secret`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The caller whose tokens it fetches.
    pub caller: String,
    /// Its id; no secret.
    pub id: String,
    /// Where id and secret came from, for people.
    pub source: String,
}

impl Client {
    /// The name of the secret of a caller's client.
    pub fn secret(caller: &str) -> String {
        format!("{caller} client-secret")
    }
}

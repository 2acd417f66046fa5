//! Reads the files in which the vendor's own tools keep a client. They give a credential and never choose a target.

mod json;
mod yaml;

pub use json::vendor_json;
pub use yaml::vendor_yaml;

use super::problem::{LoadError, Problem, Problems};
use super::source::{bounded, known};
use crate::exchange::Target;
use std::io::ErrorKind;
use std::path::Path;

/// A file of the vendor's tools.
pub struct Vendor {
    /// The path as the user knows it.
    pub path: String,
    /// The client, if it holds one.
    pub client: Option<VendorClient>,
}

/// The client in a file of the vendor's tools. Has no `Debug`.
pub struct VendorClient {
    /// Whose it is.
    pub base_url: Target,
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// What the file calls id and secret, for people.
    pub names: String,
}

/// What to do about a file that cannot be used. Ends every problem of it.
const ADVICE: &str = "mend it, or name a credential in the environment or in tenantcheck.toml, and it is not looked at";

/// A client as a file tells it: base URL, id and secret, each with its name there.
struct Told {
    names: [String; 3],
    values: [Option<String>; 3],
}

/// Reads a file, if it is there, by one of the two readers; `None` where it is another tool's file.
fn vendor(path: &Path, read: impl FnOnce(&[u8]) -> Result<Option<Told>, String>) -> Result<Option<Vendor>, LoadError> {
    let told = match bounded(path) {
        Ok(bytes) => read(&bytes),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
    let client = told.and_then(|told| told.map(Told::client).transpose());
    let problems = Problems::default();
    let client = client.unwrap_or_else(|what| {
        problems.push(Problem::file(&known(path), what, ADVICE));
        None
    });
    problems.finish(client.map(|client| Vendor { path: known(path), client }))
}

impl Told {
    fn client(self) -> Result<Option<VendorClient>, String> {
        let [base_name, id_name, secret_name] = self.names;
        let [base, id, secret] =
            self.values.map(|value| value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        let (id, secret) = match (id, secret) {
            (None, None) => return Ok(None),
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => return Err(format!("it names a client but no secret: `{secret_name}` is missing")),
            (None, Some(_)) => return Err(format!("it holds a secret but names no client: `{id_name}` is missing")),
        };
        let base = base.ok_or_else(|| format!("it does not say whose its client is: `{base_name}` is missing"))?;
        let wrong = |_| format!("`{base_name}` is no base URL like https://acme.api.identitynow.com");
        let base_url = Target::parse(&base).map_err(wrong)?;
        Ok(Some(VendorClient { base_url, id, secret, names: format!("{id_name} and {secret_name}") }))
    }
}

/// A key without what writers differ in: letter case, dashes and underscores.
fn plain(key: &str) -> String {
    key.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}

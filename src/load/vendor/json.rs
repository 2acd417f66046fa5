//! Reads the vendor's `config.json`: base URL, id and secret of a client. Many tools have a file of that name, so what
//! names no client is not the vendor's.

use super::{Told, Vendor, plain, vendor};
use crate::load::problem::LoadError;
use serde_json::Value;
use std::path::Path;

const NAMES: [&str; 3] = ["BaseURL", "ClientId", "ClientSecret"];

/// Reads a `config.json`; `None` where there is none, or it is another tool's.
pub fn vendor_json(path: &Path) -> Result<Option<Vendor>, LoadError> {
    vendor(path, read).map(|vendor| vendor.filter(|vendor| vendor.client.is_some()))
}

fn read(bytes: &[u8]) -> Result<Option<Told>, String> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        // The error itself may quote a secret.
        Err(error) if is_ours(&text) => {
            return Err(format!("it is no JSON (line {}, column {})", error.line(), error.column()));
        }
        Err(_) => return Ok(None),
    };
    let Some(object) = value.as_object() else { return Ok(None) };
    let mut values = [None, None, None];
    for (name, value) in object {
        let Some(at) = NAMES.iter().position(|known| plain(known) == plain(name)) else { continue };
        let Some(place) = values.get_mut(at) else { continue };
        match value {
            Value::String(text) => *place = Some(text.clone()),
            Value::Null => {}
            _ if is_ours(&text) => return Err(format!("`{name}` is no text")),
            _ => return Ok(None),
        }
    }
    Ok(Some(Told { names: NAMES.map(ToOwned::to_owned), values }))
}

/// Whether a text names a client's id and secret as the vendor does.
fn is_ours(text: &str) -> bool {
    let text = text.to_lowercase();
    NAMES.iter().skip(1).all(|name| text.contains(&format!("\"{}\"", name.to_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn told(text: &str) -> String {
        match read(text.as_bytes()).and_then(|told| told.map(super::Told::client).transpose()) {
            Ok(Some(Some(client))) => format!("{} {} {}", client.base_url, client.id, client.secret),
            Ok(Some(None)) => "no client".into(),
            Ok(None) => "another tool's".into(),
            Err(what) => what,
        }
    }

    #[test]
    fn the_vendors_file_gives_a_client() {
        let text = r#"{"BaseURL": "https://a.example", "ClientId": "i", "ClientSecret": "s", "More": 1}"#;
        assert_eq!(told(text), "https://a.example i s");
        assert_eq!(told(&text.replace("BaseURL", "baseUrl")), "https://a.example i s");
    }

    #[test]
    fn the_file_of_another_tool_is_left_alone() {
        for text in ["", "{", "[]", "// no JSON", r#"{"baseUrl": 1}"#, r#"{"clientId": {}}"#] {
            assert_eq!(told(text), "another tool's", "{text}");
        }
        assert_eq!(told(r#"{"theme": "dark"}"#), "no client");
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        for (text, what) in [
            (r#"{"ClientId": "i", "ClientSecret": "hunter2",}"#, "it is no JSON (line 1, column 45)"),
            (r#"{"ClientId": "i", "ClientSecret": 7}"#, "`ClientSecret` is no text"),
            (r#"{"ClientId": "i"}"#, "it names a client but no secret: `ClientSecret` is missing"),
            (r#"{"ClientSecret": "hunter2"}"#, "it holds a secret but names no client: `ClientId` is missing"),
            (
                r#"{"ClientId": "i", "ClientSecret": "hunter2"}"#,
                "it does not say whose its client is: `BaseURL` is missing",
            ),
            (
                r#"{"BaseURL": "me:hunter2@a", "ClientId": "i", "ClientSecret": "hunter2"}"#,
                "`BaseURL` is no base URL like https://acme.api.identitynow.com",
            ),
        ] {
            assert_eq!(told(text), what);
        }
    }
}

//! The tenant that is asked, as a base URL.

use std::net::IpAddr;
use thiserror::Error;
use url::{Host, Url};

/// The base URL of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

/// Why a text is no target.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TargetError {
    /// The text is no URL.
    #[error("`{0}` is not a URL: {1}; write it like https://acme.api.identitynow.com")]
    NotUrl(String, String),
    /// A loopback address without a scheme.
    #[error("`{0}` has no scheme; write http://{0}")]
    NoScheme(String),
    /// The scheme is another one.
    #[error("`{0}` is neither http:// nor https://; write it like https://acme.api.identitynow.com")]
    Scheme(String),
    /// The URL holds more than a base.
    #[error("the target must not hold {1}; leave it out of `{0}`")]
    TooMuch(String, &'static str),
}

impl Target {
    /// Reads a base URL: http or https, perhaps with a path, without user, query and fragment.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        if is_bare_loopback(text.trim()) {
            return Err(TargetError::NoScheme(text.trim().into()));
        }
        let url = Url::parse(text.trim()).map_err(|error| TargetError::NotUrl(text.into(), error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(TargetError::Scheme(text.into()));
        }
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path());
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::TooMuch(shown, "a user or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(TargetError::TooMuch(shown, "a query or a fragment"));
        }
        Ok(Self { url })
    }

    /// Whether the host is literally loopback: `localhost`, 127/8 or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
    }

    /// Whether the connection is encrypted.
    pub fn is_tls(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host without brackets, to connect to.
    pub fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned()
    }

    /// The port, the scheme's own where none is given.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// Host and port as the Host header has them.
    pub fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The base path without a slash at its end; empty where there is none.
    pub fn base_path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// The same host, port and scheme: where a credential of the one may go to the other.
    pub fn same_origin(&self, other: &Self) -> bool {
        self.url.origin() == other.url.origin()
    }
}

/// Whether a text would be a loopback address if it had a scheme.
fn is_bare_loopback(text: &str) -> bool {
    let bare = !text.contains("//") && !text.contains(['@', '?', '#']);
    bare && Url::parse(&format!("http://{text}")).is_ok_and(|url| Target { url }.is_loopback())
}

impl std::fmt::Display for Target {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.url.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn loopback_is_decided_by_the_literal_host() {
        for (text, loopback) in [
            ("http://localhost:8080", true),
            ("http://LOCALHOST", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:1", true),
            ("https://localhost.example.com", false),
            ("https://128.0.0.1", false),
            ("https://acme.api.identitynow.com", false),
        ] {
            assert_eq!(Target::parse(text).unwrap().is_loopback(), loopback, "{text}");
        }
    }

    #[test]
    fn a_target_is_a_base_and_nothing_more() {
        for text in ["acme", "ftp://a", "http://u:p@a", "http://a/?q", "http://a/#f"] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
        let told = |text: &str| Target::parse(text).unwrap_err().to_string();
        assert!(told("https://u:p@a:8443/b").ends_with("leave it out of `https://a:8443/b`"));
        assert!(told("http://127.0.0.1:1/b?q").ends_with("leave it out of `http://127.0.0.1:1/b`"));
        for bare in ["localhost", "localhost:8080", "127.0.0.1:80/b", "[::1]:1"] {
            assert_eq!(told(bare), format!("`{bare}` has no scheme; write http://{bare}"));
        }
        assert!(!told("localhost:hunter2@a").contains("no scheme"));
        assert!(!Target::parse("http://u:hunter2@a").unwrap_err().to_string().contains("hunter2"));
    }

    #[test]
    fn the_base_path_is_kept() {
        let target = Target::parse("http://127.0.0.1:9/base/").unwrap();
        assert_eq!((target.base_path(), target.authority().as_str()), ("/base", "127.0.0.1:9"));
    }
}

//! The proxy that the environment sets for a target; loopback never has one.

use super::error::WireError;
use crate::exchange::Target;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;

/// The proxy variables, read once.
#[derive(Debug)]
pub struct Proxies(Matcher);

/// The proxy that stands before the target.
#[derive(Debug, Clone)]
pub(super) struct Proxy {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
    /// The value of Proxy-Authorization; marked as sensitive, so that its `Debug` shows nothing.
    pub(super) authorization: Option<HeaderValue>,
}

impl Proxies {
    /// Reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower case.
    pub fn from_env() -> Self {
        Self(Matcher::from_env())
    }

    /// The same proxy for every target, except those that `no_proxy` lists.
    pub fn all(url: &str, no_proxy: &str) -> Self {
        Self(Matcher::builder().all(url).no(no_proxy).build())
    }

    pub(super) fn before(&self, target: &Target) -> Result<Option<Proxy>, WireError> {
        if target.is_loopback() {
            return Ok(None);
        }
        let uri: Uri = target.to_string().parse().map_err(|error| WireError::Client(format!("{target}: {error}")))?;
        let Some(found) = self.0.intercept(&uri) else { return Ok(None) };
        let scheme = found.uri().scheme_str().unwrap_or_default();
        let host = found.uri().host().unwrap_or_default();
        if !matches!(scheme, "http" | "https") {
            return Err(WireError::Proxy(format!("{scheme}://{host}")));
        }
        let tls = scheme == "https";
        Ok(Some(Proxy {
            tls,
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: found.uri().port_u16().unwrap_or(if tls { 443 } else { 80 }),
            authorization: found.basic_auth().cloned(),
        }))
    }
}

impl Proxy {
    /// Where it listens, without credentials.
    pub(super) fn url(&self) -> String {
        format!("{}://{}", if self.tls { "https" } else { "http" }, authority(&self.host, self.port))
    }
}

/// Host and port as a request line has them.
pub(super) fn authority(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

#[cfg(test)]
mod tests {
    use super::{Proxies, Target};

    fn before(proxies: &Proxies, target: &str) -> Option<String> {
        proxies.before(&Target::parse(target).unwrap()).unwrap().map(|proxy| proxy.url())
    }

    #[test]
    fn loopback_and_what_no_proxy_lists_go_straight() {
        let proxies = Proxies::all("http://user:hunter2@proxy.example:3128", "inner.example");
        for target in ["http://127.0.0.1:1", "https://localhost", "http://[::1]:9", "https://a.inner.example"] {
            assert_eq!(before(&proxies, target), None, "{target}");
        }
        assert_eq!(before(&proxies, "https://acme.example").as_deref(), Some("http://proxy.example:3128"));
    }

    #[test]
    fn credentials_of_a_proxy_are_never_shown() {
        let proxies = Proxies::all("http://user:hunter2@proxy.example", "");
        let proxy = proxies.before(&Target::parse("http://acme.example").unwrap()).unwrap();
        assert!(proxy.as_ref().unwrap().authorization.is_some());
        assert!(!format!("{proxies:?} {proxy:?}").contains("hunter2"));
        assert!(!format!("{proxy:?}").contains("dXNlcjpodW50ZXIy"));
    }

    #[test]
    fn a_proxy_of_another_kind_is_refused_with_its_name() {
        let proxies = Proxies::all("socks5://proxy.example:1080", "");
        let error = proxies.before(&Target::parse("http://acme.example").unwrap()).unwrap_err().to_string();
        assert!(error.contains("socks5://proxy.example"), "{error}");
    }
}

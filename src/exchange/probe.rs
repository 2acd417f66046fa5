//! One request as bytes, ready to send.

use super::Octets;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One request as bytes, with the case and the seed it came from. Secrets stand as markers (`{{secret full}}`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Probe {
    /// The operation that it is sent to.
    pub operation: String,
    /// The case that it came from.
    pub case: String,
    /// The root seed.
    pub seed: u64,
    /// Which candidate of the case this is, from 0.
    pub candidate: u32,
    /// What was done to the request that works, by id and in order; empty where it goes out as it is written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defects: Vec<String>,
    /// Whose credential it carries; `None` where it carries no good one.
    pub caller: Option<String>,
    /// The value of each path parameter that it asks for, before percent-encoding.
    pub parameters: BTreeMap<String, String>,
    /// A value of ours that stands in one of the headers and nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The method as it goes out.
    pub method: String,
    /// The request target as it goes out: path and query, base path included.
    pub target: Octets,
    /// The header lines in order; Host and Content-Length are added by the wire unless they stand here.
    pub headers: Vec<(String, Octets)>,
    /// The body as it goes out.
    pub body: Octets,
    /// Header names (lower case) that the wire must not add although they do not stand in `headers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omit: Vec<String>,
}

/// The two ways to the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An HTTP client may send it: nothing in it would be mended.
    Ordinary,
    /// Only exact bytes carry it as it stands.
    Exact,
}

const FRAMING: [&str; 6] = ["host", "content-length", "transfer-encoding", "connection", "expect", "te"];

impl Probe {
    /// Which way carries this probe without mending it.
    pub fn way(&self) -> Way {
        let plain_method = matches!(self.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD");
        if plain_method && self.omit.is_empty() && plain_headers(&self.headers) && plain_target(&self.target.0) {
            Way::Ordinary
        } else {
            Way::Exact
        }
    }

    /// The first value of a header, if the probe itself carries one; the letter case of the name is free.
    pub fn header(&self, name: &str) -> Option<&Octets> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

fn plain_headers(headers: &[(String, Octets)]) -> bool {
    let mut seen = Vec::new();
    headers.iter().all(|(written, value)| {
        let name = written.to_ascii_lowercase();
        // A client writes names in a letter case of its own, which is meant where ours is the usual one.
        let usual = *written != written.to_ascii_uppercase() || written.len() == 1;
        let token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let fresh = !seen.contains(&name) && !FRAMING.contains(&name.as_str());
        let plain = value.0.iter().all(|byte| (0x20..0x7f).contains(byte)) && value.0.trim_ascii() == value.0;
        seen.push(name);
        token && usual && fresh && plain && !value.0.is_empty()
    })
}

fn plain_target(target: &[u8]) -> bool {
    let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
    let free = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.~?=&".contains(byte);
    target.starts_with(b"/")
        && target.iter().all(free)
        && path.split(|byte| *byte == b'/').skip(1).all(|segment| !matches!(segment, b"" | b"." | b".."))
}

#[cfg(test)]
mod tests {
    use super::{Probe, Way};

    fn probe(target: &str, headers: &[(&str, &str)]) -> Probe {
        Probe {
            method: "GET".into(),
            target: target.into(),
            headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            ..Probe::default()
        }
    }

    #[test]
    fn what_a_client_would_mend_goes_as_exact_bytes() {
        for target in ["/a/../b", "/a//b", "/a/", "/a%2Fb", "/a;b", "a", "/\u{e4}", "/a b", "/.", "/a\0"] {
            assert_eq!(probe(target, &[]).way(), Way::Exact, "{target:?}");
        }
        for headers in [
            &[("Authorization", "Bearer ")][..],
            &[("Authorization", "")],
            &[("A", "1"), ("a", "2")],
            &[("Host", "x")],
            &[("A b", "x")],
            &[("A", "x\r\ny")],
            &[("ACCEPT", "x")],
        ] {
            assert_eq!(probe("/a", headers).way(), Way::Exact, "{headers:?}");
        }
    }

    #[test]
    fn what_a_client_sends_as_it_stands_is_ordinary() {
        let plain = probe("/v3/things/2c91808568c5-29c6_0.1~?a=b&c", &[("Authorization", "Bearer {{secret full}}")]);
        assert_eq!(plain.way(), Way::Ordinary);
    }
}

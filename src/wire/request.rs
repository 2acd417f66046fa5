//! The bytes of a probe as they go out, the wire's own lines added.

use crate::exchange::{Probe, Secrets};

/// What the wire calls itself where the probe does not say.
const USER_AGENT: &str = concat!("tenantcheck/", env!("CARGO_PKG_VERSION"));

/// The headers by which a probe takes the framing or the connection into its own hands.
const OWN_FRAMING: [&str; 7] =
    ["content-length", "transfer-encoding", "connection", "keep-alive", "expect", "upgrade", "te"];

/// What a server takes in with its first read at least, in bytes, as far as is known.
const FIRST_READ: usize = 4 * 1024;

/// A probe with the secrets in place of their markers, and the wire's lines before its own. Never shown.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: Vec<u8>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    /// Whether every reader of HTTP sees the same end of it, so that the connection is in no doubt afterwards.
    pub(super) clean: bool,
    /// Whether Host is to be added.
    host: bool,
}

impl Request {
    /// Fills in the secrets; the error says which header a secret would break in two.
    pub(super) fn new(probe: &Probe, secrets: &Secrets) -> Result<Self, String> {
        let mut headers = Vec::with_capacity(probe.headers.len() + 2);
        if adds(probe, "user-agent") {
            headers.push(("User-Agent".to_owned(), USER_AGENT.as_bytes().to_vec()));
        }
        let body = secrets.fill(&probe.body.0);
        let bodily = !body.is_empty() || matches!(probe.method.as_str(), "POST" | "PUT" | "PATCH");
        if bodily && adds(probe, "content-length") && probe.header("transfer-encoding").is_none() {
            headers.push(("Content-Length".to_owned(), body.len().to_string().into_bytes()));
        }
        for (name, value) in &probe.headers {
            let filled = secrets.fill(&value.0);
            if breaks(&filled) && !breaks(&value.0) {
                return Err(format!("the secret that stands in {name} holds a line break"));
            }
            headers.push((name.clone(), filled));
        }
        let (method, target) = (probe.method.clone(), secrets.fill(&probe.target.0));
        Ok(Self { method, target, headers, body, clean: clean(probe), host: adds(probe, "host") })
    }

    /// Whether a server may answer and close before it has read all of it, which ends in a reset. The reset takes along
    /// what the server's system holds back until the first piece of the answer is acknowledged, and that comes at once
    /// on a fresh connection only: on one that was used before, systems delay it.
    pub(super) fn wants_fresh(&self) -> bool {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        self.target.len() + headers + self.body.len() > FIRST_READ
    }

    /// The request as one piece of bytes; `prefix` makes the target absolute, for a proxy that forwards.
    pub(super) fn bytes(&self, authority: &str, prefix: &str, authorization: Option<&[u8]>) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.body.len() + 1024);
        let line = [self.method.as_bytes(), b" ", prefix.as_bytes(), &self.target, b" HTTP/1.1\r\n"];
        bytes.extend(line.concat());
        if self.host {
            bytes.extend([b"Host: ", authority.as_bytes(), b"\r\n"].concat());
        }
        if let Some(authorization) = authorization {
            bytes.extend([b"Proxy-Authorization: ", authorization, b"\r\n"].concat());
        }
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

/// Whether the wire adds a header: the probe neither carries nor forbids it.
fn adds(probe: &Probe, name: &str) -> bool {
    probe.header(name).is_none() && !probe.omit.iter().any(|omitted| omitted.eq_ignore_ascii_case(name))
}

fn breaks(value: &[u8]) -> bool {
    value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0))
}

/// Whether every reader of HTTP sees the same end of this request.
fn clean(probe: &Probe) -> bool {
    let token = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let framed = |name: &str| OWN_FRAMING.iter().any(|own| own.eq_ignore_ascii_case(name));
    let plain = |value: &[u8]| value.iter().all(|byte| *byte >= b' ' || *byte == b'\t');
    let solid = |target: &[u8]| !target.is_empty() && target.iter().all(|byte| *byte > b' ' && *byte != 0x7f);
    matches!(probe.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS")
        && solid(&probe.target.0)
        && probe.headers.iter().all(|(name, value)| token(name) && !framed(name) && plain(&value.0))
        && !probe.omit.iter().any(|name| framed(name) || name.eq_ignore_ascii_case("host"))
}

#[cfg(test)]
mod tests {
    use super::{Probe, Request, Secrets};

    fn bytes(probe: &Probe, secrets: &Secrets) -> String {
        let request = Request::new(probe, secrets).unwrap();
        String::from_utf8(request.bytes("h:1", "", None)).unwrap().replace(super::USER_AGENT, "us")
    }

    #[test]
    fn the_wires_lines_come_first_and_only_where_they_are_wanted() {
        let mut probe = Probe { method: "POST".into(), target: "/a b".into(), ..Probe::default() };
        probe.headers = vec![("b".into(), "1".into()), ("B".into(), "2".into())];
        let secrets = Secrets::default();
        let full = "POST /a b HTTP/1.1\r\nHost: h:1\r\nUser-Agent: us\r\nContent-Length: 0\r\nb: 1\r\nB: 2\r\n\r\n";
        assert_eq!(bytes(&probe, &secrets), full);
        probe.omit = vec!["host".into(), "user-agent".into(), "content-length".into()];
        assert_eq!(bytes(&probe, &secrets), "POST /a b HTTP/1.1\r\nb: 1\r\nB: 2\r\n\r\n");
    }

    #[test]
    fn secrets_are_filled_and_the_length_is_that_of_what_goes_out() {
        let mut secrets = Secrets::default();
        secrets.insert("full", "abc");
        let mut probe = Probe { method: "PUT".into(), target: "/{{secret full}}".into(), ..Probe::default() };
        probe.headers = vec![("A".into(), "B {{secret full}}".into())];
        probe.body = "x={{secret full}}".into();
        let out = bytes(&probe, &secrets);
        assert!(out.starts_with("PUT /abc ") && out.ends_with("Content-Length: 5\r\nA: B abc\r\n\r\nx=abc"), "{out}");
    }

    #[test]
    fn a_secret_with_a_line_break_is_not_sent() {
        let mut secrets = Secrets::default();
        secrets.insert("full", "abc\n");
        let mut probe = Probe { method: "GET".into(), target: "/".into(), ..Probe::default() };
        probe.headers = vec![("A".into(), "{{secret full}}".into())];
        let why = Request::new(&probe, &secrets).err().unwrap();
        assert!(why.contains('A') && !why.contains("abc"), "{why}");
    }

    #[test]
    fn what_takes_the_framing_into_its_own_hands_is_not_clean() {
        let clean = |headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            let probe = Probe { method: "GET".into(), target: "/a/../b%2F".into(), headers, ..Probe::default() };
            Request::new(&probe, &Secrets::default()).unwrap().clean
        };
        assert!(clean(&[("Authorization", "a"), ("Authorization", "b")]));
        for header in [("Content-length", "0"), ("A", "x\r\nB: y"), ("A b", "x"), ("Connection", "close")] {
            assert!(!clean(&[header]), "{header:?}");
        }
    }
}

//! A client that sends exactly the bytes it is given.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use tenantcheck::mock::Tenant;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts a status and a well-formed envelope of it, and gives that.
    pub fn envelope(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.json();
        let code = body["detailCode"].as_str().unwrap();
        assert!(code.starts_with(&status.to_string()), "{code}");
        let id = body["trackingId"].as_str().unwrap();
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        assert!(!body["messages"].as_array().unwrap().is_empty());
        for entry in ["messages", "causes"].iter().filter_map(|list| body[list].as_array()).flatten() {
            assert!(entry["text"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
            assert!(["en-US", "de", "fr", "ja", "und"].contains(&entry["locale"].as_str().unwrap()), "{body}");
            assert!(["DEFAULT", "REQUEST"].contains(&entry["localeOrigin"].as_str().unwrap()), "{body}");
        }
        body
    }
}

/// Sends a whole message and reads until the tenant closes.
pub fn exchange(tenant: &Tenant, message: &[u8]) -> Reply {
    let mut stream = connect(tenant);
    stream.write_all(message).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    reply(&bytes)
}

pub fn connect(tenant: &Tenant) -> TcpStream {
    let stream = TcpStream::connect(tenant.url().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends a request with header lines of the caller's own and a body.
pub fn request(tenant: &Tenant, line: &str, headers: &[&str], body: &[u8]) -> Reply {
    let mut message = format!("{line} HTTP/1.1\r\nHost: tenant\r\nConnection: close\r\n").into_bytes();
    for header in headers {
        message.extend_from_slice(format!("{header}\r\n").as_bytes());
    }
    if !body.is_empty() || line.starts_with("POST") {
        message.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
    }
    message.extend_from_slice(b"\r\n");
    message.extend_from_slice(body);
    exchange(tenant, &message)
}

/// Sends a request of the caller with all authority.
pub fn full(tenant: &Tenant, line: &str, headers: &[&str], body: &[u8]) -> Reply {
    let bearer = format!("Authorization: Bearer {}", tenant.token("full"));
    let headers: Vec<&str> = headers.iter().copied().chain([bearer.as_str()]).collect();
    request(tenant, line, &headers, body)
}

pub fn reply(bytes: &[u8]) -> Reply {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head in {text:?}"));
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap()).map(|(a, b)| (a.to_owned(), b.to_owned()));
    Reply { status, headers: headers.collect(), text: body.to_owned() }
}

//! Turns a draft into the bytes of a probe. Mends nothing.

use super::draft::{Body, Content, Draft, Multipart, Segment};
use crate::exchange::{Octets, Probe, unescaped};
use std::collections::BTreeMap;

/// Puts the bytes of a draft into a probe, which keeps its case, seed and caller.
#[must_use]
pub fn render(draft: &Draft, probe: Probe) -> Probe {
    Probe {
        method: draft.method.clone(),
        parameters: parameters(&draft.path),
        target: target(draft),
        headers: headers(draft),
        body: body(&draft.body).into(),
        omit: draft.omit.clone(),
        ..probe
    }
}

fn target(draft: &Draft) -> Octets {
    let mut target: Vec<u8> = draft.path.iter().flat_map(|segment| segment.bytes().to_vec()).collect();
    if let Some(query) = &draft.query {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    target.into()
}

fn parameters(path: &[Segment]) -> BTreeMap<String, String> {
    let parameter = |segment: &Segment| match segment {
        Segment::Parameter { name, value } => {
            Some((name.clone(), String::from_utf8_lossy(&unescaped(value)).into_owned()))
        }
        Segment::Fixed(_) => None,
    };
    path.iter().filter_map(parameter).collect()
}

fn headers(draft: &Draft) -> Vec<(String, Octets)> {
    let named = |name: &str, value: &[u8]| (name.to_owned(), Octets(value.to_vec()));
    let own_type = match &draft.body {
        Body::Multipart(multipart) if draft.content_types.is_empty() => Some(multipart.content_type.as_slice()),
        _ => None,
    };
    let has_own = draft.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let types = draft.content_types.iter().map(Vec::as_slice).chain(own_type.filter(|_| !has_own));
    let authorization = draft.authorization.iter().map(|value| named("Authorization", value));
    let others = draft.headers.iter().map(|(name, value)| named(name, value));
    let omitted = |name: &str| draft.omit.iter().any(|omitted| omitted.eq_ignore_ascii_case(name));
    let all = authorization.chain(types.map(|value| named("Content-Type", value))).chain(others);
    all.filter(|(name, _)| !omitted(name)).collect()
}

/// The bytes of a body.
pub(super) fn body(body: &Body) -> Vec<u8> {
    match body {
        Body::None => Vec::new(),
        Body::Raw(bytes) => bytes.clone(),
        Body::Form(pairs) => {
            pairs.iter().map(|(name, value)| [name.as_slice(), value].join(&b'=')).collect::<Vec<_>>().join(&b'&')
        }
        Body::Multipart(parts) => multipart(parts),
    }
}

fn multipart(multipart: &Multipart) -> Vec<u8> {
    let mut body = multipart.preamble.clone();
    for part in &multipart.parts {
        body.extend([b"--", multipart.boundary.as_slice(), b"\r\n"].concat());
        for line in &part.head {
            body.extend([line.as_slice(), b"\r\n"].concat());
        }
        body.extend_from_slice(b"\r\n");
        body.extend(match &part.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Table(table) => table.write(),
        });
        body.extend_from_slice(b"\r\n");
    }
    if multipart.closed {
        body.extend([b"--", multipart.boundary.as_slice(), b"--\r\n"].concat());
    }
    body.extend_from_slice(&multipart.epilogue);
    body
}

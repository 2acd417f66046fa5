//! Builds the bytes of one case.

use super::body::body;
use super::fill::{FillError, fill};
use super::scope::Scope;
use crate::contract::{Piece, Template};
use crate::exchange::{Octets, Probe, Secrets};
use crate::generate;
use std::collections::BTreeMap;

/// Builds the bytes of a case. Secrets stand as markers.
pub fn probe(scope: &Scope<'_>) -> Result<Probe, FillError> {
    let request = &scope.case.request;
    let mut headers = match &request.caller {
        Some(caller) => vec![("Authorization".to_owned(), format!("Bearer {}", Secrets::marker(caller)).into())],
        None => Vec::new(),
    };
    let (media_type, body) = body(scope)?;
    let own_type = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    headers.extend(media_type.filter(|_| !own_type).map(|value| ("Content-Type".to_owned(), value.into())));
    for (name, value) in &request.headers {
        headers.push((name.clone(), fill(value, scope, false)?.into()));
    }
    Ok(Probe {
        operation: scope.operation.id.clone(),
        case: scope.case.id.clone(),
        seed: scope.seed,
        candidate: scope.candidate,
        caller: request.caller.clone(),
        parameters: parameters(scope)?,
        nonce: nonce(scope),
        method: request.method.clone().unwrap_or_else(|| scope.operation.method.clone()),
        target: target(scope)?,
        headers,
        body: body.into(),
        omit: Vec::new(),
    })
}

fn nonce(scope: &Scope<'_>) -> Option<String> {
    let holds = |(_, value): &(String, Template)| value.0.contains(&Piece::Nonce);
    let carried = scope.case.request.headers.iter().any(holds);
    carried.then(|| generate::nonce(scope.seed, &scope.case.id, scope.candidate))
}

fn parameters(scope: &Scope<'_>) -> Result<BTreeMap<String, String>, FillError> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let values = scope.case.request.path.iter();
    values.map(|(name, value)| Ok((name.clone(), text(fill(value, scope, false)?)))).collect()
}

fn target(scope: &Scope<'_>) -> Result<Octets, FillError> {
    let mut target = scope.base_path.as_bytes().to_vec();
    let mut rest = scope.path;
    while let Some((before, named)) = rest.split_once('{') {
        let (name, after) = named.split_once('}').unwrap_or((named, ""));
        target.extend_from_slice(before.as_bytes());
        if let Some(value) = scope.case.request.path.get(name) {
            target.extend(fill(value, scope, true)?);
        }
        rest = after;
    }
    target.extend_from_slice(rest.as_bytes());
    if let Some(query) = &scope.case.request.query {
        target.push(b'?');
        target.extend(fill(query, scope, true)?);
    }
    Ok(target.into())
}

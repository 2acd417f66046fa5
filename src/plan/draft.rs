//! A case as a draft: every template filled in, nothing broken yet.

use super::fill::{FillError, columns, fill};
use super::scope::Scope;
use crate::contract::{self, FieldKind, Piece, Template};
use crate::exchange::Secrets;
use crate::generate::{Body, Content, Draft, Multipart, Part, Segment, Table};
use ring::digest;

/// Fills in a case.
pub fn draft(scope: &Scope<'_>) -> Result<Draft, FillError> {
    let request = &scope.case.request;
    let (content_type, body) = body(scope)?;
    let header = |(name, value): &(String, Template)| Ok((name.clone(), fill(value, scope, false)?));
    Ok(Draft {
        method: request.method.clone().unwrap_or_else(|| scope.operation.method.clone()),
        path: path(scope)?,
        query: request.query.as_ref().map(|query| fill(query, scope, true)).transpose()?,
        authorization: request
            .caller
            .iter()
            .map(|caller| format!("Bearer {}", Secrets::marker(caller)).into())
            .collect(),
        content_types: content_type.into_iter().map(String::into_bytes).collect(),
        headers: request.headers.iter().map(header).collect::<Result<_, _>>()?,
        body,
        omit: request.omit.clone(),
    })
}

fn path(scope: &Scope<'_>) -> Result<Vec<Segment>, FillError> {
    let mut path = vec![Segment::Fixed(scope.base_path.as_bytes().to_vec())];
    let mut rest = scope.path;
    while let Some((before, named)) = rest.split_once('{') {
        let (name, after) = named.split_once('}').unwrap_or((named, ""));
        path.push(Segment::Fixed(before.into()));
        if let Some(value) = scope.case.request.path.get(name) {
            path.push(Segment::Parameter { name: name.to_owned(), value: fill(value, scope, true)? });
        }
        rest = after;
    }
    path.push(Segment::Fixed(rest.into()));
    Ok(path)
}

fn body(scope: &Scope<'_>) -> Result<(Option<String>, Body), FillError> {
    match &scope.case.request.body {
        contract::Body::None => Ok((None, Body::None)),
        contract::Body::Raw { media_type, bytes } => {
            let bytes = fill(bytes, scope, false)?;
            let form = media_type.as_deref().is_some_and(|media_type| media_type.ends_with("x-www-form-urlencoded"));
            let pairs = pairs(&bytes).filter(|_| form);
            Ok((media_type.clone(), pairs.map_or(Body::Raw(bytes), Body::Form)))
        }
        contract::Body::Multipart(parts) => {
            let parts = parts.iter().map(|one| part(one, scope)).collect::<Result<_, _>>()?;
            Ok((None, Body::Multipart(Multipart { parts, ..Multipart::new(&boundary(scope)) })))
        }
    }
}

/// The names and values of a form, if it is written as one.
fn pairs(form: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let pair = |field: &[u8]| {
        let at = field.iter().position(|byte| *byte == b'=')?;
        Some((field.get(..at)?.to_vec(), field.get(at + 1..)?.to_vec()))
    };
    form.split(|byte| *byte == b'&').map(pair).collect()
}

fn part(part: &contract::Part, scope: &Scope<'_>) -> Result<Part, FillError> {
    let content = match table(part, scope)? {
        Some(table) => Content::Table(table),
        None => Content::Bytes(fill(&part.bytes, scope, false)?),
    };
    Ok(Part::new(&part.name, part.filename.as_deref(), part.media_type.as_deref(), content))
}

/// A file that is written with the columns of the world, and as a valid table of them, is a table to defects too.
fn table(part: &contract::Part, scope: &Scope<'_>) -> Result<Option<Table>, FillError> {
    let Some(FieldKind::File { columns: Some(key) }) = scope.operation.field(&part.name).map(|field| &field.kind)
    else {
        return Ok(None);
    };
    if !part.bytes.0.contains(&Piece::Header(key.clone())) {
        return Ok(None);
    }
    let columns = columns(key, scope)?;
    let written = fill(&part.bytes, scope, false)?;
    let tables = (0..=4).map(|rows| Table::plain(columns, rows));
    Ok(tables.into_iter().find(|table| table.write() == written))
}

/// Fixed by seed, case and candidate, and long enough that no content holds it by chance.
fn boundary(scope: &Scope<'_>) -> String {
    let text = format!("boundary\n{}\n{}\n{}", scope.seed, scope.id, scope.candidate);
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let hex = digest.as_ref().iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("tenantcheck-{hex}")
}

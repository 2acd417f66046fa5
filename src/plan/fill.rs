//! Fills in a template: what stands in `{{…}}` becomes bytes. Secrets stay markers.

use super::scope::Scope;
use crate::contract::{Alternative, Piece, Template};
use crate::exchange::{Secrets, jwt};
use crate::generate;
use thiserror::Error;

/// What a template needs and the world lacks.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FillError {
    /// The world has no such thing, or it may not be touched.
    #[error("tenantcheck.toml names no `{0}` in [world]")]
    Missing(String),
    /// There is no such kind of token.
    #[error("no token of the kind `{0}` can be made")]
    Token(String),
    /// There is no room for the defect, such as for a missing column where there is one column.
    #[error("what `{0}` is about does not fit what the world names")]
    Unfit(String),
    /// The bytes do not show what they should.
    #[error("the bytes of `{0}` do not show its defect")]
    Unproven(String),
}

/// Fills in a template for one probe; `encode` percent-encodes what comes from the world.
pub(super) fn fill(template: &Template, scope: &Scope<'_>, encode: bool) -> Result<Vec<u8>, FillError> {
    let pieces = template.0.iter().map(|piece| filled(piece, scope, encode));
    pieces.collect::<Result<Vec<_>, _>>().map(|pieces| pieces.concat())
}

fn filled(piece: &Piece, scope: &Scope<'_>, encode: bool) -> Result<Vec<u8>, FillError> {
    let text = match piece {
        Piece::Literal(bytes) => return Ok(bytes.clone()),
        Piece::World { key, otherwise } => {
            real(scope.world.id(key).map(ToOwned::to_owned), key, otherwise.as_ref(), scope, encode)?
        }
        Piece::WorldName { key, otherwise } => {
            real(scope.subject(key).map(|subject| subject.name), key, otherwise.as_ref(), scope, encode)?
        }
        Piece::WorldId { key, otherwise } => {
            real(scope.subject(key).map(|subject| subject.id), key, otherwise.as_ref(), scope, encode)?
        }
        Piece::Unknown => generate::unknown(scope.seed, scope.id, scope.candidate),
        Piece::Nonce => generate::nonce(scope.seed, scope.id, scope.candidate),
        Piece::Header(key) => return Ok(generate::header(columns(key, scope)?)),
        Piece::Cells(key, row) => return Ok(generate::cells(columns(key, scope)?, *row)),
        Piece::Jwt(kind) => jwt(kind).ok_or_else(|| FillError::Token(kind.clone()))?,
        Piece::Forged { kind, caller } => Secrets::forged_marker(caller, kind),
        Piece::Secret(name) => Secrets::marker(name),
    };
    Ok(text.into_bytes())
}

pub(super) fn columns<'a>(key: &str, scope: &Scope<'a>) -> Result<&'a [String], FillError> {
    scope.world.list(key).ok_or_else(|| FillError::Missing(key.to_owned()))
}

fn real(
    value: Option<String>,
    key: &str,
    otherwise: Option<&Alternative>,
    scope: &Scope<'_>,
    encode: bool,
) -> Result<String, FillError> {
    let allowed = !scope.operation.writes || scope.gate.writes;
    match (value.filter(|_| allowed), otherwise) {
        (Some(value), _) if encode => Ok(encoded(&value)),
        (Some(value), _) => Ok(value),
        (None, Some(Alternative::Text(text))) => Ok(text.clone()),
        (None, Some(Alternative::Unknown)) => Ok(generate::unknown(scope.seed, scope.id, scope.candidate)),
        (None, None) => Err(FillError::Missing(key.to_owned())),
    }
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |text, byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => format!("{text}{}", char::from(byte)),
        _ => format!("{text}%{byte:02X}"),
    })
}

//! The body of a request as bytes, and its media type.

use super::fill::{FillError, fill};
use super::scope::Scope;
use crate::contract::{Body, Part};
use ring::digest;

/// The Content-Type and the bytes.
pub(super) fn body(scope: &Scope<'_>) -> Result<(Option<String>, Vec<u8>), FillError> {
    match &scope.case.request.body {
        Body::None => Ok((None, Vec::new())),
        Body::Raw { media_type, bytes } => Ok((media_type.clone(), fill(bytes, scope, false)?)),
        Body::Multipart(parts) => multipart(parts, scope),
    }
}

fn multipart(parts: &[Part], scope: &Scope<'_>) -> Result<(Option<String>, Vec<u8>), FillError> {
    let boundary = boundary(scope);
    let mut body = Vec::new();
    for part in parts {
        let content = fill(&part.bytes, scope, false)?;
        body.extend_from_slice(head(part, &boundary).as_bytes());
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((Some(format!("multipart/form-data; boundary={boundary}")), body))
}

fn head(part: &Part, boundary: &str) -> String {
    let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let filename = part.filename.as_ref().map(|name| format!("; filename=\"{}\"", quoted(name)));
    let media_type = part.media_type.as_ref().map(|media_type| format!("Content-Type: {media_type}\r\n"));
    format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"{}\r\n{}\r\n",
        quoted(&part.name),
        filename.unwrap_or_default(),
        media_type.unwrap_or_default(),
    )
}

/// Fixed by seed, case and candidate, and long enough that no content holds it by chance.
fn boundary(scope: &Scope<'_>) -> String {
    let text = format!("boundary\n{}\n{}\n{}", scope.seed, scope.case.id, scope.candidate);
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let hex = digest.as_ref().iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("tenantcheck-{hex}")
}

//! What a load-accounts request carries: a file, a flag, or neither.

use super::detail;
use super::envelope::More;
use super::form::{self, Field, Kind};
use super::refusal::Refusal;
use axum::body::Bytes;
use http::HeaderMap;

/// The content of a load-accounts request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// The file, if there is one.
    pub file: Option<Bytes>,
    /// Whether every account is to be processed again.
    pub disable_optimization: Option<bool>,
}

impl Upload {
    /// Reads the body as its Content-Type says; no Content-Type goes only with an empty body.
    pub async fn read(headers: &HeaderMap, body: &Bytes) -> Result<Self, Refusal> {
        let Some(kind) = form::kind(headers).map_err(|fault| Refusal::bad_request(fault.to_string()))? else {
            let empty = body.is_empty().then(Self::default);
            return empty.ok_or_else(|| Refusal::bad_request("The body has no Content-Type."));
        };
        let fields = form::fields(kind, headers, body).await;
        let fields = fields.map_err(|fault| Refusal::bad_request(fault.to_string()))?;
        let mut upload = Self::default();
        for field in fields {
            upload.take(kind, field)?;
        }
        Ok(upload)
    }

    fn take(&mut self, kind: Kind, field: Field) -> Result<(), Refusal> {
        let twice = match (field.name.as_str(), kind) {
            ("file", Kind::Multipart) => self.file.replace(field.bytes).is_some(),
            ("disableOptimization", _) => self.disable_optimization.replace(flag(&field.bytes)?).is_some(),
            _ => return Err(Refusal::bad_request("The form has a field that is not known.")),
        };
        if twice { Err(Refusal::bad_request("The form has a field twice.")) } else { Ok(()) }
    }
}

fn flag(bytes: &[u8]) -> Result<bool, Refusal> {
    match bytes {
        b"true" => Ok(true),
        b"false" => Ok(false),
        _ => {
            let cause = More::Cause("disableOptimization is neither true nor false.".to_owned());
            Err(Refusal::Enveloped(&detail::ILLEGAL_VALUE, cause))
        }
    }
}

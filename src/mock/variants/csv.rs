//! Readers of CSV and of forms that take more, or less, than the embedded one.

use super::Variant;
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::csv;
use crate::mock::deed::Deed;
use crate::mock::endpoint::Endpoint;
use crate::mock::form::{self, Field};
use crate::mock::rewrite;
use crate::mock::sources::{COLUMNS, DELIMITED};
use futures_util::FutureExt as _;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "csv/lenient",
        "Any file that is not empty is taken, and the task fails later",
        &[(UPLOADS, Deed::Misread(|_, call| accept_if(call, |_| true)))],
    ),
    Variant::new(
        "csv/forgiving",
        "Rows of any length, stray quotes and blank lines are taken, but the header must be right",
        &[(
            UPLOADS,
            Deed::Misread(|_, call| {
                accept_if(call, |file| {
                    !matches!(csv::read(file, COLUMNS), Err(csv::Fault::Header | csv::Fault::Encoding))
                });
            }),
        )],
    ),
    Variant::new(
        "csv/strict",
        "Byte order marks and columns in another order are refused",
        &[(
            UPLOADS,
            Deed::Misread(|_, call| {
                if file(call).is_some_and(|file| !is_plain(&file.bytes)) {
                    call.body = axum::body::Bytes::new();
                }
            }),
        )],
    ),
];

const UPLOADS: At = At::ANYWHERE.of(Endpoint::LoadAccounts);

/// The file that is uploaded to the source that takes one, where the rest of the form is as it should be.
fn file(call: &Call) -> Option<Field> {
    if call.parameter("id").as_deref() != Some(DELIMITED.id) {
        return None;
    }
    let headers = &call.head.headers;
    let kind = form::kind(headers).ok()??;
    let fields = form::fields(kind, headers, &call.body).now_or_never()?.ok()?;
    let other = |field: &Field| field.name != "file" && !matches!(field.bytes.as_ref(), b"true" | b"false");
    if fields.iter().any(other) {
        return None;
    }
    fields.into_iter().find(|field| field.name == "file").filter(|file| !file.bytes.is_empty())
}

/// Whether a file begins with the columns in their own order, quoted or not.
fn is_plain(file: &[u8]) -> bool {
    let header = file.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    String::from_utf8_lossy(header).replace('"', "") == COLUMNS.join(",")
}

fn accept_if(call: &mut Call, taken: impl FnOnce(&[u8]) -> bool) {
    if file(call).is_some_and(|file| taken(&file.bytes)) {
        rewrite::accept(call);
    }
}

//! Uploads that the page forbids and that are accepted.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::endpoint::Endpoint;
use crate::mock::estate::Estate;
use crate::mock::form::{self, Field};
use crate::mock::rewrite;
use crate::mock::sources::DELIMITED;
use futures_util::FutureExt as _;
use http::header::CONTENT_TYPE;
use memchr::memmem;

/// The family.
pub const ALL: &[Fault] = &[
    fault("upload/no-file", "A delimited source needs no file", |_, call| {
        let fields = fields(call);
        accept_if(call, delimited(call) && fields.is_some_and(|fields| file(&fields).is_none()));
    }),
    fault("upload/empty-file", "A delimited source takes a file of zero bytes", |_, call| {
        let fields = fields(call);
        accept_if(call, fields.is_some_and(|fields| file(&fields).is_some_and(|field| field.bytes.is_empty())));
    }),
    fault("upload/any-flag", "Every value of the flag that is not true is taken for false", |_, call| {
        accept_if(call, flag(call).is_some_and(|flag| !flag.is_empty()));
    }),
    fault("upload/flag-case", "The letter case of the flag does not matter", |_, call| {
        accept_if(call, flag(call).is_some_and(|flag| flag == "TRUE"));
    }),
    fault("upload/flag-padded", "Blanks around the flag are left out", |_, call| {
        accept_if(call, flag(call).is_some_and(|flag| flag == " true"));
    }),
    fault("upload/flag-number", "The flag may be 1", |_, call| {
        accept_if(call, flag(call).is_some_and(|flag| flag == "1"));
    }),
    fault("upload/flag-empty", "A flag without a value is taken for none", |_, call| {
        accept_if(call, flag(call).is_some_and(|flag| flag.is_empty()));
    }),
    fault("upload/file-as-body", "A CSV file may be the whole body", |_, call| {
        accept_if(call, content_type(call).starts_with("text/csv"));
    }),
    fault("upload/json", "A JSON body is accepted", |_, call| {
        accept_if(call, content_type(call).starts_with("application/json"));
    }),
    fault("upload/text", "A body of plain text is accepted unread", |_, call| {
        accept_if(call, content_type(call).starts_with("text/plain"));
    }),
    fault("upload/mixed", "Whatever is multipart is taken for a form", |_, call| {
        accept_if(call, content_type(call).starts_with("multipart/mixed"));
    }),
    fault("upload/no-body", "A delimited source needs no body", |_, call| {
        accept_if(call, delimited(call) && content_type(call).is_empty() && call.body.is_empty());
    }),
    fault(
        "upload/no-boundary-direct",
        "A direct source takes a multipart body without a boundary unread",
        |_, call| {
            accept_if(call, !delimited(call) && is_form_data(call) && boundary(call).is_none());
        },
    ),
    fault("upload/untyped", "The body for a direct source needs no media type", |_, call| {
        accept_if(call, !delimited(call) && content_type(call).is_empty() && !call.body.is_empty());
    }),
    fault("upload/untyped-file", "The body for a delimited source needs no media type", |_, call| {
        accept_if(call, delimited(call) && content_type(call).is_empty() && !call.body.is_empty());
    }),
    fault("upload/no-boundary", "A multipart body without a boundary is accepted unread", |_, call| {
        accept_if(call, is_form_data(call) && boundary(call).is_none());
    }),
    fault("upload/wrong-boundary", "A multipart body without a part is accepted", |_, call| {
        let strange = boundary(call).is_some_and(|boundary| memmem::find(&call.body, boundary.as_bytes()).is_none());
        accept_if(call, strange);
    }),
    fault("upload/unclosed", "A multipart body may end anywhere", |_, call| {
        let unclosed = boundary(call).is_some_and(|boundary| {
            let has = |text: String| memmem::find(&call.body, text.as_bytes()).is_some();
            has(format!("--{boundary}")) && !has(format!("--{boundary}--"))
        });
        accept_if(call, unclosed);
    }),
];

const fn fault(id: &'static str, title: &'static str, deed: fn(&Estate, &mut Call)) -> Fault {
    Fault {
        id,
        report: None,
        class: Class::Refusal,
        title,
        at: At::ANYWHERE.of(Endpoint::LoadAccounts),
        deed: Deed::Misread(deed),
    }
}

fn accept_if(call: &mut Call, fooled: bool) {
    if fooled {
        rewrite::accept(call);
    }
}

/// Whether the source takes a file.
pub fn delimited(call: &Call) -> bool {
    call.parameter("id").as_deref() == Some(DELIMITED.id)
}

/// The fields of the form that the body is; what is read is all there, so that nothing has to be waited for.
pub fn fields(call: &Call) -> Option<Vec<Field>> {
    let headers = &call.head.headers;
    let kind = form::kind(headers).ok()??;
    form::fields(kind, headers, &call.body).now_or_never()?.ok()
}

/// The file among the fields.
pub fn file(fields: &[Field]) -> Option<&Field> {
    fields.iter().find(|field| field.name == "file")
}

/// The flag, where it is none of its two values.
fn flag(call: &Call) -> Option<String> {
    let fields = fields(call)?;
    let flag = fields.iter().find(|field| field.name == "disableOptimization")?;
    let text = String::from_utf8_lossy(&flag.bytes).into_owned();
    (!matches!(text.as_str(), "true" | "false")).then_some(text)
}

fn content_type(call: &Call) -> &str {
    call.head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_form_data(call: &Call) -> bool {
    content_type(call).starts_with("multipart/form-data")
}

fn boundary(call: &Call) -> Option<String> {
    multer::parse_boundary(content_type(call)).ok()
}

//! Reads the two kinds of form: multipart/form-data and application/x-www-form-urlencoded. Knows no field's name.

use super::percent;
use axum::body::Bytes;
use futures_util::stream;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use std::convert::Infallible;
use thiserror::Error;

/// One field of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The content.
    pub bytes: Bytes,
}

/// The kinds of form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// multipart/form-data.
    Multipart,
    /// application/x-www-form-urlencoded.
    Urlencoded,
}

/// Why a form cannot be read.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// There are several Content-Type headers, or one that cannot be read.
    #[error("The Content-Type of the request cannot be read.")]
    ContentType,
    /// The media type is none of a form.
    #[error("The media type of the request is not that of a form.")]
    MediaType,
    /// The boundary is missing, or none that multipart allows.
    #[error("The Content-Type holds no valid boundary.")]
    Boundary,
    /// The parts cannot be told apart.
    #[error("The multipart body cannot be read.")]
    Multipart,
    /// A part is not one of a form.
    #[error("A part of the multipart body is not a form's field.")]
    Part,
    /// The multipart body holds no part.
    #[error("The multipart body has no part.")]
    NoPart,
    /// The pairs cannot be decoded.
    #[error("The form cannot be decoded.")]
    Urlencoded,
}

/// The kind of form that a request declares; `None` without any Content-Type.
pub fn kind(headers: &HeaderMap) -> Result<Option<Kind>, Fault> {
    let Some(value) = content_type(headers)? else { return Ok(None) };
    let media_type = value.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case("multipart/form-data") {
        Ok(Some(Kind::Multipart))
    } else if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(Some(Kind::Urlencoded))
    } else {
        Err(Fault::MediaType)
    }
}

/// Reads the fields of a form of the declared kind.
pub async fn fields(kind: Kind, headers: &HeaderMap, body: &Bytes) -> Result<Vec<Field>, Fault> {
    match kind {
        Kind::Multipart => multipart(content_type(headers)?.unwrap_or_default(), body.clone()).await,
        Kind::Urlencoded => urlencoded(std::str::from_utf8(body).map_err(|_| Fault::Urlencoded)?),
    }
}

/// Reads the pairs of a query or of an urlencoded form.
pub fn urlencoded(text: &str) -> Result<Vec<Field>, Fault> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = percent::decode_form(name).ok_or(Fault::Urlencoded)?;
            let value = percent::decode_form(value).ok_or(Fault::Urlencoded)?;
            Ok(Field { name, bytes: value.into() })
        })
        .collect()
}

fn content_type(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Fault::ContentType),
        (Some(_), Some(_)) => Err(Fault::ContentType),
    }
}

async fn multipart(content_type: &str, body: Bytes) -> Result<Vec<Field>, Fault> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| Fault::Boundary)?;
    let announced = parameters(content_type.as_bytes()).ok_or(Fault::Boundary)?;
    let once = announced.iter().filter(|(name, _)| name == "boundary").count() == 1;
    if !once || !(1..=70).contains(&boundary.len()) {
        return Err(Fault::Boundary);
    }
    // A form without fields, as browsers and axios write it: its end is all there is.
    if body.trim_ascii_end() == format!("--{boundary}--").as_bytes() {
        return Ok(Vec::new());
    }
    let mut parts = multer::Multipart::new(stream::iter([Ok::<_, Infallible>(body)]), boundary);
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|_| Fault::Multipart)? {
        let name = name(&part).ok_or(Fault::Part)?;
        let bytes = part.bytes().await.map_err(|_| Fault::Multipart)?;
        fields.push(Field { name, bytes });
    }
    if fields.is_empty() { Err(Fault::NoPart) } else { Ok(fields) }
}

/// The name of a part that is one field of a form: no parts inside it, and text that we can read.
fn name(part: &multer::Field<'_>) -> Option<String> {
    let disposition = part.headers().get(CONTENT_DISPOSITION)?.as_bytes();
    let kind = disposition.split(|byte| *byte == b';').next()?.trim_ascii();
    let nested = part.content_type().is_some_and(|media_type| media_type.type_() == "multipart");
    let charset = part.content_type().and_then(|media_type| media_type.get_param("charset"));
    let readable = charset.is_none_or(|charset| charset == "utf-8" || charset == "us-ascii");
    let field = kind.eq_ignore_ascii_case(b"form-data") && !nested && readable;
    let parameters = parameters(disposition).filter(|_| field)?;
    let called = |wanted: &'static str| parameters.iter().filter(move |(name, _)| name == wanted);
    let (mut names, files) = (called("name"), called("filename"));
    let (_, name) = names.next().filter(|_| names.next().is_none() && files.count() < 2)?;
    String::from_utf8(name.clone()).ok()
}

/// The parameters of a header value, their names in lower case; `None` where one is written wrongly.
fn parameters(value: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut bytes = value.iter().copied().skip_while(|byte| *byte != b';').peekable();
    let mut parameters = Vec::new();
    while bytes.next_if_eq(&b';').is_some() {
        let name: Vec<u8> = std::iter::from_fn(|| bytes.next_if(|byte| !b"=;".contains(byte))).collect();
        bytes.next_if_eq(&b'=')?;
        while bytes.next_if(u8::is_ascii_whitespace).is_some() {}
        let value = if bytes.next_if_eq(&b'"').is_some() {
            quoted(&mut bytes)?
        } else {
            std::iter::from_fn(|| bytes.next_if(|byte| *byte != b';' && *byte != b'"')).collect::<Vec<u8>>()
        };
        while bytes.next_if(u8::is_ascii_whitespace).is_some() {}
        parameters.push((String::from_utf8(name).ok()?.trim().to_ascii_lowercase(), value.trim_ascii().to_vec()));
    }
    bytes.next().is_none().then_some(parameters)
}

/// What stands up to the closing quote; a backslash escapes a quote or a backslash, and is itself before anything else,
/// as browsers send paths.
fn quoted(bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> Option<Vec<u8>> {
    let mut value = Vec::new();
    loop {
        match bytes.next()? {
            b'"' => return Some(value),
            b'\\' => value.push(bytes.next_if(|byte| b"\\\"".contains(byte)).unwrap_or(b'\\')),
            byte => value.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        let field = |name: &str, value: &str| Field { name: name.into(), bytes: value.to_owned().into() };
        assert_eq!(urlencoded("a=1&b+c=%2F&d"), Ok(vec![field("a", "1"), field("b c", "/"), field("d", "")]));
        assert_eq!(urlencoded(""), Ok(vec![]));
    }

    #[test]
    fn parameters_are_read_whatever_their_letter_case_and_wrong_ones_are_none() {
        let read = |text: &str| parameters(text.as_bytes());
        let name = |text: &str| vec![("name".to_owned(), text.as_bytes().to_vec())];
        for (text, value) in [("x; NAME=a", "a"), ("x;name = \"a;\\\"\" ", "a;\""), ("x; name=\"C:\\a\"", "C:\\a")] {
            assert_eq!(read(text), Some(name(value)), "{text}");
        }
        assert_eq!(read("x"), Some(vec![]));
        for text in ["x; name", "x; name=\"a", "x; name=\"a\"b", "x; name=a\"b\"", "x;"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[tokio::test]
    async fn a_form_of_its_end_alone_has_no_fields_and_other_bodies_without_parts_are_a_fault() {
        let content_type = "multipart/form-data; boundary=b";
        assert_eq!(multipart(content_type, "--b--\r\n".into()).await, Ok(vec![]));
        for body in ["", "\r\n", "--b", "--b\r\n", "--c--\r\n", "--b--x--b--"] {
            assert!(multipart(content_type, body.into()).await.is_err(), "{body:?}");
        }
    }

    #[test]
    fn damaged_escapes_are_a_fault() {
        assert_eq!(urlencoded("a=%2"), Err(Fault::Urlencoded));
        assert_eq!(urlencoded("%=1"), Err(Fault::Urlencoded));
    }
}

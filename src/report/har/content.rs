//! Bodies and headers as HAR has them: text where they are text, else base64.

use crate::exchange::{Answer, Decoded, Octets, Probe, decode};
use crate::report::bodies::Cut;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::borrow::Cow;

/// Headers, in order. What is no UTF-8 keeps its bytes beside it, as base64.
pub fn headers(headers: &[(String, Octets)]) -> Vec<Value> {
    let header = |(name, value): &(String, Octets)| {
        let mut header = json!({"name": name, "value": value.text()});
        if let (Err(_), Some(members)) = (std::str::from_utf8(&value.0), header.as_object_mut()) {
            members.insert("_base64".to_owned(), json!(STANDARD.encode(&value.0)));
        }
        header
    };
    headers.iter().map(header).collect()
}

/// The body of a request. The format has no encoding here, so that it stands under a name of our own.
pub fn post_data(probe: &Probe, cuts: &[Cut]) -> Value {
    let kind = probe.header("content-type").map(Octets::text).unwrap_or_default();
    let mut data = json!({"mimeType": kind, "params": []});
    put(&mut data, &probe.body.0, "_encoding", cut(&probe.body, cuts));
    data
}

/// The body of an answer, its content coding taken off where that can be done.
pub fn content(answer: &Answer, cuts: &[Cut]) -> Value {
    let kind = answer.header("content-type").next().map(Octets::text);
    let cut = cut(&answer.body, cuts);
    let body = if cut.is_some() { Cow::Borrowed(answer.body.0.as_slice()) } else { plain(answer) };
    let size = cut.map_or(body.len() as u64, |cut| cut.length);
    let mut content = json!({"size": size, "mimeType": kind.unwrap_or("x-unknown".into())});
    put(&mut content, &body, "encoding", cut);
    content
}

/// The length of a body in bytes, as it was on the wire.
pub fn length(body: &Octets, cuts: &[Cut]) -> u64 {
    cut(body, cuts).map_or(body.0.len() as u64, |cut| cut.length)
}

fn put(into: &mut Value, body: &[u8], encoding: &str, cut: Option<&Cut>) {
    let Some(members) = into.as_object_mut() else { return };
    let text = std::str::from_utf8(body);
    members.insert("text".to_owned(), text.map_or_else(|_| json!(STANDARD.encode(body)), |text| json!(text)));
    if text.is_err() {
        members.insert(encoding.to_owned(), json!("base64"));
    }
    if let Some(cut) = cut {
        let told = format!("the first {} of {} bytes; SHA-256 of all {}", body.len(), cut.length, cut.sha256);
        members.insert("comment".to_owned(), json!(told));
    }
}

fn cut<'a>(body: &Octets, cuts: &'a [Cut]) -> Option<&'a Cut> {
    cuts.iter().find(|cut| cut.head == *body)
}

fn plain(answer: &Answer) -> Cow<'_, [u8]> {
    let coding = answer.header("content-encoding").last().map(|value| value.text().trim().to_ascii_lowercase());
    match coding.map(|coding| decode(&coding, &answer.body.0)) {
        Some(Decoded::Bytes(plain)) => Cow::Owned(plain),
        _ => Cow::Borrowed(&answer.body.0),
    }
}

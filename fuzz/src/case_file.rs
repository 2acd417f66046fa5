//! Writes a case as a case file, as a person would: what is read again must be the same case.

use std::fmt::Write as _;
use tenantcheck::contract::{Alternative, Body, Case, Each, Piece, Template};
use toml::Value;

/// The text of a case file.
pub fn written(case: &Case) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: Value| {
        let _ = writeln!(text, "{key} = {value}");
    };
    line("title", case.title.as_str().into());
    line("clause", case.clause.as_str().into());
    line("control", case.control.into());
    if let Some(each) = &case.each {
        let each = match each {
            Each::Pair(key) => key.clone(),
            Each::Name(key) => format!("{key}.name"),
        };
        line("each", each.into());
    }
    let request = &case.request;
    line("request.caller", request.caller.as_deref().unwrap_or("none").into());
    if let Some(method) = &request.method {
        line("request.method", method.as_str().into());
    }
    let path: toml::Table = request.path.iter().map(|(name, value)| (name.clone(), template(value).into())).collect();
    if !path.is_empty() {
        line("request.path", path.into());
    }
    if let Some(query) = &request.query {
        line("request.query", template(query).into());
    }
    let header = |(name, value): &(String, Template)| Value::from(format!("{name}: {}", template(value)));
    line("request.headers", Value::Array(request.headers.iter().map(header).collect()));
    let expect = &case.expect;
    line("expect.status", Value::Array(expect.statuses.iter().map(|status| i64::from(*status).into()).collect()));
    line("expect.rule", expect.rule.as_str().into());
    line("expect.level", expect.level.to_string().into());
    line("expect.http", expect.http.into());
    body(&mut text, &request.body);
    text
}

fn body(text: &mut String, body: &Body) {
    let mut line = |key: &str, value: Value| {
        let _ = writeln!(text, "{key} = {value}");
    };
    match body {
        Body::None => {}
        Body::Raw { media_type, bytes } => {
            match media_type {
                Some(media_type) => line("request.body.type", media_type.as_str().into()),
                None => line("request.body.untyped", true.into()),
            }
            line("request.body.text", template(bytes).into());
        }
        Body::Multipart(parts) => {
            let part = |part: &tenantcheck::contract::Part| {
                let mut table = toml::Table::new();
                table.insert("name".into(), part.name.as_str().into());
                table.extend(part.filename.as_ref().map(|name| ("filename".to_owned(), name.as_str().into())));
                table.extend(part.media_type.as_ref().map(|kind| ("type".to_owned(), kind.as_str().into())));
                table.insert("text".into(), template(&part.bytes).into());
                Value::from(table)
            };
            line("request.part", Value::Array(parts.iter().map(part).collect()));
        }
    }
}

fn template(template: &Template) -> String {
    template.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    let otherwise = |otherwise: &Option<Alternative>| match otherwise {
        None => String::new(),
        Some(Alternative::Unknown) => " else unknown".to_owned(),
        Some(Alternative::Text(text)) => format!(" else {text}"),
    };
    match piece {
        Piece::Literal(bytes) => literal(bytes),
        Piece::World { key, otherwise: other } => format!("{{{{world {key}{}}}}}", otherwise(other)),
        Piece::WorldName { key, otherwise: other } => format!("{{{{world {key}.name{}}}}}", otherwise(other)),
        Piece::WorldId { key, otherwise: other } => format!("{{{{world {key}.id{}}}}}", otherwise(other)),
        Piece::Unknown => "{{unknown}}".to_owned(),
        Piece::Nonce => "{{nonce}}".to_owned(),
        Piece::Header(key) => format!("{{{{header {key}}}}}"),
        Piece::Cells(key, row) => format!("{{{{cells {key} {row}}}}}"),
        Piece::Jwt(kind) => format!("{{{{jwt {kind}}}}}"),
        Piece::Forged { kind, caller } => format!("{{{{jwt {kind} {caller}}}}}"),
        Piece::Secret(name) => format!("{{{{secret {name}}}}}"),
    }
}

/// Bytes as text where they mean themselves, and in hex where they might not.
fn literal(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(['{', '}']) => text.to_owned(),
        _ if bytes.is_empty() => String::new(),
        _ => format!("{{{{hex {}}}}}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

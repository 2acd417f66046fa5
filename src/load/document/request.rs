//! Reads the forms of a request body.

use super::media::media_types;
use crate::contract::{Field, FieldKind, RequestBody};
use crate::load::json::Node;

/// Every form that the body may have.
pub fn bodies(holder: &Node<'_>) -> Vec<RequestBody> {
    let Some(content) = holder.get("content") else { return Vec::new() };
    let entries = content.entries();
    let forms = entries.iter().zip(media_types(holder));
    forms.map(|((_, node), media_type)| RequestBody { media_type, fields: fields(node) }).collect()
}

fn fields(node: &Node<'_>) -> Vec<Field> {
    let properties = node.get("schema").and_then(|schema| schema.get("properties"));
    let entries = properties.map(|properties| properties.entries()).unwrap_or_default();
    entries.iter().map(|(name, schema)| Field { name: (*name).to_owned(), kind: kind(schema) }).collect()
}

fn kind(schema: &Node<'_>) -> FieldKind {
    let listed = schema.get("enum").map(|listed| listed.texts()).unwrap_or_default();
    let binary = schema.text("format") == Some("binary");
    match (binary, listed.is_empty()) {
        (true, _) => FieldKind::File { columns: schema.text("x-columns").map(ToOwned::to_owned) },
        (false, false) => FieldKind::Listed(listed),
        (false, true) => FieldKind::Text,
    }
}

//! Reads the rows of a case file.

use super::ids::plain_name;
use crate::load::table::{Phrase, Reader, Row, Rows, Section, marker};

/// Reads the rows of a file; `None` where it has none, and then it is a case itself.
pub fn read(root: &Section<'_>) -> Option<Rows> {
    let entry = root.get("row")?;
    let sections = root.sections("row");
    let mut rows = Rows::default();
    for section in &sections {
        let row = row(section);
        if rows.rows.iter().any(|known: &Row| known.name == row.name && !row.name.is_empty()) {
            root.reader.problem(row.span.clone(), format!("the row `{}` stands there twice", row.name), "rename one");
        }
        rows.rows.push(row);
    }
    if entry.value.as_array().is_some_and(|rows| rows.is_empty()) {
        root.reader.problem(entry.key_span, "the family has no row", "give it one, or leave `row` out");
    }
    unused(&rows, &root.reader);
    Some(rows)
}

fn row(section: &Section<'_>) -> Row {
    let mut row = Row { span: section.span.clone(), ..Row::default() };
    for entry in section.entries() {
        let text = entry.raw_text(&section.reader).unwrap_or_default();
        row.texts.push((entry.key.to_owned(), entry.key_span, text));
    }
    let Some(name) = row.text("name").cloned() else {
        let advice = "the name becomes the last part of the case's id";
        section.reader.problem(section.span.clone(), "missing key `name`", advice);
        return row;
    };
    if name == Phrase::default() {
        return row;
    }
    if !plain_name(&name.text) {
        let what = format!("`{}` cannot be the name of a row", name.text);
        section.reader.problem(name.token.clone(), what, "use letters, digits, `-`, `_` and `.`");
    }
    row.name = name.text;
    row.span = name.token;
    row
}

/// Reports keys of rows that no text of the file puts in.
fn unused(rows: &Rows, reader: &Reader<'_>) {
    let content = &reader.text.content;
    let mut used = vec!["name"];
    let mut from = 0;
    while let Some((range, key)) = marker(content, from) {
        used.push(key);
        from = range.end;
    }
    for (key, span, _) in rows.rows.iter().flat_map(|row| &row.texts) {
        if !used.contains(&key.as_str()) {
            let advice = format!("put it in as `{{{{row {key}}}}}`, or leave it out");
            reader.problem(span.clone(), format!("no text of this file uses the row's key `{key}`"), advice);
        }
    }
}

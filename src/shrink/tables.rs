//! The tables of a request.

use crate::generate::{Body, Content, Draft, Table};

/// The tables of a request.
pub fn tables(draft: &Draft) -> impl Iterator<Item = &Table> {
    let parts = match &draft.body {
        Body::Multipart(multipart) => multipart.parts.as_slice(),
        _ => &[],
    };
    parts.iter().filter_map(|part| match &part.content {
        Content::Table(table) => Some(table),
        Content::Bytes(_) => None,
    })
}

/// One of the tables of a request, to change it.
pub fn table(draft: &mut Draft, list: usize) -> Option<&mut Table> {
    let parts = draft.multipart().map(|multipart| multipart.parts.iter_mut()).into_iter().flatten();
    let tables = parts.filter_map(|part| match &mut part.content {
        Content::Table(table) => Some(table),
        Content::Bytes(_) => None,
    });
    tables.into_iter().nth(list)
}

//! Names that are no index of the page and are taken for one.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::endpoint::Endpoint;
use crate::mock::estate::Estate;
use crate::mock::rewrite;

/// The family.
pub const ALL: &[Fault] = &[
    fault("index/any-case", "The letter case of an index does not matter", |_, call| {
        rename(call, str::to_ascii_lowercase);
    }),
    fault("index/title-case", "An index may begin with a capital", |_, call| {
        rename(call, |name| match name.split_at_checked(1) {
            Some((first, rest)) if rest.bytes().all(|letter| letter.is_ascii_lowercase()) => {
                format!("{}{rest}", first.to_ascii_lowercase())
            }
            _ => name.to_owned(),
        });
    }),
    fault("index/padded", "Blanks around an index are left out", |_, call| rename(call, |name| name.trim().to_owned())),
    fault("index/trailing-dot", "A dot behind an index is taken for the start of a suffix", |_, call| {
        rename(call, |name| name.trim_end_matches('.').to_owned());
    }),
    fault("index/trailing-comma", "An index is the first of a list", |_, call| rename(call, |name| before(name, ','))),
    fault("index/matrix-parameters", "What follows a semicolon is left out", |_, call| {
        rename(call, |name| before(name, ';'));
    }),
    fault("index/singular", "The name of one thing stands for its index", |estate, call| {
        let plural = |name: &str, one: &str| {
            name.strip_suffix('s') == Some(one)
                || (name.strip_suffix("ies") == one.strip_suffix('y') && one.ends_with('y'))
        };
        let offered = |one: &str| estate.documents.0.iter().find(|index| plural(index.name, one));
        rename(call, |name| offered(name).map_or(name, |index| index.name).to_owned());
    }),
    fault("index/ignored", "A document is found by its id in whatever index", |estate, call| {
        let id = call.parameter("id").unwrap_or_default();
        let holder = estate.documents.0.iter().find(|index| index.document(&id).is_some());
        rename(call, |name| holder.map_or(name, |index| index.name).to_owned());
    }),
    fault("index/ordinal", "An index may be told by its number", |estate, call| {
        let count = call.parameter("index").and_then(|name| name.parse::<usize>().ok());
        let named = count.and_then(|count| estate.documents.0.get(count.checked_sub(1)?));
        rename(call, |name| named.map_or(name, |index| index.name).to_owned());
    }),
    fault("index/extension", "What follows a dot in the name of an index is left out", |_, call| {
        rename(call, |name| before(name, '.'));
    }),
];

const fn fault(id: &'static str, title: &'static str, deed: fn(&Estate, &mut Call)) -> Fault {
    Fault {
        id,
        report: None,
        class: Class::Refusal,
        title,
        at: At::ANYWHERE.of(Endpoint::GetDocument),
        deed: Deed::Misread(deed),
    }
}

/// Gives the index another name; one that needs escapes stays as it is.
fn rename(call: &mut Call, name: impl FnOnce(&str) -> String) {
    let Some(index) = call.parameter("index") else { return };
    let other = name(&index);
    if other != index && other.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        rewrite::put_parameter(call, "index", &other);
    }
}

fn before(name: &str, mark: char) -> String {
    name.split(mark).next().unwrap_or_default().to_owned()
}

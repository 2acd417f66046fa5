//! CSV files that are irregular and are accepted at once.

use super::upload::{delimited, fields, file};
use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::csv::{self, Fault as Irregular};
use crate::mock::endpoint::Endpoint;
use crate::mock::estate::Estate;
use crate::mock::rewrite;
use crate::mock::sources::COLUMNS;

/// The family.
pub const ALL: &[Fault] = &[
    fault("csv/encoding", "A CSV file may hold bytes that are no UTF-8", |_, call| {
        accept_if(call, |found| *found == Irregular::Encoding);
    }),
    fault("csv/control", "A CSV file may hold a NUL", |_, call| accept_if(call, |found| *found == Irregular::Control)),
    fault("csv/open-quote", "A quote that nothing closes ends with the CSV file", |_, call| {
        accept_if(call, |found| matches!(found, Irregular::OpenQuote(_)));
    }),
    fault("csv/stray-quote", "A quote in the middle of a cell is a letter like any other", |_, call| {
        accept_if(call, |found| matches!(found, Irregular::StrayQuote(_)));
    }),
    fault("csv/ragged", "The rows of a CSV file may have any length", |_, call| {
        accept_if(call, |found| matches!(found, Irregular::Ragged { .. }));
    }),
    fault("csv/header", "The header of a CSV file is not looked at", |_, call| {
        accept_if(call, |found| *found == Irregular::Header);
    }),
    fault("csv/line-ends", "The lines of a CSV file may end in any way", |_, call| {
        accept_if(call, |found| matches!(found, Irregular::LineEnd(_)));
    }),
    fault("csv/no-rows", "A CSV file without rows deletes every account", |_, call| {
        accept_if(call, |found| *found == Irregular::NoRows);
    }),
    fault("csv/ragged-later", "From the third row on the rows of a CSV file may have any length", |_, call| {
        accept_if(call, |found| matches!(found, Irregular::Ragged { row, .. } if *row > 2));
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

fn accept_if(call: &mut Call, fooled: fn(&Irregular) -> bool) {
    let fields = fields(call).unwrap_or_default();
    let file = file(&fields).filter(|file| delimited(call) && !file.bytes.is_empty());
    let found = file.and_then(|file| csv::read(&file.bytes, COLUMNS).err());
    if found.is_some_and(|found| fooled(&found)) {
        rewrite::accept(call);
    }
}

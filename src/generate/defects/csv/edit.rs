//! Ways to change a table, as cells, as lines or as bytes, and to look at what went out.

use crate::generate::defect::Spot;
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentTable, TableFault};
use crate::generate::table::{Table, line};

/// Changes the cells of the table at a spot; false where the table is bytes already, or `change` says so.
pub fn cells(draft: &mut Draft, spot: &Spot, change: impl FnOnce(&mut Table) -> bool) -> bool {
    draft.table(spot.name()).filter(|table| table.bytes.is_none()).is_some_and(change)
}

/// Changes the lines of the table as they are written, without their ends.
pub fn lines(draft: &mut Draft, spot: &Spot, change: impl FnOnce(&Table, &mut Vec<Vec<u8>>) -> bool) -> bool {
    text(draft, spot, |table| {
        let all = std::iter::once(&table.header).chain(&table.rows);
        let mut lines = all.map(|cells| line(cells, table.style.quote_all)).collect();
        let last_end = if table.style.final_line_end { table.style.line_end.as_slice() } else { b"" };
        change(table, &mut lines)
            .then(|| [&table.style.mark, lines.join(table.style.line_end.as_slice()).as_slice(), last_end].concat())
    })
}

/// Writes the table in other bytes; false where there are none.
pub fn text(draft: &mut Draft, spot: &Spot, write: impl FnOnce(&Table) -> Option<Vec<u8>>) -> bool {
    cells(draft, spot, |table| {
        table.bytes = write(table);
        table.bytes.is_some()
    })
}

/// Adds a row for each value, which is its last cell; the other cells are plain.
pub fn add_rows<'a>(table: &mut Table, values: impl IntoIterator<Item = &'a [u8]>) -> bool {
    values.into_iter().all(|value| {
        table.grow();
        replace_last(table.rows.last_mut(), |_| value.to_vec())
    })
}

/// Adds a column for each name; its cells are plain.
pub fn add_columns<'a>(table: &mut Table, names: impl IntoIterator<Item = &'a [u8]>) -> bool {
    for name in names {
        table.header.push(name.to_vec());
        table.rows.iter_mut().for_each(|row| row.push(b"surplus".to_vec()));
    }
    true
}

/// Replaces the last cell of a line.
pub fn replace_last(line: Option<&mut Vec<Vec<u8>>>, value: impl FnOnce(&[u8]) -> Vec<u8>) -> bool {
    let cell = line.and_then(|line| line.last_mut());
    cell.map(|cell| *cell = value(cell)).is_some()
}

/// Looks at the table that went out.
pub fn look(sent: Sent<'_>, spot: &Spot, shows: impl FnOnce(&SentTable<'_>) -> bool) -> bool {
    sent.table(spot.name()).is_some_and(|table| shows(&table))
}

/// Whether the table that went out has a fault.
pub fn has(sent: Sent<'_>, spot: &Spot, fault: TableFault) -> bool {
    sent.table_faults(spot.name()).contains(&fault)
}

/// Looks at the table that went out, if it has no fault at all.
pub fn regular(sent: Sent<'_>, spot: &Spot, shows: impl FnOnce(&SentTable<'_>) -> bool) -> bool {
    sent.regular_table(spot.name()).is_some_and(|table| shows(&table))
}

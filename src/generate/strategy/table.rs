//! Valid tables: whatever RFC 4180 and UTF-8 allow in their cells, and every style of writing them.

use super::draw;
use super::letters::{letter, plain, word, writing};
use crate::generate::table::{Style, Table};
use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

/// How many rows hold drawn cells at most; those behind them are plain.
const DRAWN: usize = 8;

/// Draws a valid table for columns; the same bytes draw the same table.
pub fn table(columns: &[String], bytes: [u8; 32]) -> Option<Table> {
    draw(&tables(columns), bytes)
}

fn tables(columns: &[String]) -> impl Strategy<Value = Table> + use<> {
    let header = Table::plain(columns, 0);
    let count = prop_oneof![100 => 1..=DRAWN, 20 => DRAWN..=60, 1 => 1_000..=3_000_usize];
    let rows = vec(vec(cell(), columns.len()), 1..=DRAWN);
    (rows, count, style()).prop_map(move |(rows, count, style)| {
        let drawn = rows.into_iter().take(count).zip(1..).map(|(cells, number)| row(number, cells));
        let mut table = Table { rows: drawn.collect(), style, ..header.clone() };
        (table.rows.len()..count).for_each(|_| table.grow());
        table
    })
}

/// The first cell tells the rows apart, so that they may be accounts.
fn row(number: usize, cells: Vec<String>) -> Vec<Vec<u8>> {
    let alone = cells.len() == 1;
    let first = |cell: String| if alone { format!("{number} {cell}") } else { format!("tenantcheck-{number}") };
    let numbered = cells.into_iter().enumerate().map(|(at, cell)| if at == 0 { first(cell) } else { cell });
    numbered.map(String::into_bytes).collect()
}

fn style() -> impl Strategy<Value = Style> {
    let line_end = select(vec![&b"\r\n"[..], b"\n"]);
    (any::<bool>(), line_end, any::<bool>()).prop_map(|(quote_all, line_end, final_line_end)| Style {
        mark: Vec::new(),
        quote_all,
        line_end: line_end.to_vec(),
        final_line_end,
    })
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (letter(), word(plain(" .-_@"), 24)).prop_map(|(first, rest)| format!("{first}{rest}")),
        3 => (letter(), vec(select(SPECIAL.to_vec()), 1..=12)).prop_map(|(first, rest)| format!("{first}{}", rest.concat())),
        3 => word(writing(), 24),
        2 => Just(String::new()),
        1 => word(range('0', '9'), 20),
        1 => (letter(), 900..=1_000_usize).prop_map(|(letter, length)| letter.to_string().repeat(length)),
    ]
}

/// What makes a cell need quotes, and what looks as if it did.
const SPECIAL: &[&str] = &[",", "\"", "\"\"", "\r\n", "\n", "\r", ";", "'", " ", "x", "é", "\\"];

#[cfg(test)]
mod tests {
    use super::table;
    use crate::generate::draw;
    use crate::generate::proof::{SentTable, table_faults};
    use std::collections::BTreeSet;

    fn columns(seed: u64) -> Vec<String> {
        let all = ["key", "last, first", "the \"note\"", "e-post", "größe"].map(ToOwned::to_owned);
        let count = usize::try_from(seed % 5).unwrap() + 1;
        all.into_iter().take(count).collect()
    }

    #[test]
    fn ten_thousand_seeds_draw_valid_tables_that_are_read_as_they_were_drawn() {
        let mut seen = BTreeSet::new();
        for seed in 0..10_000 {
            let columns = columns(seed);
            let table = table(&columns, draw(seed, "a case", 0)).unwrap();
            let bytes = table.write();
            assert_eq!(table_faults(&bytes), [], "seed {seed}");
            let sent = SentTable::read(&bytes);
            assert!(sent.has_columns(&columns), "seed {seed}");
            assert_eq!(sent.rows(), table.rows.as_slice(), "seed {seed}");
            let firsts: BTreeSet<_> = sent.rows().iter().map(|row| &row[0]).collect();
            assert_eq!(firsts.len(), sent.rows().len(), "seed {seed}");
            seen.extend(kinds(&bytes, &sent));
        }
        let all = [
            "CR",
            "LF",
            "astral",
            "bare",
            "comma",
            "empty",
            "long",
            "no last end",
            "one row",
            "quote",
            "quoted",
            "rows",
        ];
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
    }

    /// What of all that is valid a table has.
    fn kinds(bytes: &[u8], sent: &SentTable<'_>) -> Vec<&'static str> {
        let cells = sent.lines.iter().map(Vec::len).sum::<usize>();
        let any = |test: fn(&[u8]) -> bool| sent.rows().iter().flatten().any(|cell| test(cell));
        let told = [
            ("CR", any(|cell| cell.contains(&b'\r'))),
            ("LF", sent.ends.first() == Some(&&b"\n"[..])),
            ("astral", any(|cell| cell.iter().any(|byte| *byte >= 0xf0))),
            ("bare", sent.quoted < cells),
            ("comma", any(|cell| cell.contains(&b','))),
            ("empty", any(<[u8]>::is_empty)),
            ("long", any(|cell| cell.len() >= 900)),
            ("no last end", !bytes.ends_with(b"\n")),
            ("one row", sent.rows().len() == 1),
            ("quote", any(|cell| cell.contains(&b'"'))),
            ("quoted", sent.quoted == cells),
            ("rows", sent.rows().len() >= 1_000),
        ];
        told.into_iter().filter(|(_, told)| *told).map(|(kind, _)| kind).collect()
    }

    #[test]
    fn the_same_bytes_draw_the_same_table_and_others_another() {
        let columns = columns(2);
        let drawn = |seed| table(&columns, draw(seed, "a case", 0)).unwrap();
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }
}

//! Tables that any correct tenant takes, each in as many ways at once as do not hide each other.

use super::edit::{add_rows, cells, regular};
use super::valid;
use crate::generate::defect::Defect;
use crate::generate::strategy::table as drawn;

/// The rows of a table of thousands.
const ROWS: usize = 2_000;
/// The characters of a long cell.
const LONG: usize = 1_000;
/// What must stand in quotes.
const QUOTED: &[&str] = &["last, first", "the \"name\"", "two\r\nlines", "\"", "\n", ",,", " blanks ", "'single'"];
/// Writing of every plane that has any, from the left and from the right.
const PLANES: &[&str] = &[
    "Grüße, Ελένη и Дарья",
    "עברית",
    "العربية",
    "हिन्दी ไทย",
    "山田太郎 ひらがな 한국어",
    "e\u{301}",
    "\u{10330}\u{10331} \u{10900}\u{10901} \u{1d400} \u{1f600}\u{1f468}\u{200d}\u{1f469}",
    "\u{20000}\u{2a6d6}",
    "\u{30000}\u{3134a}",
    "葛\u{e0100}",
    "\u{e000}\u{f0000}\u{10fffd}",
];

/// The variations of this kind.
pub const ALL: &[Defect] = &[
    valid(
        "csv/valid-quoted",
        "a table with every cell in quotes, with delimiters, quotes and line ends in them, empty and long ones",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.style.quote_all = true;
                let long = "x".repeat(LONG);
                // A column that stands alone is what tells its rows apart.
                let empty = (table.header.len() > 1).then_some(&b""[..]);
                add_rows(table, QUOTED.iter().map(|text| text.as_bytes()).chain([long.as_bytes()]).chain(empty))
            })
        },
        |sent, spot, aid| {
            regular(*sent, spot, |table| {
                table.has_columns(&aid.columns)
                    && table.quoted == table.lines.iter().map(Vec::len).sum::<usize>()
                    && QUOTED.iter().all(|text| table.holds(text.as_bytes()))
                    && table.holds("x".repeat(LONG).as_bytes())
                    && (aid.columns.len() == 1 || table.holds(b""))
            })
        },
    ),
    valid(
        "csv/valid-unicode",
        "a table with text of every plane and direction, LF line ends and none at its end",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.style.line_end = b"\n".to_vec();
                table.style.final_line_end = false;
                add_rows(table, PLANES.iter().map(|text| text.as_bytes()))
            })
        },
        |sent, spot, aid| {
            regular(*sent, spot, |table| {
                table.has_columns(&aid.columns)
                    && table.ends.len() + 1 == table.lines.len()
                    && table.ends.iter().all(|end| *end == b"\n")
                    && PLANES.iter().all(|text| table.holds(text.as_bytes()))
            })
        },
    ),
    valid(
        "csv/valid-many-rows",
        "a table with 2,000 rows",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                (table.rows.len()..ROWS).for_each(|_| table.grow());
                true
            })
        },
        |sent, spot, aid| regular(*sent, spot, |table| table.has_columns(&aid.columns) && table.rows().len() == ROWS),
    ),
    valid(
        "csv/valid-random",
        "a valid table that the root seed draws",
        |draft, spot, aid| {
            cells(draft, spot, |table| drawn(&aid.columns, aid.draw).map(|drawn| *table = drawn).is_some())
        },
        |sent, spot, aid| {
            let Some(drawn) = drawn(&aid.columns, aid.draw) else { return false };
            regular(*sent, spot, |table| table.has_columns(&aid.columns) && table.rows() == drawn.rows.as_slice())
        },
    ),
];

//! Leaves out lines of a table that is bytes already, and of which only lines can be told.

use super::parts::edited;
use super::pass::Pass;
use super::shape::Shape;
use super::tables::{table, tables};

/// Leaves out lines behind the first one.
pub const LINES: Pass = Pass {
    loose: false,
    replaces: false,
    lists: |shape, _| tables(&shape.draft).count(),
    length: |_, shape, list| bytes(shape, list).map_or(0, |bytes| ends(bytes).count().saturating_sub(1)),
    without: |_, shape, list, piece| {
        let bytes = bytes(shape, list)?;
        let end = |line: usize| ends(bytes).nth(line);
        let (start, end) = (end(piece.start)?, end(piece.end)?);
        let left = [bytes.get(..start)?, bytes.get(end..)?].concat();
        Some(edited(shape, |draft| {
            if let Some(table) = table(draft, list) {
                table.bytes = Some(left);
            }
        }))
    },
};

fn bytes(shape: &Shape, list: usize) -> Option<&[u8]> {
    tables(&shape.draft).nth(list)?.bytes.as_deref()
}

/// Where each line ends.
fn ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let rest = (!bytes.is_empty() && !bytes.ends_with(b"\n")).then_some(bytes.len());
    memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain(rest)
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn the_last_line_counts_with_or_without_its_end() {
        assert_eq!(ends(b"a\r\nb\n").collect::<Vec<_>>(), [3, 5]);
        assert_eq!(ends(b"a\r\nb").collect::<Vec<_>>(), [3, 4]);
        assert_eq!(ends(b"").count(), 0);
    }
}

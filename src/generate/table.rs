//! A CSV table, and how it is written.

/// A table that is written as CSV.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The cells of the header line, unquoted.
    pub header: Vec<Vec<u8>>,
    /// The rows, each with its cells, unquoted.
    pub rows: Vec<Vec<Vec<u8>>>,
    /// How it is written.
    pub style: Style,
    /// The bytes, where they are not what table and style say.
    pub bytes: Option<Vec<u8>>,
}

/// How a table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// What stands before the header.
    pub mark: Vec<u8>,
    /// Whether every cell is quoted, or only those that must be.
    pub quote_all: bool,
    /// What ends a line.
    pub line_end: Vec<u8>,
    /// Whether the last line is ended too.
    pub final_line_end: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { mark: Vec::new(), quote_all: false, line_end: b"\r\n".to_vec(), final_line_end: true }
    }
}

impl Table {
    /// A valid table of plain cells for columns. Every row number gives other cells.
    pub fn plain(columns: &[String], rows: usize) -> Self {
        let header = columns.iter().map(|column| column.clone().into_bytes()).collect();
        let mut table = Self { header, ..Self::default() };
        (0..rows).for_each(|_| table.grow());
        table
    }

    /// Adds a valid row of plain cells; its number gives it other cells than the rows before.
    pub fn grow(&mut self) {
        let row = self.rows.len() + 1;
        let cell = |column: &Vec<u8>| format!("{}-{row}", plain(&String::from_utf8_lossy(column))).into_bytes();
        self.rows.push(self.header.iter().map(cell).collect());
    }

    /// The bytes as they go out.
    pub fn write(&self) -> Vec<u8> {
        if let Some(bytes) = &self.bytes {
            return bytes.clone();
        }
        let lines: Vec<Vec<u8>> =
            std::iter::once(&self.header).chain(&self.rows).map(|cells| line(cells, self.style.quote_all)).collect();
        let mut bytes = self.style.mark.clone();
        bytes.extend(lines.join(self.style.line_end.as_slice()));
        if self.style.final_line_end {
            bytes.extend_from_slice(&self.style.line_end);
        }
        bytes
    }
}

/// The header line for columns, without a line end; names are quoted where they must be.
pub fn header(columns: &[String]) -> Vec<u8> {
    line(&Table::plain(columns, 0).header, false)
}

/// A valid row for columns, without a line end. Every row number gives other cells.
pub fn cells(columns: &[String], row: usize) -> Vec<u8> {
    Table::plain(columns, row).rows.last().map(|cells| line(cells, false)).unwrap_or_default()
}

fn plain(column: &str) -> String {
    column.replace([',', '"', '\r', '\n'], "-")
}

/// A line without its end; a cell is quoted where it must be, or always.
pub(super) fn line(cells: &[Vec<u8>], quote_all: bool) -> Vec<u8> {
    // An empty cell that is alone would be no line at all.
    let alone = cells.len() == 1;
    let must = |cell: &[u8]| (alone && cell.is_empty()) || !bare(cell);
    let cell = |cell: &Vec<u8>| if quote_all || must(cell) { quoted(cell) } else { cell.clone() };
    cells.iter().map(cell).collect::<Vec<_>>().join(&b',')
}

/// Whether a cell may stand without quotes.
pub(super) fn bare(cell: &[u8]) -> bool {
    memchr::memchr2(b',', b'"', cell).or_else(|| memchr::memchr2(b'\r', b'\n', cell)).is_none()
}

fn quoted(cell: &[u8]) -> Vec<u8> {
    let mut quoted = vec![b'"'];
    for byte in cell {
        quoted.extend(std::iter::repeat_n(*byte, 1 + usize::from(*byte == b'"')));
    }
    quoted.push(b'"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Style, Table, cells, header};

    #[test]
    fn a_column_that_needs_quotes_gets_them_and_rows_differ() {
        let columns = vec!["id".to_owned(), "last, first".to_owned(), "the \"name\"".to_owned()];
        assert_eq!(header(&columns), b"id,\"last, first\",\"the \"\"name\"\"\"");
        assert_eq!(cells(&columns, 2).split(|byte| *byte == b',').count(), 3);
        assert_ne!(cells(&columns, 1), cells(&columns, 2));
    }

    #[test]
    fn an_empty_cell_is_quoted_only_where_it_is_alone() {
        let one = Table { header: vec![Vec::new()], ..Table::default() };
        let two = Table { header: vec![Vec::new(), Vec::new()], ..Table::default() };
        assert_eq!((one.write(), two.write()), (b"\"\"\r\n".to_vec(), b",\r\n".to_vec()));
    }

    #[test]
    fn a_style_changes_how_a_table_is_written_and_nothing_else() {
        let mut table = Table::plain(&["a".to_owned()], 1);
        assert_eq!(table.write(), b"a\r\na-1\r\n");
        table.style =
            Style { mark: b"\xef\xbb\xbf".to_vec(), quote_all: true, line_end: b"\n".to_vec(), final_line_end: false };
        assert_eq!(table.write(), b"\xef\xbb\xbf\"a\"\n\"a-1\"");
        table.bytes = Some(b"anything".to_vec());
        assert_eq!(table.write(), b"anything");
    }
}

//! Lines of a CSV table for given columns.

/// The header line for columns, without a line end; names are quoted where they must be.
pub fn header(columns: &[String]) -> String {
    line(columns.iter().cloned())
}

/// A valid row for columns, without a line end. Every row number gives other cells.
pub fn cells(columns: &[String], row: usize) -> String {
    line(columns.iter().map(|column| format!("{}-{row}", column.replace([',', '"', '\r', '\n'], "-"))))
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

fn quoted(cell: String) -> String {
    let plain = !cell.contains([',', '"', '\r', '\n']) && !cell.is_empty();
    if plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::{cells, header};

    #[test]
    fn a_column_that_needs_quotes_gets_them_and_rows_differ() {
        let columns = vec!["id".to_owned(), "last, first".to_owned(), "the \"name\"".to_owned()];
        assert_eq!(header(&columns), "id,\"last, first\",\"the \"\"name\"\"\"");
        assert_eq!(cells(&columns, 2).split(',').count(), 3);
        assert_ne!(cells(&columns, 1), cells(&columns, 2));
    }
}

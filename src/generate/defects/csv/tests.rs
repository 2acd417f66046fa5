//! Every defect of the layer is in the bytes where it is, and nowhere else.

use super::{CONTENT, ENCODING, HEADER, LINE_ENDS, QUOTES, ROWS, SIZE, VALID};
use crate::exchange::Probe;
use crate::generate::defect::{Aid, Defect, Recipe, Spot};
use crate::generate::draft::{Body, Content, Draft, Multipart, Part};
use crate::generate::table::Table;
use crate::generate::{draw, render};
use std::collections::BTreeSet;

const LARGEST: usize = 16 << 20;

fn all() -> impl Iterator<Item = &'static Defect> {
    [QUOTES, ROWS, HEADER, LINE_ENDS, ENCODING, SIZE, CONTENT, VALID].into_iter().flatten()
}

fn draft(columns: &[String]) -> Draft {
    let part = Part::new("crate", Some("widgets.csv"), Some("text/csv"), Content::Table(Table::plain(columns, 1)));
    Draft { body: Body::Multipart(Multipart { parts: vec![part], ..Multipart::new("line") }), ..Draft::default() }
}

fn aid(columns: &[String]) -> Aid {
    Aid { columns: columns.to_vec(), draw: draw(1, "a case", 0), ..Aid::default() }
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn spot() -> Spot {
    Spot::Field("crate".to_owned())
}

/// The bytes that the defect makes; nothing where it does not fit.
fn broken(defect: &'static Defect, columns: &[String]) -> Option<Probe> {
    let mut draft = draft(columns);
    let recipe = Recipe { uses: vec![(defect, spot())] };
    let fits = recipe.apply(&mut draft, &[aid(columns)]);
    let probe = render(&draft, Probe::default());
    let shown = fits && recipe.shows(&probe, &[aid(columns)]);
    assert!(!fits || shown, "{} is not shown for {columns:?}", defect.id);
    fits.then_some(probe)
}

#[test]
fn every_defect_is_shown_where_it_is_and_nowhere_else() {
    for columns in [columns(&["key", "label", "note"]), columns(&["key", "last, first", "the \"note\"", "größe"])] {
        let base = render(&draft(&columns), Probe::default());
        for defect in all() {
            let recipe = Recipe { uses: vec![(defect, spot())] };
            assert!(!recipe.shows(&base, &[aid(&columns)]), "{} is shown where nothing is broken", defect.id);
            let probe = broken(defect, &columns);
            assert!(probe.is_some_and(|probe| probe.body.0.len() < LARGEST), "{} does not fit", defect.id);
        }
    }
}

#[test]
fn a_table_of_one_column_takes_what_one_column_can_show() {
    let columns = columns(&["key"]);
    let fits = |defect: &&Defect| all().any(|known| known.id == defect.id && broken(known, &columns).is_some());
    let without: Vec<&str> = all().filter(|defect| !fits(defect)).map(|defect| defect.id).collect();
    let several = [
        "csv/short-row",
        "csv/blank-line",
        "csv/other-delimiter",
        "csv/tab-delimited",
        "csv/missing-column",
        "csv/reordered-columns",
    ];
    assert_eq!(without, several);
}

#[test]
fn a_defect_does_not_go_into_a_table_that_is_bytes_already() {
    let columns = columns(&["key", "label"]);
    for defect in all() {
        let mut draft = draft(&columns);
        draft.table("crate").unwrap().bytes = Some(b"bytes".to_vec());
        assert!(!(defect.apply)(&mut draft, &spot(), &aid(&columns)), "{}", defect.id);
    }
}

#[test]
fn every_name_is_there_once() {
    let names: BTreeSet<&str> = all().map(|defect| defect.id).collect();
    assert_eq!(names.len(), all().count());
    assert!(all().all(|defect| !defect.title.is_empty() && !defect.title.ends_with('.')));
}

#[test]
fn a_valid_table_is_owed_an_answer_of_the_success_class_and_nothing_else() {
    for defect in all() {
        let valid = defect.id.starts_with("csv/valid-");
        assert_eq!(valid, defect.owed.success && defect.owed.statuses.is_empty(), "{}", defect.id);
    }
}

//! Who may name whom is the table in ARCHITECTURE.md, read from there: a room names what its row lists, all of it,
//! nothing else, and only rooms that stand above it; words and thought neither wait nor open a door.

use crate::File;
use crate::modules::Modules;
use std::collections::{BTreeMap, BTreeSet};

/// A row of the table.
#[derive(Debug)]
struct Row {
    room: String,
    layer: String,
    names: BTreeSet<String>,
}

/// What waits, opens a door, or looks at a clock.
const IMPURE: [&str; 10] = [
    "async ",
    ".await",
    "tokio::",
    "reqwest::",
    "std::fs",
    "std::env::",
    "std::thread",
    "TcpStream",
    "Instant::now",
    "SystemTime::now",
];

/// The rows of the table whose first cell names a room.
fn table(document: &str) -> Vec<Row> {
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    rows.filter_map(|row| match row.trim_matches('|').split('|').collect::<Vec<_>>().as_slice() {
        [room, layer, _, names] => {
            Some(Row { room: words(room).pop_first()?, layer: layer.trim().to_owned(), names: words(names) })
        }
        _ => None,
    })
    .collect()
}

/// Room by room, the rooms that its files name in production.
fn naming(files: &[File]) -> BTreeMap<String, BTreeSet<String>> {
    let modules = Modules::of(files);
    let mut naming: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, file) in modules.all() {
        let Some(room) = module.first().filter(|_| file.path.matches('/').count() > 1) else { continue };
        let named = modules.named_by(module, file).into_iter().filter_map(|named| named.first().cloned());
        naming.entry(room.clone()).or_default().extend(named.filter(|named| named != room));
    }
    naming
}

fn problems(table: &[Row], naming: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let none = BTreeSet::new();
    let mut problems = Vec::new();
    for (place, Row { room, names, .. }) in table.iter().enumerate() {
        let above: BTreeSet<String> = table[..place].iter().map(|row| row.room.clone()).collect();
        let named = naming.get(room).unwrap_or(&none);
        problems
            .extend(named.difference(names).map(|named| format!("{room} names {named}, which its row does not list")));
        problems.extend(
            names.difference(named).map(|listed| format!("the row of {room} lists {listed}: it does not name it")),
        );
        problems.extend(
            names.difference(&above).map(|below| format!("the row of {room} lists {below}, which is not above it")),
        );
    }
    let rooms: BTreeSet<&String> = table.iter().map(|row| &row.room).collect();
    problems.extend(naming.keys().filter(|room| !rooms.contains(room)).map(|room| format!("{room} has no row")));
    problems.extend(
        rooms.iter().filter(|room| !naming.contains_key(**room)).map(|room| format!("src/{room} does not exist")),
    );
    problems
}

fn impurities(table: &[Row], files: &[File]) -> Vec<String> {
    let pure = |row: &&Row| matches!(row.layer.as_str(), "words" | "thought");
    let rooms: Vec<String> = table.iter().filter(pure).map(|row| format!("src/{}/", row.room)).collect();
    let modules = Modules::of(files);
    let files = modules.all().map(|(_, file)| file).filter(|file| rooms.iter().any(|room| file.path.starts_with(room)));
    let found = files.flat_map(|file| IMPURE.into_iter().map(move |token| (file, token)));
    found
        .filter(|(file, token)| file.rust.production.contains(token))
        .map(|(file, token)| format!("{} has `{}`: this room is pure", file.path, token.trim()))
        .collect()
}

mod tests {
    use super::{impurities, naming, problems, table};
    use crate::{File, files_below, none, read};

    const TABLE: &str = "| room | layer | holds | names |\n|---|---|---|---|\n| `a` | words | x | nothing |\n| `b` | deeds | y | `a` |\n";

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        [problems(&table(TABLE), &naming(&files)), impurities(&table(TABLE), &files)].concat()
    }

    #[test]
    fn every_room_names_what_its_row_lists_and_nothing_else() {
        none(&problems(&table(&read("ARCHITECTURE.md")), &naming(&files_below("src"))));
    }

    #[test]
    fn words_and_thought_are_pure() {
        none(&impurities(&table(&read("ARCHITECTURE.md")), &files_below("src")));
    }

    #[test]
    fn a_tree_that_follows_its_table_has_no_problem() {
        assert!(
            found(&[("src/a/mod.rs", "pub struct A;"), ("src/b/mod.rs", "use crate::a::A; async fn b() {}")])
                .is_empty()
        );
    }

    #[test]
    fn a_room_that_names_upwards_is_seen() {
        let files = [
            ("src/a/x.rs", "fn x() { super::super::b::b() }"),
            ("src/a/mod.rs", ""),
            ("src/b/mod.rs", "use crate::{a::A, c};"),
            ("src/c/mod.rs", ""),
        ];
        let expected =
            ["a names b, which its row does not list", "b names c, which its row does not list", "c has no row"];
        assert_eq!(found(&files), expected);
    }

    #[test]
    fn a_row_that_nobody_needs_is_seen() {
        let files = [("src/a/mod.rs", ""), ("src/b/mod.rs", "#[cfg(test)] mod tests { use crate::a::A; }")];
        assert_eq!(found(&files), ["the row of b lists a: it does not name it"]);
    }

    #[test]
    fn a_table_that_points_downwards_is_seen() {
        let upside_down = table("| `b` | deeds | y | `a` |\n| `a` | words | x | nothing |\n");
        let files = [File::new("src/a/mod.rs", ""), File::new("src/b/mod.rs", "use crate::a::A;")];
        assert_eq!(problems(&upside_down, &naming(&files)), ["the row of b lists a, which is not above it"]);
    }

    #[test]
    fn a_pure_room_that_waits_is_seen() {
        let files = [
            ("src/a/mod.rs", "pub async fn a() {} #[cfg(test)] mod tests;"),
            ("src/a/tests/deep.rs", "async fn b() {}"),
            ("src/b/mod.rs", "use crate::a::a;"),
        ];
        assert_eq!(found(&files), ["src/a/mod.rs has `async`: this room is pure"]);
    }
}

//! No files import each other in a circle. To Rust a `mod.rs` and the files of its folder are one module and its
//! parts, which see each other by nature: what they name of each other is no import; everything else is one.

use crate::modules::Modules;
use crate::{File, files_below, none};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

type Imports = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

fn imports(files: &[File]) -> Imports {
    let modules = Modules::of(files);
    let foreign = |one: &[String], other: &[String]| !one.starts_with(other) && !other.starts_with(one);
    let of = |module: &[String], file| {
        modules.named_by(module, file).into_iter().filter(|named| foreign(module, named)).collect()
    };
    modules.all().map(|(module, file)| (module.to_vec(), of(module, file))).collect()
}

/// The shortest circle through each module that is in one, each circle once.
fn circles(imports: &Imports) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let found = imports.keys().filter_map(|start| shortest(imports, start));
    let fresh = found
        .filter(|circle| seen.insert(circle.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect::<Vec<_>>()));
    fresh.map(|circle| circle.iter().map(|module| module.join("::")).collect::<Vec<_>>().join(" -> ")).collect()
}

fn shortest(imports: &Imports, start: &Vec<String>) -> Option<Vec<Vec<String>>> {
    let mut ways = VecDeque::from([vec![start.clone()]]);
    let mut been = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in imports.get(way.last()?).into_iter().flatten() {
            let longer = [way.clone(), vec![next.clone()]].concat();
            if next == start {
                return Some(longer);
            }
            if been.insert(next) {
                ways.push_back(longer);
            }
        }
    }
    None
}

mod tests {
    use super::{circles, files_below, imports, none};
    use crate::File;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        circles(&imports(&files))
    }

    #[test]
    fn no_files_import_each_other_in_a_circle() {
        none(&circles(&imports(&files_below("src"))));
    }

    #[test]
    fn a_circle_of_neighbours_is_found() {
        let files = [
            ("src/a/x.rs", "use super::y::Y;"),
            ("src/a/y.rs", "fn y() { super::z::z() }"),
            ("src/a/z.rs", "use crate::a::x::X;"),
        ];
        assert_eq!(found(&files), ["a::x -> a::y -> a::z -> a::x"]);
    }

    #[test]
    fn a_circle_through_what_a_folder_passes_on_is_found() {
        let files = [
            ("src/a/mod.rs", "mod x; mod y; pub use x::X; pub use y::Y;"),
            ("src/a/x.rs", "use super::Y;"),
            ("src/a/y.rs", "use super::X;"),
        ];
        assert_eq!(found(&files), ["a::x -> a::y -> a::x"]);
    }

    #[test]
    fn a_circle_of_rooms_is_found() {
        let files = [("src/a/mod.rs", "use crate::b::B;"), ("src/b/mod.rs", "use crate::a::A;")];
        assert_eq!(found(&files), ["a -> b -> a"]);
    }

    #[test]
    fn a_folder_and_its_files_are_no_circle() {
        let files = [("src/a/mod.rs", "mod x; use self::x::X; pub struct A;"), ("src/a/x.rs", "use super::A;")];
        assert!(found(&files).is_empty());
    }
}

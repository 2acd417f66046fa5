//! Finds the file that a path leads to: through the tree of modules, and through what a `mod.rs` passes on.

use crate::{File, paths};
use std::collections::{BTreeMap, BTreeSet};

/// The modules of a source tree, by their path from the root of the crate.
pub struct Modules<'a> {
    files: BTreeMap<Vec<String>, &'a File>,
    passed_on: BTreeMap<Vec<String>, Vec<String>>,
}

impl<'a> Modules<'a> {
    /// The modules of files below `src/`, without those that are only there for tests.
    pub fn of(files: &'a [File]) -> Self {
        let tests: BTreeSet<Vec<String>> = files.iter().flat_map(only_for_tests).collect();
        let is_test = |module: &[String]| (0..=module.len()).any(|end| tests.contains(&module[..end]));
        let files = files.iter().map(|file| (module_of(&file.path), file)).filter(|(module, _)| !is_test(module));
        let mut modules = Self { files: files.collect(), passed_on: BTreeMap::new() };
        modules.passed_on = modules.files.iter().flat_map(|(module, file)| passed_by(module, file)).collect();
        modules
    }

    /// Every module, with its file.
    pub fn all(&self) -> impl Iterator<Item = (&[String], &'a File)> {
        self.files.iter().map(|(module, file)| (module.as_slice(), *file))
    }

    /// The modules that a file names in production, each once.
    pub fn named_by(&self, module: &[String], file: &File) -> BTreeSet<Vec<String>> {
        let paths = paths::named(&file.rust.production);
        paths.iter().filter_map(|path| self.owner(absolute(module, path))).filter(|named| named != module).collect()
    }

    /// The module whose file holds what a path from the root of the crate leads to.
    fn owner(&self, mut path: Vec<String>) -> Option<Vec<String>> {
        for _ in 0..16 {
            let end = (0..=path.len()).rev().find(|end| self.files.contains_key(&path[..*end]))?;
            match self.passed_on.get(&path[..path.len().min(end + 1)]) {
                Some(further) => path = [further, path.get(end + 1..).unwrap_or_default()].concat(),
                None => return Some(path[..end].to_vec()),
            }
        }
        None
    }
}

/// A path as it stands in a module, from the root of the crate.
fn absolute(module: &[String], path: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|segment| *segment == "super").count();
    match path.first().map(String::as_str) {
        Some("crate") => path[1..].to_vec(),
        Some("self") => [module, &path[1..]].concat(),
        Some("super") => [&module[..module.len().saturating_sub(ups)], &path[ups..]].concat(),
        _ => [module, path].concat(),
    }
}

/// The module that a file is: `src/a/b.rs` and `src/a/b/mod.rs` are `a::b`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("mod").unwrap_or(inner).trim_end_matches('/');
    inner.split('/').filter(|part| !matches!(*part, "" | "lib")).map(ToOwned::to_owned).collect()
}

/// What a file passes on, by the path that it gets there.
fn passed_by(module: &[String], file: &File) -> Vec<(Vec<String>, Vec<String>)> {
    let passed = paths::passed_on(&file.rust.production).into_iter();
    passed.map(|(name, path)| ([module, &[name]].concat(), absolute(module, &path))).collect()
}

/// The modules that a file declares for tests alone, in files of their own.
fn only_for_tests(file: &File) -> Vec<Vec<String>> {
    let parts = file.rust.code.split("#[cfg(test)]").skip(1);
    let names = parts.filter_map(|part| part.trim_start().strip_prefix("mod ")?.split_once(';'));
    let names = names.map(|(name, _)| name.trim().to_owned()).filter(|name| !name.contains(['{', ' ']));
    names.map(|name| [module_of(&file.path), vec![name]].concat()).collect()
}

mod tests {
    use super::Modules;
    use crate::File;

    fn named(files: &[(&str, &str)], asked: &str) -> Vec<String> {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let modules = Modules::of(&files);
        let (module, file) = modules.all().find(|(_, file)| file.path == asked).unwrap();
        modules.named_by(module, file).into_iter().map(|module| module.join("::")).collect()
    }

    #[test]
    fn a_name_that_is_passed_on_leads_to_the_file_that_holds_it() {
        let files = [
            ("src/a/mod.rs", "mod x; mod y; pub use x::X; pub use y::Y; pub struct Own;"),
            ("src/a/x.rs", "pub struct X;"),
            ("src/a/y.rs", "use super::X;"),
            ("src/b/mod.rs", "use crate::a::{Own, Y};"),
        ];
        assert_eq!(named(&files, "src/b/mod.rs"), ["a", "a::y"]);
        assert_eq!(named(&files, "src/a/y.rs"), ["a::x"]);
    }

    #[test]
    fn what_only_tests_name_does_not_count() {
        let files = [
            ("src/a.rs", "#[cfg(test)] mod tests { use crate::b::B; } #[cfg(test)] mod far;"),
            ("src/a/far.rs", "use crate::b::B;"),
            ("src/b.rs", "pub struct B;"),
        ];
        assert!(named(&files, "src/a.rs").is_empty());
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        assert!(Modules::of(&files).all().all(|(_, file)| file.path != "src/a/far.rs"));
    }

    #[test]
    fn super_climbs_as_often_as_it_stands() {
        let files = [("src/a/b/c.rs", "use super::super::d::D;"), ("src/a/d.rs", ""), ("src/d.rs", "")];
        assert_eq!(named(&files, "src/a/b/c.rs"), ["a::d"]);
    }
}

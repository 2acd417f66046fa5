//! What every Rust file keeps: length, a first sentence, no escape from the lints, nothing unfinished, plain names.

use crate::File;

const LONGEST: usize = 400;
const ROOMS_OF_NO_ONE: [&str; 9] = ["utils", "util", "helpers", "helper", "common", "imp", "manager", "misc", "shared"];
const FORBIDDEN: [(&str, &str); 5] = [
    ("#[allow(", "use #[expect(lint, reason = \"...\")]"),
    ("#![allow(", "use #[expect(lint, reason = \"...\")] where it is needed"),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("fn test_", "name the test as a sentence"),
];

fn problems(file: &File) -> Vec<String> {
    let File { path, rust } = file;
    let lines = rust.text.lines().count();
    let too_long = (lines > LONGEST).then(|| format!("{path} has {lines} lines: {LONGEST} at most"));
    let mute = (!rust.text.starts_with("//! ")).then(|| format!("{path} does not begin with `//!`"));
    let homeless = path.split(['/', '.']).find(|part| ROOMS_OF_NO_ONE.contains(part));
    let homeless = homeless.map(|name| format!("{path}: `{name}` says nothing; name what it is"));
    let unfinished =
        rust.comments.iter().filter(|comment| ["FIXME", "TODO", "XXX"].iter().any(|word| comment.contains(word)));
    let unfinished = unfinished.map(|comment| format!("{path} is unfinished: {comment}"));
    let forbidden = FORBIDDEN.iter().filter(|(token, _)| rust.code.contains(token));
    let forbidden = forbidden.map(|(token, instead)| format!("{path} has `{token}`: {instead}"));
    too_long.into_iter().chain(mute).chain(homeless).chain(unfinished).chain(forbidden).collect()
}

mod tests {
    use super::problems;
    use crate::{File, files_below, none, read};

    #[test]
    fn every_file_keeps_the_rules() {
        let files = ["src", "tests"].iter().flat_map(|folder| files_below(folder));
        none(&files.flat_map(|file| problems(&file)).collect::<Vec<_>>());
    }

    #[test]
    fn the_compiler_keeps_the_rest() {
        let lints: toml::Table = read("Cargo.toml").parse().unwrap();
        assert_eq!(lints["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
        for lint in [
            "too_many_lines",
            "unwrap_used",
            "expect_used",
            "panic",
            "indexing_slicing",
            "allow_attributes",
            "pedantic",
        ] {
            let level = &lints["lints"]["clippy"][lint];
            assert_eq!(level.get("level").unwrap_or(level).as_str(), Some("warn"), "{lint}");
        }
        let limits: toml::Table = read("clippy.toml").parse().unwrap();
        assert_eq!(limits["too-many-lines-threshold"].as_integer(), Some(70));
    }

    #[test]
    fn each_breach_is_seen() {
        let long = "//! A.\n".repeat(401);
        for (path, text) in [
            ("src/a.rs", long.as_str()),
            ("src/a.rs", "fn a() {}"),
            ("src/a.rs", "//! A.\n#[allow(dead_code)]\nfn a() {}"),
            ("src/a.rs", "//! A.\nfn a() { todo!() }"),
            ("src/a.rs", "//! A.\n// FIXME later\n"),
            ("src/a.rs", "//! A.\nfn test_a() {}"),
            ("src/a/utils.rs", "//! A.\n"),
            ("src/common/a.rs", "//! A.\n"),
        ] {
            assert_eq!(problems(&File::new(path, text)).len(), 1, "{path}: {text:.60}");
        }
        assert!(problems(&File::new("src/a.rs", "//! A.\nconst A: &str = \"todo!\";\n")).is_empty());
    }
}

//! What every Rust file keeps: length, a first sentence, no escape from the lints, nothing unfinished, plain names.

use crate::File;

const LONGEST: usize = 400;
const LONGEST_TARGET: usize = 25;
const FUZZ_TARGETS: &str = "fuzz/fuzz_targets";
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

/// Fuzz targets that are too long to be one call, or that the manifest or the table of properties does not name.
fn fuzz_problems(targets: &[File], manifest: &str, document: &str) -> Vec<String> {
    let told = |File { path, rust }: &File| {
        let name = path.trim_start_matches(FUZZ_TARGETS).trim_matches('/').trim_end_matches(".rs");
        let lines = rust.text.lines().count();
        let long = (lines > LONGEST_TARGET).then(|| format!("{path} has {lines} lines: {LONGEST_TARGET} at most"));
        let unbuilt = (!manifest.contains(&format!("name = \"{name}\"\n")))
            .then(|| format!("{path} has no [[bin]] in fuzz/Cargo.toml"));
        let untold = (!document.contains(&format!("\n| `{name}` | ")))
            .then(|| format!("{path} has no property in fuzz/README.md"));
        [long, unbuilt, untold]
    };
    targets.iter().flat_map(told).flatten().collect()
}

mod tests {
    use super::{FUZZ_TARGETS, fuzz_problems, problems};
    use crate::{File, files_below, none, read};

    #[test]
    fn every_file_keeps_the_rules() {
        let files = ["src", "tests", "fuzz/src", FUZZ_TARGETS].iter().flat_map(|folder| files_below(folder));
        none(&files.flat_map(|file| problems(&file)).collect::<Vec<_>>());
    }

    #[test]
    fn a_fuzz_target_is_short_and_its_property_is_told() {
        let targets = files_below(FUZZ_TARGETS);
        assert!(targets.len() >= 7);
        none(&fuzz_problems(&targets, &read("fuzz/Cargo.toml"), &read("fuzz/README.md")));
        let long = File::new("fuzz/fuzz_targets/a.rs", &"//! A.\n".repeat(26));
        assert_eq!(fuzz_problems(&[long], "", "").len(), 3);
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

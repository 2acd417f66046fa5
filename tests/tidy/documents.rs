//! The documents tell the truth: every path that they name exists, and they stay short.

use crate::root;

/// What looks like a path and is none of ours: files of the user, and media types.
const NOT_OURS: [&str; 4] = ["tenantcheck.toml", "text/csv", "application/json", "multipart/form-data"];

/// The paths of this project that a document names in backticks, each up to its first wildcard.
fn paths(document: &str) -> Vec<&str> {
    let mut fenced = false;
    let lines = document.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    });
    let spans = lines.flat_map(|line| line.split('`').skip(1).step_by(2));
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-*<>".contains(letter);
    let looks = |span: &&str| {
        let named = [".rs", ".md", ".toml", ".json"].iter().any(|suffix| span.ends_with(suffix));
        (span.contains('/') || named) && span.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '.')
    };
    let ours = spans.filter(|span| span.chars().all(plain)).filter(looks).filter(|span| !NOT_OURS.contains(span));
    ours.map(|span| span.find(['*', '<']).map_or(span, |end| &span[..end])).collect()
}

fn missing(name: &str, document: &str) -> Vec<String> {
    let lost = paths(document).into_iter().filter(|path| !root().join(path).exists());
    lost.map(|path| format!("{name} names `{path}`, which does not exist")).collect()
}

/// The recipes of a document: heading and number of lines that are not blank.
fn recipes(document: &str) -> Vec<(&str, usize)> {
    let sections = document.split("\n### ").skip(1);
    sections
        .filter_map(|section| {
            let (heading, text) = section.split_once('\n')?;
            let text = text.split("\n## ").next()?;
            Some((heading, text.lines().filter(|line| !line.trim().is_empty()).count()))
        })
        .collect()
}

mod tests {
    use super::{missing, recipes};
    use crate::{none, read};

    #[test]
    fn every_path_that_a_document_names_exists() {
        let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
        none(&documents.iter().flat_map(|name| missing(name, &read(name))).collect::<Vec<_>>());
    }

    #[test]
    fn a_path_that_does_not_exist_is_seen() {
        let document = "`src/nowhere/mod.rs`, `NOWHERE.md`, `src/lib.rs`, `src/*/mod.rs`, `--flag`, `tenantcheck.toml`\n```\n`a/b`\n```\n`a/b/`";
        assert_eq!(missing("X", document).len(), 3, "{:?}", missing("X", document));
    }

    #[test]
    fn the_architecture_fits_on_90_lines() {
        assert!(read("ARCHITECTURE.md").lines().count() <= 90);
    }

    #[test]
    fn a_recipe_has_at_most_eight_lines() {
        let document = read("CONTRIBUTING.md");
        let recipes = recipes(&document);
        assert!(recipes.len() >= 3, "{recipes:?}");
        assert!(recipes.iter().all(|(_, lines)| *lines <= 8), "{recipes:?}");
    }

    #[test]
    fn the_lines_of_a_recipe_are_counted() {
        assert_eq!(recipes("# A\n## B\nx\n### C\n\n1\n2\n### D\n1\n## E\n1\n"), [("C", 2), ("D", 1)]);
    }

    #[test]
    fn the_changelog_opens_with_what_is_unreleased() {
        let changelog = read("CHANGELOG.md");
        let headings: Vec<&str> = changelog.lines().filter(|line| line.starts_with("##")).take(4).collect();
        assert_eq!(headings, ["## Unreleased", "### New", "### Changed", "### Fixed"]);
    }
}

//! The names of the contract's files, and how they name each other.

/// The name of the contract document.
pub const DOCUMENT: &str = "openapi.json";
/// The name of the file of errata.
pub const ERRATA: &str = "errata.toml";
/// What the names of the files of the documentation pages begin with.
pub const PAGES: &str = "pages/";
/// The extensions of OpenAPI that are read from the contract document.
pub const EXTENSIONS: [&str; 8] = [
    "x-world",
    "x-versions",
    "x-default-version",
    "x-writes",
    "x-authority",
    "x-vendor-operation-id",
    "x-branch",
    "x-columns",
];
/// What the `$id` of a schema file begins with; its path follows.
pub const BASE: &str = "https://tenantcheck.invalid/schemas/";

/// The path below the folder of a file that is named from another; `None` where it leads out.
pub fn resolve(from: &str, reference: &str) -> Option<String> {
    let relative = reference.strip_prefix(BASE);
    if reference.is_empty() {
        return Some(from.to_owned());
    }
    if relative.is_none() && (reference.contains(':') || reference.starts_with('/')) {
        return None;
    }
    let mut steps: Vec<&str> = match relative {
        Some(_) => Vec::new(),
        None => from.split('/').collect::<Vec<_>>().split_last().map(|(_, folders)| folders.to_vec())?,
    };
    for step in relative.unwrap_or(reference).split('/') {
        match step {
            "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        for (from, reference, path) in [
            ("openapi.json", "task.json", Some("task.json")),
            ("documents/a.json", "../shared/b.json", Some("shared/b.json")),
            ("documents/a.json", "./b.json", Some("documents/b.json")),
            ("documents/a.json", "", Some("documents/a.json")),
            ("documents/a.json", "https://tenantcheck.invalid/schemas/x/y.json", Some("x/y.json")),
            ("documents/a.json", "../../b.json", None),
            ("a.json", "https://example.com/b.json", None),
            ("a.json", "/b.json", None),
        ] {
            assert_eq!(resolve(from, reference).as_deref(), path, "{from} {reference}");
        }
    }
}

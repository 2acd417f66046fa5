//! Lists that cannot be read or written say where and why, before anything is sent.

use crate::support::program::Folder;

const BAD: &str = r#"knwon = []
[[known]]
fingerprint = "00112233AABBCCDD"
reason = " "
until = 2026-02-30
[[known]]
fingerprint = "00112233aabbccdd"
reasn = "x"
until = "tomorrow"
flaky = "yes"
[[known]]
fingerprint = "00112233aabbccdd"
reason = "once more"
until = 2026-12-31T00:00:00Z
"#;

fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let ran = folder.run(&[&["check"], arguments].concat()).exits(2);
    assert_eq!(ran.out(), "");
    ran.err()
}

fn refused_text(text: &str) -> String {
    let folder = Folder::new();
    folder.write("b.toml", text);
    refused(&folder, &["--baseline", "b.toml"])
}

#[test]
fn a_list_is_read_strictly() {
    let told = refused_text(&BAD.replace("2026-02-30", "2026-02-28"));
    for part in [
        "b.toml:1:1: unknown key `knwon`\n1 | knwon = []\n  | ^^^^^\n  = did you mean `known`?",
        "b.toml:3:15: `00112233AABBCCDD` is no fingerprint\n",
        "did you mean `00112233aabbccdd`?",
        "b.toml:4:10: `reason` is empty\n",
        "b.toml:8:1: unknown key `reasn`\n8 | reasn = \"x\"\n  | ^^^^^\n  = did you mean `reason`?",
        "b.toml:9:9: `\"tomorrow\"` is no day\n",
        "write the last day on which it holds, in UTC, such as `until = 2026-12-31`",
        "b.toml:10:9: `flaky` is a text, but should be true or false\n",
        "b.toml:14:9: `2026-12-31T00:00:00Z` is no day\n",
    ] {
        assert!(told.contains(part), "{part}\n---\n{told}");
    }
}

#[test]
fn other_mistakes_are_told_where_they_stand() {
    let entry = "[[known]]\nfingerprint = \"00112233aabbccdd\"\nreason = \"x\"\n";
    for (text, told) in [
        (BAD.to_owned(), "b.toml:5:9: this is no TOML: "),
        (format!("{entry}{entry}"), "b.toml:5:15: the fingerprint `00112233aabbccdd` stands there twice\n"),
        ("[[known]]\nfingerprint = \"12\"\nreason = \"x\"".to_owned(), "b.toml:2:15: `12` is no fingerprint\n"),
        ("[[known]]\nreason = \"x\"".to_owned(), "b.toml:1:1: missing key `fingerprint`\n"),
        ("[known]\nreason = \"x\"".to_owned(), "`known` is one table, but should be a list of tables\n"),
        (
            "known = [{ fingerprint = \"00112233aabbccdd\", reason = \"x\" }]".to_owned(),
            "b.toml:1:10: an entry stands in a list in one line\n",
        ),
        ("known".to_owned(), "this is no TOML"),
        (format!("{entry}cases = []\n"), "b.toml:4:1: `cases` names no case\n"),
        (format!("{entry}cases = [1]\n"), "b.toml:4:10: an item of `cases` is a whole number"),
        (format!("{entry}seed = -1\n"), "b.toml:4:8: `-1` is no seed\n"),
    ] {
        let err = refused_text(&text);
        assert!(err.contains(told), "{told}\n---\n{err}");
    }
}

#[test]
fn a_list_that_is_not_there_names_what_would_write_it() {
    let folder = Folder::new();
    let told = refused(&folder, &["--baseline", "b.toml"]);
    assert_eq!(told, "error: b.toml: there is no such file\n  = --update-baseline writes it\n");
    let told = refused(&folder, &["--baseline", "no/b.toml", "--update-baseline"]);
    assert!(told.contains("no/b.toml: there is no such folder"), "{told}");
    let told = refused(&folder, &["--baseline", ".", "--update-baseline"]);
    assert!(told.contains("cannot be read"), "{told}");
    let told = refused(&folder, &["--update-baseline"]);
    let sentence = "--update-baseline writes the file that --baseline FILE names, and there is no --baseline";
    assert_eq!(told, format!("error: {sentence}\n"));
}

#[test]
fn the_example_of_the_readme_is_read() {
    let (_, rest) = include_str!("../../README.md").split_once("```toml\n[[known]]").unwrap();
    let folder = Folder::new();
    folder.write("b.toml", &format!("[[known]]{}", rest.split_once("```").unwrap().0));
    folder.run(&["check", "--dry-run", "--baseline", "b.toml"]).exits(0);
}

#[test]
fn a_tenant_that_holds_gets_a_list_without_entries_that_can_be_read() {
    let folder = Folder::new();
    let arguments = ["check", "get-document/credential/*", "--baseline", "b.toml"];
    folder.run(&[&arguments[..], &["--update-baseline"]].concat()).exits(0);
    assert!(folder.read("b.toml").starts_with("# Known failures of one tenant"));
    folder.run(&arguments).exits(0);
}

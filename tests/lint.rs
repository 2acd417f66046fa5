//! `tenantcheck lint`: clean on the project's own contract, and loud about each kind of damage to a copy of it.
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What the command printed, and its exit code.
struct Linted {
    code: Option<i32>,
    out: String,
    err: String,
}

fn lint(folder: Option<&Path>) -> Linted {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantcheck"));
    command.arg("lint").env("NO_COLOR", "1");
    if let Some(folder) = folder {
        command.arg("--contract").arg(folder);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Linted { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A copy of the contract that a test may damage.
struct Copy(TempDir);

impl Copy {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for half in ["schemas", "cases"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(half), &folder.path().join(half));
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Replaces every occurrence of a text in a file.
    fn replace(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        fs::write(self.path(name), text.replace(old, new)).unwrap();
    }

    /// Takes the erratum with this id out.
    fn drop_erratum(&self, id: &str) {
        let text = fs::read_to_string(self.path("schemas/errata.toml")).unwrap();
        let kept: Vec<&str> = text.split("[[erratum]]").filter(|table| !table.contains(id)).collect();
        assert!(kept.len() < text.split("[[erratum]]").count());
        fs::write(self.path("schemas/errata.toml"), kept.join("[[erratum]]")).unwrap();
    }

    fn lint(&self) -> Linted {
        lint(Some(self.0.path()))
    }

    /// Lints, and wants the exit code 1 and exactly these problems, each by a part of its words.
    fn fails(&self, problems: &[&str]) {
        let Linted { code, out, err } = self.lint();
        assert_eq!(code, Some(1), "{out}{err}");
        for problem in problems {
            assert!(out.contains(problem), "no `{problem}` in\n{out}");
        }
        let count =
            if problems.len() == 1 { "\n1 problem\n".into() } else { format!("\n{} problems\n", problems.len()) };
        assert!(out.ends_with(&count), "{out}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const DISAGREEMENTS: [&str; 16] = [
    "load-accounts.txt:84:12: 202 /success [success-as-text]",
    "load-accounts.txt:91:12: 202 /task/created [task-times-at-hour-42]",
    "load-accounts.txt:92:13: 202 /task/launched [task-times-at-hour-42]",
    "load-accounts.txt:93:14: 202 /task/completed [task-times-at-hour-42]",
    "load-accounts.txt:94:21: 202 /task/completionStatus [completion-status-in-title-case]",
    "load-accounts.txt:103:1: 202 /task/returns/0 [returns-nested]",
    "load-accounts.txt:311:15: 403 /detailCode [detail-code-400-under-403]",
    "load-accounts.txt:382:15: 500 /detailCode [detail-code-400-under-500]",
    "get-document.txt:719:7: 200 /id [document-id-and-name-as-boolean]",
    "get-document.txt:720:9: 200 /name [document-id-and-name-as-boolean]",
    "get-document.txt:721:10: 200 /_type [access-profile-typed-identity]",
    "get-document.txt:800:12: 200 /created [entitlement-with-created-and-owner]",
    "get-document.txt:807:10: 200 /owner [entitlement-with-created-and-owner]",
    "get-document.txt:1117:15: 403 /detailCode [detail-code-400-under-403]",
    "get-document.txt:1173:15: 404 /detailCode [detail-code-400-under-404]",
    "get-document.txt:1239:15: 500 /detailCode [detail-code-400-under-500]",
];

#[test]
fn the_own_contract_is_clean_and_shows_exactly_the_known_disagreements() {
    let Linted { code, out, err } = lint(None);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let shown: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("schemas/pages/")).collect();
    assert_eq!(shown, DISAGREEMENTS);
    assert!(out.contains("\n23 examples, 15 known disagreements; "), "{out}");
    assert!(out.contains("    the table: a boolean; the example: the string \"true\"\n"), "{out}");
}

#[test]
fn recorded_errata_are_told() {
    let out = lint(None).out;
    let recorded = out.lines().filter_map(|line| line.strip_prefix("recorded ")).collect::<Vec<_>>();
    let known = [
        "[task-times-in-milliseconds]",
        "[task-event-id]",
        "[document-without-type]",
        "[document-with-pod-org-and-type]",
        "[document-with-null-tags-or-count]",
        "[document-times-without-fractions]",
        "[envelope-with-two-messages]",
    ];
    assert_eq!(recorded, known);
}

#[test]
fn a_copy_of_the_contract_says_the_same_as_the_embedded_one() {
    let copy = Copy::new();
    let place = format!("{}/", copy.0.path().display());
    assert_eq!(copy.lint().out.replace(&place, ""), lint(None).out);
}

#[test]
fn a_disagreement_without_an_erratum_is_a_problem_at_its_place_on_the_page() {
    let copy = Copy::new();
    copy.drop_erratum("completion-status-in-title-case");
    copy.fails(&[
        "load-accounts.txt:94:21: 202 \"Example (from schema)\" at /task/completionStatus: the table says one of \
                  SUCCESS, WARNING, ERROR, TERMINATED, TEMP_ERROR, null, the example has the string \"Success\" \
                  (body.schema)\n94 | \"completionStatus\": \"Success\",\n   |                     ^^^^^^^^^\n",
    ]);
}

#[test]
fn a_property_that_the_table_lacks_is_a_disagreement_too() {
    let copy = Copy::new();
    copy.drop_erratum("entitlement-with-created-and-owner");
    copy.fails(&["get-document.txt:800:12: 200 \"Entitlement\" at /created", "get-document.txt:807:10: "]);
}

#[test]
fn an_erratum_excuses_only_its_rule_and_its_branch() {
    let copy = Copy::new();
    copy.replace(
        "schemas/errata.toml",
        "rule = \"identity.date-time\"\npage = \"created",
        "rule = \"body.json\"\npage = \"created",
    );
    let times = ["91:12: 202", "92:13: 202", "93:14: 202"];
    let unshown = ["at /task/created\n", "at /task/launched\n", "at /task/completed\n"];
    copy.fails(&[times, unshown].concat());

    let copy = Copy::new();
    copy.replace("schemas/errata.toml", "branch = \"documents/entitlement.json\"", "branch = \"documents/role.json\"");
    copy.fails(&["800:12: 200", "807:10: 200", "owner` at /created\n", "owner` at /owner\n"]);
}

#[test]
fn an_erratum_of_the_page_that_no_example_shows_is_a_problem() {
    let copy = Copy::new();
    copy.replace("schemas/pages/load-accounts.txt", "\"success\": \"true\"", "\"success\": true");
    copy.fails(&["errata.toml:14:6: no example shows the erratum `success-as-text` at /success\n14 | id = "]);

    let copy = Copy::new();
    copy.replace(
        "schemas/errata.toml",
        "[\"/task/completionStatus\"]",
        "[\"/task/completionStatus\", \"/task/progress\"]",
    );
    copy.fails(&["no example shows the erratum `completion-status-in-title-case` at /task/progress"]);
}

#[test]
fn a_sentence_that_nothing_cites_is_a_problem() {
    let copy = Copy::new();
    copy.replace("schemas/task.json", "The display label of the return value", "A label");
    copy.fails(&[" |   \"The display label of the return value\","]);
}

#[test]
fn an_enumeration_is_cited_by_a_schema_that_lists_the_same_values() {
    let copy = Copy::new();
    copy.replace("schemas/task.json", "\"INFO\", \"WARN\", \"ERROR\"", "\"INFO\", \"WARN\", \"ERROR\", \"FATAL\"");
    copy.fails(&[" |   \"Possible values: [INFO , WARN , ERROR ]\","]);
}

#[test]
fn a_sentence_that_the_page_does_not_say_is_a_problem() {
    let copy = Copy::new();
    copy.replace("schemas/pages/index.toml", "\"Current task state.\"", "\"Current task status.\"");
    copy.fails(&["pages/load-accounts.txt\n"]);
}

#[test]
fn a_clause_that_the_page_does_not_say_is_a_problem_once_for_its_file() {
    let copy = Copy::new();
    let name = "cases/load-accounts/value/form.toml";
    copy.replace(name, "clause = \"Possible values: [true , false ]\"", "clause = \"Possible values: [yes , no ]\"");
    copy.fails(&["the clause does not stand in "]);
}

#[test]
fn an_annotation_that_nobody_reads_is_a_problem_wherever_it_stands() {
    let copy = Copy::new();
    copy.replace("schemas/envelope.json", "\"x-begins-with\"", "\"x-beginswith\"");
    copy.replace("schemas/openapi.json", "\"x-authority\"", "\"x-unique\"");
    let out = copy.lint().out;
    assert!(
        out.contains("envelope.json: at /properties/detailCode/x-beginswith: `x-beginswith` is read by nobody"),
        "{out}"
    );
    copy.fails(&["load-accounts/post/x-unique: `x-unique`", "get/x-unique: `x-unique`", "detailCode/x-beginswith"]);
}

#[test]
fn a_rule_that_nothing_lets_judge_is_a_problem() {
    let copy = Copy::new();
    copy.replace("schemas/envelope.json", ",\n      \"x-begins-with\": \"status\"", "");
    let out = copy.lint().out;
    assert!(
        out.contains("rule envelope.detail-code: nothing lets it judge: no body of an answer has `x-begins-with`"),
        "{out}"
    );

    let copy = Copy::new();
    copy.replace("schemas/task.json", ", \"x-unique\": \"run\"", "");
    copy.fails(&["rule identity.unique-ids: nothing lets it judge: no body of an answer of the success class has"]);

    let copy = Copy::new();
    copy.replace("schemas/envelope.json", "\"format\": \"language-tag\"", "\"minLength\": 2");
    copy.fails(&["rule envelope.locale: nothing lets it judge: no body has the format `language-tag`"]);

    let copy = Copy::new();
    fs::remove_dir_all(copy.path("cases/get-document/index")).unwrap();
    let sentence = " |   \"The currently supported index names are:";
    copy.fails(&["rule refusal.unlisted-index: nothing lets it judge: no case names it", sentence]);
}

#[test]
fn an_erratum_of_a_rule_that_is_not_there_is_a_problem() {
    let copy = Copy::new();
    copy.replace(
        "schemas/errata.toml",
        "rule = \"body.extra-property\"\npage = \"pod",
        "rule = \"body.extra\"\npage = \"pod",
    );
    copy.fails(&["the erratum `document-with-pod-org-and-type` names the rule `body.extra`, which is not there"]);
}

#[test]
fn an_operation_without_a_page_is_a_problem() {
    let copy = Copy::new();
    fs::remove_dir_all(copy.path("schemas/pages")).unwrap();
    let out = copy.lint().out;
    assert!(out.contains("operation load-accounts: no page tells of it\n"), "{out}");
}

#[test]
fn files_that_cannot_be_read_are_told_as_the_strict_readers_do() {
    for (name, old, new, problem) in [
        (
            "errata.toml",
            "documents/entitlement.json",
            "documents/entitlements.json",
            "did you mean `documents/entitlement.json`?",
        ),
        ("pages/index.toml", "status = 404", "status = 405", "the operation does not list the status 405"),
        ("pages/index.toml", "index = \"roles\"", "index = \"role\"", "did you mean `roles`?"),
        ("pages/index.toml", "index = \"roles\"", "indx = \"roles\"", "did you mean `index`?"),
        (
            "pages/index.toml",
            "text = \"get-document.txt\"",
            "text = \"get-documents.txt\"",
            "did you mean `get-document.txt`?",
        ),
        (
            "pages/load-accounts.txt",
            "\"success\": \"true\",",
            "\"success\" \"true\",",
            "the example that begins here is no JSON",
        ),
        ("pages/load-accounts.txt", "Client Error", "{\n}\nClient Error", "has 9 JSON examples, but 8 are named here"),
    ] {
        let copy = Copy::new();
        copy.replace(&format!("schemas/{name}"), old, new);
        let Linted { code, out, err } = copy.lint();
        assert_eq!((code, out.as_str()), (Some(2), ""), "{name}: {new}");
        assert!(err.contains(problem), "{err}");
    }
    assert_eq!(lint(Some(Path::new("no/such/folder"))).code, Some(2));
}

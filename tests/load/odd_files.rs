//! Files and folders that are odd as a whole: missing, empty, in another encoding, of another system.

use crate::scene::{RULES, Scene, data, good};
use std::fs;
use tenantcheck::load::{self, Source};

const CASE: &str =
    "title = \"T\"\nclause = \"C\"\n[request]\npath = { color = \"red\", id = \"1\" }\n[expect]\nstatus = [200]\n";

fn refused(scene: &Scene) -> String {
    scene.cases().unwrap_err()
}

#[test]
fn a_folder_without_cases_says_so() {
    let scene = Scene::empty();
    scene.write("cases/.gitkeep", "");
    let wanted = "cases: there is no case in this folder\n  = put a file such as `OPERATION/NAME.toml` into it";
    assert_eq!(refused(&scene), wanted);
}

#[test]
fn a_folder_that_is_not_there_says_what_a_contract_is() {
    let scene = Scene::empty();
    let advice = "  = a contract is a folder that holds `schemas/` and `cases/`";
    assert_eq!(refused(&scene), format!("cases: there is no such folder\n{advice}"));
    assert_eq!(scene.contract().unwrap_err(), format!("schemas: there is no such folder\n{advice}"));
}

#[test]
fn only_case_files_lie_among_the_cases() {
    let scene = Scene::empty();
    scene.write("cases/get-widget/a.toml", CASE).write("cases/get-widget/b.tml", CASE).write("cases/c.toml", CASE);
    let shown = refused(&scene);
    assert!(shown.contains("cases/get-widget/b.tml: this is no case file"), "{shown}");
    assert!(shown.contains("cases/c.toml: the case belongs to no operation"), "{shown}");
}

#[test]
fn a_folder_of_an_unknown_operation_is_told_once() {
    let scene = Scene::empty();
    scene.write("cases/get-wigdet/a.toml", CASE).write("cases/get-wigdet/b.toml", CASE);
    let wanted = "cases/get-wigdet/: the contract has no operation `get-wigdet`\n  = did you mean `get-widget`?";
    assert_eq!(refused(&scene), wanted);
}

#[test]
fn two_cases_of_one_id_name_each_other() {
    let scene = Scene::empty();
    let rows = format!("{CASE}[[row]]\nname = \"b\"\n");
    scene.write("cases/get-widget/a.toml", rows).write("cases/get-widget/a/b.toml", CASE);
    let wanted = "cases/get-widget/a/b.toml:1:9: `get-widget/a/b` is the id of two cases\n\
                  1 | title = \"T\"\n  |         ^^^\n  = the other stands at cases/get-widget/a.toml:8; rename one";
    assert_eq!(refused(&scene), wanted);
}

#[test]
fn a_case_does_not_take_an_id_that_each_will_give() {
    let scene = Scene::empty();
    let each = CASE.replace("[request]", "each = \"widgets\"\n[request]");
    scene.write("cases/get-widget/a.toml", &each).write("cases/get-widget/a/green-1.toml", CASE);
    assert_eq!(scene.cases().unwrap().len(), 2);
    scene.write("cases/get-widget/a/red-1.toml", CASE);
    assert!(refused(&scene).contains("`get-widget/a/red-1` is the id of two cases"));
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_nothing() {
    let scene = Scene::empty();
    scene.write("cases/get-widget/a.toml", format!("\u{feff}{}", CASE.replace('\n', "\r\n")));
    let cases = scene.cases().unwrap();
    assert_eq!(
        (cases[0].title.as_str(), cases[0].place.column, cases[0].place.text.as_str()),
        ("T", 9, "title = \"T\"")
    );
    let wrong = CASE.replace("title", "titel").replace('\n', "\r\n");
    scene.write("cases/get-widget/a.toml", format!("\u{feff}{wrong}"));
    assert!(refused(&scene).contains("a.toml:1:1: unknown key `titel`\n1 | titel = \"T\"\n  | ^^^^^\n"));
}

#[test]
fn what_is_not_utf_8_is_told_at_its_place() {
    let scene = Scene::empty();
    scene.write("cases/get-widget/a.toml", b"title = \"caf\xe9\"\n");
    let wanted = "cases/get-widget/a.toml:1:13: this is not UTF-8\n\
                  1 | title = \"caf\u{fffd}\"\n  |             ^\n  = save the file as UTF-8; other bytes go into `base64`";
    assert_eq!(refused(&scene), wanted);
    scene.write("cases/get-widget/a.toml", b"\xff\xfet\0i\0");
    assert!(refused(&scene).contains("a.toml:1:1: this is not UTF-8"));
}

#[test]
fn problems_of_all_files_are_told_at_once_and_the_rest_is_counted() {
    let scene = Scene::empty();
    for number in 0..25 {
        scene.write(&format!("cases/get-widget/a{number}.toml"), CASE.replace("title", "titel = 1\ntitle"));
    }
    let shown = refused(&scene);
    assert_eq!(shown.matches("unknown key `titel`").count(), 20);
    assert!(shown.ends_with("\n\nand 5 more problems"), "{shown}");
}

#[test]
fn a_broken_json_file_is_told_with_its_line() {
    let scene = Scene::schemas();
    scene.write("schemas/openapi.json", "{\n  \"openapi\" 3\n}");
    let wanted = "schemas/openapi.json:2:13: this is no JSON: expected `:`\n2 |   \"openapi\" 3\n  |             ^";
    assert_eq!(scene.contract().unwrap_err(), wanted);
    let scene = Scene::schemas();
    scene.write("schemas/task.json", "{\"type\": \"object\",\n \"type\": \"array\"}");
    assert!(
        scene.contract().unwrap_err().contains("task.json:2:7: this is no JSON: the key `type` stands there twice")
    );
}

#[test]
fn a_folder_without_the_contract_document_says_so() {
    let scene = Scene::schemas();
    fs::remove_file(scene.path("schemas/openapi.json")).unwrap();
    fs::remove_file(scene.path("schemas/errata.toml")).unwrap();
    assert_eq!(
        scene.contract().unwrap_err(),
        "schemas: there is no `openapi.json` in this folder\n  = it is the contract document"
    );
}

#[test]
fn a_contract_needs_no_errata() {
    let scene = Scene::schemas();
    fs::remove_file(scene.path("schemas/errata.toml")).unwrap();
    assert!(scene.contract().unwrap().errata.is_empty());
}

#[test]
fn schema_files_name_themselves_and_others_rightly() {
    let scene = Scene::schemas();
    scene.write("schemas/notes.md", "x");
    scene.write("schemas/refusal.json", "{\"$id\": \"https://tenantcheck.invalid/schemas/task.json\"}");
    scene.write("schemas/documents/red.json", "{\"$ref\": \"../shared/thing.json#/$defs/ident\"}");
    let shown = scene.contract().unwrap_err();
    for wanted in [
        "schemas/notes.md: this is no file of a contract",
        "refusal.json: at /$id: the `$id` is not the file's own\n  = write `https://tenantcheck.invalid/schemas/refusal.json`",
        "documents/red.json: at /$ref: there is nothing at `/$defs/ident` in `shared/thing.json`",
    ] {
        assert!(shown.contains(wanted), "{wanted}\n{shown}");
    }
}

#[test]
fn settings_that_are_not_there_are_told() {
    let shown = Scene::empty().settings("tenantcheck.toml").unwrap_err();
    assert!(shown.starts_with("tenantcheck.toml: cannot be read: "), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_circle_of_folders_ends() {
    let scene = Scene::empty();
    scene.write("cases/get-widget/a.toml", CASE);
    std::os::unix::fs::symlink("..", scene.path("cases/get-widget/loop")).unwrap();
    assert!(refused(&scene).contains("folders lie more than 16 deep"));
}

#[test]
fn paths_are_shown_as_the_user_knows_them() {
    let error = load::cases(&Source::Folder("./tests/load/nowhere".into()), &good(), &RULES).unwrap_err();
    assert!(error.to_string().starts_with("tests/load/nowhere/cases: "), "{error}");
    assert!(data().is_absolute());
}

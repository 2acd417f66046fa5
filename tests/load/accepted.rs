//! What is accepted has the right values.

use crate::scene::{RULES, data, good};
use std::path::PathBuf;
use tenantcheck::contract::{
    Alternative, AnswerBody, Body, Case, Each, ErratumKind, Piece, Template, WorldKind, WorldValue,
};
use tenantcheck::load::{self, Credential, Kept, Source};
use tenantcheck::verdict::Level;

fn cases() -> Vec<Case> {
    let source = Source::Folder(data().join("good"));
    load::cases(&source, &good(), &RULES).unwrap_or_else(|error| panic!("{error}"))
}

fn case(id: &str) -> Case {
    cases().into_iter().find(|case| case.id == id).unwrap_or_else(|| panic!("no case {id}"))
}

fn text(text: &str) -> Template {
    Template::literal(text)
}

#[test]
fn operations_are_read_from_the_contract_document() {
    let contract = good();
    let ids: Vec<_> = contract.operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["fill-box", "get-widget"]);
    let fill = contract.operation("fill-box").unwrap();
    assert_eq!((fill.method.as_str(), fill.writes, fill.default_version.as_str()), ("POST", true, "beta"));
    assert_eq!(fill.versions["v1"], "/boxes/v1/{id}/fill");
    assert_eq!(
        fill.bodies.iter().map(|body| body.media_type.as_str()).collect::<Vec<_>>(),
        ["multipart/form-data", "application/x-www-form-urlencoded"]
    );
    let get = contract.operation("get-widget").unwrap();
    assert!(!get.writes);
    let names: Vec<_> = get.parameters.iter().map(|one| (one.name.as_str(), one.listed.clone())).collect();
    assert_eq!(names, [("color", Some(vec!["red".to_owned(), "blue".to_owned()])), ("id", None)]);
}

#[test]
fn answers_have_their_clause_headers_schema_and_example() {
    let contract = good();
    let fill = contract.operation("fill-box").unwrap();
    let statuses: Vec<u16> = fill.answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [202, 400, 429]);
    let bad = fill.answer(400).unwrap();
    assert_eq!(
        (bad.clause.as_str(), &bad.media_types),
        ("The request is wrong.", &vec!["application/json".into(), "text/json".into()])
    );
    assert!(matches!(&bad.body, AnswerBody::One(schema) if schema == "refusal.json"));
    assert_eq!(bad.example, Some(serde_json::json!({ "text": "$ref" })));
    let busy = fill.answer(429).unwrap();
    assert_eq!(busy.headers, ["Retry-After"]);
    assert!(matches!(busy.body, AnswerBody::Any));
    let widget = contract.operation("get-widget").unwrap().answer(200).unwrap();
    assert_eq!(widget.media_types, ["application/json"]);
    let AnswerBody::ByParameter { parameter, schemas } = &widget.body else { panic!("{:?}", widget.body) };
    assert_eq!((parameter.as_str(), schemas["blue"].as_str(), schemas.len()), ("color", "documents/blue.json", 2));
}

#[test]
fn schemas_lie_by_their_path() {
    let files: Vec<_> = good().schemas.into_keys().collect();
    assert_eq!(files, ["documents/blue.json", "documents/red.json", "refusal.json", "shared/thing.json", "task.json"]);
}

#[test]
fn the_world_has_the_keys_of_the_contract() {
    let colors = WorldKind::IdsBy(vec!["red".into(), "blue".into()]);
    let crates = WorldKind::IdsBy(vec!["big".into(), "small".into()]);
    let world: Vec<_> = good().world.into_iter().map(|key| (key.name, key.kind)).collect();
    let wanted = [("box", WorldKind::Id), ("columns", WorldKind::List), ("widgets", colors), ("crates", crates)];
    assert_eq!(world, wanted.map(|(name, kind)| (name.to_owned(), kind)));
}

#[test]
fn errata_are_read_in_their_order() {
    let errata = good().errata;
    let [recorded, page, nowhere] = errata.as_slice() else { panic!("{errata:?}") };
    assert_eq!((recorded.kind, recorded.operation.as_deref()), (ErratumKind::Recorded, Some("fill-box")));
    assert_eq!((recorded.status, recorded.pointers.len(), recorded.seen_type.as_str()), (202, 2, "integer"));
    assert_eq!((page.kind, page.operation.as_deref(), page.status), (ErratumKind::Page, None, 400));
    assert!(nowhere.pointers.is_empty());
}

#[test]
fn cases_stand_in_natural_order_and_rows_in_that_of_their_file() {
    let ids: Vec<_> = cases().into_iter().map(|case| case.id).collect();
    let wanted = [
        "fill-box/form/fast",
        "fill-box/parts9",
        "fill-box/parts10",
        "get-widget/color/unlisted/upper-case",
        "get-widget/color/unlisted/mixed",
        "get-widget/each",
    ];
    assert_eq!(ids, wanted);
}

#[test]
fn a_row_is_put_into_every_text() {
    let case = case("get-widget/color/unlisted/upper-case");
    assert_eq!((case.family.as_str(), case.kind()), ("get-widget/color/unlisted", "color"));
    assert_eq!(case.title, "The color upper-case is refused");
    assert_eq!((case.request.caller, case.request.method.as_deref()), (None, Some("PUT")));
    assert_eq!(case.request.path["color"], text("RED"));
    let id = Piece::WorldId { key: "widgets".into(), otherwise: Some(Alternative::Unknown) };
    assert_eq!(case.request.path["id"], Template(vec![id]));
    assert_eq!(case.request.query, Some(text("a={{7*7}}&b=upper-case")));
    assert_eq!((case.expect.statuses.as_slice(), case.expect.level), (&[400, 404][..], Level::Should));
    assert_eq!(case.expect.rule, "refusal.color");
}

#[test]
fn a_template_in_a_row_is_one_where_it_goes() {
    let case = case("get-widget/color/unlisted/mixed");
    assert_eq!(case.request.path["color"], Template::literal(b"\xff\x00ababab".to_vec()));
    let id = Piece::WorldId { key: "widgets".into(), otherwise: Some(Alternative::Text("x y".into())) };
    assert_eq!(case.request.path["id"], Template(vec![id]));
    assert_eq!(case.request.caller.as_deref(), Some("limited"));
}

#[test]
fn header_lines_keep_their_order_and_every_blank_but_one() {
    let headers = case("get-widget/color/unlisted/upper-case").request.headers;
    let empty = Template::default();
    let jwt = Template(vec![Piece::Literal(b"Bearer ".to_vec()), Piece::Jwt("expired".into())]);
    let wanted = [
        ("X-B", text("1")),
        ("X-A", text(" two ")),
        ("X-B", text("three")),
        ("Empty", empty.clone()),
        ("Blank", empty),
        ("Authorization", jwt),
    ];
    assert_eq!(headers, wanted.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn a_case_stands_at_its_row_or_its_title() {
    let row = case("get-widget/color/unlisted/mixed").place;
    assert_eq!((row.line, row.column, row.text.as_str(), row.width), (32, 8, "name = \"mixed\"", 7));
    assert!(row.path.ends_with("good/cases/get-widget/color/unlisted.toml"), "{}", row.path);
    let title = case("get-widget/each").place;
    assert_eq!((title.line, title.column, title.width), (1, 9, 22));
}

#[test]
fn each_is_left_to_the_plan() {
    let case = case("get-widget/each");
    assert_eq!(
        (case.each.as_ref(), case.control, case.request.caller.as_deref()),
        (Some(&Each::Pair("widgets".into())), true, Some("full"))
    );
    assert_eq!((case.expect.rule.as_str(), case.expect.level), ("answer.expected-status", Level::Must));
    let name = Piece::WorldName { key: "widgets".into(), otherwise: None };
    assert_eq!(case.request.path["color"], Template(vec![name]));
}

#[test]
fn bodies_are_bytes_with_a_type_or_parts() {
    let Body::Raw { media_type, bytes } = case("fill-box/form/fast").request.body else { panic!() };
    assert_eq!((media_type.as_deref(), bytes), (Some("application/x-www-form-urlencoded"), text("fast=true")));
    let odd = case("fill-box/parts9");
    assert!(odd.expect.http);
    let Body::Raw { media_type, bytes } = odd.request.body else { panic!() };
    assert_eq!((media_type, bytes), (None, Template::literal(vec![0, 1, 2, 3])));
    let Body::Multipart(parts) = case("fill-box/parts10").request.body else { panic!() };
    let names: Vec<_> = parts.iter().map(|part| (part.name.as_str(), part.filename.as_deref())).collect();
    assert_eq!(names, [("fast", None), ("list", Some("w.csv")), ("", None)]);
    let line = || Piece::Literal(b"\r\n".to_vec());
    let wanted = vec![Piece::Header("columns".into()), line(), Piece::Cells("columns".into(), 2), line()];
    assert_eq!(parts[1].bytes, Template(wanted));
    assert_eq!((parts[1].media_type.as_deref(), &parts[2].bytes), (Some("text/csv"), &Template::literal(vec![0, 255])));
}

#[test]
fn settings_are_read_with_paths_relative_to_their_file() {
    let settings = load::settings(&data().join("good.toml"), &good()).unwrap();
    assert_eq!(settings.target.unwrap().to_string(), "https://acme.example.com/base");
    assert_eq!(settings.ca_file, Some(data().join("certs/ca.pem")));
    let versions: Vec<_> = settings.versions.iter().map(|(one, other)| (one.as_str(), other.as_str())).collect();
    assert_eq!(versions, [("fill-box", "v1"), ("get-widget", "v10")]);
    assert_eq!(settings.credentials["full"], Credential::Token(Kept::Env("FULL_TOKEN".into())));
    assert_eq!(settings.credentials["limited"], Credential::Token(Kept::File(data().join("limited.txt"))));
    assert_eq!(settings.world.id("box"), Some("b-1"));
    assert_eq!(settings.world.pairs("widgets"), [("red", "r2"), ("red", "r1")]);
    assert!(matches!(&settings.world.0["columns"], WorldValue::List(list) if list.len() == 2));
}

#[test]
fn a_path_of_a_file_in_the_working_directory_stays_relative() {
    let scene = crate::scene::Scene::empty();
    scene.write("t.toml", "[credentials.full]\ntoken-file = \"/abs/t\"\n");
    let full = scene.settings("t.toml").unwrap().credentials["full"].clone();
    assert_eq!(full, Credential::Token(Kept::File(PathBuf::from("/abs/t"))));
}

#[test]
fn empty_settings_settle_nothing() {
    let scene = crate::scene::Scene::empty();
    scene.write("t.toml", "");
    let settings = scene.settings("t.toml").unwrap();
    assert!(settings.target.is_none() && settings.credentials.is_empty() && settings.world.0.is_empty());
}

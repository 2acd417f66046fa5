//! A third endpoint from data files alone: a contract folder of its own, against a small server that keeps it or breaks
//! it in one place.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::{Value, json};
use support::program::{Folder, Ran};
use support::server::{Request, Server, json as answer, reply};

const CONTRACT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/third_operation/contract");
const TOKEN: &str = "token-of-the-smith";
const ROUND: &str = "R/1 ü";
const SQUARE: &str = "S-2";

/// What the server does otherwise than its contract says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Break {
    Nothing,
    /// Serves another widget than the one that was asked for.
    OtherSerial,
    /// Gives every widget the same receipt.
    SameReceipt,
    /// Tells of a day that never was.
    NoSuchDay,
    /// Serves the first widget where there is none of that serial.
    InventsWidgets,
    /// Looks at no token that has the form of a JWT.
    TrustsJwts,
    /// Says nothing to strangers.
    SilentHalt,
    /// Numbers a missing widget by another status.
    WrongNumber,
    /// Tells of no wait.
    NoRetryAfter,
}

fn server(broken: Break) -> Server {
    Server::start(move |request| match request.number % 3 {
        2 => busy(broken),
        _ => served(request, broken),
    })
}

fn served(request: &Request, broken: Break) -> Vec<u8> {
    let jwt = request.header("authorization").is_some_and(|value| value.contains('.'));
    let known = request.bears(TOKEN) || (jwt && broken == Break::TrustsJwts);
    if !known {
        let halt = if broken == Break::SilentHalt { json!({}) } else { json!({"halt": "Who goes there?"}) };
        return answer(401, &halt);
    }
    let path = request.target.split('?').next().unwrap();
    match (request.method.as_str(), path) {
        ("GET", "/v7/widgets/R%2F1%20%C3%BC") => answer(200, &widget(request, ROUND, "round", broken)),
        ("GET", "/v7/widgets/S-2") => answer(200, &widget(request, SQUARE, "square", broken)),
        _ if broken == Break::InventsWidgets => answer(200, &widget(request, SQUARE, "square", broken)),
        _ if broken == Break::WrongNumber => answer(404, &json!({"number": "400-7"})),
        _ => answer(404, &json!({"number": "404-7"})),
    }
}

fn busy(broken: Break) -> Vec<u8> {
    let wait: &[&str] = if broken == Break::NoRetryAfter { &[] } else { &["Retry-After: 0"] };
    reply(429, &[&["Content-Type: application/json"], wait].concat(), br#"{"patience": "please"}"#)
}

fn widget(request: &Request, serial: &str, form: &str, broken: Break) -> Value {
    json!({
        "serial": if broken == Break::OtherSerial { "S-3" } else { serial },
        "receipt": if broken == Break::SameReceipt { "0".to_owned() } else { request.number.to_string() },
        "form": form,
        "colour": if form == "round" { Value::Null } else { json!("red") },
        "forged": if broken == Break::NoSuchDay { "2023-02-29T10:00:00Z" } else { "2024-02-29T10:00:00.5+01:00" },
        "polished": if form == "round" { json!(2024) } else { json!("2024-02-29T09:00:00.5Z") },
        "engravings": [{"words": "à toi", "tongue": "fr-CH"}, {"words": "untold"}],
    })
}

type Found = (bool, String, Option<String>);

/// Checks the server and gives what was found, each once: whether it fails the run, rule and pointer.
fn check(broken: Break, phases: &str) -> (Ran, Vec<Found>) {
    let (folder, server) = (Folder::new(), server(broken));
    folder.write("token", TOKEN);
    let config = format!(
        "[target]\nurl = \"{}\"\n\n[credentials.full]\ntoken-file = \"token\"\n\n[world.widgets]\nround = [\"{ROUND}\"]\nsquare = [\"{SQUARE}\"]\n",
        server.url()
    );
    folder.write("widgets.toml", &config);
    let arguments = ["check", "--contract", CONTRACT, "--config", "widgets.toml", "--report", "ndjson=log", "--phase"];
    let ran = folder.run(&[&arguments[..], &[phases]].concat());
    let found = folder.findings("log");
    (ran, found)
}

#[test]
fn a_third_endpoint_is_checked_from_data_files_alone() {
    for (phases, held) in [("cases", "held 7 · "), ("cases,coverage,flood", "held ")] {
        let (ran, found) = check(Break::Nothing, phases);
        let ran = ran.exits(0);
        let erratum = (false, "body.schema".to_owned(), Some("/polished".to_owned()));
        assert_eq!(found, [erratum], "the recorded erratum alone");
        assert!(ran.out().contains(held), "{}", ran.out());
    }
}

#[test]
fn a_break_of_the_third_endpoint_is_named_by_rule_and_place() {
    for (broken, rule, pointer) in [
        (Break::OtherSerial, "identity.same-id", Some("/serial")),
        (Break::SameReceipt, "identity.unique-ids", Some("/receipt")),
        (Break::NoSuchDay, "identity.date-time", Some("/forged")),
        (Break::InventsWidgets, "refusal.unknown-thing", None),
        (Break::TrustsJwts, "credential.expired", None),
        (Break::SilentHalt, "body.schema", Some("/halt")),
        (Break::WrongNumber, "envelope.detail-code", Some("/number")),
        (Break::NoRetryAfter, "headers.retry-after", None),
    ] {
        let (ran, found) = check(broken, "cases,flood");
        let ran = ran.exits(1);
        let failing: Vec<Found> = found.into_iter().filter(|(failing, _, _)| *failing).collect();
        assert_eq!(failing, [(true, rule.to_owned(), pointer.map(ToOwned::to_owned))], "{broken:?}");
        assert!(ran.out().contains(rule), "{broken:?}: {}", ran.out());
    }
}

#[test]
fn the_cases_of_a_third_endpoint_are_listed() {
    let listed = Folder::new().run(&["list", "--cases", "--contract", CONTRACT]).exits(0).out();
    let ids: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        ids,
        [
            "get-widget/credential/bearer/short",
            "get-widget/credential/bearer/long",
            "get-widget/credential/expired",
            "get-widget/credential/missing",
            "get-widget/each",
            "get-widget/refusal/unknown",
        ]
    );
}

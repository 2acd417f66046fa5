//! A tenant that breaks one thing: one broken line, a page to act on, and reports that hold it.

use crate::golden::golden;
use crate::support::program::{Folder, Ran};
use crate::support::server::{Request, Server, forward, json};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use std::path::Path;
use tenantcheck::mock::{Options, Rate, Tenant};

/// What stands before an honest tenant, and lets expired tokens through to documents.
fn careless(tenant: &Tenant) -> Server {
    let (address, token) = (tenant.url().trim_start_matches("http://").to_owned(), tenant.token("full"));
    Server::start(move |request| {
        let careless = request.method == "GET" && is_past(request).unwrap_or_default();
        let bytes = if careless { trusted(request, &token) } else { request.bytes.clone() };
        forward(&address, &bytes)
    })
}

/// Whether the token is a JWT of the last century or of the first year of this one.
fn is_past(request: &Request) -> Option<bool> {
    let payload = request.header("authorization")?.split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    Some(claims["exp"].as_u64()? < 1_000_000_000)
}

/// The request with a good token.
fn trusted(request: &Request, token: &str) -> Vec<u8> {
    let text = String::from_utf8(request.bytes.clone()).unwrap();
    let old = request.header("authorization").unwrap();
    text.replace(old, &format!("Bearer {token}")).into_bytes()
}

fn checked(arguments: &[&str]) -> (Folder, String, Ran) {
    let folder = Folder::new();
    let tenant = Tenant::start(Options { rate: Rate { requests: 1_000, seconds: 1 }, ..Options::default() }).unwrap();
    let server = careless(&tenant);
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &tenant.config(Path::new("")).replace(&tenant.url(), &server.url()));
    let ran = folder.run(&[&["check", "--phase", "cases"], arguments].concat());
    (folder, server.url(), ran)
}

/// A small tenant that knows one role and lets expired tokens through to it.
fn small() -> Server {
    Server::start(|request| {
        let known = request.bears("token-of-the-test") || is_past(request).unwrap_or_default();
        if known {
            return json(200, &serde_json::json!({"id": "r1", "name": "Harbour pilots"}));
        }
        json(401, &serde_json::json!({"error": "JWT validation failed"}))
    })
}

#[test]
fn one_broken_promise_is_one_line_and_one_page() {
    let (folder, server) = (Folder::new(), small());
    folder.write("full.token", "token-of-the-test");
    let url = server.url();
    let credentials = "[credentials.full]\ntoken-file = \"full.token\"\n";
    folder.write(
        "tenantcheck.toml",
        &format!("[target]\nurl = \"{url}\"\n{credentials}[world.documents]\nroles = [\"r1\"]\n"),
    );
    let select = ["get-document/credential/expired", "get-document/credential/missing", "get-document/documents"];
    golden("broken.txt", &folder.run(&[&["check"], &select[..]].concat()).exits(1));
}

#[test]
fn a_page_says_what_is_asked_where_the_line_of_the_case_does_not() {
    let (folder, server) = (Folder::new(), Server::start(|_| json(200, &serde_json::json!({"id": "r1"}))));
    folder.write("full.token", "token-of-the-test");
    let target = format!("[target]\nurl = \"{}\"\n[credentials.full]\ntoken-file = \"full.token\"\n", server.url());
    folder.write("tenantcheck.toml", &format!("{target}[world.documents]\nroles = [\"r1\"]\n"));
    let out = folder.run(&["check", "get-document/index/trailing/dot"]).exits(1).out();
    assert!(out.contains("\n  case        A listed index name with something after it is refused: .\n"), "{out}");
    let out = folder.run(&["check", "get-document/index/empty"]).exits(1).out();
    assert!(out.contains("An empty index name finds no document") && !out.contains("\n  case "), "{out}");
}

#[test]
fn the_replay_line_works_where_it_is_printed() {
    let (folder, server) = (Folder::new(), small());
    folder.write("full.token", "token-of-the-test");
    let target = format!("[target]\nurl = \"{}\"\n[credentials.full]\ntoken-file = \"full.token\"\n", server.url());
    folder.write("my c.toml", &format!("{target}[world.documents]\nroles = [\"r1\"]\n"));
    let check = ["check", "--config", "my c.toml", "--run-dir", "runs", "--report", "markdown=m", "--report", "html=h"];
    let ran = folder.run(&[&check[..], &["get-document/credential/expired", "load-accounts/upload"]].concat()).exits(1);
    let line = ran.out().lines().find_map(|line| line.strip_prefix("  tenantcheck ").map(ToOwned::to_owned)).unwrap();
    assert!(line.starts_with("replay ") && line.ends_with(" --config 'my c.toml' --run-dir runs"), "{line}");
    assert!(folder.read("m").contains(&format!("\ntenantcheck {line}\n")), "{line}");
    assert!(folder.read("h").contains(&format!(">tenantcheck {}<", line.replace('\'', "&#x27;"))), "{line}");
    let arguments: Vec<&str> = line.split(" --config ").next().unwrap().split(' ').collect();
    folder.run(&[&arguments[..], &["--config", "my c.toml", "--run-dir", "runs"]].concat()).exits(1);
    // What would enable a skipped case names that file too.
    assert!(ran.out().contains("set `delimited-source` in [world] of my c.toml"), "{}", ran.out());
    assert!(!ran.out().contains("tenantcheck.toml"), "{}", ran.out());
}

#[test]
fn one_broken_promise_among_all_is_the_only_finding() {
    let reports = ["--report", "ndjson=log", "--report", "json=report.json", "--report", "junit=report.xml"];
    let (folder, _, ran) = checked(&reports);
    let ran = ran.exits(1);
    assert_eq!(folder.findings("log"), [(true, "credential.expired".to_owned(), None)]);
    assert!(ran.out().contains(" · broken 1 · "), "{}", ran.out());
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["findings"][0]["rule"], "credential.expired");
    assert_eq!(report["findings"][0]["stability"], "stable");
    assert_eq!(failed(&folder.read("report.xml")), ["get-document/credential/expired"]);
}

/// The names of the test cases that failed.
fn failed(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut last, mut failed) = (String::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == b"testcase" => {
                let name = tag.try_get_attribute("name").unwrap().unwrap();
                last = String::from_utf8(name.value.into_owned()).unwrap();
            }
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == b"failure" => failed.push(last.clone()),
            Event::Eof => return failed,
            _ => {}
        }
    }
}

#[test]
fn a_correct_and_a_broken_case_together_are_told_apart() {
    let (_, url, ran) = checked(&["get-document/credential"]);
    let ran = ran.exits(1);
    assert!(ran.out().contains(&url) && ran.out().contains("broken 1"), "{}", ran.out());
}

//! The JSON examples of the two documentation pages, served verbatim: real input that we did not write.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use support::{Folder, Request, Server, reply};

#[derive(Deserialize)]
struct Index {
    example: Vec<Example>,
}

/// One example of a page.
#[derive(Deserialize, Clone)]
struct Example {
    file: String,
    operation: String,
    status: u16,
    #[serde(default)]
    index: Option<String>,
}

type Found = (String, String, Option<String>);

const FULL: &str = "full-token";
const SOURCE: &str = "2c91808568c529c60168cca6f90c1324";
const CLEAN: &str = "get-document-200-role.json";

fn pages() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"))
}

fn examples() -> Vec<Example> {
    let text = std::fs::read_to_string(pages().join("index.toml")).unwrap();
    toml::from_str::<Index>(&text).unwrap().example
}

fn body(file: &str) -> Vec<u8> {
    std::fs::read(pages().join(file)).unwrap()
}

/// The id of an example document, in the words of a path.
fn id(file: &str) -> String {
    let document: Value = serde_json::from_slice(&body(file)).unwrap();
    document["id"].as_str().map_or_else(|| document["id"].to_string(), ToOwned::to_owned)
}

impl Example {
    /// A request that this example is a right answer to.
    fn case(&self) -> &'static str {
        match (self.operation.as_str(), self.status) {
            ("get-document", 200) => "get-document/documents",
            ("get-document", 400) => "get-document/index/unlisted",
            ("get-document", 401 | 429) => "get-document/credential/missing",
            ("get-document", 403) => "get-document/credential/without-authority",
            ("get-document", 404 | 500) => "get-document/unknown/document",
            ("load-accounts", 202) => "load-accounts/upload/file",
            ("load-accounts", 400) => "load-accounts/missing-file/zero-bytes",
            ("load-accounts", 401 | 429) => "load-accounts/credential/missing",
            ("load-accounts", 403) => "load-accounts/credential/without-authority",
            ("load-accounts", 500) => "load-accounts/unknown/source",
            (operation, status) => panic!("no request for {operation} {status}"),
        }
    }

    /// What the server says to a request: the example, but for what has to work beside it.
    fn answer(&self, request: &Request) -> Vec<u8> {
        let control = request.bears(FULL) && matches!((self.status, self.case()), (403, _) | (400, "load-accounts/missing-file/zero-bytes"));
        let empty_upload = !String::from_utf8_lossy(&request.bytes).contains("giveName");
        match self.status {
            403 | 400 if control && (self.status == 403 || !empty_upload) => self.served(request),
            429 if request.number > 1 => say(401, &body(&format!("{}-401-schema.json", self.operation))),
            status => say(status, &body(&self.file)),
        }
    }

    fn served(&self, request: &Request) -> Vec<u8> {
        if self.operation == "get-document" {
            return say(200, &body(CLEAN));
        }
        let task = json!({"success": true, "task": {"id": format!("task-{}", request.number)}});
        say(202, task.to_string().as_bytes())
    }

    fn world(&self) -> String {
        let document = match (&self.index, self.status) {
            (Some(index), _) => format!("\n[world.documents]\n{index} = [\"{}\"]\n", id(&self.file)),
            (None, 403) => format!("\n[world.documents]\nroles = [\"{}\"]\n", id(CLEAN)),
            _ => String::new(),
        };
        let source = match (self.operation.as_str(), self.status) {
            ("load-accounts", 202 | 400 | 403) => {
                format!("delimited-source = \"{SOURCE}\"\ncsv-columns = [\"id\", \"name\", \"giveName\"]\n")
            }
            _ => String::new(),
        };
        format!("[world]\n{source}{document}")
    }

    /// Serves the example and judges it: every finding, failing or not.
    fn judged(&self) -> Vec<(bool, Found)> {
        let (folder, example) = (Folder::new(), self.clone());
        let server = Server::start(move |request| example.answer(request));
        folder.write("full.token", FULL);
        folder.write("limited.token", "limited-token");
        let credentials = "[credentials.full]\ntoken-file = \"full.token\"\n\n[credentials.limited]\ntoken-file = \"limited.token\"\n";
        let config = format!("[target]\nurl = \"{}\"\n\n{credentials}\n{}", server.url(), self.world());
        folder.write("tenantcheck.toml", &config);
        let ran = folder.run(&["check", self.case(), "--report", "ndjson=log"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{}: {}\n{}", self.file, ran.out(), ran.err());
        let exchanges = folder.events("log");
        let seen = |event: &&Value| event["outcome"]["answered"]["status"] == self.status;
        assert!(exchanges.iter().any(|event| seen(&event)), "{} was not asked for: {}", self.file, ran.out());
        let named = |(failing, rule, pointer)| (failing, (self.file.clone(), rule, pointer));
        folder.findings("log").into_iter().map(named).collect()
    }
}

/// An answer with exactly these bytes; the page's 429 promises a wait.
fn say(status: u16, body: &[u8]) -> Vec<u8> {
    let wait: &[&str] = if status == 429 { &["Retry-After: 0"] } else { &[] };
    reply(status, &[&["Content-Type: application/json"], wait].concat(), body)
}

fn found(rows: &[(&str, &str, Option<&str>)]) -> Vec<Found> {
    let owned = |(file, rule, pointer): &(&str, &str, Option<&str>)| {
        (format!("{file}.json"), (*rule).to_owned(), pointer.map(ToOwned::to_owned))
    };
    let mut found: Vec<Found> = rows.iter().map(owned).collect();
    found.sort();
    found
}

#[test]
fn the_pages_have_23_examples() {
    assert_eq!(examples().len(), 23);
}

#[test]
fn the_examples_break_their_own_tables_exactly_where_it_is_known() {
    let (failing, quiet): (Vec<_>, Vec<_>) =
        examples().iter().flat_map(Example::judged).partition(|(failing, _)| *failing);
    let sorted = |list: Vec<(bool, Found)>| {
        let mut list: Vec<Found> = list.into_iter().map(|(_, found)| found).collect();
        list.sort();
        list
    };
    let task = "load-accounts-202-schema";
    let first = "get-document-200-schema";
    let broken = found(&[
        (task, "body.schema", Some("/success")),
    ]);
    assert_eq!(sorted(failing), broken);
    let notes = found(&[("get-document-200-entitlement", "body.extra-property", Some("/created"))]);
    assert_eq!(sorted(quiet), notes, "{first}");
}

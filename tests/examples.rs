//! The JSON examples of the two documentation pages, served verbatim: real input that we did not write.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::{Value, json};
use support::program::Folder;
use support::server::{Request, Server, reply};
use tenantcheck::contract;
use tenantcheck::load::{self, Source};

/// One example of a page.
#[derive(Clone)]
struct Example {
    /// Operation, status and tab.
    name: String,
    operation: String,
    status: u16,
    index: Option<String>,
    body: Vec<u8>,
}

type Row = (&'static str, &'static str, Option<&'static str>);
type Found = (String, String, Option<String>);

const FULL: &str = "full-token";
const SOURCE: &str = "2c91808568c529c60168cca6f90c1324";
const CLEAN: &str = "get-document-200-role";

/// Where an example breaks its own page: eight places of two bodies, the type of the second, and the codes of the first
/// tab under 403, 404 and 500. Besides, a tenant that answers 500 is broken whatever its body says.
const BROKEN: [Row; 18] = [
    ("load-accounts-202-schema", "body.schema", Some("/success")),
    ("load-accounts-202-schema", "identity.date-time", Some("/task/created")),
    ("load-accounts-202-schema", "identity.date-time", Some("/task/launched")),
    ("load-accounts-202-schema", "identity.date-time", Some("/task/completed")),
    ("load-accounts-202-schema", "body.schema", Some("/task/completionStatus")),
    ("load-accounts-202-schema", "body.schema", Some("/task/returns/0")),
    ("get-document-200-schema", "body.schema", Some("/id")),
    ("get-document-200-schema", "body.schema", Some("/name")),
    ("get-document-200-schema", "identity.type", Some("/_type")),
    ("load-accounts-403-schema", "envelope.detail-code", Some("/detailCode")),
    ("load-accounts-500-schema", "envelope.detail-code", Some("/detailCode")),
    ("get-document-403-schema", "envelope.detail-code", Some("/detailCode")),
    ("get-document-404-schema", "envelope.detail-code", Some("/detailCode")),
    ("get-document-500-schema", "envelope.detail-code", Some("/detailCode")),
    ("load-accounts-500-schema", "answer.no-server-error", None),
    ("load-accounts-500-named", "answer.no-server-error", None),
    ("get-document-500-schema", "answer.no-server-error", None),
    ("get-document-500-named", "answer.no-server-error", None),
];

/// What fails nothing: the ninth place, and the ids that a broken example repeats when it is sent again.
const NOTES: [Row; 10] = [
    ("get-document-200-entitlement", "body.extra-property", Some("/created")),
    ("get-document-200-entitlement", "body.extra-property", Some("/owner")),
    ("load-accounts-202-schema", "identity.unique-ids", Some("/task/id")),
    ("load-accounts-403-schema", "envelope.tracking-id-unique", Some("/trackingId")),
    ("load-accounts-500-schema", "envelope.tracking-id-unique", Some("/trackingId")),
    ("load-accounts-500-named", "envelope.tracking-id-unique", Some("/trackingId")),
    ("get-document-403-schema", "envelope.tracking-id-unique", Some("/trackingId")),
    ("get-document-404-schema", "envelope.tracking-id-unique", Some("/trackingId")),
    ("get-document-500-schema", "envelope.tracking-id-unique", Some("/trackingId")),
    ("get-document-500-named", "envelope.tracking-id-unique", Some("/trackingId")),
];

fn examples() -> Vec<Example> {
    let contract = load::contract(&Source::Embedded).unwrap();
    let pages = load::pages(&Source::Embedded, &contract).unwrap();
    pages.iter().flat_map(|page| page.examples.iter().map(|example| Example::new(page, example))).collect()
}

fn body(name: &str) -> Vec<u8> {
    examples().into_iter().find(|example| example.name == name).unwrap().body
}

/// The id of an example document, in the words of a path.
fn id(name: &str) -> String {
    let document: Value = serde_json::from_slice(&body(name)).unwrap();
    document["id"].as_str().map_or_else(|| document["id"].to_string(), ToOwned::to_owned)
}

impl Example {
    fn new(page: &contract::Page, example: &contract::Example) -> Self {
        let tab = match example.name.as_str() {
            "Example (from schema)" => "schema".to_owned(),
            name if name == example.status.to_string() => "named".to_owned(),
            name => name.to_lowercase().replace(' ', ""),
        };
        Self {
            name: format!("{}-{}-{tab}", page.operation, example.status),
            operation: page.operation.clone(),
            status: example.status,
            index: example.parameters.values().next().cloned(),
            body: page.body(example).as_bytes().to_vec(),
        }
    }

    /// A request that this example is a right answer to.
    fn case(&self) -> &'static str {
        match (self.operation.as_str(), self.status) {
            ("get-document", 200) => "get-document/documents",
            ("get-document", 400) => "get-document/index/unlisted/number",
            ("get-document", 401 | 429) => "get-document/credential/missing",
            ("get-document", 403) => "get-document/credential/without-authority",
            ("get-document", 404 | 500) => "get-document/unknown/document",
            ("load-accounts", 202) => "load-accounts/upload/file",
            ("load-accounts", 400 | 500) => "load-accounts/missing-file/zero-bytes",
            ("load-accounts", 401 | 429) => "load-accounts/credential/missing",
            ("load-accounts", 403) => "load-accounts/credential/without-authority",
            (operation, status) => panic!("no request for {operation} {status}"),
        }
    }

    /// What the server says to a request: the example, but for what has to work beside it.
    fn answer(&self, request: &Request) -> Vec<u8> {
        let uploads = String::from_utf8_lossy(&request.bytes).contains("givenName");
        match self.status {
            403 if request.bears(FULL) => self.served(request),
            400 | 500 if uploads => self.served(request),
            429 if request.number > 1 => say(401, &body(&format!("{}-401-schema", self.operation))),
            status => say(status, &self.body),
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
            (Some(index), _) => format!("\n[world.documents]\n{index} = [\"{}\"]\n", id(&self.name)),
            (None, 403) => format!("\n[world.documents]\nroles = [\"{}\"]\n", id(CLEAN)),
            _ => String::new(),
        };
        let source = match (self.operation.as_str(), self.status) {
            ("load-accounts", 202 | 400 | 403 | 500) => {
                format!("delimited-source = \"{SOURCE}\"\ncsv-columns = [\"id\", \"name\", \"givenName\"]\n")
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
        assert!(matches!(ran.code, Some(0 | 1)), "{}: {}\n{}", self.name, ran.out(), ran.err());
        let exchanges = folder.events("log");
        let seen = |event: &&Value| event["outcome"]["answered"]["status"] == self.status;
        assert!(exchanges.iter().any(|event| seen(&event)), "{} was not asked for: {}", self.name, ran.out());
        let named = |(failing, rule, pointer)| (failing, (self.name.clone(), rule, pointer));
        folder.findings("log").into_iter().map(named).collect()
    }
}

/// An answer with exactly these bytes; the page's 429 promises a wait.
fn say(status: u16, body: &[u8]) -> Vec<u8> {
    let wait: &[&str] = if status == 429 { &["Retry-After: 0"] } else { &[] };
    reply(status, &[&["Content-Type: application/json"], wait].concat(), body)
}

fn found(rows: &[Row]) -> Vec<Found> {
    let owned = |(name, rule, pointer): &Row| ((*name).to_owned(), (*rule).to_owned(), pointer.map(ToOwned::to_owned));
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
    let all: Vec<(bool, Found)> = examples().iter().flat_map(Example::judged).collect();
    let of = |wanted: bool| {
        let mut list: Vec<_> = all.iter().filter(|(failing, _)| *failing == wanted).map(|(_, found)| found).collect();
        list.sort();
        list.into_iter().cloned().collect::<Vec<Found>>()
    };
    assert_eq!(of(true), found(&BROKEN));
    assert_eq!(of(false), found(&NOTES));
}

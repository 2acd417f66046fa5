//! Bad tokens that carry the caller's own claims: a tenant that decodes and never verifies is told, whoever verifies is
//! not, and what is made from a token is written down as little as the token.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::program::{Folder, Ran};
use support::server::{Request, Server, json as answer, reply};
use tenantcheck::report::Format;

const BAD: [&str; 3] = ["get-document/credential/wrongly-signed", "get-document/credential/unsigned", CUT];
const CUT: &str = "get-document/documents/each+credential/jwt-truncated-signature";

/// A token of a user who may read documents; the number makes it another one.
fn token(number: usize) -> String {
    let header = json!({"alg": "HS256", "kid": "canary-key", "typ": "JWT"}).to_string();
    let claims =
        json!({"sub": "canary-user", "scope": "documents", "exp": 4_102_444_800_u64, "jti": number}).to_string();
    let signature: Vec<u8> = (0..32_u8).map(|byte| byte.wrapping_mul(37).wrapping_add(11)).collect();
    [header.into_bytes(), claims.into_bytes(), signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

fn bearer(request: &Request) -> &str {
    request.header("authorization").and_then(|value| value.get(7..)).unwrap_or_default()
}

fn part(token: &str, index: usize) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap_or_default()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// A tenant that reads claims and verifies nothing.
fn credulous(request: &Request) -> Vec<u8> {
    let scheme = request.header("authorization").is_some_and(|value| value[..6].eq_ignore_ascii_case("bearer"));
    serve(request, scheme && part(bearer(request), 1)["scope"] == "documents")
}

fn serve(request: &Request, let_in: bool) -> Vec<u8> {
    if !let_in {
        return answer(401, &json!({"error": "JWT validation failed"}));
    }
    if !request.target.ends_with("/roles/r1") {
        let text =
            json!({"locale": "en-US", "localeOrigin": "DEFAULT", "text": "The server did not find the document."});
        let trace = format!("{:032x}", request.number);
        return answer(404, &json!({"detailCode": "404.1 Not found", "trackingId": trace, "messages": [text]}));
    }
    answer(200, &json!({"id": "r1", "name": "Harbour pilots"}))
}

fn folder(server: &Server, token: &str) -> Folder {
    let folder = Folder::new();
    let (credential, world) =
        ("[credentials.full]\ntoken-file = \"full.token\"\n", "[world.documents]\nroles = [\"r1\"]\n");
    folder.write("full.token", token);
    folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n{credential}{world}", server.url()));
    folder
}

/// Checks what is selected, with every report there is; the event log is `log.ndjson`.
fn check(folder: &Folder, select: &[&str]) -> Ran {
    let named = |format: &Format| if *format == Format::Ndjson { "log" } else { "report" };
    let reports = Format::ALL.iter().map(|format| format!("--report={format}={}.{format}", named(format)));
    let reports: Vec<String> = reports.collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    folder.run(&[&["check"], reports.as_slice(), select].concat())
}

/// The cases of the findings that fail the run, with their rules.
fn told(folder: &Folder) -> Vec<(String, String)> {
    let found = folder.findings("log.ndjson").into_iter().filter(|(failing, ..)| *failing);
    found.map(|(_, rule, case)| (case, rule)).collect()
}

/// Every file below a folder but the token's own.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(below).filter(|path| !path.ends_with("full.token")).collect()
}

/// Sees to it that nothing of a token but its header stands in anything that was written.
fn written_nowhere(folder: &Folder, ran: &Ran, token: &str) {
    let files =
        files(&folder.path("")).into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()));
    let printed = [("stdout".to_owned(), ran.out.clone()), ("stderr".to_owned(), ran.err.clone())];
    let secret: Vec<&str> = token.split('.').skip(1).collect();
    for (name, bytes) in files.chain(printed) {
        for part in [secret[0], secret[1], &secret[1][..20], "canary-user"] {
            assert!(memchr::memmem::find(&bytes, part.as_bytes()).is_none(), "{part} stands in {name}");
        }
    }
}

/// What was sent as a token that is not the caller's own, each once.
fn sent(server: &Server, own: &str) -> Vec<String> {
    let requests = server.requests();
    let mut sent: Vec<String> = requests.iter().map(bearer).map(ToOwned::to_owned).collect();
    sent.retain(|token| token != own && token.contains('.'));
    sent.sort();
    sent.dedup();
    sent
}

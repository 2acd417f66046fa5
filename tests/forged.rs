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
const CUT: &str = "get-document/coverage/credential/jwt-truncated-signature";

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
    serve(request, scheme && part(bearer(request), 1).pointer("/scope") == Some(&"documents".into()))
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
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let events = folder.events("log.ndjson");
    let found = events.iter().filter(|event| event["event"] == "finding" && event["failing"] == true);
    let mut told: Vec<_> = found.map(|event| (text(&event["case"]), text(&event["rule"]))).collect();
    told.sort();
    told.dedup();
    told
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
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (_, payload) = signed.split_once('.').unwrap();
    let half = signature.get(..20).unwrap();
    for (name, bytes) in files.chain(printed) {
        for part in [payload, signature, half, "canary-user"] {
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

fn pairs(pairs: [(&str, &str); 3]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs.map(|(case, rule)| (case.to_owned(), rule.to_owned())).to_vec();
    pairs.sort();
    pairs
}

#[test]
fn a_tenant_that_reads_claims_and_verifies_nothing_is_told() {
    let (server, own) = (Server::start(credulous), token(1));
    let folder = folder(&server, &own);
    let ran = check(&folder, &BAD);
    written_nowhere(&folder, &ran, &own);
    let page = ran.exits(1).out();
    let rules = ["credential.wrongly-signed", "credential.unsigned", "credential.wrongly-signed"];
    assert_eq!(told(&folder), pairs([0, 1, 2].map(|at| (BAD[at], rules[at]))));
    assert!(page.contains("Bearer {{secret full wrongly-signed}}"), "{page}");
    assert!(page.contains("no curl line: its token is the caller's own with another signature"), "{page}");
    let (signed, signature) = own.rsplit_once('.').unwrap();
    let sent = sent(&server, &own);
    assert_eq!(sent.len(), 3, "{sent:?}");
    let by = |begin: &str| sent.iter().filter(|token| token.starts_with(begin)).cloned().collect::<Vec<_>>();
    let [cut, other] = by(&format!("{signed}.")).try_into().unwrap_or_else(|other| panic!("{other:?}"));
    let (cut, other) = if cut.len() < other.len() { (cut, other) } else { (other, cut) };
    assert!(other.len() == own.len() && other != own, "{other}");
    assert!(cut[signed.len() + 1..].len() == 22 && signature.starts_with(&cut[signed.len() + 1..][..21]), "{cut}");
    let unsigned = sent.iter().find(|token| token.ends_with('.')).unwrap();
    assert_eq!(part(unsigned, 0), json!({"alg": "none", "kid": "canary-key", "typ": "JWT"}));
    assert_eq!(unsigned.split('.').nth(1), own.split('.').nth(1));
}

#[test]
fn replay_makes_the_same_token_again_and_a_saved_case_says_how() {
    let (server, own) = (Server::start(credulous), token(1));
    let folder = folder(&server, &own);
    check(&folder, &[BAD[0], "--save"]).exits(1);
    let before = sent(&server, &own);
    let seen = server.requests().len();
    let kept = files(&folder.path(".tenantcheck/findings"));
    let [kept] = kept.as_slice() else { panic!("{kept:?}") };
    let kept = kept.to_str().unwrap();
    let again = folder.run(&["replay", kept]);
    written_nowhere(&folder, &again, &own);
    assert!(again.exits(1).out().contains("credential.wrongly-signed"));
    assert!(before.len() == 1 && sent(&server, &own) == before, "{before:?}");
    assert!(server.requests()[seen..].iter().any(|request| bearer(request) == before[0]));
    let saved = files(&folder.path("cases")).pop().unwrap();
    let saved = std::fs::read_to_string(saved).unwrap();
    assert!(saved.contains("Authorization: Bearer {{jwt wrongly-signed full}}"), "{saved}");
    check(&folder, &["get-document/found"]).exits(1);
    assert_eq!(told(&folder)[0].1, "credential.wrongly-signed");
    assert_eq!(sent(&server, &own), before, "the saved case sends the same");
    folder.write("full.token", "opaque-canary");
    let other = folder.run(&["replay", kept]).exits(3);
    assert!(other.out().contains("a token of `full` that is a JSON Web Token"), "{}", other.out());
}

#[test]
fn whoever_verifies_is_not_blamed() {
    let own = token(1);
    let good = own.clone();
    let server = Server::start(move |request| serve(request, request.bears(&good)));
    let folder = folder(&server, &own);
    let ran = check(&folder, &BAD);
    written_nowhere(&folder, &ran, &own);
    ran.exits(0);
}

#[test]
fn an_opaque_token_gives_bad_ones_made_from_nothing_as_they_stand_in_the_log() {
    const OPAQUE: &str = "canary-opaque-token";
    let server = Server::start(|request| serve(request, request.bears(OPAQUE)));
    let folder = folder(&server, OPAQUE);
    check(&folder, &BAD).exits(0);
    let (sent, log) = (sent(&server, OPAQUE), folder.read("log.ndjson"));
    assert_eq!(sent.len(), 3, "{sent:?}");
    for token in sent {
        assert_eq!(part(&token, 1)["sub"], "tenantcheck", "{token}");
        assert!(log.contains(&format!("Bearer {token}")), "{token}");
    }
}

#[test]
fn an_echo_of_what_is_made_from_a_token_is_written_nowhere_and_is_no_leak_of_a_credential() {
    let own = token(1);
    let good = own.clone();
    let server = Server::start(move |request| {
        if request.bears(&good) || bearer(request).is_empty() {
            return serve(request, request.bears(&good));
        }
        let (got, claims) = (bearer(request), bearer(request).split('.').nth(1).unwrap_or_default());
        answer(401, &json!({"error": format!("JWT validation failed: {got}, claims {claims}")}))
    });
    let folder = folder(&server, &own);
    let ran = check(&folder, &BAD);
    written_nowhere(&folder, &ran, &own);
    ran.exits(0);
    let log = folder.read("log.ndjson");
    for marker in ["{{secret full unsigned}}, claims {{secret full payload}}", "{{secret full truncated-signature}}, "]
    {
        assert!(log.contains(&format!("failed: {marker}")), "{marker}\n{log}");
    }
}

#[test]
fn bad_tokens_follow_the_token_that_is_fetched() {
    let (given, before) = (AtomicUsize::new(0), token(1));
    // A token is good for a second, and an answer takes a third of it.
    let server = Server::start(move |request| {
        if request.target.ends_with("/oauth/token") {
            let number = given.fetch_add(1, Ordering::SeqCst) + 1;
            let body = json!({"access_token": token(number), "token_type": "bearer", "expires_in": 1}).to_string();
            return reply(200, &["Content-Type: application/json"], body.as_bytes());
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
        credulous(request)
    });
    let folder = Folder::new();
    let world = "[world.documents]\nroles = [\"r1\"]\n";
    folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n{world}", server.url()));
    let mut command = folder.command(&["check", "--report", "ndjson=log.ndjson", "--jobs", "1", BAD[0], BAD[1]]);
    let ran = Ran::of(command.env("SAIL_CLIENT_ID", "client").env("SAIL_CLIENT_SECRET", "canary-secret"));
    written_nowhere(&folder, &ran, &before);
    ran.exits(1);
    let jti = |request: &Request| part(bearer(request), 1)["jti"].as_u64();
    let mut current = None;
    let mut later = 0;
    for request in server.requests().iter().filter(|request| jti(request).is_some()) {
        if *bearer(request) == token(usize::try_from(jti(request).unwrap()).unwrap()) {
            current = jti(request);
        } else {
            later += u32::from(jti(request) > Some(1));
            assert!(jti(request) >= current, "a bad token of a token that was replaced");
        }
    }
    assert!(later > 0, "no bad token was made from one that was fetched later");
}

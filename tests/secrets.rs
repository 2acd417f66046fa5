//! No secret in any output: runs with canary tokens, against a tenant that echoes whatever it gets and against an honest
//! one, and a search of every byte that was written.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use support::program::{Folder, Ran};
use support::server::{Request, Server, reply};
use tenantcheck::mock::{Options, Rate, Tenant};
use tenantcheck::report::Format;

/// Tokens with every character that a percent encoding, JSON or a form would write otherwise.
const FULL: &str = "canary/Full+0123456789~abcdefghij&=\"<k>\\l==";
const LIMITED: &str = "canary-Limited.9876543210'zyx%2Bwvu;tsr";
/// A client's secret.
const SECRET: &str = "canary?Secret&<9876543210>=\"k'%41zyxwvutsr";
/// The token files keep themselves.
const FILES: [&str; 3] = ["full.token", "limited.token", "expired.token"];

/// How an echoing tenant writes what it got.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Echo {
    Plain,
    /// As JSON text, with each character escaped.
    Escaped,
    Percent,
    /// As an HTML page, with names for what HTML escapes.
    Html,
    /// As an HTML page inside JSON, with numbers for every character that is no letter.
    HtmlInJson,
    Gzip,
    /// In chunks of seven bytes.
    Chunked,
    /// In a body too large to stand in an event log.
    Large,
    /// Instead of HTTP.
    Raw,
    /// In a body that ends too early.
    Cut,
    /// In a redirect.
    Redirect,
}

const ALL: [Echo; 11] = [
    Echo::Plain,
    Echo::Escaped,
    Echo::Percent,
    Echo::Html,
    Echo::HtmlInJson,
    Echo::Gzip,
    Echo::Chunked,
    Echo::Large,
    Echo::Raw,
    Echo::Cut,
    Echo::Redirect,
];

impl Echo {
    fn answer(self, request: &Request) -> Vec<u8> {
        let got = request.header("authorization").unwrap_or("nothing").to_owned();
        let all = String::from_utf8_lossy(&request.bytes).into_owned();
        let status = if request.method == "GET" { 200 } else { 202 };
        let header = format!("X-Echo: {got}");
        let text = json!({"id": got, "name": all, "error": got}).to_string();
        let typed = ["Content-Type: application/json", header.as_str()];
        match self {
            Self::Plain => {
                let status = if request.bears(FULL) || request.bears(LIMITED) { status } else { 401 };
                reply(status, &typed, format!("{{\"id\":\"{got}\",\"error\":\"{got}\",\"name\":\"x\"}}").as_bytes())
            }
            Self::Escaped => {
                let escaped = escaped(&got);
                let body =
                    format!("{{\"id\":\"{escaped}\",\"name\":\"{escaped}\",\"_type\":\"{escaped}\",\"{escaped}\":1}}");
                reply(status, &typed[..1], body.as_bytes())
            }
            Self::Percent => {
                let body = format!("{{\"id\":\"{}\",\"name\":5}}", percent(&got));
                reply(
                    status,
                    &["Content-Type: application/json", &format!("X-Echo: {}", percent(&got))],
                    body.as_bytes(),
                )
            }
            Self::Html => {
                let page = format!("<p title=\"{}\">{}</p>", html(&got), html(&got));
                reply(status, &["Content-Type: text/html"], page.as_bytes())
            }
            Self::HtmlInJson => {
                let body = json!({"id": numbered(&got), "name": html(&got)}).to_string().replace('&', "\\u0026");
                reply(status, &typed[..1], body.as_bytes())
            }
            Self::Gzip => {
                let mut gzip = GzEncoder::new(Vec::new(), Compression::none());
                gzip.write_all(text.as_bytes()).unwrap();
                reply(status, &[typed[0], "Content-Encoding: gzip"], &gzip.finish().unwrap())
            }
            Self::Chunked => chunked(status, &header, &text),
            Self::Large => {
                let body = json!({"id": got, "name": all.repeat(1 + 100_000 / all.len())});
                reply(status, &typed, body.to_string().as_bytes())
            }
            Self::Raw => format!("{got} is what I got\r\nConnection: close\r\n\r\n{all}").into_bytes(),
            Self::Cut => {
                let head = format!("HTTP/1.1 {status} {got}\r\n{header}\r\nConnection: close\r\n");
                format!("{head}Content-Length: 99999\r\n\r\n{text}").into_bytes()
            }
            Self::Redirect => {
                reply(302, &[&format!("Location: /?{got}"), &format!("Location: http://127.0.0.1:1/{got}")], b"")
            }
        }
    }
}

fn chunked(status: u16, header: &str, text: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} OK\r\n{header}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes();
    let chunks = text.as_bytes().chunks(7).flat_map(|piece| {
        let size = format!("{:x};{}\r\n", piece.len(), "echo=1").into_bytes();
        [size, piece.to_vec(), b"\r\n".to_vec()].concat()
    });
    head.into_iter().chain(chunks).chain(format!("0\r\n{header}\r\n\r\n").into_bytes()).collect()
}

/// JSON text with every character escaped.
fn escaped(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |text, unit| format!("{text}\\u{unit:04x}"))
}

fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// As HTML templates escape, and some escape more than they must.
fn html(text: &str) -> String {
    let pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("=", "&#x3D;")];
    pairs.iter().fold(text.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped))
}

fn numbered(text: &str) -> String {
    let number = |character: char| match character {
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        other => format!("&#{};", u32::from(other)),
    };
    text.chars().map(number).collect()
}

/// Every way in which a token may stand in what was written.
fn shapes(token: &str) -> Vec<Vec<u8>> {
    let json = json!(token).to_string();
    let plain = [
        token.to_owned(),
        percent(token),
        json.trim_matches('"').to_owned(),
        escaped(token),
        html(token),
        numbered(token),
    ];
    let coded = (0..3).flat_map(|skip| {
        [STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|engine| cut(&engine.encode(&token[skip..])))
    });
    plain.into_iter().chain(coded).map(String::into_bytes).collect()
}

/// The middle of a base64 text, which does not depend on what stands around it.
fn cut(coded: &str) -> String {
    coded[..coded.len() - 6].to_owned()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

/// Every file below a folder but the token files.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    let written = |path: &std::path::PathBuf| !FILES.iter().any(|name| path.ends_with(name));
    entries.flat_map(below).filter(written).collect()
}

/// Where a token stands in what was written, each place with the way it is written.
fn leaks(folder: &Folder, ran: &Ran, tokens: [&str; 2]) -> Vec<String> {
    let files = files(&folder.path(""));
    let files = files.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap()));
    let printed = [("stdout".to_owned(), ran.out.clone()), ("stderr".to_owned(), ran.err.clone())];
    let mut leaks = Vec::new();
    for (name, bytes) in files.chain(printed) {
        let shapes = tokens.into_iter().flat_map(shapes).filter(|shape| holds(&bytes, shape));
        leaks.extend(shapes.map(|shape| format!("{name}: {}", String::from_utf8(shape).unwrap())));
    }
    leaks
}

/// Checks a target with both tokens and writes every report there is.
fn check(folder: &Folder, url: &str, extra: &[&str]) -> Ran {
    let config = format!(
        "[target]\nurl = \"{url}\"\n\n[credentials.limited]\ntoken-file = \"limited.token\"\n\n[world]\ndelimited-source = \"s1\"\ndirect-source = \"s2\"\ncsv-columns = [\"id\"]\n\n[world.documents]\nroles = [\"r1\"]\n"
    );
    folder.write("tenantcheck.toml", &config);
    let token = std::fs::read_to_string(folder.path("full.token")).unwrap();
    let mut command = folder.command(&arguments(&reports(), extra));
    Ran::of(command.env("SAIL_ACCESS_TOKEN", token))
}

/// Every report there is; the event log is `log.ndjson`.
fn reports() -> Vec<String> {
    Format::ALL
        .iter()
        .map(|format| format!("{format}={}.{format}", if *format == Format::Ndjson { "log" } else { "report" }))
        .collect()
}

fn arguments<'a>(reports: &'a [String], extra: &[&'a str]) -> Vec<&'a str> {
    let reports = reports.iter().flat_map(|report| ["--report", report.as_str()]);
    ["check", "--run-dir", "run"].into_iter().chain(reports).chain(extra.iter().copied()).collect()
}

fn tokens(folder: &Folder, full: &str, limited: &str) {
    folder.write("full.token", full);
    folder.write("limited.token", limited);
}

#[test]
fn an_echoing_tenant_is_told_of_and_its_echo_is_written_down_nowhere() {
    let mut leaked = Vec::new();
    for echo in ALL {
        let (folder, server) = (Folder::new(), Server::start(move |request| echo.answer(request)));
        tokens(&folder, FULL, LIMITED);
        let select: &[&str] = if echo == Echo::Large { &["get-document/credential"] } else { &[] };
        let ran = check(&folder, &server.url(), select);
        assert!(server.requests().iter().any(|request| request.bears(FULL)), "{echo:?}");
        let lets_in = !matches!(echo, Echo::Raw | Echo::Redirect);
        assert!(!lets_in || server.requests().iter().any(|request| request.bears(LIMITED)), "{echo:?}");
        leaked.extend(leaks(&folder, &ran, [FULL, LIMITED]).into_iter().map(|leak| format!("{echo:?} {leak}")));
        ran.exits(1);
        if echo != Echo::Raw {
            let found = folder.findings("log.ndjson");
            let told = found.iter().any(|(failing, rule, _)| *failing && rule == "envelope.no-credential");
            assert!(told, "{echo:?}: {found:?}");
        }
    }
    assert_eq!(leaked, Vec::<String>::new());
}

#[test]
fn a_log_on_standard_output_holds_no_token() {
    let (folder, server) = (Folder::new(), Server::start(move |request| Echo::Plain.answer(request)));
    tokens(&folder, FULL, LIMITED);
    folder.write("tenantcheck.toml", "");
    let url = server.url();
    let arguments = ["check", "--target", &url, "--report", "ndjson=-", "get-document/unknown/document"];
    let ran = Ran::of(folder.command(&arguments).env("SAIL_ACCESS_TOKEN", FULL)).exits(1);
    assert!(ran.out().contains("{{secret full}}"), "{}", ran.out());
    assert_eq!(leaks(&folder, &ran, [FULL, LIMITED]), Vec::<String>::new());
}

#[test]
fn an_honest_tenant_gets_the_tokens_and_nothing_else_does() {
    let (folder, tenant) = (
        Folder::new(),
        Tenant::start(Options { rate: Rate { requests: 100, seconds: 1 }, ..Options::default() }).unwrap(),
    );
    let (full, limited) = (tenant.token("full"), tenant.token("limited"));
    tokens(&folder, &full, &limited);
    let expired = tenant.token("expired");
    folder.write("expired.token", &expired);
    folder.write("tenantcheck.toml", &tenant.config(Path::new("")));
    let ran = folder.run(&arguments(&reports(), &[])).exits(0);
    for other in [&limited, &expired] {
        assert_eq!(leaks(&folder, &ran, [&full, other]), Vec::<String>::new());
    }
    assert!(holds(folder.read("log.ndjson").as_bytes(), b"{{secret full}}"));
}

#[test]
fn a_fetched_token_and_the_secret_that_fetches_it_are_written_down_nowhere() {
    let mut leaked = Vec::new();
    for echo in ALL {
        let folder = Folder::new();
        // The second token comes after a 401 that a control confirms, or never.
        let server = Server::start(move |request| {
            if request.target.ends_with("/oauth/token") {
                let body = json!({"access_token": FULL, "token_type": "bearer", "expires_in": 700, "got": SECRET});
                return reply(200, &["Content-Type: application/json"], body.to_string().as_bytes());
            }
            echo.answer(request)
        });
        let config = format!("[target]\nurl = \"{}\"\n[world.documents]\nroles = [\"r1\"]\n", server.url());
        folder.write("tenantcheck.toml", &config);
        let reports = reports();
        let mut command = folder.command(&arguments(&reports, &["--phase", "cases", "get-document/unknown/*"]));
        let ran = Ran::of(command.env("SAIL_CLIENT_ID", "our-client").env("SAIL_CLIENT_SECRET", SECRET));
        assert!(server.requests().iter().any(|request| request.bears(FULL)), "{echo:?}");
        leaked.extend(leaks(&folder, &ran, [FULL, SECRET]).into_iter().map(|leak| format!("{echo:?} {leak}")));
        ran.exits(1);
    }
    assert_eq!(leaked, Vec::<String>::new());
}

#[test]
fn a_token_that_cannot_be_used_is_not_shown() {
    let folder = Folder::new();
    tokens(&folder, "canary two words", LIMITED);
    for (target, token) in [("http://example.com", FULL), ("https://example.com", "canary two words"), ("canary", FULL)]
    {
        let ran = Ran::of(folder.command(&["check", "--target", target]).env("SAIL_ACCESS_TOKEN", token)).exits(2);
        assert_eq!(leaks(&folder, &ran, [token, LIMITED]), Vec::<String>::new(), "{target}");
    }
}

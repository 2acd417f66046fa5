//! A small tenant that knows one role, and whose manners a test changes while it runs.

use crate::support::program::{Folder, Ran};
use crate::support::server::{Request, Server, json, reply};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What the tenant does wrong.
#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own, and any of them go together")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manners {
    /// Expired tokens are served.
    pub serves_expired: bool,
    /// Unsigned tokens are served.
    pub serves_unsigned: bool,
    /// Every error carries the same tracking id.
    pub repeats_trace: bool,
    /// The good token is refused.
    pub refuses_good: bool,
    /// A missing credential is answered with 500.
    pub crashes: bool,
}

pub struct Scene {
    pub folder: Folder,
    pub server: Server,
    manners: Arc<Mutex<Manners>>,
}

const TOKEN: &str = "a-good-token-of-the-test";
pub const MISSING: &str = "get-document/credential/missing/accessprofiles";
pub const EXPIRED: &str = "get-document/credential/expired";
pub const UNSIGNED: &str = "get-document/credential/unsigned";
pub const DOCUMENTS: &str = "get-document/documents/each";

impl Scene {
    pub fn new(manners: Manners) -> Self {
        let manners = Arc::new(Mutex::new(manners));
        let shared = Arc::clone(&manners);
        let server = Server::start(move |request| answer(request, *shared.lock().unwrap()));
        let folder = Folder::new();
        folder.write("full.token", TOKEN);
        let credentials = "[credentials.full]\ntoken-file = \"full.token\"\n";
        let world = "[world.documents]\nroles = [\"r1\"]\n";
        folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n{credentials}{world}", server.url()));
        Self { folder, server, manners }
    }

    pub fn behave(&self, manners: Manners) {
        *self.manners.lock().unwrap() = manners;
    }

    pub fn check(&self, select: &[&str]) -> Ran {
        self.folder.run(&[&["check", "--phase", "cases"], select].concat())
    }

    pub fn replay(&self, arguments: &[&str]) -> Ran {
        self.folder.run(&[&["replay"], arguments].concat())
    }

    /// The fingerprints that lie in a run folder, sorted.
    pub fn kept_in(&self, run_folder: &str) -> Vec<String> {
        let folder = std::fs::read_dir(self.folder.path(run_folder).join("findings"));
        let names = folder.into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> =
            names.map(|name| name.strip_suffix(".json").map(ToOwned::to_owned).unwrap_or(name)).collect();
        names.sort();
        names
    }

    pub fn kept(&self) -> Vec<String> {
        self.kept_in(".tenantcheck")
    }

    pub fn path(&self, fingerprint: &str) -> PathBuf {
        self.folder.path(".tenantcheck/findings").join(format!("{fingerprint}.json"))
    }

    pub fn finding(&self, fingerprint: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.path(fingerprint)).unwrap()).unwrap()
    }

    /// The one finding of a rule that is kept.
    pub fn of_rule(&self, rule: &str) -> String {
        let of = |fingerprint: &String| self.finding(fingerprint)["finding"]["rule"] == rule;
        self.kept().into_iter().find(of).unwrap_or_else(|| panic!("no finding of {rule}: {:?}", self.kept()))
    }
}

/// The number of the next error.
static TRACE: AtomicU64 = AtomicU64::new(1_000);

fn answer(request: &Request, manners: Manners) -> Vec<u8> {
    let token = request.header("authorization").unwrap_or_default().to_owned();
    let payload = token.split('.').nth(1).unwrap_or_default();
    let good = request.bears(TOKEN) && !manners.refuses_good;
    // The payloads are constant; what is expired says so in its own way, and what is unsigned ends with a dot.
    let unsigned = !payload.is_empty() && token.ends_with('.');
    let expired = !payload.is_empty() && !unsigned && payload.contains("OTc4MzA3MjAw");
    let trace = if manners.repeats_trace { 7 } else { TRACE.fetch_add(1, Ordering::SeqCst) };
    if good && !request.target.ends_with("/roles/r1") {
        return unknown(trace);
    }
    if good || (unsigned && manners.serves_unsigned) || (expired && manners.serves_expired) {
        return json(200, &json!({"id": "r1", "name": "Harbour pilots"}));
    }
    if manners.crashes && token.is_empty() {
        return reply(500, &["Content-Type: text/plain"], b"oh");
    }
    json(401, &json!({"error": "JWT validation failed"}))
}

fn unknown(trace: u64) -> Vec<u8> {
    let text = json!({"locale": "en-US", "localeOrigin": "DEFAULT", "text": "The server did not find the document."});
    let (detail, trace) = ("404.1 Document not found", format!("{trace:032x}"));
    json(404, &json!({"detailCode": detail, "trackingId": trace, "messages": [text]}))
}

//! One run against one hostile server, and everything that was wrong with it.

use crate::child::{Watched, watch};
use crate::inert;
use crate::rows::Row;
use crate::server::Server;
use crate::support::program::Folder;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;
use tenantcheck::mock::{Options, Rate, Tenant};
use tenantcheck::report::Format;

/// Since when a server is hostile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From the first byte on.
    First,
    /// Once the control worked, for one document only.
    Later,
}

impl From {
    pub const ALL: [Self; 2] = [Self::Later, Self::First];
}

/// What one run showed.
pub struct Seen {
    pub name: &'static str,
    pub sends: &'static str,
    pub from: From,
    pub said: String,
    pub seconds: u64,
    pub megabytes: u64,
    pub problems: Vec<String>,
}

/// What a run has to keep to.
pub struct Bounds {
    pub seconds: u64,
    pub megabytes: u64,
    /// What it may wait for late answers, in seconds.
    pub purse: &'static str,
}

const CASES: [&str; 2] = ["get-document/documents/each", "get-document/unknown/document"];
/// What the honest part of a server must get when it is hostile for one document only.
const OTHERS: [&str; 2] = ["get-document/documents/each/identities-1", "get-document/unknown/document"];
/// The document that a server is hostile about.
const HOSTILE: &str = "get-document/documents/each/roles-1";
/// The case for servers that are hostile to uploads.
const UPLOAD: &str = "load-accounts/credential/missing";
/// The most requests that a run of these three cases may make of a server.
const MOST_REQUESTS: usize = 40;

/// The honest tenant behind every hostile server.
pub fn tenant() -> Tenant {
    let rate = Rate { requests: 1_000_000, seconds: 1 };
    Tenant::start(Options { rate, ..Options::default() }).unwrap()
}

/// Runs `check` against a hostile server.
pub fn attack(row: &'static Row, from: From, tenant: &Tenant) -> Seen {
    let server = Server::start(row, from, tenant.url().trim_start_matches("http://").to_owned());
    let config = config(tenant, &format!("url = \"http://127.0.0.1:{}\"", server.port));
    let mut seen =
        run(row.name, &config, Some(&tenant.token("full")), &row.bounds(from), row.uploads.then_some(UPLOAD));
    (seen.sends, seen.from) = (row.sends, from);
    if from == From::Later {
        let held = |case: &&str| seen.said.contains(&format!("{case} held"));
        let lost: Vec<&str> = OTHERS.into_iter().filter(|case| !held(case)).collect();
        seen.problems.extend((!lost.is_empty()).then(|| format!("{}: {lost:?} did not go on", row.name)));
        let case = if row.uploads { UPLOAD } else { HOSTILE };
        let told = seen.said.lines().any(|line| line.strip_prefix(case).is_some_and(|said| said.contains(row.told)));
        let wrong = (!told).then(|| format!("{}: `{}` is not told: {}", row.name, row.told, seen.said));
        seen.problems.extend(wrong);
    }
    if server.requests() > MOST_REQUESTS {
        seen.problems.push(format!("{} {from:?}: {} requests", row.name, server.requests()));
    }
    for case in OTHERS {
        seen.said = seen.said.replace(&format!("{case} held\n"), "");
    }
    seen
}

/// A configuration with one document of two indices.
pub fn config(tenant: &Tenant, target: &str) -> String {
    let world = tenant.world();
    let documents = ["identities", "roles"].map(|index| {
        let pairs = world.pairs("documents");
        let (_, id) = *pairs.iter().find(|(name, _)| *name == index).unwrap();
        format!("{index} = [\"{id}\"]\n")
    });
    format!(
        "[target]\n{target}\n[credentials.full]\ntoken-file = \"full.token\"\n[world.documents]\n{}",
        documents.concat()
    )
}

/// Runs the program in a folder with a configuration, and looks at everything that it wrote.
pub fn run(name: &'static str, config: &str, token: Option<&str>, bounds: &Bounds, more: Option<&str>) -> Seen {
    let folder = Folder::new();
    folder.write("tenantcheck.toml", config);
    folder.write("full.token", token.unwrap_or("a-token"));
    let reports: Vec<String> = Format::ALL.iter().map(|format| format!("{format}=report.{format}")).collect();
    let mut arguments = vec!["check", "--phase", "cases", "--jobs", "1", "--wait-limits", "1"];
    arguments.extend(["--wait-deadlines", bounds.purse]);
    arguments.extend(CASES.into_iter().chain(more));
    arguments.extend(reports.iter().flat_map(|report| ["--report", report.as_str()]));
    let Watched { ran, time, peak } = watch(&mut folder.command(&arguments));
    let mut problems = Vec::new();
    for (face, bytes) in [("terminal", &ran.out), ("error output", &ran.err)] {
        problems.extend(inert::problems(face, bytes));
    }
    for format in Format::ALL {
        let bytes = std::fs::read(folder.path(&format!("report.{format}"))).unwrap_or_default();
        // Where nothing fails there may be nothing to annotate.
        let missing = bytes.is_empty() && (*format != Format::Github || ran.code == Some(1));
        problems.extend(missing.then(|| format!("{format} is missing")));
        problems.extend(inert::problems(&format.to_string(), &bytes));
    }
    if time > Duration::from_secs(bounds.seconds) {
        problems.push(format!("{time:?} of {} s", bounds.seconds));
    }
    if peak > bounds.megabytes * 1024 {
        problems.push(format!("{} MB of {} MB", peak / 1024, bounds.megabytes));
    }
    if std::env::var_os("HOSTILE_FIGURES").is_some() {
        eprintln!("{name}: {time:?}, {} MB", peak / 1024);
    }
    let said = said(ran.code, &ran.err(), &folder.events("report.ndjson"));
    let problems = problems.into_iter().map(|problem| format!("{name}: {problem}")).collect();
    let Bounds { seconds, megabytes, .. } = *bounds;
    Seen { name, sends: "", from: From::First, said, seconds, megabytes, problems }
}

/// What a run said, a line each: the exit code, each case with its rules or its reason, and why nothing was asked.
fn said(code: Option<i32>, printed: &str, events: &[Value]) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut said = format!("exit {}\n", code.map_or_else(|| "none".to_owned(), |code| code.to_string()));
    for event in events.iter().filter(|event| event["event"] == "case" && event["verdict"] != "skipped") {
        let case = text(&event["case"]);
        let rules: BTreeSet<String> = events
            .iter()
            .filter(|finding| finding["event"] == "finding" && finding["case"] == event["case"])
            .map(|finding| format!("{} ({})", text(&finding["rule"]), text(&finding["level"])))
            .collect();
        let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
        let why = [text(&event["why"]), rules].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        said.push_str(format!("{case} {} {}", text(&event["verdict"]), why.join("; ")).trim_end());
        said.push('\n');
    }
    let unreached = events.iter().filter(|event| event["event"] == "note").map(|event| text(&event["text"]));
    let unreached = unreached.filter(|note| note.contains("reached"));
    said.push_str(&unreached.map(|note| note + "\n").collect::<String>());
    if events.is_empty() {
        said.push_str(printed);
    }
    said
}

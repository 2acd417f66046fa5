//! For every defect: what is kept, sent again, is the same byte for byte; and what `curl` is told to send is the same
//! request.

use crate::capture::Capture;
use std::collections::BTreeSet;
use std::process::Command;
use tenantcheck::event::{Event, KeptFinding};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::report::{Collector, Look, case_file, failure_page};
use tenantcheck::run::{Bench, Choice, Environment};
use tokio::sync::watch;

const TOKEN: &str = "a-good-token-of-the-test";

struct Proof {
    capture: Capture,
    bench: Bench,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Proof {
    fn new(operation: &str) -> Self {
        let (capture, folder) = (Capture::start(), tempfile::tempdir().unwrap());
        let config = folder.path().join("tenantcheck.toml");
        std::fs::write(folder.path().join("full.token"), TOKEN).unwrap();
        let world = "[world]\ndelimited-source = \"2c91809\"\ndirect-source = \"2c91810\"\n\
                     csv-columns = [\"id\", \"name\", \"mail\"]\n[world.documents]\nidentities = [\"2c91811\"]\n";
        let target = format!("[target]\nurl = \"{}\"\n[credentials.full]\ntoken-file = \"full.token\"\n", capture.url);
        std::fs::write(&config, target + world).unwrap();
        let phases = vec![Phase::Cases, Phase::Coverage];
        let choice = Choice { config: Some(config), jobs: 1, phases, ..Choice::default() };
        let bench = Bench::new(choice, &Environment::new([])).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let proof = Self { capture, bench, runtime, _folder: folder };
        let plan = proof.bench.plan(&Select::default());
        let controls = plan.selected().filter(|planned| planned.case.control && planned.skip.is_none());
        let controls: Vec<String> = controls.map(|planned| planned.case.id.clone()).collect();
        proof.capture.learn(|| {
            for id in controls.iter().filter(|id| id.starts_with(operation)) {
                proof.run(id);
            }
        });
        proof
    }

    /// Runs one case alone.
    fn run(&self, id: &str) -> Vec<Event> {
        let (_never, stop) = watch::channel(false);
        let plan = self.bench.plan(&Select::exactly(id));
        let mut events = Vec::new();
        self.runtime.block_on(self.bench.run(&plan, stop, &mut |event| events.push(event)));
        events
    }

    fn replay(&self, kept: &KeptFinding) {
        let (_never, stop) = watch::channel(false);
        let text = serde_json::to_string(kept).unwrap();
        let replay = self.bench.replay(serde_json::from_str(&text).unwrap()).unwrap();
        let summary = self.runtime.block_on(self.bench.run_replay(&replay, stop, &mut |_| {}));
        assert_eq!(summary.exit, 1, "{}", kept.finding.case);
    }

    /// The ids of the coverage phase that are sent.
    fn ids(&self, operation: &str) -> Vec<String> {
        let plan = self.bench.plan(&Select::default());
        let ours = plan.selected().filter(|planned| planned.phase == Phase::Coverage && planned.skip.is_none());
        ours.map(|planned| planned.case.id.clone()).filter(|id| id.starts_with(operation)).collect()
    }
}

fn unique(requests: Vec<Vec<u8>>) -> BTreeSet<Vec<u8>> {
    requests.into_iter().collect()
}

fn shown(requests: &BTreeSet<Vec<u8>>) -> Vec<String> {
    requests.iter().map(|bytes| bytes.escape_ascii().to_string()).collect()
}

/// The findings that a run would keep, each case for itself.
fn kept(events: &[Event]) -> Vec<KeptFinding> {
    let mut kept = Vec::new();
    let (mut start, mut since) = (None, Vec::new());
    for event in events {
        match event {
            Event::Run(_) => start = Some(event),
            _ => since.push(event),
        }
        if matches!(event, Event::Case(_)) {
            let mut collector = Collector::default();
            kept.extend(start.into_iter().chain(since.iter().copied()).flat_map(|event| collector.observe(event)));
            since.retain(|event| matches!(event, Event::Exchange(_)));
        }
    }
    kept
}

fn prove(operation: &str) {
    let proof = Proof::new(operation);
    let (ids, mut replayed, mut curled, mut unsaid) = (proof.ids(operation), 0, 0, BTreeSet::new());
    for id in &ids {
        let mut events = Vec::new();
        let first = unique(proof.capture.taken(|| events = proof.run(id)));
        let all = kept(&events);
        assert!(!all.is_empty() || is_incomplete(&events), "{id} keeps nothing");
        for kept in &all {
            let again = unique(proof.capture.taken(|| proof.replay(kept)));
            assert!(again.len() == 1 && again.is_subset(&first), "{id}\n{:#?}\n{:#?}", shown(&again), shown(&first));
            replayed += 1;
            unsaid.extend(saved(&proof, kept).map(|why| format!("{}: {why}", kept.finding.case)));
            let Some(script) = curl(&events, kept) else { continue };
            let sent = unique(proof.capture.taken(|| shell(&script)));
            let (sent, wanted) = (sent.iter().map(|bytes| request(bytes)), again.iter().map(|bytes| request(bytes)));
            assert_eq!(sent.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{id}\n{script}");
            curled += 1;
        }
    }
    println!("{operation}: {} cases, {replayed} replayed, {curled} by curl", ids.len());
    assert!(unsaid.is_empty(), "{unsaid:#?}");
    assert!(replayed >= ids.len() * 9 / 10 && curled > replayed / 4, "{replayed} {curled} of {}", ids.len());
}

/// Why the finding cannot be saved as a case file that sends the same bytes.
fn saved(proof: &Proof, kept: &KeptFinding) -> Option<String> {
    let bench = &proof.bench;
    let text = match case_file(kept, &bench.contract, &bench.aim.world) {
        Ok(text) => text,
        Err(why) => return Some(why),
    };
    assert!(!text.contains(TOKEN), "{text}");
    let name = format!("{}/found/x.toml", kept.finding.operation);
    let another = bench.sends_another(&name, &text, kept);
    another.unwrap_or_else(|error| panic!("{}\n{text}\n{error}", kept.finding.case))
}

/// Whether no request of the case is owed an answer.
fn is_incomplete(events: &[Event]) -> bool {
    let mut cases = events.iter().filter_map(|event| match event {
        Event::Exchange(exchange) if exchange.purpose == tenantcheck::exchange::Purpose::Case => Some(exchange),
        _ => None,
    });
    cases.any(|exchange| !exchange.probe.is_complete())
}

/// The command that the page of this finding prints, if it prints one and `curl` is there.
fn curl(events: &[Event], kept: &KeptFinding) -> Option<String> {
    let about = events.iter().filter(|event| match event {
        Event::Finding(finding) => finding.case == kept.finding.case,
        Event::Case(judged) => judged.case == kept.finding.case,
        _ => true,
    });
    let page = failure_page(about, Look::default());
    let command = |line: &&str| line.starts_with("  curl ") || line.starts_with("  printf ");
    let from = page.lines().skip_while(|line| !command(line));
    let mut lines: Vec<&str> = Vec::new();
    for line in from {
        lines.push(line);
        if !line.ends_with(['\\', '|']) {
            break;
        }
    }
    (!lines.is_empty() && has_curl()).then(|| lines.join("\n"))
}

fn has_curl() -> bool {
    let found = Command::new("curl").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        println!("curl is not installed: what the pages print for it is not run");
    }
    found
}

fn shell(script: &str) {
    let mut command = Command::new("sh");
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    let output = command.arg("-c").arg(script).env("SAIL_ACCESS_TOKEN", TOKEN).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// A request line, sorted header lines without what each client says of itself, and a body.
fn request(bytes: &[u8]) -> (String, Vec<String>, Vec<u8>) {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = bytes[..end].escape_ascii().to_string();
    let mut lines = head.split("\\r\\n").map(ToOwned::to_owned);
    let first = lines.next().unwrap();
    let own = |line: &String| line.to_ascii_lowercase().starts_with("user-agent:");
    let settled = |line: String| match line.split_once(':') {
        Some((name, value)) => format!("{}:{}", name.to_ascii_lowercase(), value.trim()),
        None => line,
    };
    let mut headers: Vec<String> = lines.filter(|line| !own(line)).map(settled).collect();
    headers.sort();
    (first, headers, bytes[end + 4..].to_vec())
}

#[test]
fn every_defect_of_uploads_is_replayed_byte_for_byte() {
    prove("load-accounts");
}

#[test]
fn every_defect_of_documents_is_replayed_byte_for_byte() {
    prove("get-document");
}

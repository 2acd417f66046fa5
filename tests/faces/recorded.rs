//! One recorded run with every kind of verdict and finding, made by hand.

#[path = "phases.rs"]
mod phases;

use serde_json::{Value, json};
use std::io::Write as _;
use std::sync::Arc;
use tenantcheck::contract::Place;
use tenantcheck::event::{Coverage, Covered, Event, Judged, Promise, Reached, Start, Summary, Unseen};
use tenantcheck::exchange::{Answer, End, Exchange, Failure, FailureKind, Octets, Outcome, Probe, Purpose, Timing};
use tenantcheck::verdict::{Finding, Level, Stability, fingerprint};

/// The run.
#[derive(Default)]
pub struct Run {
    /// Its events.
    pub events: Vec<Event>,
    number: u64,
    found: Vec<String>,
}

/// An answer with a body.
pub fn answer(status: u16, reason: &str, headers: &[(&str, &str)], body: impl Into<Octets>) -> Answer {
    Answer {
        version: "HTTP/1.1".into(),
        status,
        reason: reason.into(),
        headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        body: body.into(),
        end: End::Complete,
    }
}

/// A GET of a widget.
pub fn get(case: &str) -> Probe {
    Probe {
        operation: "get-widget".into(),
        case: case.into(),
        seed: 1,
        caller: Some("full".into()),
        method: "GET".into(),
        target: "/v3/widgets/w-17".into(),
        headers: vec![
            ("Authorization".into(), "Bearer {{secret full}}".into()),
            ("Accept".into(), "application/json".into()),
        ],
        ..Probe::default()
    }
}

/// A finding of a case.
pub fn finding(rule: &str, case: &str, pointer: Option<&str>, expected: &str, received: &str) -> Finding {
    let operation = case.split('/').next().unwrap_or_default();
    let kind = case.split('/').nth(1).unwrap_or_default();
    Finding {
        fingerprint: fingerprint(rule, operation, pointer, kind),
        rule: rule.into(),
        level: Level::Must,
        operation: operation.into(),
        case: case.into(),
        status: Some(200),
        pointer: pointer.map(Into::into),
        expected: expected.into(),
        received: received.into(),
        stability: Stability::Stable,
        erratum: None,
        failing: true,
        title: "The body has the shape that the page describes".into(),
        clause: "200 List of all widgets, each with its parts, in the order in which they were made, the newest first."
            .into(),
        exchange: 0,
        earlier: None,
        nearest: None,
        known: None,
        shrunk: None,
        left: Vec::new(),
        expect: None,
        seen: 2,
    }
}

impl Run {
    /// Sends a probe and gets an outcome.
    pub fn send(&mut self, probe: Probe, outcome: Outcome) -> &mut Self {
        self.number += 1;
        let timing = Timing { connect_us: None, first_byte_us: Some(2_000), total_us: 3_100 };
        self.events.push(Event::Exchange(Arc::new(Exchange {
            number: self.number,
            purpose: Purpose::Case,
            at_ms: self.number * 10,
            probe: Arc::new(probe),
            outcome,
            timing,
        })));
        self
    }

    /// Finds something in the last exchange.
    pub fn find(&mut self, finding: Finding) -> &mut Self {
        self.found.push(finding.fingerprint.clone());
        self.events.push(Event::Finding(Box::new(Finding { exchange: self.number, ..finding })));
        self
    }

    /// Judges a case.
    pub fn judge(&mut self, case: &str, verdict: &str, why: Option<&str>) -> &mut Self {
        let title = format!("The promise of {case} is kept");
        let text = format!("title = \"{title}\"");
        self.events.push(Event::Case(Judged {
            case: case.into(),
            operation: case.split('/').next().unwrap_or_default().into(),
            place: Place { path: format!("cases/{case}.toml"), line: 3, column: 9, width: title.len() + 2, text },
            title,
            clause: "Widgets are kept.".into(),
            verdict: verdict.into(),
            why: why.map(Into::into),
            requests: 1,
            findings: std::mem::take(&mut self.found),
            ..Judged::default()
        }));
        self
    }

    fn broken(&mut self, probe: Probe, outcome: Outcome, finding: Finding) -> &mut Self {
        let case = probe.case.clone();
        self.send(probe, outcome).find(finding).judge(&case, "broken", None)
    }
}

/// Everything that can happen.
pub fn run() -> Vec<Event> {
    let mut run = Run::default();
    run.events.push(Event::Run(Start {
        version: "0.1.0".into(),
        target: "https://acme.example".into(),
        versions: [("get-widget".to_owned(), "v3".to_owned())].into(),
        seed: 1,
        cases: 33,
        baseline: Some(3),
        rules: 41,
        started: "2026-11-21T20:00:00Z".into(),
        catalogue: catalogue(),
        ..Start::default()
    }));
    run.send(get("get-widget/plain/held"), Outcome::Answered(json_answer(200, &widget()))).judge(
        "get-widget/plain/held",
        "held",
        None,
    );
    schema(&mut run);
    requests(&mut run);
    hostile(&mut run);
    sizes(&mut run);
    wrong_kind(&mut run);
    quiet(&mut run);
    phases::leak(&mut run);
    phases::fuzzing(&mut run);
    phases::flood(&mut run);
    phases::known(&mut run);
    phases::gone(&mut run);
    unjudged(&mut run);
    run.events
}

/// Two of the rules; the others are known by their findings alone.
fn catalogue() -> Vec<Promise> {
    let promise = |id: &str, level, title: &str| Promise {
        id: id.into(),
        level,
        title: title.into(),
        why: format!("A client trusts that {id} holds; [absent](http://a.example) or null is no finding."),
        clause: "Widgets are kept, each with its `parts`.".into(),
    };
    vec![
        promise("answer.http", Level::Must, "The answer is HTTP"),
        promise("body.schema", Level::Must, "The body has the shape that the page describes"),
    ]
}

fn widget() -> Value {
    json!({
        "id": "w-17", "name": "Grüße 🌱 日本語", "created": "2020-09-07T12:14:00.364Z", "enabled": true,
        "parts": [{"id": "p-1", "size": 3}, {"id": "p-2", "size": 5}], "owner": {"id": "o-1", "type": "IDENTITY"},
    })
}

fn json_answer(status: u16, body: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("slpt-request-id", "0f4f")];
    answer(status, "OK", &headers, body.to_string())
}

fn schema(run: &mut Run) {
    let mut body = widget();
    body["parts"][1]["size"] = json!("5");
    body["created"] = json!(1_714_574_212_775_u64);
    for case in 0..9 {
        let case = format!("get-widget/document/widgets-{case}");
        let pointer = format!("/parts/{}/size", case.len() % 2);
        let expected =
            "an integer (int32), at most 2,147,483,647 and at least -2,147,483,648, as the page's table says";
        let mut found = finding("body.schema", &case, Some(&pointer), expected, "\"5\", a string");
        found.nearest = Some(widget());
        run.send(get(&case), Outcome::Answered(json_answer(200, &body))).find(found.clone());
        found.pointer = Some("/parts/7/size".into());
        run.find(found).judge(&case, "broken", None);
    }
}

fn requests(run: &mut Run) {
    let case = "make-widgets/credential/expired-with-a-rather-long-name-that-goes-on-and-on-until-it-no-longer-fits";
    let upload = Probe {
        operation: "make-widgets".into(),
        method: "POST".into(),
        target: "/beta/widgets/../w%2F17?x={1}".into(),
        headers: vec![
            ("Authorization".into(), "Bearer {{secret limited}}".into()),
            ("Content-Type".into(), "text/csv".into()),
            ("X-Quote".into(), "it's $HOME".into()),
        ],
        body: "id,name\r\n1,\"O'Neil\"\r\n2,\u{feff}50%\r\n".into(),
        candidate: 3,
        ..get(case)
    };
    let mut found = finding("credential.expired", case, None, "status 401", "status 202");
    found.status = Some(202);
    found.title = "An expired token is refused".into();
    run.broken(upload.clone(), Outcome::Answered(answer(202, "Accepted", &[], "")), found);

    let case = "make-widgets/csv/silence";
    let failure = Failure { kind: FailureKind::Silence, detail: "5 s".into(), head: Octets::default() };
    let mut found = finding("answer.in-time", case, None, "an answer within 5 s", "not one byte within 5 s");
    found.status = None;
    found.stability = Stability::Once;
    found.seen = 1;
    let large = Probe { case: case.into(), body: "x,y\n".repeat(600).into(), ..upload };
    run.broken(large, Outcome::Failed(failure), found);
}

fn hostile(run: &mut Run) {
    let case = "get-widget/hostile/html";
    let html = "<html>\n<script>alert(1)</script>\x1b[2J\x1b]0;owned\x07\n\u{202e}nimda\u{202c}\u{9b}31m]]>&amp;\n\0";
    let mut answer =
        answer(200, "O\x1bK\u{202e}", &[("content-type", "text/html"), ("x-\u{1b}odd", "a\x1b[31m")], html);
    answer.headers.push(("x-bytes".into(), Octets(b"\xff\xfe\x07".to_vec())));
    answer.end = End::BadFraming("a chunk of \x1b[1m length".into());
    let probe = Probe { target: "/v3/widgets/\u{202e}%1b".into(), ..get(case) };
    let received = "\x1b[31m<html>\u{202e}\n  two  blanks";
    let found = finding("body.json", case, Some(""), "one JSON value", received);
    run.broken(probe, Outcome::Answered(answer), found);

    let case = "get-widget/hostile/binary";
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f\xff\xfe\xfd\xfc".to_vec();
    let found = finding("headers.media-type", case, None, "application/json", "image/png");
    let probe = Probe { method: "POST".into(), body: png.clone().into(), ..get(case) };
    run.broken(
        probe,
        Outcome::Answered(super::recorded::answer(200, "OK", &[("content-type", "image/png")], png)),
        found,
    );
}

fn sizes(run: &mut Run) {
    let case = "get-widget/size/large";
    let mut large = widget();
    large["name"] = json!("x".repeat(300 * 1024));
    let mut found = finding("answer.complete", case, None, "the declared 400000 bytes", "307,368 bytes");
    found.nearest = Some(widget());
    let mut answer = json_answer(200, &large);
    answer.end = End::Truncated { declared: Some(400_000), received: 307_368 };
    run.broken(get(case), Outcome::Answered(answer), found);

    let case = "get-widget/size/packed";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(json!({"id": "w-18", "name": "a"}).to_string().as_bytes()).unwrap();
    let mut found = finding("identity.same-id", case, Some("/id"), "\"w-17\"", "\"w-18\"");
    found.nearest = Some(json!({"id": "w-17", "name": "a"}));
    let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    run.broken(
        get(case),
        Outcome::Answered(super::recorded::answer(200, "OK", &headers, encoder.finish().unwrap())),
        found,
    );
}

fn wrong_kind(run: &mut Run) {
    let case = "get-widget/kind/gateway";
    let mut found = finding("envelope.kind", case, Some(""), "the error envelope", "\"<h1>400</h1>\", text");
    found.nearest = Some(json!({"detailCode": "400.1 Bad Request Content", "trackingId": "e7ea", "messages": []}));
    found.status = Some(400);
    run.broken(get(case), Outcome::Answered(answer(400, "Bad Request", &[], "<h1>400</h1>")), found);
    // The same fingerprint in another case may come without a finding of its own.
    run.found.push(fingerprint("envelope.kind", "get-widget", Some(""), "kind"));
    run.judge("get-widget/kind/again", "broken", None);
}

fn quiet(run: &mut Run) {
    let case = "get-widget/plain/notes";
    run.send(get(case), Outcome::Answered(json_answer(200, &widget())));
    for pointer in ["/pod", "/org", "/\u{1b}[31m", "/tags", "/more"] {
        let found = finding("body.extra-property", case, Some(pointer), "a property of the table", "another");
        run.find(Finding { level: Level::Note, failing: false, ..found });
    }
    let times = finding("body.schema", case, Some("/created"), "a date-time", "1714574212775");
    let erratum = Some("widget-times-as-milliseconds".into());
    run.find(Finding { level: Level::Note, failing: false, erratum, ..times });
    let order = finding("identity.times-in-order", case, Some("/modified"), "not before /created", "earlier");
    run.find(Finding { level: Level::Should, failing: false, ..order });
    let once = finding("answer.no-server-error", case, None, "no 5xx", "status 500");
    run.find(Finding { failing: false, stability: Stability::Flaky, ..once });
    run.judge(case, "held", None);
}

fn unjudged(run: &mut Run) {
    run.events
        .push(Event::Note { text: "the target is not loopback: no request of make-widgets names a real rack".into() });
    run.events.push(Event::Wait { why: "429 with Retry-After 3".into(), ms: 3_000 });
    for number in 0..7 {
        let why = "the world has no `rack`";
        run.judge(&format!("make-widgets/csv/skipped-{number}"), "skipped", Some(why));
    }
    let why = "the control of get-widget got 503 at that time";
    run.judge("get-widget/plain/gateway", "inconclusive", Some(why));
    run.events.push(Event::Coverage(coverage()));
    run.events.push(Event::Summary(Summary {
        requests: 118,
        held: 2,
        broken: 22,
        known: 1,
        skipped: 7,
        inconclusive: 2,
        notes: 9,
        shoulds: 2,
        rules: 41,
        ms: 2_149,
        hints: vec!["set `rack` under [world] in tenantcheck.toml to ask make-widgets for 7 more cases".into()],
        exit: 1,
        ..Summary::default()
    }));
}

/// Contract coverage below its floor, with things that were not seen.
fn coverage() -> Coverage {
    let unseen = |item: &str, why: &str| Unseen { item: item.into(), why: why.into() };
    let kind = |kind: &str, [seen, allowed, all]: [u64; 3], missing| Covered {
        kind: kind.into(),
        reached: Reached { seen, allowed, all },
        missing,
    };
    let kinds = vec![
        kind("sentences", [4, 4, 4], vec![]),
        kind(
            "statuses",
            [2, 3, 4],
            vec![
                unseen("get-widget 403", "there is no credential `limited`"),
                unseen("get-widget 404", "no answer had it"),
            ],
        ),
        kind(
            "properties",
            [1_200, 1_300, 1_300],
            vec![unseen("get-widget widget.json /parts/*/<b>", "no answer held it")],
        ),
    ];
    let total = Reached { seen: 1_206, allowed: 1_307, all: 1_308 };
    Coverage { partial: false, floor: Some(95), total, kinds }
}

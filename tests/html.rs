//! The HTML page: rendered from the recorded run, from hostile ones and from endless ones, and read by another parser.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "html/access.rs"]
mod access;
#[path = "html/colours.rs"]
mod colours;
#[path = "faces/hostile.rs"]
mod hostile;
#[path = "html/inert.rs"]
mod inert;
#[path = "html/limits.rs"]
mod limits;
#[path = "html/parsed.rs"]
mod parsed;
#[path = "faces/recorded.rs"]
mod recorded;

use parsed::Parsed;
use recorded::run;
use snapbox::{Data, assert_data_eq};
use std::path::Path;
use tenantcheck::event::{Event, Flood, Form, Latency};
use tenantcheck::report::{Face, Html};

fn page(events: &[Event]) -> String {
    let mut out = Vec::new();
    let mut face = Html::new(&mut out);
    for event in events {
        face.event(event).unwrap();
    }
    face.finish().unwrap();
    drop(face);
    String::from_utf8(out).unwrap()
}

/// The recorded run, with a burst in it.
fn with_burst() -> Vec<Event> {
    let mut events = run();
    let form = |status, shape: &str, count| Form { status: Some(status), shape: shape.into(), count };
    let flood = Flood {
        operation: "get-widget".into(),
        case: "get-widget/plain/held".into(),
        before: 3,
        requests: 130,
        at_once: 64,
        served: 99,
        limited: 31,
        announced_ms: Some(10_000),
        again_ms: Some(10_020),
        honest: Some(true),
        forms: vec![form(200, "{id, name}", 99), form(429, "{message}", 31)],
        latency: Latency { p50_ms: 1.5, p90_ms: 2.0, p99_ms: 3.0, max_ms: 4.25 },
    };
    events.insert(2, Event::Flood(flood));
    events
}

/// The one place where moving parts are taken out: style, script and their hashes have tests of their own.
fn without_style_and_script(page: &str) -> String {
    let mut text = page.to_owned();
    let quoted = "&#x27;";
    let places = [
        ("<style>", "</style>"),
        ("<script>", "</script>"),
        ("script-src &#x27;sha256-", quoted),
        ("style-src &#x27;sha256-", quoted),
    ];
    for (open, close) in places {
        let from = text.find(open).unwrap() + open.len();
        let length = text[from..].find(close).unwrap();
        text.replace_range(from..from + length, "[..]");
    }
    text
}

#[test]
fn the_page_of_the_recorded_run() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/page.txt");
    assert_data_eq!(without_style_and_script(&page(&with_burst())), Data::read_from(&path, None).raw());
}

#[test]
fn a_finding_says_what_to_do_about_it() {
    let parsed = Parsed::of(&page(&run()));
    for told in [
        "8 promises are broken: 17 of 27 cases failed.",
        "tenantcheck replay 881f8b116227d6c3",
        "curl -i -g --path-as-is 'https://acme.example/v3/widgets/w-17' \\",
        "cases/get-widget/document/widgets-0.toml:3:9",
        "stable, seen 2 times",
        "1, candidate 3",
        "the world has no `rack`",
        "the same in 8 other cases",
        "does not fail the run, erratum widget-times-as-milliseconds",
    ] {
        assert!(parsed.text.contains(told), "{told} is missing");
    }
}

#[test]
fn a_run_that_was_interrupted_still_leaves_a_page() {
    for length in [0, 1, 5, 20] {
        let parsed = Parsed::of(&page(&run()[..length]));
        assert!(parsed.text.contains("The run ended before its summary."), "{length}");
        parsed.assert_whole();
    }
}

#[test]
fn a_run_without_a_finding_says_so() {
    let events = run();
    let held: Vec<Event> = events[..3].to_vec();
    let text = Parsed::of(&page(&held)).text;
    assert!(text.contains("No finding: no promise was seen broken."), "{text}");
    let nothing = Parsed::of(&page(&[])).text;
    assert!(nothing.contains("No answer came.") && nothing.contains("No case was judged."), "{nothing}");
}

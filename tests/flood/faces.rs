//! What a burst has seen passes through every face.

use serde_json::Value;
use tenantcheck::event::{Event, Flood, Form, Latency, Summary};
use tenantcheck::report::{Format, open};

fn seen() -> Flood {
    let form = Form { status: Some(429), shape: "{message}".into(), count: 31 };
    let latency = Latency { p50_ms: 1.5, p90_ms: 2.0, p99_ms: 3.1, max_ms: 4.0 };
    Flood { operation: "op".into(), served: 99, limited: 31, forms: vec![form], latency, ..Flood::default() }
}

fn written(format: Format, events: &[Event]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report");
    let mut face = open(format, &path).unwrap();
    for event in events {
        face.event(event).unwrap();
    }
    face.finish().unwrap();
    drop(face);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_event_log_holds_it_and_gives_it_back() {
    let line = written(Format::Ndjson, &[Event::Flood(seen())]);
    assert!(line.starts_with(r#"{"event":"flood","operation":"op""#), "{line}");
    let Event::Flood(back) = serde_json::from_str(&line).unwrap() else { unreachable!() };
    assert_eq!(back, seen());
}

#[test]
fn the_json_report_holds_it_where_there_was_one() {
    let summary = Event::Summary(Summary::default());
    let with = written(Format::Json, &[Event::Flood(seen()), summary.clone()]);
    let document: Value = serde_json::from_str(&with).unwrap();
    assert_eq!(document["floods"][0]["forms"][0]["count"], 31);
    let without: Value = serde_json::from_str(&written(Format::Json, &[summary])).unwrap();
    assert!(without.get("floods").is_none());
}

#[test]
fn junit_passes_over_it() {
    let summary = Event::Summary(Summary::default());
    let with = written(Format::Junit, &[Event::Flood(seen()), summary.clone()]);
    let strip = |text: &str| text.split("uuid").next().map(ToOwned::to_owned);
    assert_eq!(strip(&with), strip(&written(Format::Junit, &[summary])));
}

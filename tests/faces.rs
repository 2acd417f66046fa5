//! Every face of a run, rendered from one recorded run, and what none of them may ever do.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "faces/endings.rs"]
mod endings;
#[path = "faces/hostile.rs"]
mod hostile;
#[path = "faces/limits.rs"]
mod limits;
#[path = "faces/recorded.rs"]
mod recorded;

use hostile::{acts, with_hostile_texts};
use recorded::{Run, finding, get, run};
use serde_json::Value;
use snapbox::{Data, assert_data_eq};
use std::path::Path;
use tenantcheck::event::Event;
use tenantcheck::exchange::Outcome;
use tenantcheck::report::{
    Bodies, Destination, Face, Faces, Format, Github, Har, Json, Junit, Look, Markdown, Ndjson, Options, Sarif,
    Terminal, failure_page, read,
};

fn terminal(events: &[Event], color: bool, width: usize) -> String {
    let mut face = Terminal::new(Vec::new(), Options { color, width, progress: false });
    show(&mut face, events);
    String::from_utf8(face.into_inner()).unwrap()
}

fn show(face: &mut dyn Face, events: &[Event]) {
    for event in events {
        face.event(event).unwrap();
    }
    face.finish().unwrap();
}

fn written<'a>(events: &[Event], face: impl FnOnce(&'a mut Vec<u8>) -> Box<dyn Face + 'a>, out: &'a mut Vec<u8>) {
    show(face(out).as_mut(), events);
}

fn ndjson(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Ndjson::new(out, None)), &mut out);
    String::from_utf8(out).unwrap()
}

fn json(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Json::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

fn junit(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Junit::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

fn sarif(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Sarif::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

fn har(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Har::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

fn markdown(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Markdown::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

fn github(events: &[Event]) -> String {
    let mut out = Vec::new();
    written(events, |out| Box::new(Github::new(out)), &mut out);
    String::from_utf8(out).unwrap()
}

/// The one place where moving parts are taken out of what is compared: escape codes, so that a golden can be read.
fn golden(text: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faces").join(name);
    assert_data_eq!(text.replace('\x1b', "␛"), Data::read_from(&path, None).raw());
}

#[test]
fn the_terminal_at_80_columns() {
    golden(&terminal(&run(), false, 80), "terminal-80.txt");
}

#[test]
fn the_terminal_at_40_columns() {
    golden(&terminal(&run(), false, 40), "terminal-40.txt");
}

#[test]
fn the_terminal_in_colour() {
    golden(&terminal(&run(), true, 80), "terminal-colour.txt");
}

#[test]
fn the_json_document() {
    golden(&json(&run()), "report.json");
}

#[test]
fn the_junit_document() {
    golden(&junit(&run()), "report.xml");
}

#[test]
fn the_event_log() {
    golden(&ndjson(&run()), "events.ndjson");
}

#[test]
fn the_sarif_document() {
    golden(&sarif(&run()), "report.sarif");
}

#[test]
fn the_har_document() {
    // One body of the run is that large that it would fill the golden.
    golden(&har(&run()).replace(&"x".repeat(300 * 1024), "xxx"), "report.har");
}

#[test]
fn the_markdown_summary() {
    golden(&markdown(&run()), "report.md");
}

#[test]
fn the_annotations() {
    golden(&github(&run()), "annotations.txt");
}

#[test]
fn nothing_but_a_command_runs_over_the_width() {
    for width in [40, 60, 80, 120] {
        let text = terminal(&run(), false, width);
        let commands = |line: &&str| {
            !line.contains("curl ")
                && !line.starts_with("  tenantcheck ")
                && !line.starts_with("    -")
                && !line.contains("printf")
        };
        for line in text.lines().filter(commands).filter(|line| !line.ends_with(['\\', '|'])) {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn nothing_that_a_tenant_sends_acts_on_the_terminal_in_any_face() {
    for hostile in
        ["\x1b[2J\x1b]0;t\x07", "\u{9b}31m\u{202e}", "\r\x08\u{7f}\0", "a\nb\u{2066}", "\u{1b}", "]]><x>&\u{ffff}"]
    {
        for spared in [&["/verdict"][..], &[]] {
            let events: Vec<Event> = run().iter().map(|event| with_hostile_texts(event, hostile, spared)).collect();
            let faces = [
                terminal(&events, false, 80),
                terminal(&events, false, 30),
                ndjson(&events),
                json(&events),
                junit(&events),
                sarif(&events),
                har(&events),
                markdown(&events),
                github(&events),
            ];
            for text in faces.iter().chain([&failure_page(&events, Look::default())]) {
                let acting = text.chars().find(|character| acts(*character));
                assert_eq!(acting, None, "{hostile:?} in {text}");
            }
            assert_well_formed(&faces[4]);
        }
    }
}

#[test]
fn colour_is_the_only_source_of_escape_codes() {
    let colored = terminal(&run(), true, 80);
    let plain: String = anstream::adapter::strip_str(&colored).to_string();
    assert_eq!(plain, terminal(&run(), false, 80));
    assert!(colored.contains("\x1b[0m"));
}

/// Every start tag with its attributes and every text, as an independent parser reads them.
fn assert_well_formed(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut seen = Vec::new();
    loop {
        use quick_xml::events::Event as Xml;
        match reader.read_event().unwrap() {
            Xml::Eof => return seen,
            Xml::Start(tag) | Xml::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    format!(" {}={value}", String::from_utf8_lossy(attribute.key.0))
                });
                let attributes: String = attributes.collect();
                seen.push(format!("{}{attributes}", String::from_utf8_lossy(tag.name().0)));
            }
            Xml::Text(text) => seen.push(text.decode().unwrap().into_owned()),
            _ => {}
        }
    }
}

#[test]
fn junit_counts_what_the_run_counted() {
    let seen = assert_well_formed(&junit(&run()));
    let of = |tag: &str| seen.iter().filter(|element| element.starts_with(tag)).count();
    assert_eq!((of("testsuite "), of("testcase "), of("failure "), of("skipped ")), (3, 34, 21, 10));
    assert!(seen.iter().any(|element| element.starts_with("skipped") && element.contains("inconclusive: the control")));
    assert!(seen.iter().any(|element| element.starts_with("skipped") && element.contains("skipped: the world has no")));
}

#[test]
fn an_event_log_is_read_back_as_it_was_written() {
    for kept in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.ndjson");
        let file = std::fs::File::create(&path).unwrap();
        let bodies = kept.then(|| Bodies::new(folder.path(), &path));
        show(&mut Ndjson::new(file, bodies), &run());

        let mut recording = read(&path).unwrap();
        let mut cut = Vec::new();
        let mut events = Vec::new();
        while let Some(event) = recording.next() {
            events.push(event.unwrap());
            cut.extend(recording.cuts().to_vec());
        }
        if kept {
            assert!(cut.is_empty());
            assert_eq!(serde_json::to_value(&events).unwrap(), serde_json::to_value(run()).unwrap());
            assert_eq!(std::fs::read_dir(folder.path().join("bodies")).unwrap().count(), 1);
        } else {
            assert_eq!(cut.len(), 1);
            assert!(cut[0].length > 300_000 && cut[0].head.0.len() == 4096 && cut[0].file.is_none());
            assert_eq!(events.len(), run().len());
        }
    }
}

#[test]
fn finding_and_summary_lines_have_the_promised_keys() {
    let log = ndjson(&run());
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys = [
        "fingerprint",
        "rule",
        "level",
        "operation",
        "case",
        "status",
        "pointer",
        "expected",
        "received",
        "stability",
        "erratum",
        "failing",
    ];
    for line in lines.iter().filter(|line| line["event"] == "finding") {
        assert!(keys.iter().all(|key| line.get(key).is_some()), "{line}");
    }
    let last = lines.last().unwrap();
    assert_eq!(last["event"], "summary");
    for key in ["requests", "held", "broken", "skipped", "inconclusive", "exit"] {
        assert!(last[key].is_u64(), "{key}");
    }
}

#[test]
fn a_line_that_is_no_event_is_told_with_its_number() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{\"event\":\"note\",\"text\":\"a\"}\n{\"event\":\"no").unwrap();
    let events: Vec<_> = read(file.path()).unwrap().collect();
    assert!(events[0].is_ok());
    let error = events[1].as_ref().unwrap_err().to_string();
    assert!(error.contains(":2 is no event"), "{error}");
    assert!(read(Path::new("no/such.ndjson")).unwrap_err().to_string().contains("name an event log"));
}

#[test]
fn a_run_that_was_interrupted_leaves_documents_that_can_be_read() {
    let events = run();
    for length in [0, 1, 5, 20] {
        let part = &events[..length];
        let document: Value = serde_json::from_str(&json(part)).unwrap();
        assert!(document["summary"].is_null() && document["cases"].is_array());
        assert_well_formed(&junit(part));
        let document: Value = serde_json::from_str(&sarif(part)).unwrap();
        let run = &document["runs"][0];
        assert!(run["results"].is_array() && run["invocations"][0]["executionSuccessful"] == false);
        let document: Value = serde_json::from_str(&har(part)).unwrap();
        assert!(document["log"]["entries"].is_array());
        assert!(markdown(part).contains("**Cut off**"));
        assert!(terminal(part, false, 80).ends_with("the run ended before its summary\n"));
    }
}

#[test]
fn the_page_of_one_case_comes_from_its_events_alone() {
    let mut one = Run::default();
    let outcome = Outcome::Answered(recorded::answer(200, "OK", &[], "{}"));
    one.send(get("get-widget/plain/one"), outcome);
    assert_eq!(failure_page(&one.events, Look::default()), "");
    one.find(finding("body.schema", "get-widget/plain/one", Some("/id"), "a string", "nothing"));
    one.judge("get-widget/plain/one", "broken", None);
    let page = failure_page(&one.events, Look::default());
    assert!(page.starts_with("BROKEN get-widget/plain/one\n"), "{page}");
    assert!(page.contains("--> cases/get-widget/plain/one.toml:3:9") && page.contains("HTTP/1.1 200 OK"), "{page}");
}

#[test]
fn every_format_opens_renders_and_keeps_the_others_going() {
    let folder = tempfile::tempdir().unwrap();
    let destinations: Vec<Destination> = Format::ALL
        .iter()
        .map(|format| Destination { format: *format, path: folder.path().join(format.name()) })
        .collect();
    let mut faces = Faces::open(&destinations, Some(folder.path())).unwrap();
    show(&mut faces, &run());
    let rendered = [("json", json(&run())), ("junit", junit(&run())), ("sarif", sarif(&run())), ("har", har(&run()))];
    for (name, text) in rendered.into_iter().chain([("markdown", markdown(&run())), ("github", github(&run()))]) {
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), text, "{name}");
    }
    assert_eq!(read(&folder.path().join("ndjson")).unwrap().count(), run().len());
}

//! Any log renders to every face; each parses as what it is, and nothing that a tenant sent acts in it.

use crate::stage::{answer, exchange};
use arbitrary::{Result, Unstructured};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use tenantcheck::contract::{Expect, Place};
use tenantcheck::event::{Baseline, Event, Flood, Form, Judged, Latency, Stale, Start, Summary};
use tenantcheck::exchange::{Exchange, Failure, FailureKind, Octets, Outcome, Probe};
use tenantcheck::report::{Destination, Face, Format, Options, Terminal};
use tenantcheck::verdict::{Finding, Known, Left, Level, Shrunk, Stability, fingerprint};

/// What would act if a face let it through: escape sequences, markup, workflow commands, links.
const HOSTILE: [&str; 12] = [
    "\u{1b}[2J",
    "\u{9b}31m",
    "\u{202e}",
    "\0",
    "<tc-inert>",
    "]]><tc-inert/>",
    "<!--",
    "</script><tc-inert>",
    "\n::error::tc-inert",
    "\" onload=\"tc-inert",
    "[tc](javascript:inert)",
    "| tc | inert |\n|--|--|",
];
/// What no face may hold as it stands.
const MARKUP: &str = "<tc-inert";
const WORDS: [&str; 4] = ["held", "skipped", "inconclusive", "broken"];
const EVENTS: usize = 24;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("tenantcheck-fuzz-logs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("there is room for reports");
    folder
});

/// Renders an arbitrary log to every face.
pub fn render(bytes: &[u8]) {
    let Ok(events) = draw(&mut Unstructured::new(bytes)) else { return };
    for &format in Format::ALL {
        let path = FOLDER.join(format.name());
        let face = Destination { format, path: path.clone() }.open(Some(&FOLDER)).expect("a report can be opened");
        show(face, &events);
        parses(format.name(), &std::fs::read_to_string(&path).expect("a report is text"));
    }
    let options = Options { color: false, width: 80, progress: false };
    let mut terminal = Terminal::new(Vec::new(), options);
    events.iter().for_each(|event| terminal.event(event).expect("memory takes everything"));
    terminal.finish().expect("memory takes everything");
    inert("terminal", &String::from_utf8(terminal.into_inner()).expect("a terminal shows text"));
}

fn show(mut face: Box<dyn Face>, events: &[Event]) {
    events.iter().for_each(|event| face.event(event).expect("a file takes everything"));
    face.finish().expect("a file takes everything");
}

/// Whether a report is what its format says. A format that is not known here must be inert, at least.
fn parses(format: &str, text: &str) {
    inert(format, text);
    match format {
        "ndjson" => text.lines().for_each(|line| drop(serde_json::from_str::<Event>(line).expect(line))),
        "json" | "sarif" | "har" => drop(serde_json::from_str::<serde_json::Value>(text).expect(text)),
        "junit" => xml(text),
        "markdown" => markdown(text),
        _ => {}
    }
    if ["junit", "html"].contains(&format) {
        assert!(!text.contains(MARKUP), "markup of a tenant stands in {format}:\n{text}");
    }
    if format == "github" {
        let command = |line: &str| line.starts_with("::error::tc-inert");
        assert!(!text.lines().any(command), "a workflow command of a tenant stands in\n{text}");
    }
}

fn xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().expect(text) {
            quick_xml::events::Event::Eof => return,
            quick_xml::events::Event::DocType(_) => panic!("a document type stands in\n{text}"),
            _ => {}
        }
    }
}

/// No markup of a tenant is HTML for a reader of Markdown, and none of its links is a link.
fn markdown(text: &str) {
    use pulldown_cmark::{Event as Piece, Options as Dialect, Parser, Tag};
    for piece in Parser::new_ext(text, Dialect::ENABLE_TABLES | Dialect::ENABLE_GFM) {
        match piece {
            Piece::Html(html) | Piece::InlineHtml(html) => {
                assert!(!html.contains("tc-inert"), "{html} acts in\n{text}")
            }
            Piece::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(!dest_url.contains("javascript"), "a link to {dest_url} stands in\n{text}");
            }
            _ => {}
        }
    }
}

fn inert(face: &str, text: &str) {
    let acts = |letter: char| (letter.is_control() && !"\n\t".contains(letter)) || "\u{202e}\u{2028}".contains(letter);
    assert!(!text.contains(acts), "a control character stands in {face}:\n{text:?}");
}

fn draw(choices: &mut Unstructured<'_>) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    while !choices.is_empty() && events.len() < EVENTS {
        events.push(event(choices)?);
    }
    Ok(events)
}

fn event(choices: &mut Unstructured<'_>) -> Result<Event> {
    Ok(match choices.arbitrary::<u8>()? % 11 {
        0 => Event::Run(Start {
            target: text(choices)?,
            version: text(choices)?,
            started: text(choices)?,
            baseline: choices.arbitrary()?,
            ..Start::default()
        }),
        1 => Event::Note { text: text(choices)? },
        2 => Event::Wait { why: text(choices)?, ms: choices.arbitrary()? },
        3 | 4 => Event::Exchange(Arc::new(sent(choices)?)),
        5 | 6 => Event::Finding(Box::new(finding(choices)?)),
        7 => Event::Flood(flood(choices)?),
        8 => Event::Case(judged(choices)?),
        9 => {
            let (fingerprint, reason, rule) = (text(choices)?, text(choices)?, text(choices)?);
            let stale = vec![Stale { fingerprint, reason, rule, case: choices.arbitrary()? }];
            Event::Baseline(Baseline { entries: choices.arbitrary()?, seen: choices.arbitrary()?, stale })
        }
        _ => Event::Summary(Summary {
            held: choices.arbitrary()?,
            broken: choices.arbitrary()?,
            known: choices.arbitrary()?,
            ms: choices.arbitrary()?,
            hints: vec![text(choices)?],
            exit: choices.arbitrary()?,
            ..Summary::default()
        }),
    })
}

fn text(choices: &mut Unstructured<'_>) -> Result<String> {
    Ok(match choices.arbitrary::<u8>()? % 4 {
        0 => (*choices.choose(&HOSTILE)?).to_owned(),
        1 => format!("{}{}", choices.choose(&HOSTILE)?, choices.arbitrary::<&str>()?),
        2 => choices.arbitrary::<&str>()?.repeat(choices.int_in_range(1..=200)?),
        _ => choices.arbitrary::<&str>()?.to_owned(),
    })
}

fn octets(choices: &mut Unstructured<'_>) -> Result<Octets> {
    if choices.arbitrary()? { text(choices).map(Octets::from) } else { choices.arbitrary::<Vec<u8>>().map(Octets) }
}

fn sent(choices: &mut Unstructured<'_>) -> Result<Exchange> {
    let probe = Probe {
        operation: text(choices)?,
        case: name(choices)?,
        method: text(choices)?,
        target: octets(choices)?,
        headers: vec![(text(choices)?, octets(choices)?)],
        body: octets(choices)?,
        ..Probe::default()
    };
    let outcome = if choices.ratio(1_u8, 5)? {
        Outcome::Failed(Failure { kind: FailureKind::NotHttp, detail: text(choices)?, head: octets(choices)? })
    } else {
        let headers = vec![(text(choices)?, octets(choices)?.0)];
        let mut answer = answer(choices.arbitrary()?, headers, octets(choices)?.0);
        (answer.version, answer.reason) = (text(choices)?, text(choices)?);
        Outcome::Answered(answer)
    };
    Ok(Exchange { number: choices.int_in_range(1..=3)?, ..exchange(probe, outcome) })
}

/// One of few names, so that events are about the same things.
fn name(choices: &mut Unstructured<'_>) -> Result<String> {
    if choices.ratio(1_u8, 4)? { text(choices) } else { Ok(format!("widgets/case-{}", choices.int_in_range(0..=2)?)) }
}

fn finding(choices: &mut Unstructured<'_>) -> Result<Finding> {
    let (rule, case, pointer) = (text(choices)?, name(choices)?, choices.arbitrary::<Option<String>>()?);
    let level = *choices.choose(&[Level::Must, Level::Should, Level::Note])?;
    let (from, to, requests, first) = choices.arbitrary()?;
    let [expired, elsewhere, added] = choices.arbitrary()?;
    let known = Known { reason: text(choices)?, until: choices.arbitrary()?, expired, elsewhere, added };
    let left = (0..choices.int_in_range(0..=2)?).map(|_| Ok(Left { id: text(choices)?, title: text(choices)? }));
    let left = left.collect::<Result<Vec<_>>>()?;
    let nearest = if choices.arbitrary()? { serde_json::from_str(choices.arbitrary()?).ok() } else { None };
    Ok(Finding {
        fingerprint: fingerprint(&rule, "widgets", pointer.as_deref(), &case),
        rule,
        level,
        operation: "widgets".into(),
        case,
        status: choices.arbitrary()?,
        pointer,
        expected: text(choices)?,
        received: text(choices)?,
        stability: Stability::Stable,
        erratum: choices.arbitrary()?,
        failing: level == Level::Must,
        known: choices.arbitrary::<bool>()?.then_some(known),
        title: text(choices)?,
        clause: text(choices)?,
        exchange: choices.int_in_range(1..=3)?,
        earlier: choices.arbitrary()?,
        nearest,
        seen: choices.arbitrary()?,
        shrunk: choices.arbitrary::<bool>()?.then_some(Shrunk { from, to, requests, first }),
        expect: None,
        left,
    })
}

fn judged(choices: &mut Unstructured<'_>) -> Result<Judged> {
    let place = Place {
        path: text(choices)?,
        line: choices.arbitrary()?,
        column: choices.arbitrary()?,
        text: text(choices)?,
        width: choices.arbitrary()?,
    };
    Ok(Judged {
        case: name(choices)?,
        operation: "widgets".into(),
        title: text(choices)?,
        clause: text(choices)?,
        place,
        verdict: (*choices.choose(&WORDS)?).to_owned(),
        why: choices.arbitrary()?,
        requests: choices.arbitrary()?,
        known: choices.arbitrary()?,
        expect: Expect { rule: text(choices)?, ..Expect::default() },
        ..Judged::default()
    })
}

fn flood(choices: &mut Unstructured<'_>) -> Result<Flood> {
    let form = Form { status: choices.arbitrary()?, shape: text(choices)?, count: choices.arbitrary()? };
    let latency = Latency { p50_ms: 1.0, p90_ms: 2.0, p99_ms: 3.0, max_ms: f64::from(choices.arbitrary::<u32>()?) };
    Ok(Flood {
        operation: text(choices)?,
        case: name(choices)?,
        requests: choices.arbitrary()?,
        announced_ms: choices.arbitrary()?,
        again_ms: choices.arbitrary()?,
        honest: choices.arbitrary()?,
        forms: vec![form],
        latency,
        ..Flood::default()
    })
}

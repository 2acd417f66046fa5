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
use recorded::{Run, finding, run};
use snapbox::{Data, assert_data_eq};
use std::path::Path;
use tenantcheck::event::Event;
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
    assert_data_eq!(without_style_and_script(&page(&run())), Data::read_from(&path, None).raw());
}

#[test]
fn a_finding_says_what_to_do_about_it() {
    let parsed = Parsed::of(&page(&run()));
    for told in [
        "11 promises are broken: 22 of 33 cases failed.",
        "tenantcheck replay 881f8b116227d6c3",
        "tenantcheck check 'get-widget/flood' --seed 1",
        "curl -i -g --path-as-is 'https://acme.example/v3/widgets/w-17' \\",
        "cases/get-widget/document/widgets-0.toml:3:9",
        "stable, seen 2 times",
        "1, candidate 3",
        "the world has no `rack`",
        "the same in 8 other cases",
        "does not fail the run, erratum widget-times-as-milliseconds",
        "Contract coverage is 92 % (1206 of 1307 that [world] and the flags allow), below the 95 % of --min-coverage.",
        "identifier/id-zeros + value/nul",
        "shrunk from 289 to 66 bytes in 12 requests; request 21 was the first to show it",
    ] {
        assert!(parsed.text.contains(told), "{told} is missing");
    }
}

#[test]
fn a_campaign_tells_what_was_combined_what_was_new_and_what_it_found() {
    let told = page(&run());
    for part in [
        "48 candidates; 60 requests in 1.5 s, 40 a second · 2 behaviours",
        "<a href=\"#finding-afde305019794246\"><code>answer.http</code></a>",
        "afde305019794246</code> · 3 candidates in <code>get-widget&#x2f;fuzz",
        "<td><code>negotiation&#x2f;accept-weights</code></td><td>200 OK</td>",
        "2 new answers among 3 candidates",
    ] {
        assert!(told.contains(part), "{part} is missing");
    }
    let without: Vec<Event> = run().into_iter().filter(|event| !matches!(event, Event::Fuzz(_))).collect();
    assert!(!page(&without).contains("Seeded combinations of defects"));
}

#[test]
fn what_is_broken_is_told_at_the_top_and_linked() {
    let told = page(&run());
    let (head, _) = told.split_once("<form").unwrap();
    for number in 1..=11 {
        assert!(head.contains(&format!("<a href=\"#rule-{number}\">")), "{number}");
        assert!(told.contains(&format!("id=\"rule-{number}\"")), "{number}");
    }
}

#[test]
fn findings_at_the_same_place_in_other_kinds_of_cases_are_folded_together() {
    let mut alike = Run::default();
    for kind in ["a", "b", "c"] {
        let case = format!("get-widget/{kind}/one");
        alike.find(finding("body.schema", &case, Some("/parts/0/size"), "an integer", "a string"));
        alike.judge(&case, "broken", None);
    }
    alike.find(finding("body.schema", "get-widget/a/two", Some("/name"), "a string", "null"));
    let text = page(&alike.events);
    assert_eq!(text.matches("class=\"alike\"").count(), 1);
    assert!(text.contains("2 more at the same place, in other kinds of cases"), "{text}");
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

//! A run that fails looks green in no face, whatever it is that makes it fail.

use crate::recorded::{Run, answer, get};
use crate::{assert_well_formed, github, junit, markdown, sarif, terminal};
use serde_json::Value;
use tenantcheck::event::{Coverage, Event, Reached, Summary};
use tenantcheck::exchange::Outcome;
use tenantcheck::report::{Face, Html};

/// A run in which the only case held, and which ended with this exit code.
fn ended(exit: u8, why: &str, coverage: Option<Coverage>) -> Vec<Event> {
    let mut run = Run::default();
    run.send(get("get-widget/plain/held"), Outcome::Answered(answer(200, "OK", &[], "{}")));
    run.judge("get-widget/plain/held", "held", None);
    run.events.extend(coverage.map(Event::Coverage));
    run.events.push(Event::Summary(Summary { requests: 1, held: 1, exit, why: why.into(), ..Summary::default() }));
    run.events
}

fn low() -> Coverage {
    Coverage { floor: Some(90), total: Reached { seen: 1, allowed: 2, all: 4 }, ..Coverage::default() }
}

fn html(events: &[Event]) -> String {
    let mut out = Vec::new();
    let mut face = Html::new(&mut out);
    for event in events {
        face.event(event).unwrap();
    }
    face.finish().unwrap();
    drop(face);
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn assert_red(events: &[Event], id: &str, told: &str) {
    let annotations = github(events);
    assert!(annotations.starts_with(&format!("::error title={id}::")), "{annotations}");
    let document: Value = serde_json::from_str(&sarif(events)).unwrap();
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false, "{invocation}");
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!((&notification["level"], &notification["descriptor"]["id"]), (&"error".into(), &id.into()));
    let suites = junit(events);
    assert_well_formed(&suites);
    assert!(suites.contains("errors=\"1\"") && suites.contains(&format!("type=\"{id}\"")), "{suites}");
    for text in [annotations, suites, notification.to_string(), markdown(events), html(events)] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
}

#[test]
fn coverage_below_its_floor_is_told_in_every_face() {
    let events = ended(1, "", Some(low()));
    assert_red(&events, "run.min-coverage", "overage is 50 %");
    assert!(html(&events).contains("The run failed, though no promise was seen broken."));
    assert!(markdown(&events).contains("**Failed**, though no promise was seen broken."));
    let told = terminal(&events, false, 80);
    assert!(told.contains("--min-coverage") && told.contains("50 % (1 of 2"), "{told}");
}

#[test]
fn what_could_not_be_judged_is_told_in_every_face() {
    let events = ended(3, "No case of make-widgets was judged.", None);
    assert_red(&events, "run.undecided", "No case of make-widgets was judged.");
    assert!(terminal(&events, false, 80).contains("No case of make-widgets was judged.\n"));
    assert_red(&ended(3, "", None), "run.undecided", "The cases that are not judged say why.");
}

#[test]
fn every_other_end_that_is_not_good_is_told_in_every_face() {
    assert_red(&ended(2, "", None), "run.configuration", "onfiguration");
    assert_red(&ended(4, "", None), "run.nothing-judged", "othing");
    assert_red(&ended(130, "", None), "run.interrupted", "nterrupted");
    let cut_off = &ended(0, "", None)[..2];
    assert_red(cut_off, "run.cut-off", "before its summary");
}

#[test]
fn a_run_that_held_has_no_error_anywhere() {
    let events = ended(0, "", Some(Coverage { floor: Some(50), ..low() }));
    assert_eq!(github(&events), "");
    assert!(junit(&events).contains("errors=\"0\"") && !junit(&events).contains("the run itself"));
    let document: Value = serde_json::from_str(&sarif(&events)).unwrap();
    let invocation = &document["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 0);
}

#[test]
fn what_fails_the_run_has_an_annotation_among_the_ten_that_are_shown() {
    let mut events = crate::run();
    for number in 0..30 {
        let found = crate::finding(&format!("rule.{number}"), "get-widget/plain/many", None, "a", "b");
        events.insert(3, Event::Finding(Box::new(found)));
    }
    let text = github(&events);
    assert!(text.starts_with("::error title=run.min-coverage::Contract coverage is 92 %25"), "{text}");
    assert_eq!(text.matches("::error ").count(), 10);
}

//! Whatever a tenant sends and however long a run is, the faces take little time, memory and room.

use super::recorded::{Run, answer, finding, get, run};
use super::{github, har, junit, markdown, ndjson, sarif, show, terminal};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tenantcheck::event::Event;
use tenantcheck::exchange::Outcome;
use tenantcheck::report::{Face, Html, Look, Ndjson, Options, Terminal, failure_page, read};

#[test]
fn a_body_of_20_megabytes_is_shown_in_bounded_time() {
    let mut one = Run::default();
    let case = "get-widget/size/huge";
    let body = format!("[{}1]", "1,".repeat(10 * 1024 * 1024));
    one.send(get(case), Outcome::Answered(answer(200, "OK", &[], body)));
    let mut found = finding("body.schema", case, Some("/0"), "an object", "1");
    found.nearest = Some(Value::Array(Vec::new()));
    one.find(found).judge(case, "broken", None);
    let begun = Instant::now();
    let page = failure_page(&one.events, Look::default());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert!(page.contains("more of 20,971,523 bytes"), "{page}");
}

#[test]
fn large_bodies_of_a_long_run_are_not_held() {
    let mut face = Terminal::new(Vec::new(), Options { color: false, width: 80, progress: false });
    let body = "x".repeat(200 * 1024);
    let mut alive = Vec::new();
    for _ in 0..1_000 {
        let mut one = Run::default();
        one.send(get("get-widget/size/many"), Outcome::Answered(answer(200, "OK", &[], body.as_str())));
        let Some(Event::Exchange(exchange)) = one.events.first() else { panic!("an exchange was sent") };
        alive.push(std::sync::Arc::downgrade(exchange));
        face.event(&one.events[0]).unwrap();
    }
    let held = alive.iter().filter(|exchange| exchange.strong_count() > 0).count();
    assert!(held * 200 * 1024 <= 20 * 1024 * 1024, "{held} are held");
}

#[test]
fn more_causes_than_a_person_reads_are_counted() {
    let mut many = Run::default();
    for number in 0..60 {
        let rule = format!("rule.{number}");
        many.find(finding(&rule, "get-widget/plain/many", None, "a", "b"));
    }
    let text = terminal(&many.events, false, 80);
    assert_eq!(text.matches("BROKEN").count(), 50);
    assert!(text.contains("… and 10 more causes; the event log has them all"), "{text}");
}

#[test]
fn many_cases_of_one_rule_are_ten_lines_and_a_number() {
    let mut many = Run::default();
    for number in 0..34 {
        let case = format!("get-widget/plain/{number}");
        many.send(get(&case), Outcome::Answered(answer(200, "OK", &[], String::new())));
        many.find(finding("identity.repeatable", &case, Some("/a"), "a", "b")).judge(&case, "broken", None);
    }
    let text = terminal(&many.events, false, 100);
    assert_eq!(text.matches("\nbroken  get-widget/").count() + usize::from(text.starts_with("broken  ")), 10, "{text}");
    assert!(text.contains("\n… and 24 more broken cases of identity.repeatable\n\nBROKEN "), "{text}");
    assert_eq!(text.matches("BROKEN ").count(), 1, "{text}");
}

#[test]
fn one_cause_does_not_take_the_annotations_of_all_others() {
    let mut many = Run::default();
    let first = ["/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i", "/j", "/k"].map(|at| ("body.schema", at));
    let others = [("body.utf8", ""), ("envelope.kind", ""), ("answer.in-time", "")];
    for (number, (rule, pointer)) in first.into_iter().chain(others).enumerate() {
        let case = format!("get-widget/plain/{number}");
        many.send(get(&case), Outcome::Answered(answer(200, "OK", &[], String::new())));
        many.find(finding(rule, &case, Some(pointer), "a", "b")).judge(&case, "broken", None);
    }
    let text = github(&many.events);
    // The first one says that the run was cut off.
    let rules: Vec<&str> =
        text.lines().skip(1).filter_map(|line| line.split("title=").nth(1)?.split(' ').next()).collect();
    assert_eq!(rules[..4], ["body.schema", "body.utf8", "envelope.kind", "answer.in-time"], "{text}");
    assert!(rules.len() == 9 && rules[4..].iter().all(|rule| *rule == "body.schema"), "{text}");
    assert!(text.ends_with("5 more errors without an annotation: GitHub shows 10 of each\n"), "{text}");
}

#[test]
fn findings_without_end_are_counted_in_every_face_for_people() {
    let mut many = Run::default();
    for number in 0..6_000 {
        let case = format!("get-widget/plain/{number}");
        let received = "`<b>".repeat(90);
        let found = finding(&format!("rule.{}", number % 300), &case, None, "a", &received);
        many.send(get(&case), Outcome::Answered(answer(200, "OK", &[], "x".repeat(4_000)))).find(found);
        many.judge(&case, "broken", None);
    }
    let text = markdown(&many.events);
    assert!(text.len() <= 60_000, "{}", text.len());
    assert!(text.contains("There was no room for") && text.contains("### 2"), "{text}");
    let text = github(&many.events);
    assert_eq!((text.lines().count(), text.matches("::error ").count()), (11, 10));
    assert!(text.ends_with("291 more errors without an annotation: GitHub shows 10 of each\n"), "{text}");
    let document: Value = serde_json::from_str(&sarif(&many.events)).unwrap();
    let run = &document["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 5_000);
    assert!(run["invocations"][0].to_string().contains("1,000 more results left out"));
}

#[test]
fn reasons_without_end_are_told_as_one() {
    let mut many = Run::default();
    for number in 0..100 {
        many.judge(&format!("get-widget/plain/{number}"), "skipped", Some(&format!("reason {number}")));
    }
    let text = terminal(&many.events, false, 80);
    assert_eq!(text.matches("skipped, 1 case").count(), 30);
    assert!(text.contains("skipped, 70 cases: other reasons"), "{text}");
}

#[test]
fn a_pointer_of_a_megabyte_is_cut() {
    let mut one = Run::default();
    let pointer = format!("/{}", "k\u{1b} ".repeat(300_000));
    let found = finding("body.schema", "get-widget/plain/long", Some(&pointer), &pointer, &pointer);
    one.find(found).judge("get-widget/plain/long", "broken", None);
    let begun = Instant::now();
    assert!(terminal(&one.events, false, 80).len() < 20_000);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_nearest_body_too_deep_to_be_read_back_stays_out_of_the_log() {
    let deep = (0..500).fold(json!(1), |inner, _| json!([inner]));
    let mut one = Run::default();
    let found = finding("body.schema", "get-widget/plain/deep", Some(""), "a", "b");
    one.find(tenantcheck::verdict::Finding { nearest: Some(deep), ..found });
    let file = tempfile::NamedTempFile::new().unwrap();
    show(&mut Ndjson::new(file.reopen().unwrap(), None), &one.events);
    let events: Vec<Event> = read(file.path()).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(matches!(&events[0], Event::Finding(finding) if finding.nearest.is_none()));
}

#[test]
fn a_finding_whose_exchange_is_long_gone_says_where_it_is() {
    let mut many = Run::default();
    many.find(finding("body.schema", "get-widget/plain/gone", None, "a", "b"));
    let page = failure_page(&many.events, Look::default());
    assert!(page.contains("request 0 and its answer are in the event log"), "{page}");
}

/// An event with every number as large as its log may hold it.
fn enlarged(event: &Event) -> Event {
    let mut value = serde_json::to_value(event).unwrap();
    let mut places = Vec::new();
    numbers(&value, String::new(), &mut places);
    for place in places {
        let small = value.pointer_mut(&place).map(|number| std::mem::replace(number, u64::MAX.into()));
        if serde_json::from_value::<Event>(value.clone()).is_err() {
            value.pointer_mut(&place).into_iter().zip(small).for_each(|(number, small)| *number = small);
        }
    }
    serde_json::from_value(value).unwrap()
}

fn numbers(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Number(_) => places.push(place),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| numbers(item, format!("{place}/{index}"), places));
        }
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name != "number" && *name != "exchange").for_each(|(name, member)| {
                numbers(member, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            });
        }
        _ => {}
    }
}

#[test]
fn the_largest_numbers_that_a_log_may_hold_break_no_face() {
    let events: Vec<Event> = run().iter().map(enlarged).collect();
    assert!(events.iter().any(|event| matches!(event, Event::Summary(summary) if summary.held == u64::MAX)));
    for face in [super::json, junit, sarif, har, markdown, github, ndjson] {
        assert!(!face(&events).is_empty());
    }
    assert!(terminal(&events, false, 80).contains("18,446,744,073,709,551,615"));
    let mut page = Vec::new();
    show(&mut Html::new(&mut page), &events);
    assert!(String::from_utf8(page).unwrap().contains("18,446,744,073,709,551,615"));
}

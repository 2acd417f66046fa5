//! However much a run holds, the page stays one that a browser opens at once, and says what it leaves out.

use crate::page;
use crate::parsed::Parsed;
use crate::recorded::{Run, answer, finding, get};
use serde_json::json;
use tenantcheck::event::Event;
use tenantcheck::exchange::Outcome;
use tenantcheck::report::{Face, Html};

const MEGABYTE: usize = 1 << 20;

#[test]
fn five_thousand_findings_stay_below_some_megabytes() {
    let mut many = Run::default();
    let body = "<\"&'/>\u{202e}".repeat(2_000);
    for number in 0..5_000 {
        let case = format!("get-widget/many/{number}");
        many.send(get(&case), Outcome::Answered(answer(200, "OK", &[], body.as_str())));
        let mut found = finding(&format!("rule.{}", number % 50), &case, Some("/a"), "a", "b");
        found.fingerprint = format!("{number:016x}");
        many.find(found).judge(&case, "broken", None);
    }
    let text = page(&many.events);
    assert!(text.len() < 12 * MEGABYTE, "{} bytes", text.len());
    let parsed = Parsed::of(&text);
    parsed.assert_whole();
    println!("{} bytes, {} causes", text.len(), parsed.count("article"));
    assert!(parsed.text.contains(" more are left out and stand in the event log."), "left out");
    assert!(parsed.text.contains("3,500 more cases are left out here; the event log has them all."), "cases");
    assert!(parsed.text.contains("and its answer are left out here; they stand in the event log."), "evidence");
}

#[test]
fn lines_of_a_megabyte_are_cut_and_their_size_is_told() {
    let long = "x".repeat(MEGABYTE);
    let mut one = Run::default();
    let case = format!("get-widget/{long}/a");
    let mut probe = get(&case);
    probe.target = format!("/{long}").into();
    probe.method.clone_from(&long);
    let back = answer(200, &long, &[("a", long.as_str()), (long.as_str(), "b")], json!({ "a": long }).to_string());
    one.send(probe, Outcome::Answered(back));
    let mut found = finding(&long, &case, Some(&long), &long, &long);
    found.nearest = Some(json!({ "a": "b" }));
    found.clause.clone_from(&long);
    one.find(found).judge(&case, "inconclusive", Some(&long));
    let text = page(&one.events);
    assert!(text.len() < MEGABYTE / 4, "{} bytes", text.len());
    assert!(text.contains("1,048,584 bytes; 1,040,392 bytes are left out here"));
}

#[test]
fn bodies_of_a_long_run_are_not_held() {
    let mut face = Html::new(Vec::new());
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
    assert!(held * body.len() <= 20 * MEGABYTE, "{held} are held");
}

//! Tenants that break the promise in one way each, and tenants of which a flood must not say more than it knows.

use crate::limiter::{FixedWindow, Limiter as _, SlidingLog};
use crate::server::{Reply, start};
use crate::{Told, flood, patiently};
use std::time::Duration;
use tenantcheck::purse::Waits;
use tenantcheck::verdict::{Level, Stability};

/// Floods a tenant that serves so many requests and answers the rest of them in another way.
fn serves(served: u64, then: impl Fn() -> Option<Reply> + Send + Sync + 'static) -> Told {
    flood(&start(move |ask| if ask.number <= served { Some(Reply::served()) } else { then() }).url)
}

/// Floods a tenant with a window of a second whose 429 is made by a test.
fn limits(limited: impl Fn() -> Reply + Send + Sync + 'static) -> Told {
    let window = FixedWindow::new(30, Duration::from_secs(1));
    flood(&start(move |_| Some(window.take().map_or_else(|_| limited(), |()| Reply::served()))).url)
}

#[track_caller]
fn breaks(told: &Told, rule: &str) {
    assert_eq!(told.broken(), [rule], "{}", told.shown());
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("broken", 1));
    let finding = told.findings.iter().find(|finding| finding.failing).unwrap();
    assert!(finding.stability == Stability::Stable && finding.seen >= 2, "{finding:?}");
    assert_eq!(told.floods.len(), 2, "a finding is looked for in a second burst");
}

/// Single requests after a burst show the same again and again, so that no second burst is needed for it.
#[track_caller]
fn breaks_after_the_wait(told: &Told) {
    assert_eq!(told.broken(), ["rate.serves-after-wait"], "{}", told.shown());
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("broken", 1));
    let finding = told.findings.iter().find(|finding| finding.failing).unwrap();
    assert!(finding.stability == Stability::Stable && finding.seen >= 2, "{finding:?}");
    assert_eq!((told.floods.len(), told.floods[0].honest, told.floods[0].again_ms), (1, Some(false), None));
}

#[track_caller]
fn undecided(told: &Told, why: &str) {
    assert!(told.broken().is_empty() && told.case.verdict == "inconclusive", "{}", told.shown());
    assert!(told.why().contains(why), "{}", told.why());
    assert_eq!(told.summary.exit, 3);
}

#[test]
fn no_limit_at_all_is_inconclusive_within_the_budget() {
    let told = serves(u64::MAX, || None);
    undecided(&told, "no 429 came in 147 requests");
    assert!(told.findings.is_empty() && told.summary.requests <= 150);
}

#[test]
fn a_429_without_a_wait_is_broken() {
    breaks(&limits(Reply::limited), "headers.retry-after");
}

#[test]
fn a_429_with_a_body_of_html_is_broken() {
    breaks(&limits(|| Reply::limited().html().header("Retry-After", 1)), "headers.media-type");
}

#[test]
fn a_tenant_that_does_not_serve_after_its_own_wait_is_broken() {
    let told = serves(30, || Some(Reply::limited().header("Retry-After", 1)));
    breaks_after_the_wait(&told);
}

#[test]
fn a_limit_that_lasts_longer_than_it_says_is_broken_although_it_ends() {
    let window = SlidingLog::new(30, Duration::from_secs(5), false);
    let limited = || Reply::limited().header("Retry-After", 1);
    breaks_after_the_wait(&flood(
        &start(move |_| Some(window.take().map_or_else(|_| limited(), |()| Reply::served()))).url,
    ));
}

#[test]
fn a_limit_that_lasts_a_little_longer_than_it_says_is_looked_for_in_a_second_burst() {
    let window = SlidingLog::new(30, Duration::from_millis(2_500), false);
    let limited = || Reply::limited().header("Retry-After", 1);
    let told = flood(&start(move |_| Some(window.take().map_or_else(|_| limited(), |()| Reply::served()))).url);
    breaks(&told, "rate.serves-after-wait");
    let lasts = |again: u64| (2_500..4_000).contains(&again);
    assert!(told.floods.iter().all(|seen| seen.honest == Some(false) && seen.again_ms.is_some_and(lasts)));
    assert!(told.floods.iter().all(|seen| seen.served + 2 > 29), "both bursts start with a window of their own");
}

#[test]
fn a_wait_that_is_once_too_short_is_a_note() {
    let window = SlidingLog::new(30, Duration::from_millis(2_500), false);
    let tenant = start(move |ask| {
        let wait = |wait: Duration| wait.as_secs() + 1;
        let limited = |real| Reply::limited().header("Retry-After", if ask.number < 110 { 1 } else { wait(real) });
        Some(window.take().map_or_else(limited, |()| Reply::served()))
    });
    let told = flood(&tenant.url);
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("held", 0), "{}", told.shown());
    assert_eq!(told.floods.iter().map(|seen| seen.honest).collect::<Vec<_>>(), [Some(false), Some(true)]);
}

#[test]
fn a_503_instead_of_a_429_is_broken() {
    let told = limits(|| Reply::json(503, "").html());
    breaks(&told, "rate.no-collapse");
    assert!(told.floods[0].forms.iter().any(|form| form.status == Some(503) && form.shape == "text/html"));
}

#[test]
fn a_403_instead_of_a_429_is_broken() {
    let body = r#"{"detailCode":"403 Forbidden","trackingId":"0","messages":[{"text":"Blocked."}]}"#;
    let told = serves(30, move || Some(Reply::json(403, body)));
    assert!(told.broken().contains(&"rate.no-collapse"), "{}", told.shown());
}

#[test]
fn connections_that_are_cut_under_load_are_broken() {
    let window = FixedWindow::new(100, Duration::from_secs(1));
    let tenant = start(move |ask| {
        let limited = |_| Reply::limited().header("Retry-After", 1);
        let answered = window.take().map_or_else(limited, |()| Reply::served());
        (ask.under_way <= 10).then(|| answered.after(Duration::from_millis(50)))
    });
    breaks(&flood(&tenant.url), "rate.no-collapse");
}

#[test]
fn a_tenant_that_falls_silent_under_load_is_broken() {
    let tenant = start(move |ask| {
        let delay = if ask.under_way > 10 { Duration::from_secs(7) } else { Duration::from_millis(20) };
        Some(Reply::served().after(delay))
    });
    let told = flood(&tenant.url);
    breaks(&told, "rate.no-collapse");
    assert!(told.summary.ms < 30_000);
}

#[test]
fn a_tenant_that_answers_one_after_another_is_slow_and_not_broken() {
    let turn = std::sync::Mutex::new(());
    let tenant = start(move |_| {
        let _mine = turn.lock().unwrap();
        std::thread::sleep(Duration::from_millis(150));
        Some(Reply::served())
    });
    undecided(&flood(&tenant.url), "a slow tenant is not judged");
}

#[test]
fn a_token_that_expires_in_the_middle_is_inconclusive() {
    let expired = || Some(Reply::json(401, r#"{"error":"JWT validation failed: JWT is expired"}"#));
    let told = serves(30, expired);
    undecided(&told, "could not be looked for again");
    let window = FixedWindow::new(30, Duration::from_secs(1));
    let limited = |_| Reply::limited().header("Retry-After", 1);
    let began = std::time::Instant::now();
    let tenant = start(move |_| {
        let good = || Some(window.take().map_or_else(limited, |()| Reply::served()));
        if began.elapsed() < Duration::from_millis(700) { good() } else { expired() }
    });
    undecided(&flood(&tenant.url), "401 came after the wait");
}

#[test]
fn a_tenant_that_never_comes_back_is_lost() {
    let tenant = start(|ask| Some(if ask.number <= 30 { Reply::served() } else { Reply::json(503, "") }));
    let told = patiently(&tenant.url, Waits { limits: Some(Duration::from_secs(3)), ..Waits::default() });
    undecided(&told, "could not be looked for again");
    let note = &told.findings[0];
    assert_eq!((note.rule.as_str(), note.level, note.stability), ("rate.no-collapse", Level::Note, Stability::Once));
}

#[test]
fn what_one_burst_alone_shows_is_a_note() {
    let window = FixedWindow::new(30, Duration::from_secs(1));
    let tenant = start(move |ask| {
        let answered = window.take().map_or_else(|_| Reply::limited().header("Retry-After", 1), |()| Reply::served());
        Some(if ask.number == 7 { Reply::json(500, "") } else { answered })
    });
    let told = flood(&tenant.url);
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("held", 0), "{}", told.shown());
    let levels: Vec<_> = told.findings.iter().map(|finding| (finding.level, finding.stability)).collect();
    assert_eq!(levels, [(Level::Note, Stability::Flaky)]);
}

#[test]
fn a_wait_longer_than_the_purse_is_inconclusive() {
    undecided(&limits(|| Reply::limited().header("Retry-After", 3_000)), "3000 s, which the purse");
}

#[test]
fn a_wait_beyond_all_bounds_is_inconclusive() {
    undecided(&limits(|| Reply::limited().header("Retry-After", u64::MAX)), "which the purse");
}

#[test]
fn a_tenant_that_refuses_everything_is_not_flooded() {
    let told = serves(0, || Some(Reply::json(401, r#"{"error":"JWT validation failed"}"#)));
    undecided(&told, "got 401");
    assert!(told.summary.requests < 20 && told.floods.is_empty());
}

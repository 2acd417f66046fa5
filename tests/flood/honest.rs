//! Tenants that keep the promise, each with another limiter: twenty floods each, and no finding.

use crate::limiter::{FixedWindow, Limiter, SlidingLog, TokenBucket};
use crate::server::{Reply, Server, start};
use crate::{Told, flood, flood_with};
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};
use tenantcheck::purse::Waits;

const SECOND: Duration = Duration::from_secs(1);

/// How a wait is written.
type Written = fn(Duration) -> String;

fn rounded_up(wait: Duration) -> String {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).to_string()
}

fn rounded_down(wait: Duration) -> String {
    wait.as_secs().to_string()
}

fn as_date(wait: Duration) -> String {
    httpdate::fmt_http_date(SystemTime::now() + wait + SECOND)
}

fn tenant(limiter: impl Limiter, written: Written) -> Server {
    start(move |_| {
        Some(match limiter.take() {
            Ok(()) => Reply::served(),
            Err(wait) => {
                let date = httpdate::fmt_http_date(SystemTime::now());
                Reply::limited().header("Retry-After", written(wait)).header("Date", date)
            }
        })
    })
}

/// Twenty floods, each of a new tenant.
fn twenty(tenant: impl Fn() -> Server + Copy + Send + Sync) {
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(move || (0..2).for_each(|_| held(&flood(&tenant().url))));
        }
    });
}

fn held(told: &Told) {
    assert!(told.findings.is_empty() && told.case.verdict == "held", "{}", told.shown());
    assert_eq!(told.summary.exit, 0);
    assert!(told.summary.requests <= 150, "{}", told.summary.requests);
    assert!(told.floods.len() == 1 && told.floods[0].again_ms.is_some(), "{}", told.shown());
    assert_eq!(told.floods[0].honest, Some(true), "{}", told.shown());
}

#[test]
fn a_fixed_window_holds() {
    twenty(|| tenant(FixedWindow::new(30, SECOND), rounded_up));
}

#[test]
fn a_wait_that_is_rounded_down_holds() {
    twenty(|| tenant(FixedWindow::new(30, SECOND), rounded_down));
}

#[test]
fn a_sliding_window_holds() {
    twenty(|| tenant(SlidingLog::new(40, SECOND, false), rounded_up));
}

#[test]
fn a_limiter_that_counts_refused_requests_holds() {
    twenty(|| tenant(SlidingLog::new(40, SECOND, true), rounded_up));
}

#[test]
fn a_token_bucket_holds() {
    twenty(|| tenant(TokenBucket::new(40.0, 4.0), rounded_up));
}

#[test]
fn a_token_bucket_that_fills_slowly_holds_however_its_waits_are_rounded() {
    for written in [rounded_up as Written, rounded_down] {
        held(&flood(&tenant(TokenBucket::new(30.0, 0.35), written).url));
    }
}

#[test]
fn a_wait_as_a_date_holds() {
    twenty(|| tenant(FixedWindow::new(30, SECOND), as_date));
}

#[test]
fn a_date_that_comes_without_a_date_to_measure_by_is_measured_by_our_own_clock() {
    let off = |hours: u64| {
        let window = FixedWindow::new(30, 3 * SECOND);
        start(move |_| {
            let until = |wait| as_date(wait + Duration::from_hours(hours));
            let limited = |wait| Reply::limited().header("Retry-After", until(wait));
            Some(window.take().map_or_else(limited, |()| Reply::served()))
        })
    };
    let told = flood(&off(0).url);
    held(&told);
    assert!(told.floods[0].announced_ms.is_some_and(|wait| (2_000..=4_000).contains(&wait)), "{}", told.shown());
    let other = flood(&off(2).url);
    assert!(other.why().contains("no 429 announced a wait that can be read"), "{}", other.shown());
}

#[test]
fn a_date_by_a_clock_that_is_a_little_late_is_not_called_untrue() {
    let window = FixedWindow::new(30, 6 * SECOND);
    let tenant = start(move |_| {
        let until = |wait: Duration| as_date(wait.saturating_sub(4 * SECOND));
        let limited = |wait| Reply::limited().header("Retry-After", until(wait));
        Some(window.take().map_or_else(limited, |()| Reply::served()))
    });
    let told = flood(&tenant.url);
    assert!(told.broken().is_empty() && told.floods[0].honest.is_none(), "{}", told.shown());
}

#[test]
fn a_limit_of_one_request_holds() {
    held(&flood(&tenant(SlidingLog::new(1, SECOND, false), rounded_up).url));
}

#[test]
fn a_slow_tenant_does_not_slow_the_burst() {
    let window = FixedWindow::new(100, 5 * SECOND);
    let slow = start(move |_| {
        let reply = match window.take() {
            Ok(()) => Reply::served(),
            Err(wait) => Reply::limited().header("retry-after", rounded_up(wait)),
        };
        Some(reply.after(Duration::from_millis(200)))
    });
    let told = flood(&slow.url);
    held(&told);
    assert_eq!(told.floods[0].at_once, 64);
    assert!(slow.most.load(Ordering::SeqCst) >= 60, "{} at once", slow.most.load(Ordering::SeqCst));
    assert!(told.floods[0].latency.p50_ms >= 200.0);
}

#[test]
fn without_a_world_an_unknown_document_meets_the_limit_too() {
    let window = FixedWindow::new(30, SECOND);
    let tenant = start(move |ask| {
        let tracking = format!("{:032x}", ask.number);
        Some(match window.take() {
            Ok(()) => Reply::json(
                404,
                &format!(
                    r#"{{"detailCode":"404 Not found","trackingId":"{tracking}","messages":[{{"text":"No such document."}}]}}"#
                ),
            ),
            Err(wait) => Reply::limited().header("Retry-After", rounded_up(wait)),
        })
    });
    let told = flood_with(&tenant.url, None, Waits::default());
    held(&told);
    assert_eq!(told.floods[0].served + told.floods[0].before, 30);
}

//! Floods and pace: how much arrives, and how fast.

use crate::proxy::Heard;
use crate::trip::{FAST, Trip};
use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How long the start of a run is watched: its own pace gives out what a window of 10 s holds, and then waits.
const WATCHED: Duration = Duration::from_secs(9);

#[test]
fn no_flood_goes_out_without_the_users_word() {
    for arguments in [&["flood"][..], &["check", "--phase", "flood"]] {
        let trip = Trip::new();
        let ran = trip.run(&[arguments, &FAST].concat()).exits(2);
        assert!(format!("{}{}", ran.out(), ran.err()).contains("--allow-flood"), "{}", ran.out());
        assert_eq!(trip.proxy.requests("").len(), 0, "{arguments:?}");
    }
}

#[test]
fn a_flood_with_the_users_word_sends_150_requests_at_most() {
    let trip = Trip::new();
    let ran = trip.run(&["flood", "--allow-flood"]);
    let requests = trip.proxy.requests("");
    assert!((100..=150).contains(&requests.len()), "{}\n{}", requests.len(), ran.out());
    assert!(requests.iter().all(|request| request.starts_with("GET ")));
}

#[test]
fn each_caller_sends_less_than_100_requests_in_10_seconds() {
    let trip = Trip::new();
    let mut command = trip.command(&["check", "--phase", "cases,coverage", "--allow-writes"]);
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let over = loop {
        let status = child.try_wait().unwrap();
        if status.is_some() || began.elapsed() > WATCHED {
            break status;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    if over.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let counted = trip.proxy.ears(|ears| by_caller(&ears.heard));
    assert!(counted.values().all(|count| *count < 100), "{counted:?}");
    assert!(over.is_none() && counted.values().sum::<usize>() > 0, "it was to wait: {over:?} {counted:?}");
}

#[test]
fn a_rate_of_the_users_choice_is_kept() {
    let trip = Trip::new();
    trip.run(&["check", "--phase", "cases", "get-document/index", "get-document/unknown", "--rate", "4/1"]).exits(0);
    let times: Vec<Instant> = trip.proxy.ears(|ears| ears.heard.iter().map(|heard| heard.at).collect());
    let (first, last) = (times[0], times[times.len() - 1]);
    let windows = u64::try_from((times.len() - 1) / 4).unwrap();
    // The first request may arrive late, and no other one early.
    let shortest = Duration::from_secs(windows).saturating_sub(Duration::from_millis(700));
    assert!(times.len() > 8 && last - first >= shortest, "{} in {:?}", times.len(), last - first);
}

fn by_caller(heard: &[Heard]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for one in heard {
        let line = one.text.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization:"));
        *counted.entry(line.unwrap_or_default().to_owned()).or_default() += 1;
    }
    counted
}

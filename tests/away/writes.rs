//! Uploads: no request names a real source without the user's word, and none is made up with it.

use crate::trip::{FAST, Trip, plain};

const PHASES: [&str; 4] = ["check", "--phase", "cases,coverage", "load-accounts/**"];

#[test]
fn bad_credentials_and_unknown_ids_go_to_a_writing_endpoint_and_no_real_source_does() {
    let trip = Trip::new();
    let ran = trip.run(&[&PHASES, &FAST[..], &["--report", "ndjson=log"]].concat()).exits(0);
    let uploads: Vec<String> = trip.proxy.requests("POST ").iter().map(|one| plain(one)).collect();
    assert!(uploads.len() >= 25, "{} uploads\n{}", uploads.len(), ran.out());
    let real = trip.sources();
    for upload in &uploads {
        assert!(real.iter().all(|id| !upload.contains(id.as_str())) && !upload.contains('*'), "{upload}");
    }
    let log = trip.folder.events("log");
    let held: Vec<&str> = log
        .iter()
        .filter(|event| event["event"] == "case" && event["verdict"] == "held")
        .map(|event| event["case"].as_str().unwrap())
        .collect();
    let of = |layer: &str| held.iter().filter(|case| case.contains(&format!("/coverage/{layer}/"))).count();
    assert!(of("credential") >= 8 && of("identifier") >= 4, "{held:?}");
    assert_eq!(held.iter().filter(|case| case.contains("/coverage/")).count(), of("credential") + of("identifier"));
}

#[test]
fn a_whole_run_without_the_users_word_names_no_real_source_anywhere() {
    let trip = Trip::new();
    let ran = trip.run(&[&["check"], &FAST[..]].concat()).exits(0);
    assert!(ran.out().contains("The flood was left out"), "{}", ran.out());
    let real = trip.sources();
    // A document may be asked for by the id of a source: that changes nothing.
    let named = |text: &String| {
        let line = plain(text);
        !line.contains("/search/") && real.iter().any(|id| line.contains(id.as_str()))
    };
    let named: Vec<String> = trip.proxy.requests("").into_iter().filter(named).collect();
    assert_eq!(named, Vec::<String>::new());
    assert!(trip.proxy.requests("GET ").len() > 50 && trip.proxy.requests("POST ").len() > 20);
}

#[test]
fn the_users_word_lets_every_defect_out() {
    let dry = |more: &[&str]| {
        let trip = Trip::new();
        let out = trip.run(&[&PHASES[..], &["--dry-run"], more].concat()).exits(0).out();
        assert_eq!(trip.proxy.ears(|ears| ears.connections), 0, "a dry run reaches nobody");
        out
    };
    let (allowed, kept_back) = (dry(&["--allow-writes"]), dry(&[]));
    assert!(allowed.contains("coverage/csv/") && !kept_back.contains("coverage/csv/"), "{kept_back}");
    assert!(kept_back.contains("coverage/credential/"), "{kept_back}");
}

#[test]
fn with_the_users_word_uploads_arrive_at_the_real_sources() {
    let trip = Trip::new();
    let arguments = ["check", "--phase", "cases", "load-accounts/upload/**", "--allow-writes"];
    trip.run(&[&arguments, &FAST[..]].concat()).exits(0);
    let real = trip.sources();
    let uploads = trip.proxy.requests("POST ");
    let named = uploads.iter().filter(|upload| real.iter().any(|id| plain(upload).contains(id.as_str()))).count();
    assert!(named >= 3 && named == uploads.len(), "{named} of {}", uploads.len());
}

#[test]
fn the_users_word_without_a_source_in_the_world_names_none() {
    let trip = Trip::new().configured(|line| {
        let source = ["delimited-source", "direct-source"].iter().any(|key| line.starts_with(key));
        (!source).then(|| line.to_owned())
    });
    let ran = trip.run(&[&PHASES, &FAST[..], &["--allow-writes"]].concat()).exits(0);
    let uploads = trip.proxy.requests("POST ");
    assert!(uploads.len() >= 25, "{} uploads\n{}", uploads.len(), ran.out());
    let real = trip.sources();
    for upload in uploads {
        let line = plain(&upload);
        assert!(real.iter().all(|id| !line.contains(id.as_str())) && !line.contains('*'), "{line}");
    }
}

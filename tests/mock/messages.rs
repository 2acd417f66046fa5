//! Error messages: their language, and the ids that they carry.

use crate::client::{full, request};
use crate::tenant;
use std::collections::BTreeSet;

#[test]
fn messages_come_in_the_language_that_was_asked_for() {
    let tenant = tenant();
    let said = |header: &str| {
        let envelope = full(&tenant, "GET /v3/search/identities/none", &[header], b"").envelope(404);
        let message = envelope["messages"][0].clone();
        let text = |name: &str| message[name].as_str().unwrap().to_owned();
        (text("locale"), text("localeOrigin"), text("text"))
    };
    let english = said("X-Nothing: 1");
    let german = said("Accept-Language: da, de-AT;q=0.8, en;q=0.1");
    assert_eq!((english.0.as_str(), english.1.as_str()), ("en-US", "DEFAULT"));
    assert_eq!((german.0.as_str(), german.1.as_str()), ("de", "REQUEST"));
    assert_ne!(english.2, german.2);
    assert_eq!(said("Accept-Language: ;;;q=,\u{e9}"), english);
    let asked = said("Accept-Language: en");
    assert_eq!((asked.0.as_str(), asked.1.as_str()), ("en-US", "REQUEST"));
}

#[test]
fn tracking_ids_never_repeat() {
    let tenant = tenant();
    let mut ids = BTreeSet::new();
    for _ in 0..200 {
        let reply = request(&tenant, "GET /nowhere", &[], b"");
        let envelope = reply.envelope(404);
        assert_eq!(reply.header("slpt-request-id"), envelope["trackingId"].as_str());
        assert!(ids.insert(envelope["trackingId"].to_string()));
    }
}

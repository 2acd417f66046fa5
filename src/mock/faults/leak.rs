//! Answers that show what should not get out.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS};
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    fault("leak/java-trace", "A 404 shows where in Java it was thrown", At::ANYWHERE.status(404), |_, answer| {
        say(
            answer,
            "java.util.NoSuchElementException: no value\n\tat com.halvorsen.search.Store.find(Store.java:214)\n",
        );
    }),
    fault("leak/python-trace", "A 400 shows where in Python it was raised", At::ANYWHERE.status(400), |_, answer| {
        say(
            answer,
            "Traceback (most recent call last):\n  File \"/srv/api/views.py\", line 83, in load\nValueError: no\n",
        );
    }),
    fault("leak/node-trace", "A 401 shows where in JavaScript it was thrown", At::ANYWHERE.status(401), |_, answer| {
        let trace = "JsonWebTokenError: jwt malformed\n    at /srv/api/node_modules/verify.js:102:17\n";
        answer.body = json!({ "error": trace });
    }),
    fault("leak/token", "A 403 repeats the token", At::ANYWHERE.status(403), |asked, answer| {
        let token = asked.call.head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        say(answer, &format!("Not enough for this: {}", token.unwrap_or_default()));
    }),
    fault("leak/token-header", "Each document repeats the token in a header", DOCUMENTS, |asked, answer| {
        if let Some(token) = asked.call.head.headers.get(AUTHORIZATION) {
            answer.headers.insert(HeaderName::from_static("x-forwarded-authorization"), token.clone());
        }
    }),
    fault("leak/token-cookie", "Each 400 keeps the token in a cookie", At::ANYWHERE.status(400), |asked, answer| {
        let token = asked.call.head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.unwrap_or_default().trim_start_matches("Bearer ");
        if let Ok(cookie) = HeaderValue::try_from(format!("session={token}; Path=/")) {
            answer.headers.insert(http::header::SET_COOKIE, cookie);
        }
    }),
    fault("leak/headers", "A refusal repeats the headers of the request", At::ANYWHERE.status(400), |asked, answer| {
        let headers = asked.call.head.headers.iter().filter(|(name, _)| *name != AUTHORIZATION);
        say(answer, &format!("Refused: {:?}", headers.collect::<Vec<_>>()));
    }),
    fault("leak/dotnet-trace", "A 403 shows where in C# it was thrown", At::ANYWHERE.status(403), |_, answer| {
        say(
            answer,
            "System.NullReferenceException: no object\r\n   at Api.Sources.Load(String id) in C:\\src\\Sources.cs:line 61\r\n",
        );
    }),
    fault("leak/go-trace", "A 404 shows where in Go it panicked", At::ANYWHERE.status(404), |_, answer| {
        say(
            answer,
            "panic: nil map\n\ngoroutine 17 [running]:\nmain.find(0xc000012345)\n\t/srv/api/find.go:88 +0x1d\n",
        );
    }),
    fault("leak/token-unauthorized", "A 401 repeats the token", At::ANYWHERE.status(401), |asked, answer| {
        let token = asked.call.head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        answer.body = json!({ "error": format!("no good: {}", token.unwrap_or_default()) });
    }),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Leak, title, at, deed: Deed::Alter(deed) }
}

fn say(answer: &mut Answer, words: &str) {
    if let Some(text) = answer.body.pointer_mut("/messages/0/text") {
        *text = words.into();
    }
}

//! What real services were reported for, each with the report it was taken from.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::coding;
use crate::mock::endpoint::Endpoint;
use crate::mock::field::Put::Json;
use crate::mock::raw::{Raw, Then, line, text};
use crate::mock::rewrite::fail;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    alter(
        "reported/nul-in-id",
        "A NUL in the path is 500",
        "modelcontextprotocol/registry#862",
        Class::Crash,
        DOCUMENT.under("%00"),
        fail,
    ),
    alter(
        "reported/bad-escape",
        "A damaged percent escape is 500",
        "mozilla/persona#2887",
        Class::Crash,
        At::ANYWHERE.status(400).saying("cannot be decoded"),
        fail,
    ),
    alter(
        "reported/unreadable-multipart",
        "A multipart body that cannot be read is 500",
        "tolgee/tolgee-platform#1381",
        Class::Crash,
        At::ANYWHERE.status(400).saying("The multipart body"),
        fail,
    ),
    alter(
        "reported/language-of-others",
        "A language that is not spoken is 500",
        "ocaml/ocaml.org#205",
        Class::Crash,
        DOCUMENTS.with("accept-language", "zh"),
        fail,
    ),
    alter(
        "reported/not-found-ok",
        "Who asks for an unknown document is told 404 in the body of a 200",
        "edgurgel/httpoison#91",
        Class::Refusal,
        UNKNOWN,
        |_, answer| *answer = Answer::new(StatusCode::OK, json!({ "cod": "404", "message": "Error: not found" })),
    ),
    alter(
        "reported/login-page",
        "Who has no good token gets a page to log in with, as 200",
        "cthit/Gamma#869",
        Class::Credential,
        At::ANYWHERE.status(401),
        |_, answer| {
            *answer = Answer::new(StatusCode::OK, json!("<html><form action=\"/login\"></form></html>"));
            answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        },
    ),
    write(
        "reported/server-page",
        "A 403 is the page of the web server in Latin-1",
        "ZeitOnline/content-api#23",
        At::ANYWHERE.status(403),
        |_, written| {
            *written.body_mut() =
                b"<html><head><title>403 Forbidden</title></head><body>Zugriff verweigert f\xfcr Sie</body></html>"
                    .to_vec();
            let kind = HeaderValue::from_static("text/html; charset=iso-8859-1");
            written.headers_mut().insert(CONTENT_TYPE, kind);
        },
    ),
    alter(
        "reported/wrong-credentials-not-found",
        "Wrong credentials are a 404",
        "cenit-io/cenit#712",
        Class::Credential,
        At::ANYWHERE.status(401).saying("JWT"),
        |_, answer| answer.status = StatusCode::NOT_FOUND,
    ),
    Fault {
        id: "reported/small-letters",
        class: Class::Credential,
        title: "A scheme in small letters is refused",
        report: Some("kubestellar/console#7374"),
        at: At::ANYWHERE,
        deed: Deed::Misread(|_, call| {
            let small = |value: &HeaderValue| value.as_bytes().starts_with(b"bearer ");
            if call.head.headers.get(AUTHORIZATION).is_some_and(small) {
                call.head.headers.remove(AUTHORIZATION);
            }
        }),
    },
    Fault {
        id: "reported/length-in-letters",
        class: Class::Transport,
        title: "The length of a document is counted in letters, and its end is missing",
        report: Some("expressjs/express#1678"),
        at: DOCUMENTS,
        deed: Deed::Send(|_, written| {
            let letters = String::from_utf8_lossy(written.body()).chars().count();
            let body = written.body().get(..letters)?;
            let head = format!("content-length: {letters}\r\nconnection: close\r\n");
            let bytes = text(written, &line(written), &head, body);
            (letters < written.body().len()).then_some(Raw { bytes, then: Then::Close })
        }),
    },
    write(
        "reported/page-behind",
        "A page of HTML follows the JSON of a 400",
        "postmanlabs/postman-app-support#3858",
        At::ANYWHERE.status(400),
        |_, written| written.body_mut().extend_from_slice(b"<!DOCTYPE html>\n<html>\n"),
    ),
    write(
        "reported/gzip-announced-twice",
        "A document is compressed once and says twice",
        "yhirose/cpp-httplib#993",
        DOCUMENTS,
        |asked, written| {
            let gzip = |value: &HeaderValue| value.as_bytes() == b"gzip";
            if asked.call.head.headers.get(ACCEPT_ENCODING).is_some_and(gzip) {
                coding::gzip(written, "gzip");
                written.headers_mut().append(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
        },
    ),
    Fault {
        id: "reported/empty-map-as-list",
        class: Class::Field,
        title: "A role without an owner has an empty list for one",
        report: Some("ChurchSuite/churchsuite-api#11"),
        at: DOCUMENTS.under("/roles/2c918054292ea06f489561235f913389"),
        deed: Deed::Put("/owner", Json("[]")),
    },
    Fault {
        id: "reported/no-zone",
        class: Class::Field,
        title: "The times of a task have no zone, as those of reports of this vendor",
        report: Some("sailpoint-oss/api-specs#75"),
        at: TASKS,
        deed: Deed::Put("/task/launched", Json(r#""2024-07-01T22:35:38.709""#)),
    },
    Fault {
        id: "reported/zone-without-colon",
        class: Class::Field,
        title: "The zone of the times of an account has no colon",
        report: Some("Apicurio/apicurio-registry#6799"),
        at: DOCUMENTS.under("/accounts/"),
        deed: Deed::Put("/created", Json(r#""2025-10-29T21:54:37+0000""#)),
    },
    Fault {
        id: "reported/blank-for-t",
        class: Class::Field,
        title: "Day and time of an aggregation are parted by a blank, and there is no zone",
        report: Some("wazuh/wazuh-api#305"),
        at: DOCUMENTS.under("/aggregations/"),
        deed: Deed::Put("/startTime", Json(r#""2019-02-08 13:44:47""#)),
    },
    alter(
        "reported/id-as-number",
        "The id of an event is a number of more digits than a double has",
        "ScaDS/OSTMap#82",
        Class::Field,
        DOCUMENTS.under("/events/"),
        |_, answer| {
            if let Some(id) = answer.body.get_mut("id") {
                *id = json!(732_822_797_798_539_264_u64);
            }
        },
    ),
    alter(
        "reported/stack-in-production",
        "A 400 has the stack of its error beside its message",
        "getindiekit/indiekit#888",
        Class::Leak,
        At::ANYWHERE.status(400),
        |_, answer| {
            if let Some(text) = answer.body.pointer_mut("/messages/0/text") {
                *text =
                    "Error: no\n    at load (file:///srv/app/lib/load.js:31:9)\n    at next (/srv/app/router.js:5:1)"
                        .into();
            }
        },
    ),
    alter(
        "reported/limit-forbidden",
        "Too many requests are 403",
        "ZenHubIO/API#6",
        Class::Limit,
        LIMITED,
        |asked, answer| {
            answer.status = StatusCode::FORBIDDEN;
            answer.body = json!({
                "detailCode": "403 Forbidden",
                "trackingId": asked.id,
                "messages": [{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "Too many requests." }],
            });
        },
    ),
    alter(
        "reported/limit-unavailable",
        "Too many requests are 503",
        "cloudatcost/api#9",
        Class::Limit,
        LIMITED,
        |_, answer| {
            answer.status = StatusCode::SERVICE_UNAVAILABLE;
        },
    ),
    Fault {
        id: "reported/limit-says-nothing",
        class: Class::Limit,
        title: "A 429 has no body and does not say how long to wait",
        report: Some("OneDrive/onedrive-api-docs#177"),
        at: LIMITED,
        deed: Deed::Write(|_, written| {
            written.headers_mut().remove(RETRY_AFTER);
            written.body_mut().clear();
        }),
    },
];

const DOCUMENT: At = At::ANYWHERE.of(Endpoint::GetDocument);
const UNKNOWN: At = DOCUMENT.status(404);
const LIMITED: At = At::ANYWHERE.status(429);

const fn alter(
    id: &'static str,
    title: &'static str,
    report: &'static str,
    class: Class,
    at: At,
    deed: fn(Asked<'_>, &mut Answer),
) -> Fault {
    Fault { id, class, title, report: Some(report), at, deed: Deed::Alter(deed) }
}

const fn write(
    id: &'static str,
    title: &'static str,
    report: &'static str,
    at: At,
    deed: fn(Asked<'_>, &mut Response<Vec<u8>>),
) -> Fault {
    Fault { id, class: Class::Form, title, report: Some(report), at, deed: Deed::Write(deed) }
}

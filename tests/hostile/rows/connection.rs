//! Connections that end, hang or speak something else.

use super::Row;
use crate::server::pause_for;

/// What the page shows under 401.
const UNAUTHORIZED: &str = "{\"error\":\"JWT validation failed: JWT is expired\"}";

pub const ALL: &[Row] = &[
    Row::new("reset before the answer", "a reset instead of an answer", "answer.http", |_| Ok(())).resetting(),
    Row::new("reset in the head", "half a head, then a reset", "answer.http", |guest| {
        guest.say("HTTP/1.1 200 OK\r\nContent-Ty")
    })
    .resetting(),
    Row::new("reset in the body", "half a body, then a reset", "answer.complete", |guest| {
        let half = guest.body.len() / 2;
        let bytes = format!("{}{}", guest.head, &guest.body[..half]);
        guest.say(bytes)
    })
    .resetting(),
    Row::new("closed before the answer", "nothing, and closes", "answer.http", |_| Ok(())),
    Row::new("closed in the head", "half a head, and closes", "answer.http", |guest| {
        guest.say("HTTP/1.1 200 OK\r\nContent-Ty")
    }),
    Row::new("closed in the body", "half a body, and closes", "answer.complete", |guest| {
        let half = guest.body.len() / 2;
        let bytes = format!("{}{}", guest.head, &guest.body[..half]);
        guest.say(bytes)
    }),
    Row::new("idle connections closed", "honest answers, each on a connection that it then closes", "held", |guest| {
        let bytes = format!("{}{}", guest.head, guest.body);
        guest.say(bytes)
    }),
    Row::new("idle connections reset", "honest answers, each on a connection that it then resets", "held", |guest| {
        let bytes = format!("{}{}", guest.head, guest.body);
        guest.say(bytes)
    })
    .resetting(),
    Row::new("silence", "nothing at all", "answer.in-time", |guest| guest.without_end(b"", 100)).waiting(),
    Row::new("one byte a second", "an honest answer, a byte a second", "answer.in-time", |guest| {
        let bytes = format!("{}{}", guest.head, guest.body).into_bytes();
        bytes.chunks(1).try_for_each(|byte| {
            guest.say(byte)?;
            pause_for(1_000);
            Ok(())
        })
    })
    .waiting(),
    Row::new("one byte of the body a second", "a head at once, then a byte a second", "answer.in-time", |guest| {
        let (head, body) = (guest.head.clone(), guest.body.clone().into_bytes());
        guest.say(head)?;
        body.chunks(1).try_for_each(|byte| {
            guest.say(byte)?;
            pause_for(1_000);
            Ok(())
        })
    })
    .waiting(),
    Row::new("answer without a request", "a second answer that nobody asked for", "held", |guest| {
        let one = format!("{}{}", guest.head, guest.body);
        guest.say(one.repeat(2))
    }),
    Row::new("SSH", "the greeting of another protocol", "answer.http", |guest| guest.say("SSH-2.0-OpenSSH_9.6\r\n")),
    Row::new("HTTP/0.9", "a body without any head", "answer.http", |guest| {
        let body = guest.body.clone();
        guest.say(body)
    }),
    Row::new("HTTP/2", "the settings frame of HTTP/2", "answer.http", |guest| {
        guest.say(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")
    }),
    Row::new("TLS alert", "a TLS alert in plain text", "answer.http", |guest| {
        guest.say(b"\x15\x03\x01\x00\x02\x02\x28")
    }),
    Row::new("echo", "the request line back", "answer.http", |guest| {
        let line = format!("GET {} HTTP/1.1\r\n\r\n", guest.path);
        guest.say(line)
    }),
    Row::new("answer before the request ends", "401 after the head of an upload, then a reset", "held", |guest| {
        guest.reply("401 Unauthorized", "Content-Type: application/json\r\n", UNAUTHORIZED)
    })
    .for_uploads()
    .resetting(),
    Row::new("reset while the request goes out", "a reset after the head of an upload", "answer.http", |_| Ok(()))
        .for_uploads()
        .resetting(),
];

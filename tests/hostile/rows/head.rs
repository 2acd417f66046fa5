//! Status lines and headers that no honest server sends.

use super::Row;
use crate::server::Guest;
use std::io;

/// The honest answer with more header lines.
fn with(guest: &mut Guest<'_>, lines: &str) -> io::Result<()> {
    let (status, body) = (guest.status(), guest.body.clone());
    guest.reply(&status, &format!("Content-Type: application/json\r\n{lines}"), body)
}

/// The honest answer under another status.
fn under(guest: &mut Guest<'_>, status: &str) -> io::Result<()> {
    let body = guest.body.clone();
    guest.reply(status, "Content-Type: application/json\r\n", body)
}

pub const ALL: &[Row] = &[
    Row::new("garbage status line", "`HTTP/1.1 two hundred`", "answer.http", |guest| {
        guest.say("HTTP/1.1 two hundred\r\n\r\n")
    }),
    Row::new("HTTP/3.7", "a version that nobody knows", "answer.http", |guest| {
        guest.say("HTTP/3.7 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    }),
    Row::new("status 999", "`HTTP/1.1 999 What`", "answer.listed-status", |guest| under(guest, "999 What")),
    Row::new("status 099", "`HTTP/1.1 099 Low`", "answer.http", |guest| under(guest, "099 Low")),
    Row::new("status 2000", "`HTTP/1.1 2000 High`", "answer.http", |guest| under(guest, "2000 High")),
    Row::new("status 101", "a switch of protocols that nobody asked for", "answer.listed-status", |guest| {
        guest.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\x01\x02")
    }),
    Row::new("only 1xx", "one 100, and closes", "answer.http", |guest| guest.say("HTTP/1.1 100 Continue\r\n\r\n")),
    Row::new("flood of 1xx", "`103 Early Hints` without end", "answer.http", |guest| {
        guest.without_end("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(100).as_bytes(), 0)
    })
    .lasting(),
    Row::new("endless headers", "header lines without end", "answer.http", |guest| {
        guest.say("HTTP/1.1 200 OK\r\n")?;
        guest.without_end("X-More: yes\r\n".repeat(100).as_bytes(), 1)
    }),
    Row::new("endless header", "one header line without end", "answer.http", |guest| {
        guest.say("HTTP/1.1 200 OK\r\nX-More: ")?;
        guest.without_end(&[b'x'; 4096], 1)
    }),
    Row::new("slow headers", "a header line a second, without end", "answer.in-time", |guest| {
        guest.say("HTTP/1.1 200 OK\r\n")?;
        guest.without_end(b"X-More: yes\r\n", 1_000)
    })
    .waiting(),
    Row::new("header of 64 KB", "one header of 64 KB, which HTTP allows", "held", |guest| {
        with(guest, &format!("X-Large: {}\r\n", "x".repeat(64 << 10)))
    }),
    Row::new("header without a colon", "a header line without a colon", "answer.http", |guest| {
        with(guest, "this is no header\r\n")
    }),
    Row::new("folded header", "a header over two lines, whose meaning is settled", "held", |guest| {
        with(guest, "X-Folded: one\r\n two\r\n")
    }),
    Row::new("NUL in a header", "a header with a NUL", "answer.http", |guest| with(guest, "X-Nul: a\0b\r\n")),
    Row::new("escapes in headers", "escape sequences and HTML in reason and headers", "answer.http", |guest| {
        let body = guest.body.clone();
        let lines = "X-Title: \x1b]0;owned\x07\x1b[2J<script>alert(1)</script>\r\nContent-Type: \x1b[31mtext/<b>\r\n";
        guest.reply("200 \x1b[31mOK\x1b[0m <img src=x onerror=alert(1)>", lines, body)
    }),
    Row::new("high bytes in headers", "reason and headers of bytes that are no UTF-8", "held", |guest| {
        let status = guest.status();
        let head = format!("HTTP/1.1 {} ", &status[..3]).into_bytes();
        let lines = b"\xff\xfe\x9b31m\r\nX-High: \xff\x9b2J\xe2\x80\xae\r\nContent-Type: application/json\r\n";
        let end = format!("Content-Length: {}\r\n\r\n{}", guest.body.len(), guest.body).into_bytes();
        guest.say([head, lines.to_vec(), end].concat())
    }),
    Row::new("bare line feeds", "a head whose lines end in LF alone", "held", |guest| {
        let bytes = format!("{}{}", guest.head.replace('\r', ""), guest.body);
        guest.say(bytes)
    }),
    Row::new("redirect loop", "`302` to itself", "answer.no-redirect", |guest| {
        let location = format!("Location: {}\r\n", guest.path);
        guest.reply("302 Found", &location, "")
    }),
    Row::new("redirect elsewhere", "`307` to another host", "answer.no-redirect", |guest| {
        guest.reply("307 Temporary Redirect", "Location: https://elsewhere.example/\r\n", "")
    }),
    Row::new("Retry-After of 30 years", "429 with `Retry-After: 1000000000`", "waiting is empty", |guest| {
        let retry = "Content-Type: application/json\r\nRetry-After: 1000000000\r\n";
        guest.reply("429 Too Many Requests", retry, "{\"message\":\"Rate Limit Exceeded\"}")
    }),
    Row::new("Retry-After beyond numbers", "429 with a Retry-After of 40 digits", "waiting is empty", |guest| {
        let retry = format!("Content-Type: application/json\r\nRetry-After: {}\r\n", "9".repeat(40));
        guest.reply("429 Too Many Requests", &retry, "{\"message\":\"Rate Limit Exceeded\"}")
    }),
    Row::new("garbage dates", "a Date and an Age that are none", "held", |guest| {
        with(guest, "Date: yesterday\r\nAge: -7\r\nExpires: 0\r\n")
    }),
];

//! Bodies that would act on whoever looks at them, or that are no text.

use super::Row;

const ACTING: &str = "\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u202egnp\\u0000\\r\\n::error::owned\\n##[add-mask]x\
                      <script>alert(1)</script>\\\"><img src=x onerror=alert(1)>]]>|`*_ &amp;";

pub const ALL: &[Row] = &[
    Row::new(
        "escape sequences in texts",
        "terminal escapes, HTML and CI commands in every text",
        "body.schema",
        |guest| {
            let body = format!("{{\"id\":\"{ACTING}\",\"_type\":\"{ACTING}\",\"name\":7,\"{ACTING}\":1}}");
            guest.json(body)
        },
    ),
    Row::new("forged markers", "what stands for our token in reports, plain and escaped", "held", |guest| {
        guest.member("\"note\":\"{{secret full}} {{secret\\u0020full}}\",\"more\":\"&#123;{secret full}}\"")
    }),
    Row::new("escape sequences as bytes", "raw control characters where JSON should stand", "body.utf-8", |guest| {
        guest.json(b"\x1b]0;owned\x07\x1b[2J\x9b31m\0\x08<script>alert(1)</script>\n::error::owned\n\xe2\x80\xae")
    }),
    Row::new("an HTML page", "an HTML page with scripts, as HTML", "headers.media-type", |guest| {
        let page = "<!doctype html><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J";
        let status = guest.status();
        guest.reply(&status, "Content-Type: text/html\r\n", page)
    }),
    Row::new("an HTML page as error", "502 with an HTML page", "answer.no-server-error", |guest| {
        let page = "<html><script>alert(1)</script>\x1b[2J</html>";
        guest.reply("502 Bad Gateway", "Content-Type: text/html\r\n", page)
    }),
    Row::new("UTF-16", "a body in UTF-16 with its mark", "body.utf-8", |guest| {
        let units = guest.body.encode_utf16().flat_map(u16::to_le_bytes);
        let body: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
        guest.json(body)
    }),
    Row::new("byte order mark", "a byte order mark before the JSON", "body.byte-order-mark", |guest| {
        let body = format!("\u{feff}{}", guest.body);
        guest.json(body)
    }),
    Row::new("Latin-1", "a body with bytes that are no UTF-8", "body.utf-8", |guest| {
        let rest = guest.body.trim_start_matches('{').as_bytes();
        let body = [&b"{\"name\":\"\xe4\xff\x9b31m\","[..], rest].concat();
        guest.json(body)
    }),
    Row::new("empty body", "200 with a length of 0", "body.json", |guest| guest.json("")),
    Row::new("blank body", "200 with blanks only", "body.json", |guest| guest.json(" \r\n\t")),
    Row::new("zero bytes", "1 MB of NUL", "body.json", |guest| guest.json(vec![0; 1 << 20])),
    Row::new("noise", "64 KB of every byte there is", "body.utf-8", |guest| {
        let noise: Vec<u8> = (0..=u8::MAX).cycle().map(|byte| byte ^ 0x9b).take(64 << 10).collect();
        guest.json(noise)
    }),
];

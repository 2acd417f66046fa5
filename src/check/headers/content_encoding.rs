//! `headers.content-encoding`: the body is coded as it says, by a coding that the request allows.

use super::accepted::allows;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::exchange::{Answer, Probe};
use crate::exchange::{Decoded, decode};
use crate::verdict::Level;
use std::borrow::Cow;

/// The rule.
pub const RULE: Rule = Rule {
    id: "headers.content-encoding",
    level: Level::Must,
    reach: Reach::Any,
    title: "The body is coded as it says, by a coding that the request allows",
    why: "A client cannot read a coding that it did not ask for, or a body that is not coded as it says. A request \
          without Accept-Encoding allows every registered coding. One that the request names with the weight 0 is a \
          should: widely used servers do not read weights.",
    clause: "HTTP (RFC 9110, 8.4 and 12.5.3): Content-Encoding names the codings that were applied; Accept-Encoding says \
             which of them the client can take.",
    example: "Content-Encoding: gzip on a body that is plain JSON.",
};

/// What IANA registers, and the old names of the first three.
const REGISTERED: [&str; 13] = [
    "gzip",
    "x-gzip",
    "deflate",
    "compress",
    "x-compress",
    "br",
    "zstd",
    "identity",
    "aes128gcm",
    "dcb",
    "dcz",
    "exi",
    "pack200-gzip",
];
const MOST_CODINGS: usize = 4;

/// A body with its content codings taken off.
#[derive(Debug, Default)]
pub struct Content<'a> {
    /// The bytes; `None` where they cannot be told.
    pub bytes: Option<Cow<'a, [u8]>>,
    /// What is wrong with the coding.
    pub fault: Option<Fault>,
    /// Why the bytes cannot be told although nothing is wrong.
    pub undecided: Option<String>,
}

/// Takes the content codings off an answer's body; `whole` tells whether all of the body is there.
pub fn read<'a>(probe: &Probe, answer: &'a Answer, whole: bool) -> Content<'a> {
    let named = codings(answer);
    let plain = Content { bytes: Some(Cow::Borrowed(answer.body.0.as_slice())), ..Content::default() };
    if named.is_empty() || answer.body.0.is_empty() {
        return plain;
    }
    if let Some(unknown) = named.iter().find(|coding| !REGISTERED.contains(&coding.as_str())) {
        return Content { fault: Some(RULE.broken("a registered content coding", show::text(unknown))), ..plain };
    }
    let fault = named.iter().find(|coding| !allows(probe, coding)).map(|coding| {
        let asked = probe.header("accept-encoding").map(|value| show::bytes(&value.0)).unwrap_or_default();
        let fault =
            RULE.broken(format!("a coding that the request allows (`Accept-Encoding: {asked}`)"), show::text(coding));
        // Much used libraries look for the name of a coding in the header and for no weight.
        let named = asked.to_ascii_lowercase().contains(coding.as_str());
        if named { Fault { level: Level::Should, ..fault } } else { fault }
    });
    if !whole {
        return Content { bytes: None, fault, undecided: None };
    }
    let decoded = take_off(&named, &answer.body.0);
    Content { fault: fault.or(decoded.fault), ..decoded }
}

fn take_off(named: &[String], body: &[u8]) -> Content<'static> {
    if named.len() > MOST_CODINGS {
        return undecided(format!("the body carries {} content codings", named.len()));
    }
    let mut bytes = body.to_vec();
    for coding in named.iter().rev() {
        bytes = match decode(coding, &bytes) {
            Decoded::Bytes(decoded) => decoded,
            Decoded::Corrupt(reason) => {
                let received = format!("{}: {}", show::text(&reason), show::bytes(body));
                return Content {
                    fault: Some(RULE.broken(format!("a body coded as {coding}"), show::text(&received))),
                    ..Content::default()
                };
            }
            Decoded::TooLarge => return undecided("the body decodes to more than 32 MiB".into()),
            Decoded::Unknown => return undecided(format!("the body is coded as {coding}, which is not read here")),
        };
    }
    Content { bytes: Some(Cow::Owned(bytes)), ..Content::default() }
}

fn undecided(why: String) -> Content<'static> {
    Content { undecided: Some(why), ..Content::default() }
}

/// The codings in the order in which they were applied, in lower case, `identity` left out.
fn codings(answer: &Answer) -> Vec<String> {
    let values = answer.header("content-encoding").map(|value| value.text().to_ascii_lowercase());
    let joined = values.collect::<Vec<_>>().join(",");
    let codings = joined.split(',').map(|coding| coding.trim().to_owned());
    codings.filter(|coding| !coding.is_empty() && coding != "identity").collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::exchange::{Answer, End, Probe};
    use flate2::Compression;
    use flate2::read::GzEncoder;
    use std::io::Read;

    fn answer(coding: &str, body: &[u8]) -> Answer {
        Answer {
            version: String::new(),
            status: 200,
            reason: String::new(),
            headers: vec![("content-encoding".into(), coding.into())],
            body: body.to_vec().into(),
            end: End::Complete,
        }
    }

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        GzEncoder::new(body, Compression::fast()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn asks(accept: &str) -> Probe {
        Probe { headers: vec![("Accept-Encoding".into(), accept.into())], ..Probe::default() }
    }

    #[test]
    fn an_allowed_coding_is_taken_off_in_reverse_order() {
        for coding in ["GZIP, identity,, gzip", "x-gzip, gzip"] {
            let answer = answer(coding, &gzip(&gzip(b"{}")));
            let content = read(&Probe::default(), &answer, true);
            assert!(content.fault.is_none() && content.undecided.is_none());
            assert_eq!(content.bytes.as_deref(), Some(&b"{}"[..]));
        }
    }

    #[test]
    fn a_coding_that_the_request_excludes_is_broken_and_the_body_still_read() {
        let answer = answer("gzip", &gzip(b"{}"));
        let content = read(&asks("identity"), &answer, true);
        assert!(content.fault.is_some());
        assert_eq!(content.bytes.as_deref(), Some(&b"{}"[..]));
        assert!(read(&asks("gzip"), &answer, true).fault.is_none());
    }

    #[test]
    fn a_body_that_is_not_coded_as_it_says_is_broken() {
        for coding in ["gzip", "deflate", "utf-8", "gzip;q=1"] {
            let answer = answer(coding, b"\xff{}");
            assert!(read(&Probe::default(), &answer, true).fault.is_some(), "{coding}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_here_is_undecided_not_broken() {
        for (coding, asked, broken) in [("br", "br", false), ("zstd", "*", false), ("br", "gzip", true)] {
            let answer = answer(coding, b"x");
            let content = read(&asks(asked), &answer, true);
            assert_eq!((content.fault.is_some(), content.undecided.is_some()), (broken, true), "{coding}");
        }
    }

    #[test]
    fn an_empty_or_cut_body_is_not_decoded() {
        let (empty, cut) = (answer("gzip", b""), answer("gzip", &[0x1f, 0x8b]));
        assert!(read(&Probe::default(), &empty, true).fault.is_none());
        assert!(read(&Probe::default(), &cut, false).fault.is_none());
    }
}

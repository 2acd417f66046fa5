//! What came back as it may be written down: each secret replaced by its marker.

use crate::exchange::{Answer, Decoded, End, Failure, Octets, Outcome, Secrets, decode};

/// Masks an outcome, after its framing and length were judged.
pub(super) fn outcome(outcome: Outcome, secrets: &Secrets) -> Outcome {
    match outcome {
        Outcome::Answered(whole) => Outcome::Answered(answer(&whole, secrets)),
        Outcome::Failed(why) => Outcome::Failed(failure(&why, secrets)),
    }
}

/// Masks a failure.
pub(super) fn failure(failure: &Failure, secrets: &Secrets) -> Failure {
    Failure { kind: failure.kind, detail: secrets.mask_text(&failure.detail), head: secrets.mask(&failure.head) }
}

fn answer(answer: &Answer, secrets: &Secrets) -> Answer {
    let headers = answer.headers.iter().map(|(name, value)| (secrets.mask_text(name), secrets.mask(value)));
    let end = match &answer.end {
        End::BadFraming(why) => End::BadFraming(secrets.mask_text(why)),
        end => end.clone(),
    };
    let masked = Answer {
        version: answer.version.clone(),
        status: answer.status,
        reason: secrets.mask_text(&answer.reason),
        headers: headers.collect(),
        body: secrets.mask(&answer.body),
        end,
    };
    match leaked(answer, secrets) {
        Some(body) => uncoded(masked, body),
        None => masked,
    }
}

/// The body without its coding, masked, where a secret was hidden in the coding.
fn leaked(answer: &Answer, secrets: &Secrets) -> Option<Octets> {
    let coding = answer.header(CODING).next()?.text().trim().to_ascii_lowercase();
    let Decoded::Bytes(plain) = decode(&coding, &answer.body.0) else { return None };
    let plain = Octets(plain);
    Some(secrets.mask(&plain)).filter(|masked| *masked != plain)
}

/// A coded body cannot be masked in place, so it stands uncoded, and its header says so.
fn uncoded(mut answer: Answer, body: Octets) -> Answer {
    for (name, value) in &mut answer.headers {
        if name.eq_ignore_ascii_case(CODING) {
            *value = "identity".into();
        }
    }
    answer.body = body;
    answer
}

const CODING: &str = "content-encoding";

#[cfg(test)]
mod tests {
    use super::outcome;
    use crate::exchange::{Answer, End, Octets, Outcome, Secrets};
    use flate2::Compression;
    use std::io::Read;

    fn captured(body: &[u8]) -> Answer {
        let mut coded = Vec::new();
        flate2::read::GzEncoder::new(body, Compression::fast()).read_to_end(&mut coded).unwrap();
        let mut secrets = Secrets::default();
        secrets.insert("full", "hunter2");
        let answer = Answer {
            version: "HTTP/1.1".into(),
            status: 400,
            reason: String::new(),
            headers: vec![("Content-Encoding".into(), "gzip".into())],
            body: Octets(coded),
            end: End::Complete,
        };
        match outcome(Outcome::Answered(answer), &secrets) {
            Outcome::Answered(answer) => answer,
            Outcome::Failed(_) => unreachable!("an answer stays an answer"),
        }
    }

    #[test]
    fn a_secret_inside_a_coded_body_is_masked_too() {
        let answer = captured(b"you sent hunter2");
        assert_eq!(answer.body.text(), "you sent {{secret full}}");
        assert_eq!(answer.header("content-encoding").next().unwrap().text(), "identity");
    }

    #[test]
    fn a_coded_body_without_a_secret_stays_as_it_came() {
        let answer = captured(b"nothing here");
        assert!(answer.body.0.starts_with(&[0x1f, 0x8b]));
        assert_eq!(answer.header("content-encoding").next().unwrap().text(), "gzip");
    }
}

//! What came back as it may be written down: each secret replaced by its marker.

use crate::exchange::{Answer, End, Failure, Outcome, Secrets};

/// Masks an outcome, after its framing and length were judged.
pub(super) fn outcome(outcome: Outcome, secrets: &Secrets) -> Outcome {
    match outcome {
        Outcome::Answered(whole) => Outcome::Answered(answer(whole, secrets)),
        Outcome::Failed(why) => Outcome::Failed(failure(&why, secrets)),
    }
}

/// Masks a failure.
pub(super) fn failure(failure: &Failure, secrets: &Secrets) -> Failure {
    Failure { kind: failure.kind, detail: secrets.mask_text(&failure.detail), head: secrets.mask(&failure.head) }
}

fn answer(answer: Answer, secrets: &Secrets) -> Answer {
    let headers = answer.headers.iter().map(|(name, value)| (secrets.mask_text(name), secrets.mask(value)));
    let end = match answer.end {
        End::BadFraming(why) => End::BadFraming(secrets.mask_text(&why)),
        end => end,
    };
    Answer {
        version: answer.version,
        status: answer.status,
        reason: secrets.mask_text(&answer.reason),
        headers: headers.collect(),
        body: secrets.mask(&answer.body),
        end,
    }
}

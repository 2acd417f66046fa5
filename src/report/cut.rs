//! An exchange with its large bodies cut to their beginnings.

use crate::exchange::{Answer, Exchange, Octets, Outcome, Probe};
use std::sync::Arc;

/// Bodies that are longer than `limit` bytes keep their first `head` bytes; nothing longer is copied on the way.
pub fn cut(exchange: &Exchange, limit: usize, head: usize) -> Exchange {
    let short = |body: &Octets| if body.0.len() > limit { beginning(&body.0, head) } else { body.clone() };
    let probe = if exchange.probe.body.0.len() > limit {
        Arc::new(with_body(&exchange.probe, short(&exchange.probe.body)))
    } else {
        Arc::clone(&exchange.probe)
    };
    let outcome = match &exchange.outcome {
        Outcome::Answered(answer) => Outcome::Answered(Answer {
            version: answer.version.clone(),
            status: answer.status,
            reason: answer.reason.clone(),
            headers: answer.headers.clone(),
            body: short(&answer.body),
            end: answer.end.clone(),
        }),
        Outcome::Failed(failure) => Outcome::Failed(failure.clone()),
    };
    let Exchange { number, purpose, at_ms, timing, .. } = *exchange;
    Exchange { number, purpose, at_ms, probe, outcome, timing }
}

fn with_body(probe: &Probe, body: Octets) -> Probe {
    Probe {
        operation: probe.operation.clone(),
        case: probe.case.clone(),
        seed: probe.seed,
        candidate: probe.candidate,
        defects: probe.defects.clone(),
        caller: probe.caller.clone(),
        parameters: probe.parameters.clone(),
        nonce: probe.nonce.clone(),
        method: probe.method.clone(),
        target: probe.target.clone(),
        headers: probe.headers.clone(),
        body,
        omit: probe.omit.clone(),
    }
}

/// The first bytes of a body; where they are text, no character is cut in two.
pub fn beginning(bytes: &[u8], length: usize) -> Octets {
    let head = bytes.get(..length).unwrap_or(bytes);
    let whole = match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => head.len(),
    };
    Octets(head.get(..whole).unwrap_or(head).to_vec())
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn no_character_is_cut_in_two() {
        assert_eq!(beginning("a\u{1f331}b".as_bytes(), 3).0, b"a");
        assert_eq!(beginning(b"abc", 2).0, b"ab");
        assert_eq!(beginning(b"\xff\xfe\xfd", 2).0, b"\xff\xfe");
        assert_eq!(beginning(b"abc", 9).0, b"abc");
    }
}

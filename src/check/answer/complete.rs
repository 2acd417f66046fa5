//! `answer.complete`: the answer ends as its framing announced.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::{Answer, End};
use crate::verdict::Level;

const REFUSALS: std::ops::Range<u16> = 400..500;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.complete",
    level: Level::Must,
    reach: Reach::Any,
    title: "The answer ends as its framing announced",
    why: "A client that reads a cut answer may take half a document for the whole. Every framing that HTTP allows is \
          fine: a length, chunks, or the end of the connection. Where HTTP itself refuses a request it may close before \
          it has read all of it. What it sent until then is read; what its system still held back is lost for every \
          client: there it is a should.",
    clause: "HTTP (RFC 9112, 8): a message that ends before its declared length or its last chunk is incomplete.",
    example: "Content-Length: 4096, and the connection ends after 17 bytes.",
};

/// Judges how an answer ended.
pub fn ended(scene: &Scene<'_>, answer: &Answer) -> Option<Fault> {
    let refused = scene.case.expect.http && REFUSALS.contains(&answer.status);
    let level = if refused { RULE.level.min(Level::Should) } else { RULE.level };
    cut(answer).map(|fault| Fault { level, ..fault })
}

fn cut(answer: &Answer) -> Option<Fault> {
    match &answer.end {
        End::Truncated { declared: Some(declared), received } => {
            Some(RULE.broken(format!("{declared} bytes as declared"), format!("{received} bytes, then the end")))
        }
        End::Truncated { declared: None, received } => {
            Some(RULE.broken("a last chunk", format!("{received} bytes, then the end")))
        }
        End::BadFraming(reason) => Some(RULE.broken("a body with readable framing", show::text(reason))),
        End::Reset => Some(RULE.broken("a whole body", format!("{} bytes, then a reset", answer.body.0.len()))),
        End::Complete | End::TimedOut | End::TooLarge { .. } => None,
    }
}

//! What the root seed draws of a request's head, and what changes nothing of the request: every tenant serves it.

use super::{line, reading};
use crate::generate::defect::{Defect, Owed};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;
use crate::generate::strategy::{self, PREFIX};

/// The variations.
pub const ALL: &[Defect] = &[
    reading(
        "negotiation/drawn-accept",
        "an Accept header that the root seed draws, with an offered media type in it",
        Owed::served(),
        |draft, _, aid| {
            let drawn = aid.offered.first().and_then(|kind| strategy::accept(kind, aid.draw));
            drawn.is_some_and(|drawn| line(draft, "Accept", drawn))
        },
        |sent, _, aid| {
            let listed = sent.list("accept");
            let offered = |value: &str| aid.offered.iter().any(|kind| kind.eq_ignore_ascii_case(value));
            listed.len() > 1
                && listed.iter().all(|element| element.weight > 0 && element.parameters.is_empty())
                && listed.iter().filter(|element| offered(&element.value)).count() == 1
        },
    ),
    reading(
        "negotiation/drawn-query",
        "a query that the root seed draws, of fields that nobody reads",
        Owed::served(),
        |draft, _, aid| query(aid.draw).is_some_and(|query| draft.query.replace(query).is_none()),
        |sent, _, aid| {
            let drawn = strategy::fields(aid.draw).unwrap_or_default();
            let drawn: Vec<_> = drawn.into_iter().map(|(name, text)| (name.into_bytes(), text.into_bytes())).collect();
            let fields = sent.fields();
            fields == drawn && fields.iter().all(|(name, _)| name.starts_with(b"_") && name.len() > 1)
        },
    ),
    reading(
        "negotiation/drawn-headers",
        "headers that the root seed draws and that nobody reads",
        Owed::served(),
        |draft, _, aid| {
            let drawn = strategy::headers(aid.draw).unwrap_or_default();
            !drawn.is_empty() && drawn.into_iter().all(|(name, value)| line(draft, &name, value))
        },
        |sent, _, aid| strategy::headers(aid.draw).is_some_and(|drawn| drawn.iter().all(|one| carries(*sent, one))),
    ),
    reading(
        "negotiation/drawn-scheme",
        "the scheme of the credential in letter case that the root seed draws",
        Owed::served(),
        |draft, _, aid| scheme(draft, aid.draw).is_some(),
        |sent, _, aid| {
            let only = sent.header("authorization").next().map(|value| value.text().into_owned()).unwrap_or_default();
            let written = only.split(' ').next().unwrap_or_default();
            let odd = written.starts_with('b') && written.ends_with('r') && written != written.to_ascii_lowercase();
            odd && Some(written.to_owned()) == drawn_scheme(aid.draw)
                && matches!(sent.credentials().as_slice(), [(scheme, _)] if scheme == "bearer")
        },
    ),
];

const SCHEME: &str = "Bearer";

fn query(draw: [u8; 32]) -> Option<Vec<u8>> {
    let pair = |(name, text): (String, String)| Some(format!("{name}={}", strategy::escaped(text.as_bytes(), draw)?));
    let pairs: Option<Vec<String>> = strategy::fields(draw)?.into_iter().map(pair).collect();
    Some(pairs?.join("&").into_bytes())
}

/// Whether a header went out once, with its value, and so that no server can take offence.
fn carries(sent: Sent<'_>, (name, value): &(String, String)) -> bool {
    let token = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let plain = value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && value.trim() == value;
    let lines: Vec<_> = sent.headers().iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).collect();
    let once = matches!(lines.as_slice(), [(_, sent)] if sent.0 == value.as_bytes());
    token && plain && once && (name.starts_with(PREFIX) || value.len() < 10)
}

/// Drawn letters in the middle, so that it is neither what is usual nor what is sent anyway.
fn drawn_scheme(draw: [u8; 32]) -> Option<String> {
    let drawn = strategy::letter_case(SCHEME, draw)?;
    let stem = drawn.get(..drawn.len() - 1)?;
    Some(format!("{stem}r"))
}

fn scheme(draft: &mut Draft, draw: [u8; 32]) -> Option<()> {
    let value = draft.authorization.first_mut()?;
    let rest = value.strip_prefix(SCHEME.as_bytes())?.to_vec();
    *value = [drawn_scheme(draw)?.into_bytes(), rest].concat();
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::generate::defects::sample::drawn;

    #[test]
    fn ten_thousand_seeds_draw_variations_that_show_in_the_bytes() {
        drawn(super::ALL, 10_000);
    }
}

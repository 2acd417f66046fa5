//! What a finding saw: the difference, the request, what came back, and the commands that send it again.

use super::message::{self, Message};
use super::spelled::{Line, Piece, pieces, short, weight};
use crate::report::page::{LOOKED_AT, Row, Seen, Side, between, command, count, pretty, readable};
use crate::verdict::Finding;
use serde::Serialize;

const ROWS: usize = 120;
const NEAREST: usize = 60;
/// Longer pieces of a row keep their two ends.
const END: usize = 160;

/// The evidence of one finding.
#[derive(Debug, Serialize)]
pub struct Evidence {
    difference: Option<Compared>,
    nearest: Option<Compared>,
    request: Message,
    response: Message,
    curl: Option<Vec<Line>>,
    no_curl: String,
}

/// Two bodies side by side, or one alone.
#[derive(Debug, Serialize)]
struct Compared {
    rows: Vec<Shown>,
    left: String,
}

#[derive(Debug, Serialize)]
struct Shown {
    side: &'static str,
    sign: &'static str,
    pieces: Line,
}

impl Evidence {
    /// Takes what is worth showing from an exchange.
    pub fn of(finding: &Finding, seen: &Seen, target: &str) -> Self {
        let difference = difference(finding, seen);
        let nearest = if difference.is_none() { nearest(finding) } else { None };
        let (curl, no_curl) = match command(&seen.exchange.probe, seen.sent, target) {
            Ok(lines) => (Some(lines.iter().map(|line| pieces(line, "")).collect()), String::new()),
            Err(why) => (None, short(&why, END)),
        };
        Self { difference, nearest, request: message::request(seen), response: message::response(seen), curl, no_curl }
    }

    /// About how many bytes it takes on the page.
    pub fn weight(&self) -> usize {
        let compared = [&self.difference, &self.nearest].into_iter().flatten();
        let rows: usize =
            compared.flat_map(|part| &part.rows).map(|row| 40 + weight(std::slice::from_ref(&row.pieces))).sum();
        rows + self.request.weight() + self.response.weight() + self.curl.as_ref().map_or(0, |lines| weight(lines))
    }
}

fn difference(finding: &Finding, seen: &Seen) -> Option<Compared> {
    let (nearest, answer) = (finding.nearest.as_ref()?, seen.exchange.answer()?);
    let (body, _) = readable(answer);
    if seen.received > LOOKED_AT as u64 || body.len() > LOOKED_AT {
        return None;
    }
    let difference = between(nearest, &body, ROWS)?;
    Some(Compared { rows: difference.rows.iter().map(shown).collect(), left: left(difference.left_out) })
}

/// The nearest body alone, where what came cannot be compared with it.
fn nearest(finding: &Finding) -> Option<Compared> {
    let text = pretty(finding.nearest.as_ref()?)?;
    let row = |line: &str| Shown { side: "wanted", sign: "−", pieces: pieces(&ends(line), "") };
    let rows = text.lines().take(NEAREST).map(row).collect();
    Some(Compared { rows, left: left(text.lines().skip(NEAREST).count()) })
}

fn left(lines: usize) -> String {
    if lines > 0 { format!("… {} left out", count(lines as u64, "line")) } else { String::new() }
}

fn shown(row: &Row) -> Shown {
    let Row::Line(side, values) = row else {
        return Shown { side: "gap", sign: " ", pieces: vec![Piece { text: "…".to_owned(), class: "" }] };
    };
    let (side, sign, word) = match side {
        Side::Both => ("both", " ", ""),
        Side::Wanted => ("wanted", "−", "word"),
        Side::Came => ("came", "+", "word"),
    };
    let piece = |(apart, text): &(bool, String)| pieces(&ends(text), if *apart { word } else { "" });
    Shown { side, sign, pieces: values.iter().flat_map(piece).collect() }
}

fn ends(text: &str) -> String {
    let length = text.chars().count();
    if length <= 3 * END {
        return text.to_owned();
    }
    let (head, tail): (String, String) = (text.chars().take(END).collect(), text.chars().skip(length - END).collect());
    format!("{head} … {} … {tail}", count((length - 2 * END) as u64, "character"))
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn a_long_line_keeps_its_two_ends() {
        assert_eq!(ends("short"), "short");
        let cut = ends(&format!("begin{}end", "x".repeat(1_000_000)));
        assert!(cut.starts_with("begin") && cut.ends_with("end") && cut.contains("… 999,688 characters …"), "{cut}");
    }
}

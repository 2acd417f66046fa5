//! What the smallest request has that the plain one has not: two requests with the same of it show the same bug.

use crate::exchange::Probe;
use crate::generate::proof::parameters;
use std::collections::BTreeSet;

/// Longer pieces are compared by their beginning: what counts in them is their length.
const LONG: usize = 64;
/// More pieces tell that a request is far from its smallest form.
const MOST: usize = 64;

/// What ids have in them whose bytes differ from draw to draw: that they are there tells little.
const DRAWN: [&str; 2] = ["random", "drawn"];

/// The pieces of a request that are odd beside the request that works: of its path, its header lines and its body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Essence(BTreeSet<Vec<u8>>);

impl Essence {
    /// What a request has that the plain one has not.
    pub fn of(smallest: &Probe, plain: &Probe) -> Self {
        let usual: BTreeSet<Vec<u8>> = pieces(plain).map(short).collect();
        let odd = pieces(smallest).map(short).filter(|piece| !is_plain(piece) && !usual.contains(piece));
        let odd: BTreeSet<Vec<u8>> = odd.collect();
        if odd.len() > MOST { Self::default() } else { Self(odd) }
    }

    /// Whether a request that is made of all that it takes may show the same bug: where that is drawn, only one that has
    /// everything odd in it too.
    pub fn may_be_in<'a>(&self, probe: &Probe, mut ids: impl Iterator<Item = &'a str>) -> bool {
        let drawn = ids.any(|id| DRAWN.iter().any(|mark| id.contains(mark)));
        let has = |odd: &Vec<u8>| pieces(probe).any(|piece| holds(&piece, odd));
        !drawn || self.0.iter().all(has)
    }

    /// Whether two requests show the same bug: one of them has nothing odd that the other has not. Where nothing is odd,
    /// it is what is missing that shows it, and nothing is known.
    pub fn is_like(&self, other: &Self) -> bool {
        let told = !self.0.is_empty() && !other.0.is_empty();
        told && (self.0.is_subset(&other.0) || other.0.is_subset(&self.0))
    }
}

fn pieces(probe: &Probe) -> impl Iterator<Item = Vec<u8>> {
    let target = probe.target.0.split(|byte| b"/?&".contains(byte)).map(<[u8]>::to_vec);
    let boundary = boundary(probe);
    let headers = probe.headers.iter().filter(|(_, value)| !holds(&value.0, b"boundary="));
    let headers = headers.map(|(name, value)| [name.to_ascii_lowercase().as_bytes(), b":", &value.0].concat());
    let body = probe.body.0.split(|byte| b"\r\n,".contains(byte));
    let body = body.filter(move |line| boundary.is_empty() || !holds(line, &boundary));
    let body = body.flat_map(split).map(<[u8]>::to_vec);
    let method = [b" ", probe.method.as_bytes()].concat();
    target.chain(headers).chain(body).chain([method])
}

fn short(mut piece: Vec<u8>) -> Vec<u8> {
    piece.truncate(LONG);
    piece
}

/// What stands between `; ` in a line.
fn split(line: &[u8]) -> Vec<&[u8]> {
    const BETWEEN: &[u8] = b"; ";
    let ends = memchr::memmem::find_iter(line, BETWEEN).chain([line.len()]);
    let starts = std::iter::once(0).chain(memchr::memmem::find_iter(line, BETWEEN).map(|at| at + BETWEEN.len()));
    starts.zip(ends).filter_map(|(start, end)| line.get(start..end)).collect()
}

/// The boundary of a multipart body; empty where there is none.
fn boundary(probe: &Probe) -> Vec<u8> {
    let mut parameters = probe.headers.iter().flat_map(|(_, value)| parameters(&value.0));
    parameters.find(|one| one.is("boundary")).map(|one| one.value).unwrap_or_default()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// Whether a piece is what the search puts in the place of anything: nothing, or a few letters `a`.
fn is_plain(piece: &[u8]) -> bool {
    let value = piece.strip_suffix(b"\"").unwrap_or(piece);
    let empty = value.ends_with(b"=\"");
    empty || piece.is_empty() || (piece.len() < LONG && piece.iter().all(|byte| *byte == b'a'))
}

#[cfg(test)]
mod tests {
    use super::Essence;
    use crate::exchange::Probe;

    fn probe(target: &str, headers: &[(&str, &str)], body: &str) -> Probe {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        Probe { method: "POST".into(), target: target.into(), headers, body: body.into(), ..Probe::default() }
    }

    fn upload(boundary: &str, name: &str, table: &str) -> Probe {
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let kind = format!("multipart/form-data; boundary={boundary}");
        probe("/w/7", &[("Content-Type", &kind)], &format!("{head}{table}\r\n--{boundary}--\r\n"))
    }

    #[test]
    fn the_same_pattern_is_the_same_bug_in_any_column_under_any_boundary() {
        let plain = upload("b0", "a.csv", "id,name\r\n1,one");
        let of = |probe: &Probe| Essence::of(probe, &plain);
        let one = of(&upload("b1", "", "id\r\n;x"));
        assert!(
            one.is_like(&of(&upload("b2", "", "name\n;x\n"))) && one.is_like(&of(&upload("b3", "a.csv", "id\r\n;x,y")))
        );
        assert!(!one.is_like(&of(&upload("b1", "", "id\r\n$("))) && !one.is_like(&of(&upload("b1", ";x", "id\r\n1"))));
    }

    #[test]
    fn what_is_drawn_shows_the_same_bug_only_where_it_has_the_same_pattern() {
        let plain = upload("b0", "a.csv", "id,name\r\n1,one");
        let essence = Essence::of(&upload("b1", "", "id\r\n;x"), &plain);
        let drawn = |table: &str, id: &str| essence.may_be_in(&upload("b2", "a.csv", table), [id].into_iter());
        assert!(drawn("id,name\r\n1,a;xb", "csv/random-table") && !drawn("id,name\r\n1,ab", "csv/random-table"));
        assert!(drawn("id,name\r\n1,ab", "csv/commands"));
    }

    #[test]
    fn where_nothing_is_odd_nothing_is_known() {
        let plain = probe("/w/7", &[("Accept", "*/*"), ("Authorization", "Bearer x")], "");
        let none = Essence::of(&probe("/w/a", &[], ""), &plain);
        assert!(!none.is_like(&none) && none == Essence::default());
        let cookie =
            |rest: &[(&str, &str)]| Essence::of(&probe("/w/a", &[&[("Cookie", "")], rest].concat(), ""), &plain);
        assert!(cookie(&[]).is_like(&cookie(&[("Authorization", "Bearer x")])));
    }
}

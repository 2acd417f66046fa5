//! Every place of a request where bytes stand that may become fewer or plainer.

use super::tables::{self, tables};
use crate::exchange::unescaped;
use crate::generate::{Body, Content, Draft, Segment};

/// One place where bytes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A cell of a row: table, row, column.
    Cell(usize, usize, usize),
    /// The bytes of a table that is bytes already.
    Written(usize),
    /// The content of a part that is no table.
    Content(usize),
    /// A file name: part, header line.
    FileName(usize, usize),
    /// A body of which nothing is known.
    Raw,
    /// The value of a field of a form.
    Value(usize),
    /// The value of a header line.
    Header(usize),
    /// The query.
    Query,
    /// The value of a path parameter.
    Parameter(usize),
}

/// Header lines that frame a request, or say who asks.
const BOUND: [&str; 10] = [
    "authorization",
    "content-type",
    "content-length",
    "transfer-encoding",
    "trailer",
    "host",
    "connection",
    "upgrade",
    "expect",
    "te",
];
const FILE_NAME: &[u8] = b"filename=\"";

/// Whether a header line may be left out without making another kind of message.
pub fn is_free(name: &str) -> bool {
    !BOUND.iter().any(|bound| name.trim().eq_ignore_ascii_case(bound))
}

/// Whether a value of a path may change: it holds nothing that ends a segment, or begins something else.
pub fn is_segment(value: &[u8]) -> bool {
    let whole = |bytes: &[u8]| !bytes.is_empty() && !bytes.iter().any(|byte| b"/\\?#;".contains(byte));
    let once = unescaped(value);
    let twice = unescaped(&once);
    let dots = |bytes: &[u8]| bytes.iter().all(|byte| *byte == b'.' || *byte <= b' ');
    [value, &once, &twice].into_iter().all(|bytes| whole(bytes) && !dots(bytes))
}

/// Every slot of a request, in the order in which they are tried: cells first.
pub fn slots(draft: &Draft) -> Vec<Slot> {
    let tables = || tables(draft).enumerate();
    let cells = tables().filter(|(_, table)| table.bytes.is_none()).flat_map(|(at, table)| {
        let rows = table.rows.iter().enumerate();
        rows.flat_map(move |(row, cells)| (0..cells.len()).map(move |cell| Slot::Cell(at, row, cell)))
    });
    let written = tables().filter(|(_, table)| table.bytes.is_some()).map(|(at, _)| Slot::Written(at));
    cells.chain(written).chain(in_body(draft)).chain(in_head(draft)).collect()
}

fn in_body(draft: &Draft) -> Vec<Slot> {
    match &draft.body {
        Body::None => Vec::new(),
        Body::Raw(_) => vec![Slot::Raw],
        Body::Form(pairs) => (0..pairs.len()).map(Slot::Value).collect(),
        Body::Multipart(multipart) => {
            let parts = multipart.parts.iter().enumerate();
            let slots = parts.flat_map(|(at, part)| {
                let content = matches!(part.content, Content::Bytes(_)).then_some(Slot::Content(at));
                content.into_iter().chain((0..part.head.len()).map(move |line| Slot::FileName(at, line)))
            });
            slots.filter(|slot| slot.read(draft).is_some()).collect()
        }
    }
}

fn in_head(draft: &Draft) -> impl Iterator<Item = Slot> {
    let plain = |bytes: &[u8]| !bytes.iter().any(u8::is_ascii_control);
    let free = draft.headers.iter().enumerate().filter(move |(_, (name, value))| is_free(name) && plain(value));
    let parameters = draft
        .path
        .iter()
        .enumerate()
        .filter(|(_, segment)| matches!(segment, Segment::Parameter { value, .. } if is_segment(value)));
    let query = draft.query.iter().filter(move |query| plain(query)).map(|_| Slot::Query);
    free.map(|(at, _)| Slot::Header(at)).chain(query).chain(parameters.map(|(at, _)| Slot::Parameter(at)))
}

impl Slot {
    /// Whether it is a cell of a row.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Cell(..))
    }

    /// The bytes that stand there.
    pub fn read(self, draft: &Draft) -> Option<&[u8]> {
        match (self, &draft.body) {
            (Self::Cell(table, row, cell), _) => tables(draft).nth(table)?.rows.get(row)?.get(cell).map(Vec::as_slice),
            (Self::Written(table), _) => tables(draft).nth(table)?.bytes.as_deref(),
            (Self::Content(part), Body::Multipart(multipart)) => match &multipart.parts.get(part)?.content {
                Content::Bytes(bytes) => Some(bytes),
                Content::Table(_) => None,
            },
            (Self::FileName(part, line), Body::Multipart(multipart)) => {
                let line = multipart.parts.get(part)?.head.get(line)?;
                let (start, end) = file_name(line)?;
                line.get(start..end)
            }
            (Self::Raw, Body::Raw(bytes)) => Some(bytes),
            (Self::Value(pair), Body::Form(pairs)) => pairs.get(pair).map(|(_, value)| value.as_slice()),
            (Self::Header(at), _) => draft.headers.get(at).map(|(_, value)| value.as_slice()),
            (Self::Query, _) => draft.query.as_deref(),
            (Self::Parameter(at), _) => draft.path.get(at).map(Segment::bytes),
            _ => None,
        }
    }

    /// Puts other bytes there; nothing happens where there is no such place.
    pub fn write(self, draft: &mut Draft, bytes: Vec<u8>) {
        if let Self::FileName(part, line) = self {
            let line = draft.multipart().and_then(|multipart| multipart.parts.get_mut(part)?.head.get_mut(line));
            if let Some((line, (start, end))) = line.and_then(|line| file_name(line).map(|place| (line, place))) {
                line.splice(start..end, bytes);
            }
        } else if let Some(place) = self.place(draft) {
            *place = bytes;
        }
    }

    fn place(self, draft: &mut Draft) -> Option<&mut Vec<u8>> {
        match self {
            Self::Cell(table, row, cell) => tables::table(draft, table)?.rows.get_mut(row)?.get_mut(cell),
            Self::Written(table) => tables::table(draft, table)?.bytes.as_mut(),
            Self::Header(at) => draft.headers.get_mut(at).map(|(_, value)| value),
            Self::Query => draft.query.as_mut(),
            Self::Parameter(at) => match draft.path.get_mut(at)? {
                Segment::Parameter { value, .. } => Some(value),
                Segment::Fixed(_) => None,
            },
            Self::Content(_) | Self::Raw | Self::Value(_) => self.of_body(&mut draft.body),
            Self::FileName(..) => None,
        }
    }

    fn of_body(self, body: &mut Body) -> Option<&mut Vec<u8>> {
        match (self, body) {
            (Self::Content(part), Body::Multipart(multipart)) => match &mut multipart.parts.get_mut(part)?.content {
                Content::Bytes(bytes) => Some(bytes),
                Content::Table(_) => None,
            },
            (Self::Raw, Body::Raw(bytes)) => Some(bytes),
            (Self::Value(pair), Body::Form(pairs)) => pairs.get_mut(pair).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// Where the file name of a header line stands between its quotes.
fn file_name(line: &[u8]) -> Option<(usize, usize)> {
    let start = memchr::memmem::find(line, FILE_NAME)? + FILE_NAME.len();
    let tail = line.get(start..)?;
    let closes = |at: &usize| tail.get(*at) == Some(&b'"') && (*at == 0 || tail.get(at - 1) != Some(&b'\\'));
    (0..tail.len()).find(closes).map(|end| (start, start + end))
}

#[cfg(test)]
mod tests {
    use super::{is_free, is_segment};

    #[test]
    fn what_would_name_another_place_is_no_segment() {
        for value in ["", ".", "..", "%2e%2e", "%252e.", "a/b", "a%2Fb", "a%252fb", "a\\b", "a?b", "a%23", "a;b", "%20"]
        {
            assert!(!is_segment(value.as_bytes()), "{value}");
        }
        assert!(is_segment(b"a.b%00") && is_segment(b"2c91"));
    }

    #[test]
    fn framing_and_credentials_are_not_free() {
        assert!(!is_free("Content-Length") && !is_free("AUTHORIZATION") && is_free("Accept"));
    }
}

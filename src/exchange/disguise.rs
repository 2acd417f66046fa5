//! Finds a secret in bytes where JSON escapes, percent-encoding or HTML write it otherwise, also one inside another.

use std::ops::Range;

/// How many escapes may lie one inside another: HTML inside JSON is common, a third one is not.
const LAYERS: usize = 2;

/// The bytes with every escape undone once, and once more; empty where nothing can be escaped.
pub(super) fn layers(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut layers: Vec<Vec<u8>> = Vec::new();
    while layers.len() < LAYERS {
        let outer = layers.last().map_or(bytes, Vec::as_slice);
        if memchr::memchr3(b'\\', b'%', b'&', outer).is_none() {
            break;
        }
        let inner = unescape(outer);
        if inner.len() == outer.len() {
            break;
        }
        layers.push(inner);
    }
    layers
}

/// Whether a secret stands in any of the layers.
pub(super) fn holds(layers: &[Vec<u8>], secret: &[u8]) -> bool {
    let wanted = forms(secret);
    layers.iter().any(|layer| wanted.iter().any(|form| memchr::memmem::find(layer, form).is_some()))
}

/// Replaces a secret wherever it stands, whichever of its bytes are escaped; `None` where it stands nowhere.
pub(super) fn replace(bytes: &[u8], secret: &[u8], by: &[u8]) -> Option<Vec<u8>> {
    let mut replaced = None;
    for depth in 1..=LAYERS {
        // One place may hold it as it is, and another one with an escape more.
        for form in forms(secret) {
            replaced = replace_at(replaced.as_deref().unwrap_or(bytes), depth, &form, by).or(replaced);
        }
    }
    replaced
}

/// Replaces what stands so many layers deep.
fn replace_at(bytes: &[u8], depth: usize, wanted: &[u8], by: &[u8]) -> Option<Vec<u8>> {
    let layers = layers(bytes);
    let places = memchr::memmem::find_iter(layers.get(depth - 1)?, wanted);
    let edges: Vec<usize> = places.flat_map(|place| [place, place + wanted.len()]).collect();
    if edges.is_empty() {
        return None;
    }
    let outer = layers.get(..depth - 1).unwrap_or_default().iter().rev().map(Vec::as_slice);
    let edges = outer.chain([bytes]).fold(edges, |edges, outer| sources(outer, edges.into_iter()));
    Some(cut(bytes, &edges, by))
}

/// A secret that itself holds what looks like an escape may stand there as it is.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![secret.to_vec()];
    forms.extend(layers(secret));
    forms.retain(|form| !form.is_empty());
    forms
}

fn cut(bytes: &[u8], edges: &[usize], by: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut kept = 0;
    for edge in edges.chunks_exact(2) {
        if let [start, end] = *edge {
            replaced.extend_from_slice(bytes.get(kept..start).unwrap_or_default());
            replaced.extend_from_slice(by);
            kept = end;
        }
    }
    replaced.extend_from_slice(bytes.get(kept..).unwrap_or_default());
    replaced
}

fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (place, escaped) in (Pieces { bytes, at: 0 }) {
        match escaped {
            Some(byte) => plain.push(byte),
            None => plain.extend_from_slice(bytes.get(place).unwrap_or_default()),
        }
    }
    plain
}

/// Where places of the unescaped bytes lie in the bytes; both in rising order.
fn sources(bytes: &[u8], places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut pieces = Pieces { bytes, at: 0 };
    let (mut before, mut piece) = (0, None);
    let mut source = |place: usize| loop {
        let Some((range, escaped)) = piece.take().or_else(|| pieces.next()) else { return bytes.len() };
        let length = if escaped.is_some() { 1 } else { range.len() };
        if place < before + length {
            let at = range.start + (place - before);
            piece = Some((range, escaped));
            return at;
        }
        before += length;
    };
    places.map(&mut source).collect()
}

/// Cuts bytes into escapes, each with the byte that it stands for, and runs of anything else.
struct Pieces<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (Range<usize>, Option<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let escape = escape(rest);
        let after = rest.get(1..).unwrap_or_default();
        let run = || memchr::memchr3(b'\\', b'%', b'&', after).map_or(rest.len(), |at| at + 1);
        self.at += escape.map_or_else(run, |(width, _)| width);
        Some((start..self.at, escape.map(|(_, byte)| byte)))
    }
}

/// The escape at the beginning of some bytes: its width and the byte that it stands for.
fn escape(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [b'%', high, low, ..] => Some((3, hex(*high, *low)?)),
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((6, hex(*high, *low)?)),
        [b'\\', byte @ (b'"' | b'\\' | b'/'), ..] => Some((2, *byte)),
        [b'&', name @ ..] => entity(name).map(|(width, byte)| (width + 1, byte)),
        _ => None,
    }
}

/// The names that HTML has for characters that a secret may hold.
const ENTITIES: [(&[u8], u8); 20] = [
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"quot;", b'"'),
    (b"apos;", b'\''),
    (b"equals;", b'='),
    (b"plus;", b'+'),
    (b"sol;", b'/'),
    (b"bsol;", b'\\'),
    (b"period;", b'.'),
    (b"lowbar;", b'_'),
    (b"hyphen;", b'-'),
    (b"colon;", b':'),
    (b"semi;", b';'),
    (b"num;", b'#'),
    (b"percnt;", b'%'),
    (b"grave;", b'`'),
    (b"excl;", b'!'),
    (b"dollar;", b'$'),
    (b"commat;", b'@'),
];
/// The longest number of a character that is read, in digits.
const DIGITS: usize = 8;

/// An entity of HTML after its `&`: its width and the byte that it stands for.
fn entity(name: &[u8]) -> Option<(usize, u8)> {
    if let [b'#', number @ ..] = name {
        let end = number.iter().take(DIGITS + 2).position(|byte| *byte == b';')?;
        let digits = std::str::from_utf8(number.get(..end)?).ok()?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u8::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        return Some((end + 2, code.ok().filter(u8::is_ascii)?));
    }
    let (word, byte) = ENTITIES.iter().find(|(word, _)| name.starts_with(word))?;
    Some((word.len(), *byte))
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::replace;

    fn masked(text: &str, secret: &str) -> Option<String> {
        replace(text.as_bytes(), secret.as_bytes(), b"*").map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_secret_is_found_however_it_is_escaped() {
        for (text, wanted) in [
            (r#"x\n a\/b\u003d\" y"#, Some(r"x\n * y")),
            ("a%2Fb%3d%22", Some("*")),
            (r"\u0061\u002F\u0062\u003D\u0022\", Some(r"*\")),
            ("%61/%62=%22%61/%62=%22%4", Some("**%4")),
            (r"%\u00a%2Fb=%22%2", Some(r"%\u00*%2")),
            (r"aa\/a\u002fb=%2", None),
            ("a/b=", None),
            (r"\u00", None),
            ("", None),
        ] {
            assert_eq!(masked(text, "a/b=\"").as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_in_html_and_in_html_inside_json() {
        for (text, wanted) in [
            ("<p>k&amp;&lt;v&gt;&#61;&quot;</p>", Some("<p>*</p>")),
            ("&#107;&#38;&#x3C;v&#x3e;&equals;&#0034;", Some("*")),
            (r"\u0026#107;\u0026amp;\u0026lt;v>=\u0026quot; k%26%3Cv%3E%3D%22", Some("* *")),
            ("k%2526%253Cv%253E%253D%2522", Some("*")),
            ("k&amp;amp;&amp;lt;v>=&amp;quot;&amp", Some("*&amp")),
            ("k&&lt;v>=&#34 &#999; &#x; &;", None),
        ] {
            assert_eq!(masked(text, "k&<v>=\"").as_deref(), wanted, "{text}");
        }
        assert_eq!(masked("a%2Bb a%252Bb &#97;%252Bb &amp;#97;%2Bb", "a%2Bb").as_deref(), Some("* * * *"));
        assert_eq!(masked("a&ampb; c&amp;#38;amp;d", "c&#38;amp;d").as_deref(), Some("a&ampb; *"));
    }

    #[test]
    fn a_secret_that_looks_escaped_is_found_as_it_is_and_escaped_once_more() {
        assert_eq!(masked(r"x a%2Bb\/c x", "a%2Bb/c").as_deref(), Some("x * x"));
        assert_eq!(masked("x a%252Bb%2Fc x", "a%2Bb/c").as_deref(), Some("x * x"));
        assert_eq!(masked("%", ""), None);
    }
}

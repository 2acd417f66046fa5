//! Whether a probe is a complete HTTP request: one that is not is owed no answer.

use super::Probe;

impl Probe {
    /// Whether everything that its framing announces goes out with it. Framing that nobody can read is complete: it is
    /// owed a refusal.
    pub fn is_complete(&self) -> bool {
        let declared = |name: &'static str| {
            self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.text())
        };
        let length = self.body.0.len() as u64;
        let lacking =
            declared("content-length").any(|text| text.trim().parse().is_ok_and(|number: u64| number > length));
        let chunked = declared("transfer-encoding").next_back().is_some_and(|codings| {
            codings.rsplit(',').next().is_some_and(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
        });
        let unended = chunked && ends_early(&self.body.0);
        !(lacking || unended)
    }
}

/// Whether chunks are fine so far and more of them must come.
fn ends_early(mut bytes: &[u8]) -> bool {
    loop {
        let Some(end) = bytes.windows(2).position(|pair| pair == b"\r\n") else { return true };
        let line = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
        let Ok(size) = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16) else {
            return false;
        };
        let data = bytes.get(end + 2..).unwrap_or_default();
        if size == 0 {
            return !data.starts_with(b"\r\n") && !data.windows(4).any(|four| four == b"\r\n\r\n");
        }
        let Some(after) = size.checked_add(2).and_then(|used| data.get(used..)) else { return true };
        bytes = after;
    }
}

#[cfg(test)]
mod tests {
    use super::Probe;

    fn complete(header: (&str, &str), body: &str) -> bool {
        let headers = vec![(header.0.into(), header.1.into())];
        Probe { method: "POST".into(), target: "/".into(), headers, body: body.into(), ..Probe::default() }
            .is_complete()
    }

    #[test]
    fn what_announces_more_than_goes_out_is_not_complete() {
        assert!(!complete(("Content-Length", "4"), "abc"));
        for body in ["", "3\r\nabc", "3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n", "0\r\nA: b\r\n"] {
            assert!(!complete(("Transfer-Encoding", "gzip, Chunked"), body), "{body:?}");
        }
    }

    #[test]
    fn what_is_whole_or_beyond_reading_is_complete() {
        for length in ["3", "2", "0", "-1", "x", ""] {
            assert!(complete(("Content-Length", length), "abc"), "{length:?}");
        }
        for body in ["0\r\n\r\n", "3\r\nabc\r\n0\r\nA: b\r\n\r\n", "xyz\r\n", "ffffffffffffffffff\r\nabc"] {
            assert!(complete(("Transfer-Encoding", "chunked"), body), "{body:?}");
        }
        assert!(complete(("Transfer-Encoding", "gzip"), "abc"));
        assert!(complete(("A", "b"), ""));
    }
}

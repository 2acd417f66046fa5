//! Whether a request is complete, so that an answer is owed to it.

use crate::exchange::Probe;

/// Whether the request is complete as its own framing says; what cannot be told counts as incomplete.
pub fn is_owed(probe: &Probe) -> bool {
    let chunked = probe.header("transfer-encoding").map(|value| value.text().to_ascii_lowercase());
    if chunked.is_some_and(|coding| coding.contains("chunked")) {
        return probe.body.0.ends_with(b"\r\n0\r\n\r\n") || probe.body.0 == b"0\r\n\r\n";
    }
    let declared = |(name, _): &&(String, _)| name.eq_ignore_ascii_case("content-length");
    let lengths = probe.headers.iter().filter(declared);
    lengths
        .map(|(_, value)| value.text().trim().parse::<usize>())
        .all(|length| length.is_ok_and(|length| length <= probe.body.0.len()))
}

#[cfg(test)]
mod tests {
    use super::is_owed;
    use crate::exchange::Probe;

    #[test]
    fn an_answer_is_owed_to_a_complete_request_only() {
        for (header, body, owed) in [
            (("Accept", "*/*"), "", true),
            (("Content-Length", "3"), "abc", true),
            (("Content-Length", "2"), "abc", true),
            (("content-length", "4"), "abc", false),
            (("Content-Length", "x"), "abc", false),
            (("Transfer-Encoding", "chunked"), "3\r\nabc\r\n0\r\n\r\n", true),
            (("Transfer-Encoding", "chunked"), "0\r\n\r\n", true),
            (("Transfer-Encoding", "Chunked"), "3\r\nabc\r\n", false),
        ] {
            let headers = vec![(header.0.to_owned(), header.1.into())];
            assert_eq!(is_owed(&Probe { headers, body: body.into(), ..Probe::default() }), owed, "{header:?} {body:?}");
        }
    }
}

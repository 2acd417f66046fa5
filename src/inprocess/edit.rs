//! Edits that a fuzzer's bytes make to a request that is ready to send: to its body, a header, a path parameter's value.

use crate::exchange::{Octets, Probe};
use arbitrary::{Result, Unstructured};

/// Headers that services look at, and that a request may carry whatever it is about.
const NAMES: [&str; 16] = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Cookie",
    "Forwarded",
    "If-Match",
    "If-Modified-Since",
    "Origin",
    "Prefer",
    "Range",
    "User-Agent",
    "X-Forwarded-For",
    "X-Request-ID",
];
/// How many bytes are put in, and how many are taken out, at most.
const PIECE: usize = 32;
const TAKEN: usize = 64;

/// Edits the body once.
pub fn body(probe: &mut Probe, choices: &mut Unstructured<'_>) -> Result<()> {
    splice(&mut probe.body.0, choices)
}

/// Edits one header's value, or adds a header.
pub fn header(probe: &mut Probe, choices: &mut Unstructured<'_>) -> Result<()> {
    let fresh = probe.headers.is_empty() || choices.ratio(1_u8, 3)?;
    if fresh {
        probe.headers.push(((*choices.choose(&NAMES)?).to_owned(), Octets(piece(choices)?)));
        return Ok(());
    }
    let place = choices.choose_index(probe.headers.len())?;
    probe.headers.get_mut(place).map_or(Ok(()), |(_, value)| splice(&mut value.0, choices))
}

/// Puts another value at a place between the slashes of the path; one that leads routers astray is left out.
pub fn segment(probe: &mut Probe, place: usize, choices: &mut Unstructured<'_>) -> Result<()> {
    let value = piece(choices)?;
    let astray = value.iter().all(|byte| *byte == b'.') || value.iter().any(|byte| b"/\\\0".contains(byte));
    let mut segments: Vec<Vec<u8>> = probe.target.0.split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect();
    if let Some(segment) = segments.get_mut(place).filter(|_| !astray) {
        let query = segment.iter().position(|byte| *byte == b'?').map(|at| segment.split_off(at));
        *segment = value
            .iter()
            .flat_map(|byte| format!("%{byte:02X}").into_bytes())
            .chain(query.unwrap_or_default())
            .collect();
        probe.target = segments.join(&b'/').into();
    }
    Ok(())
}

/// Takes some bytes out, and puts others in or the same ones more often.
fn splice(bytes: &mut Vec<u8>, choices: &mut Unstructured<'_>) -> Result<()> {
    let at = choices.int_in_range(0..=bytes.len())?;
    let end = at + choices.int_in_range(0..=(bytes.len() - at).min(TAKEN))?;
    let new = match choices.int_in_range(0_u8..=2)? {
        0 => Vec::new(),
        1 => bytes.get(at..end).unwrap_or_default().repeat(choices.int_in_range(2..=64)?),
        _ => piece(choices)?,
    };
    bytes.splice(at..end, new);
    Ok(())
}

fn piece(choices: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = choices.int_in_range(0..=PIECE)?.min(choices.len());
    choices.bytes(length).map(<[u8]>::to_vec)
}

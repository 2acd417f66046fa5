//! Takes content codings off a body, within bounds.

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::Read;

const LARGEST: u64 = 32 << 20;

/// What became of decoding.
#[derive(Debug, PartialEq, Eq)]
pub enum Decoded {
    /// The body without the coding.
    Bytes(Vec<u8>),
    /// The body does not decode, with the decoder's words.
    Corrupt(String),
    /// The body decodes to more than is read.
    TooLarge,
    /// The coding cannot be taken off here.
    Unknown,
}

/// Takes one coding off; its name is in lower case.
pub fn decode(coding: &str, bytes: &[u8]) -> Decoded {
    match coding {
        "gzip" | "x-gzip" => members(bytes),
        "deflate" => match bounded(ZlibDecoder::new(bytes)) {
            // Many senders leave the zlib wrapper out, and every browser reads that.
            Decoded::Corrupt(reason) => match bounded(DeflateDecoder::new(bytes)) {
                Decoded::Corrupt(_) => Decoded::Corrupt(reason),
                decoded => decoded,
            },
            decoded => decoded,
        },
        _ => Decoded::Unknown,
    }
}

/// Reads every gzip member; what follows the last one is left out, as common readers do.
fn members(bytes: &[u8]) -> Decoded {
    let mut decoded = Vec::new();
    let mut rest = bytes;
    loop {
        let mut member = GzDecoder::new(rest);
        match bounded(&mut member) {
            Decoded::Bytes(more) if decoded.len() + more.len() <= usize::try_from(LARGEST).unwrap_or(usize::MAX) => {
                decoded.extend(more);
            }
            Decoded::Bytes(_) => return Decoded::TooLarge,
            other => return other,
        }
        rest = member.into_inner();
        if !rest.starts_with(&[0x1f, 0x8b]) {
            return Decoded::Bytes(decoded);
        }
    }
}

fn bounded(decoder: impl Read) -> Decoded {
    let mut bytes = Vec::new();
    match decoder.take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(read) if read as u64 > LARGEST => Decoded::TooLarge,
        Ok(_) => Decoded::Bytes(bytes),
        Err(error) => Decoded::Corrupt(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoded, decode};
    use flate2::Compression;
    use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Read;

    fn all(mut encoder: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        encoder.read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        all(GzEncoder::new(bytes, Compression::fast()))
    }

    #[test]
    fn each_coding_is_taken_off() {
        let plain = Decoded::Bytes(b"{\"a\":1}".to_vec());
        assert_eq!(decode("gzip", &gzip(b"{\"a\":1}")), plain);
        assert_eq!(decode("x-gzip", &[gzip(b"{\"a\""), gzip(b":1}"), b"\0\0".to_vec()].concat()), plain);
        assert_eq!(decode("deflate", &all(ZlibEncoder::new(&b"{\"a\":1}"[..], Compression::fast()))), plain);
        assert_eq!(decode("deflate", &all(DeflateEncoder::new(&b"{\"a\":1}"[..], Compression::fast()))), plain);
        assert_eq!(decode("br", b"x"), Decoded::Unknown);
    }

    #[test]
    fn what_does_not_decode_is_told() {
        let whole = gzip(&[7; 1_000]);
        for bytes in [&b"{}"[..], &whole[..whole.len() - 3], &[], &[0x1f, 0x8b]] {
            assert!(matches!(decode("gzip", bytes), Decoded::Corrupt(_)), "{bytes:?}");
        }
        assert!(matches!(decode("deflate", b"\xff\xff{}"), Decoded::Corrupt(_)));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = all(GzEncoder::new(std::io::repeat(0).take((32 << 20) + 1), Compression::fast()));
        assert_eq!(decode("gzip", &bomb), Decoded::TooLarge);
        let half = all(GzEncoder::new(std::io::repeat(0).take(17 << 20), Compression::fast()));
        assert_eq!(decode("gzip", &[half.clone(), half].concat()), Decoded::TooLarge);
    }
}

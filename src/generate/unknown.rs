//! Ids and values that no tenant can know.

use ring::digest;

/// An id of 32 hex digits, fixed by seed, case and candidate.
pub fn unknown(seed: u64, case: &str, candidate: u32) -> String {
    let text = format!("unknown id\n{seed}\n{case}\n{candidate}");
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref().iter().take(16).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// A value that stands nowhere else, fixed by seed, case and candidate.
pub fn nonce(seed: u64, case: &str, candidate: u32) -> String {
    format!("tc-nonce-{}", unknown(seed, &format!("nonce\n{case}"), candidate))
}

/// Random bytes, fixed by seed, case and candidate.
pub fn draw(seed: u64, case: &str, candidate: u32) -> [u8; 32] {
    let text = format!("draw\n{seed}\n{case}\n{candidate}");
    let mut draw = [0; 32];
    draw.copy_from_slice(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    draw
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn an_id_is_fixed_by_seed_case_and_candidate() {
        let id = unknown(1, "a", 0);
        assert_eq!(id.len(), 32);
        assert_eq!(id, unknown(1, "a", 0));
        for other in [unknown(2, "a", 0), unknown(1, "b", 0), unknown(1, "a", 1)] {
            assert_ne!(id, other);
        }
    }
}

//! Whether a burst may be sent to a target.

use crate::exchange::Target;

/// Whether a burst may be sent: to loopback always, elsewhere only with the user's word.
pub fn may_flood(target: &Target, allow_flood: bool) -> bool {
    allow_flood || target.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::may_flood;
    use crate::exchange::Target;

    #[test]
    fn a_burst_needs_the_users_word_except_on_loopback() {
        let away = Target::parse("https://acme.example.com").unwrap();
        let home = Target::parse("http://[::1]:1").unwrap();
        let may = [may_flood(&away, false), may_flood(&away, true), may_flood(&home, false)];
        assert_eq!(may, [false, true, true]);
    }
}

//! Numbers as people read them.

/// A number with a comma between thousands.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count with its noun in the singular or plural.
pub fn count(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// Milliseconds as a person would say them.
pub fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, duration, thousands};

    #[test]
    fn numbers_are_readable() {
        assert_eq!([0, 999, 1_000, 20_971_520].map(thousands), ["0", "999", "1,000", "20,971,520"]);
        assert_eq!([count(1, "request"), count(2, "request")], ["1 request", "2 requests"]);
        assert_eq!([7, 2_149, 61_000].map(duration), ["7 ms", "2.1 s", "1 min 1 s"]);
    }
}

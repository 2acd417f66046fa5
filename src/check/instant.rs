//! Reads RFC 3339 date-times and compares them as instants.

use std::cmp::Ordering;

/// A moment, with as many fraction digits as were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    seconds: i64,
    fraction: String,
}

impl Instant {
    /// Reads an RFC 3339 date-time with its zone: a real calendar date, hours to 23, seconds to 60 (leap seconds).
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (year, month, day) = (digits(bytes, 0, 4)?, digits(bytes, 5, 2)?, digits(bytes, 8, 2)?);
        let (hour, minute, second) = (digits(bytes, 11, 2)?, digits(bytes, 14, 2)?, digits(bytes, 17, 2)?);
        let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        let framed =
            marks.iter().all(|(at, mark)| bytes.get(*at) == Some(mark)) && matches!(bytes.get(10), Some(b'T' | b't'));
        let real = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        if !framed || !real || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (fraction, zone) = fraction(text.get(19..)?)?;
        let local = days_since_epoch(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
        Some(Self { seconds: local - offset(zone)?, fraction: fraction.trim_end_matches('0').to_owned() })
    }
}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> Ordering {
        self.seconds.cmp(&other.seconds).then_with(|| self.fraction.cmp(&other.fraction))
    }
}

fn digits(bytes: &[u8], from: usize, count: usize) -> Option<i64> {
    let digits = bytes.get(from..from + count)?;
    let all = digits.iter().all(u8::is_ascii_digit);
    all.then(|| digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

/// Parts what follows the seconds into fraction digits (perhaps none) and zone.
fn fraction(rest: &str) -> Option<(&str, &str)> {
    let Some(digits) = rest.strip_prefix('.') else { return Some(("", rest)) };
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit())?;
    if end == 0 { None } else { digits.split_at_checked(end) }
}

/// Reads the offset from UTC in seconds.
fn offset(zone: &str) -> Option<i64> {
    let bytes = zone.as_bytes();
    let sign = match bytes.first()? {
        b'Z' | b'z' => return (bytes.len() == 1).then_some(0),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = (digits(bytes, 1, 2)?, digits(bytes, 4, 2)?);
    let framed = bytes.len() == 6 && bytes.get(3) == Some(&b':');
    (framed && hours <= 23 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let before = |year: i64| year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    before(year - 1) - before(1969) + months + day - 1
}

#[cfg(test)]
mod tests {
    use super::Instant;

    #[test]
    fn every_form_of_rfc_3339_is_read() {
        for text in [
            "2020-09-07T12:14:00Z",
            "2020-09-07T12:14:00.3Z",
            "2020-09-07T12:14:00.364123456789012345678901234567890Z",
            "2020-09-07t12:14:00z",
            "2020-09-07T12:14:00+05:30",
            "2020-09-07T12:14:00-00:00",
            "2016-12-31T23:59:60Z",
            "2020-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
        ] {
            assert!(Instant::read(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_not_read() {
        for text in [
            "",
            "2020-09-07",
            "2020-09-07T42:14:00.364Z",
            "2020-09-07T24:00:00Z",
            "2020-09-07T12:14:00",
            "2020-09-07T12:14Z",
            "2020-09-07T12:14:00.Z",
            "2020-09-07T12:14:00+0000",
            "2020-09-07T12:14:00+24:00",
            "2020-09-07T12:14:00+00:60",
            "2020-09-07T12:14:00ZZ",
            "2020-09-07 12:14:00Z",
            "2021-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-00-01T00:00:00Z",
            "2020-01-00T00:00:00Z",
            "2020-04-31T00:00:00Z",
            "2020-09-07T12:60:00Z",
            "2020-09-07T12:14:61Z",
            "+020-09-07T12:14:00Z",
            "2020-09-07T12:14:00.5",
            "２020-09-07T12:14:00Z",
            "1599480840364",
        ] {
            assert!(Instant::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn moments_are_compared_as_moments_not_as_text() {
        for (earlier, later) in [
            ("2020-01-01T00:00:00.99Z", "2020-01-01T00:00:00.990000000001Z"),
            ("2020-01-01T09:00:00+09:00", "2020-01-01T00:00:01Z"),
            ("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
            ("2020-02-28T23:59:59Z", "2020-03-01T00:00:00Z"),
            ("1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z"),
        ] {
            assert!(Instant::read(earlier).unwrap() < Instant::read(later).unwrap(), "{earlier} {later}");
        }
        assert_eq!(Instant::read("2020-01-01T01:00:00.500+01:00"), Instant::read("2020-01-01T00:00:00.5Z"));
        assert_eq!(Instant::read("1970-01-02T00:00:00Z").unwrap().seconds, 86_400);
        assert_eq!(Instant::read("2020-09-07T12:14:00Z").unwrap().seconds, 1_599_480_840);
    }
}

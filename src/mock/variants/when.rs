//! Times as RFC 3339 lets them be written.

use super::Variant;
use crate::mock::at::{At, DOCUMENTS};
use crate::mock::clock;
use crate::mock::deed::Deed;
use crate::mock::field::Put::Json;
use serde_json::Value;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "when/east",
        "Times are told in the zone of India",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(&mut answer.body, east)))],
    ),
    Variant::new(
        "when/west",
        "Times are told in whole seconds in a zone west of Greenwich",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(&mut answer.body, west)))],
    ),
    Variant::new(
        "when/small-letters",
        "The letters of times are small",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(&mut answer.body, |time| Some(time.to_ascii_lowercase()))))],
    ),
    Variant::new(
        "when/many-digits",
        "Times have fractions of forty digits",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(&mut answer.body, many_digits)))],
    ),
    Variant::new(
        "when/unknown-zone",
        "Times are told in UTC, as -00:00",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(&mut answer.body, |time| Some(time.replace('Z', "-00:00")))))],
    ),
    Variant::new(
        "when/leap-second",
        "An identity was synced in a leap second",
        &[(DOCUMENTS.under("/identities/"), Deed::Put("/synced", Json(r#""2030-12-31T23:59:60Z""#)))],
    ),
];

const EAST: u64 = 19_800_000;
const WEST: u64 = 12_600_000;

fn east(time: &str) -> Option<String> {
    Some(clock::rfc3339(millis(time)? + EAST).replace('Z', "+05:30"))
}

fn west(time: &str) -> Option<String> {
    let text = clock::rfc3339(millis(time)? - WEST);
    Some(format!("{}-03:30", text.get(..19)?))
}

fn many_digits(time: &str) -> Option<String> {
    let fraction = time.get(20..).unwrap_or_default().trim_end_matches('Z');
    Some(format!("{}.{fraction:0<40}Z", time.get(..19)?))
}

/// Writes every time of a body anew: those are written in UTC.
fn each(value: &mut Value, write: fn(&str) -> Option<String>) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| each(value, write)),
        Value::Array(elements) => elements.iter_mut().for_each(|value| each(value, write)),
        Value::String(text) if millis(text).is_some() => {
            if let Some(other) = write(text) {
                *text = other;
            }
        }
        _ => {}
    }
}

/// Reads an instant in UTC, in milliseconds since 1970.
fn millis(text: &str) -> Option<u64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let marks = [(4, '-'), (7, '-'), (10, 'T'), (13, ':'), (16, ':')];
    let marked = marks.iter().all(|(place, mark)| text.chars().nth(*place) == Some(*mark));
    if !marked || !text.ends_with('Z') {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let fraction = text.get(19..)?.trim_matches(['.', 'Z']);
    let millis = if fraction.is_empty() { 0 } else { format!("{fraction:0<3}").get(..3)?.parse().ok()? };
    Some((((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis)
}

/// Days since 1970; years begin in March, so that the leap day comes last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year / 4 - year / 100 + year / 400;
    365 * year + leaps + (153 * month + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::{clock, east, many_digits, millis, west};

    #[test]
    fn an_instant_is_read_as_it_is_written() {
        for instant in [0, 951_782_400_000, 951_868_799_999, 1_709_251_199_004, 1_798_761_599_001] {
            assert_eq!(millis(&clock::rfc3339(instant)), Some(instant));
        }
        assert_eq!(millis("2022-02-01T08:59:12Z"), millis("2022-02-01T08:59:12.000Z"));
        assert!(["lukasz.zak", "2022-02-01", "2022-02-01T08:59:12"].iter().all(|text| millis(text).is_none()));
    }

    #[test]
    fn another_zone_is_the_same_instant() {
        let time = "2024-02-29T20:00:00.123Z";
        assert_eq!(east(time).as_deref(), Some("2024-03-01T01:30:00.123+05:30"));
        assert_eq!(west(time).as_deref(), Some("2024-02-29T16:30:00-03:30"));
        assert_eq!(many_digits("2024-02-29T20:00:00.12Z").unwrap().len(), "2024-02-29T20:00:00.Z".len() + 40);
    }
}

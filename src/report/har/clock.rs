//! The time of day of each exchange, from the start of the run and the milliseconds since.

/// The start of a run, in milliseconds since 1970; 1970 where it is not known.
#[derive(Debug, Default, Clone, Copy)]
pub struct Clock(u64);

const DAY: u64 = 86_400_000;
/// The end of the year 9999.
const LAST: u64 = 253_402_300_799_999;

impl Clock {
    /// Reads a start, RFC 3339 in UTC, as the run writes it.
    pub fn from(started: &str) -> Self {
        Self(read(started).unwrap_or_default())
    }

    /// The time so many milliseconds later, RFC 3339 in UTC.
    pub fn after(self, ms: u64) -> String {
        let now = self.0.saturating_add(ms).min(LAST);
        let (year, month, day) = date(now / DAY);
        let (hour, minute, second) = (now % DAY / 3_600_000, now / 60_000 % 60, now / 1_000 % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", now % 1_000)
    }
}

fn read(started: &str) -> Option<u64> {
    let (day, time) = started.strip_suffix('Z')?.split_once('T')?;
    let numbers = |text: &str, mark: char| text.split(mark).map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>();
    let (day, time) = (numbers(day, '-')?, numbers(time, ':')?);
    let ([year, month, day], [hour, minute, second]) = (day.as_slice(), time.as_slice()) else { return None };
    let known = (1970..10_000).contains(year) && (1..=12).contains(month) && (1..=31).contains(day) && *hour < 24;
    known.then(|| days(*year, *month, *day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000)
}

/// Days since 1970-01-01. The year is taken to begin in March, so that a leap day is its last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day;
    before - 719_469
}

fn date(since: u64) -> (u64, u64, u64) {
    let guess = 1970 + since / 366;
    let year = (guess..=guess + since / 100_000 + 2).rev().find(|year| days(*year, 1, 1) <= since).unwrap_or(guess);
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= since).unwrap_or(1);
    (year, month, since - days(year, month, 1).min(since) + 1)
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn milliseconds_are_added_to_the_start() {
        for (started, ms, wanted) in [
            ("2026-11-21T20:00:00Z", 10, "2026-11-21T20:00:00.010Z"),
            ("2024-02-28T23:59:59Z", 1_500, "2024-02-29T00:00:00.500Z"),
            ("2024-12-31T23:59:59Z", 1_000, "2025-01-01T00:00:00.000Z"),
            ("1999-12-31T00:00:00Z", 90_000_000, "2000-01-01T01:00:00.000Z"),
            ("2100-02-28T12:00:00Z", 86_400_000, "2100-03-01T12:00:00.000Z"),
            ("yesterday", 61_001, "1970-01-01T00:01:01.001Z"),
            ("2026-99-99T99:00:00Z", 0, "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(Clock::from(started).after(ms), wanted, "{started}");
        }
    }
}

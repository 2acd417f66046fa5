//! `headers.retry-after` and `headers.retry-after-long`: the answer says how long to wait.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::contract::Answer as Promise;
use crate::exchange::Answer;
use crate::verdict::Level;
use std::time::{Duration, SystemTime};

/// The name of the header.
pub const NAME: &str = "Retry-After";

/// The rule.
pub const RULE: Rule = Rule {
    id: "headers.retry-after",
    level: Level::Must,
    reach: Reach::Header(Some(NAME)),
    title: "A rate-limited answer says how long to wait",
    why: "Without it a client can only guess, and guesses too often. Whole seconds and an HTTP date are both right. A \
          date is measured against the answer's own Date, with 2 s of grace, so that clocks do not matter; without a \
          Date it is waited for by our own clock, and not judged.",
    clause: "The Retry-After header in the response includes how long to wait before trying again.",
    example: "429 with Retry-After: -1, or without any.",
};

/// The note on a very long wait.
pub const LONG: Rule = Rule {
    id: "headers.retry-after-long",
    level: Level::Note,
    reach: Reach::Header(Some(NAME)),
    title: "The announced wait is at most an hour",
    why: "A longer wait is allowed, but a limit of a few seconds that announces hours is likely a wrong unit.",
    clause: "The Retry-After header in the response includes how long to wait before trying again.",
    example: "Retry-After: 10000 where the limit's window is 10 s: milliseconds.",
};

const GRACE: Duration = Duration::from_secs(2);
const HOUR: Duration = Duration::from_hours(1);

/// Judges the announced wait of an answer that promises one.
pub fn judge(promise: &Promise, answer: &Answer) -> Option<Fault> {
    if !promise.headers.iter().any(|name| name.eq_ignore_ascii_case(NAME)) {
        return None;
    }
    let mut values: Vec<String> = answer.header(NAME).map(|value| value.text().trim().to_owned()).collect();
    values.dedup();
    let [value] = values.as_slice() else {
        let received = if values.is_empty() { "no Retry-After".into() } else { show::text(&values.join(", ")) };
        return Some(RULE.broken("one Retry-After", received));
    };
    let expected = "Retry-After in whole seconds, or as an HTTP date that is not past";
    match wait(value, answer) {
        None => Some(RULE.broken(expected, show::text(value))),
        Some(wait) if wait > HOUR => Some(LONG.broken("a wait of at most an hour", show::text(value))),
        Some(_) => None,
    }
}

/// The announced wait; `None` where the value announces none. A date without a Date to measure by is zero.
fn wait(value: &str, answer: &Answer) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let now = answer.header("Date").find_map(|date| httpdate::parse_http_date(date.text().trim()).ok());
    now.map_or(Some(Duration::ZERO), |now| until_from(now, until))
}

fn until_from(now: SystemTime, until: SystemTime) -> Option<Duration> {
    match until.duration_since(now) {
        Ok(wait) => Some(wait),
        Err(past) => (past.duration() <= GRACE).then_some(Duration::ZERO),
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::contract::Answer as Promise;
    use crate::exchange::{Answer, End};

    fn rule(headers: &[(&str, &str)]) -> Option<&'static str> {
        let promise = Promise { status: 429, headers: vec!["retry-after".into()], ..Promise::default() };
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        let (version, reason, body) = (String::new(), String::new(), "".into());
        judge(&promise, &Answer { version, status: 429, reason, headers, body, end: End::Complete })
            .map(|fault| fault.rule.id)
    }

    #[test]
    fn seconds_and_dates_that_are_not_past_are_right() {
        for headers in [
            &[("retry-after", "0")][..],
            &[("Retry-After", " 10 ")],
            &[("retry-after", "3600")],
            &[("retry-after", "7"), ("retry-after", "7")],
            &[("retry-after", "Wed, 21 Oct 2015 07:28:10 GMT"), ("date", "Wed, 21 Oct 2015 07:28:00 GMT")],
            &[("retry-after", "Wed, 21 Oct 2015 07:27:58 GMT"), ("date", "Wed, 21 Oct 2015 07:28:00 GMT")],
            &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")],
            &[("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT"), ("date", "Sun, 06 Nov 1994 08:49:30 GMT")],
        ] {
            assert_eq!(rule(headers), None, "{headers:?}");
        }
    }

    #[test]
    fn an_announcement_that_announces_nothing_is_broken() {
        for headers in [
            &[][..],
            &[("retry-after", "")],
            &[("retry-after", "-1")],
            &[("retry-after", "1.5")],
            &[("retry-after", "soon")],
            &[("retry-after", "1s")],
            &[("retry-after", "1"), ("retry-after", "2")],
            &[("retry-after", "Wed, 21 Oct 2015 07:27:57 GMT"), ("date", "Wed, 21 Oct 2015 07:28:00 GMT")],
        ] {
            assert_eq!(rule(headers), Some("headers.retry-after"), "{headers:?}");
        }
    }

    #[test]
    fn more_than_an_hour_is_a_note() {
        for headers in [
            &[("retry-after", "3601")][..],
            &[("retry-after", "99999999999999999999999999")],
            &[("retry-after", "Wed, 21 Oct 2015 09:28:00 GMT"), ("date", "Wed, 21 Oct 2015 07:28:00 GMT")],
        ] {
            assert_eq!(rule(headers), Some("headers.retry-after-long"), "{headers:?}");
        }
    }
}

//! What an exchange says about the tenant's health, whatever was asked.

use crate::exchange::{Answer, End, Exchange, FailureKind, Outcome};
use std::time::{Duration, SystemTime};

/// What an exchange says about the tenant's health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// An answer of the success class began to arrive.
    Served,
    /// The caller was refused: 401 or 403.
    Denied(u16),
    /// A rate limit: 429, with the wait it announces where that can be read.
    Limited(Option<Duration>),
    /// Nobody serves at this time: 502, 503 or 504, with the wait it announces where that can be read.
    Unavailable(u16, Option<Duration>),
    /// What was asked for cannot be done at this time: 409 or 423, as while an earlier request is being worked on.
    Busy(u16),
    /// The request was refused as such: another status of the 4xx class.
    Refused,
    /// No answer, or not all of it, within the deadline.
    Silent,
    /// No connection.
    Lost(String),
    /// Anything else.
    Other,
}

impl Condition {
    /// Reads the condition off an exchange that ended at a time by our own clock.
    pub fn of(exchange: &Exchange, ended: SystemTime) -> Self {
        match &exchange.outcome {
            Outcome::Answered(answer) if answer.end == End::TimedOut => Self::Silent,
            Outcome::Answered(answer) => Self::answered(answer, ended),
            Outcome::Failed(failure) => match failure.kind {
                FailureKind::Silence => Self::Silent,
                FailureKind::Unreachable
                | FailureKind::Refused
                | FailureKind::ConnectTimeout
                | FailureKind::Tls
                | FailureKind::Proxy => Self::Lost(failure.detail.clone()),
                FailureKind::Reset | FailureKind::Closed | FailureKind::NotHttp | FailureKind::Unsendable => {
                    Self::Other
                }
            },
        }
    }

    fn answered(answer: &Answer, ended: SystemTime) -> Self {
        match answer.status {
            200..300 => Self::Served,
            401 | 403 => Self::Denied(answer.status),
            409 | 423 => Self::Busy(answer.status),
            429 => Self::Limited(retry_after(answer, ended)),
            400..500 => Self::Refused,
            502..=504 => Self::Unavailable(answer.status, retry_after(answer, ended)),
            _ => Self::Other,
        }
    }

    /// Whether a full caller's control that gets the same at that time excuses a case.
    pub fn is_excusable(&self) -> bool {
        matches!(self, Self::Denied(_) | Self::Busy(_) | Self::Unavailable(..) | Self::Silent)
    }

    /// Whether two exchanges found the tenant in the same condition.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unavailable(one, _), Self::Unavailable(other, _)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other) && self.status() == other.status(),
        }
    }

    /// The condition in a few words.
    pub fn words(&self) -> String {
        match self {
            Self::Served => "was served".to_owned(),
            Self::Denied(status) | Self::Busy(status) | Self::Unavailable(status, _) => format!("got {status}"),
            Self::Limited(_) => "got 429".to_owned(),
            Self::Refused => "was refused".to_owned(),
            Self::Silent => "got no answer in time".to_owned(),
            Self::Lost(_) => "got no connection".to_owned(),
            Self::Other => "got an answer of another kind".to_owned(),
        }
    }

    fn status(&self) -> u16 {
        match self {
            Self::Denied(status) | Self::Busy(status) => *status,
            _ => 0,
        }
    }
}

/// A wait by our own clock that is longer than this tells of another clock.
const HOUR: Duration = Duration::from_hours(1);

/// Whether the wait that an answer announces can be measured by our own clock only, which may not be the tenant's.
pub fn is_by_our_clock(exchange: &Exchange) -> bool {
    let Outcome::Answered(answer) = &exchange.outcome else { return false };
    let is_date = |text: &str| httpdate::parse_http_date(text.trim()).is_ok();
    answer.header("retry-after").next().is_some_and(|value| is_date(&value.text())) && date(answer).is_none()
}

fn date(answer: &Answer) -> Option<SystemTime> {
    httpdate::parse_http_date(answer.header("date").next()?.text().trim()).ok()
}

/// The wait that an answer announces, in seconds or as a date measured against the answer's own Date, or else against
/// our clock.
fn retry_after(answer: &Answer, ended: SystemTime) -> Option<Duration> {
    let text = answer.header("retry-after").next()?.text().trim().to_owned();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(&text).ok()?;
    date(answer).map_or_else(
        || until.duration_since(ended).ok().filter(|wait| *wait <= HOUR),
        |date| until.duration_since(date).ok(),
    )
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use crate::exchange::{Answer, End, Exchange, Outcome, Purpose, Timing};
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    fn condition(status: u16, headers: &[(&str, &str)]) -> Condition {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let outcome = Outcome::Answered(Answer {
            version: "HTTP/1.1".into(),
            status,
            reason: String::new(),
            headers,
            body: "".into(),
            end: End::Complete,
        });
        let (probe, timing) = (Arc::default(), Timing::default());
        // 06 Nov 1994 08:49:32 GMT
        let ended = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_772);
        Condition::of(&Exchange { number: 1, purpose: Purpose::Case, at_ms: 0, probe, outcome, timing }, ended)
    }

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_date_against_the_answers_own() {
        let seven = Some(Duration::from_secs(7));
        assert_eq!(condition(429, &[("Retry-After", "7")]), Condition::Limited(seven));
        let date = ("date", "Sun, 06 Nov 1994 08:49:30 GMT");
        let later = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(condition(503, &[date, later]), Condition::Unavailable(503, seven));
        assert_eq!(condition(429, &[("retry-after", "soon")]), Condition::Limited(None));
        assert_eq!(condition(429, &[later]), Condition::Limited(Some(Duration::from_secs(5))), "by our own clock");
        for other in ["Sun, 06 Nov 1994 08:49:31 GMT", "Sun, 06 Nov 1994 09:49:33 GMT"] {
            assert_eq!(condition(429, &[("retry-after", other)]), Condition::Limited(None), "by another clock");
        }
    }

    #[test]
    fn a_401_and_a_403_are_not_the_same() {
        assert!(!condition(401, &[]).same(&condition(403, &[])));
        assert!(condition(401, &[]).same(&condition(401, &[])));
        assert!(!condition(500, &[]).is_excusable() && condition(502, &[]).is_excusable());
    }
}

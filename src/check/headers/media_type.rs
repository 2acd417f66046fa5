//! `headers.media-type`: the body is of a media type that the page lists.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::contract::Answer as Promise;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "headers.media-type",
    level: Level::Must,
    reach: Reach::Body,
    title: "The body is of a media type that the page lists",
    why: "Clients choose their reader by the media type. Parameters, letter case, blanks and the same value twice are \
          free. An empty body has no type. Where the type is wrong, a body that is no JSON is not told besides.",
    clause: "application/json",
    example: "Content-Type: text/html with an error page.",
};

/// Judges the media type of a body that is not empty.
pub fn judge(promise: &Promise, answer: &Answer) -> Option<Fault> {
    if promise.media_types.is_empty() {
        return None;
    }
    let values: Vec<String> = answer.header("content-type").map(|value| value.text().into_owned()).collect();
    let listed = |essence: &str| promise.media_types.iter().any(|listed| listed.eq_ignore_ascii_case(essence));
    let right = !values.is_empty() && values.iter().flat_map(|value| essences(value)).all(|essence| listed(&essence));
    if right {
        return None;
    }
    let received = if values.is_empty() { "no Content-Type".into() } else { show::text(&values.join(", ")) };
    Some(RULE.broken(format!("Content-Type: {}", show::choice(&promise.media_types)), received))
}

/// The media types of a header value without their parameters; a repeated header may be joined by commas.
fn essences(value: &str) -> Vec<String> {
    let mut quoted = false;
    let parted = value.split(|char| {
        quoted ^= char == '"';
        char == ',' && !quoted
    });
    parted.map(|one| one.split(';').next().unwrap_or_default().trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::contract::Answer as Promise;
    use crate::exchange::{Answer, End};

    fn broken(values: &[&str]) -> bool {
        let promise = Promise { media_types: vec!["application/json".into()], ..Promise::default() };
        let headers = values.iter().map(|value| ("content-TYPE".to_owned(), (*value).into())).collect();
        let (version, reason, body) = (String::new(), String::new(), "{}".into());
        judge(&promise, &Answer { version, status: 200, reason, headers, body, end: End::Complete }).is_some()
    }

    #[test]
    fn parameters_letter_case_blanks_and_repetition_are_free() {
        for values in [
            &["application/json"][..],
            &["application/json; charset=utf-8"],
            &["Application/JSON;charset=\"UTF-8\""],
            &[" application/json ; a=\"x,y\" "],
            &["application/json;"],
            &["application/json", "application/json"],
            &["application/json, application/json;charset=utf-8"],
        ] {
            assert!(!broken(values), "{values:?}");
        }
    }

    #[test]
    fn another_type_or_none_is_broken() {
        for values in [
            &[][..],
            &[""],
            &["text/html"],
            &["application/problem+json"],
            &["text/json"],
            &["application/jsonp"],
            &["application/json", "text/html"],
            &["application / json"],
        ] {
            assert!(broken(values), "{values:?}");
        }
    }
}

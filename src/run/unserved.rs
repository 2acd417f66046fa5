//! What the tenant said to a request that should work, and what that tells where none of them worked.

use super::inquire::Outcome;
use crate::exchange::Exchange;
use crate::plan::Planned;
use std::collections::BTreeSet;

/// A control that did not work.
#[derive(Debug, Clone)]
pub(super) struct Unserved {
    case: String,
    caller: String,
    status: Option<u16>,
    /// The first line of its request.
    request: String,
    /// How it went, in a few words.
    words: String,
    /// What stood in the body of the answer; empty where nothing did.
    body: String,
}

/// What became of the controls of a run.
#[derive(Default)]
pub(super) struct Controls {
    worked: bool,
    /// One for each thing of which none did.
    unserved: Vec<Unserved>,
}

const BODY: usize = 240;
const REQUEST: usize = 100;
/// No more of them are told, each with a status of its own.
const TOLD: usize = 3;
const UNAUTHORIZED: u16 = 401;
const NOT_FOUND: u16 = 404;

impl Unserved {
    pub(super) fn of(planned: &Planned, outcome: &Outcome) -> Self {
        let exchange = outcome.first.as_deref();
        let probe = exchange.map(|exchange| &exchange.probe);
        let request = probe.map(|probe| format!("{} {}", probe.method, probe.target.text())).unwrap_or_default();
        Self {
            case: planned.case.id.clone(),
            caller: probe.and_then(|probe| probe.caller.clone()).unwrap_or_default(),
            status: outcome.status,
            request: short(&request, REQUEST),
            words: outcome.status.map_or_else(|| outcome.last_words.clone(), |status| format!("got {status}")),
            body: exchange.filter(|exchange| exchange.status() == outcome.status).map(body).unwrap_or_default(),
        }
    }

    /// Which one it was and how it went.
    pub(super) fn failed(&self) -> String {
        format!("`{}` {}", self.case, self.words)
    }

    fn sentence(&self) -> String {
        let answer = if self.body.is_empty() { String::new() } else { format!(": {}", self.body) };
        format!("`{}`, which should work, {}{answer}.", self.case, self.words)
    }
}

impl Controls {
    /// Takes what became of the controls of one thing.
    pub(super) fn add(&mut self, worked: bool, unserved: Option<Unserved>) {
        self.worked |= worked;
        self.unserved.extend(unserved.filter(|_| !worked));
    }

    /// What those that did not work tell, in sentences.
    pub(super) fn told(&self) -> Vec<String> {
        told(&self.unserved, self.none_worked())
    }

    /// Whether some were asked and none of them worked.
    pub(super) fn none_worked(&self) -> bool {
        !self.worked && !self.unserved.is_empty()
    }
}

/// What the controls of a run that did not work tell, in sentences; `none` where none of the others worked either.
fn told(all: &[Unserved], none: bool) -> Vec<String> {
    let alike = |status: u16| none && !all.is_empty() && all.iter().all(|control| control.status == Some(status));
    let callers: BTreeSet<&str> = all.iter().map(|control| control.caller.as_str()).collect();
    let token = callers.iter().filter(|caller| alike(UNAUTHORIZED) && !caller.is_empty()).map(|caller| {
        format!(
            "The tenant refuses the token of [credentials.{caller}], or the one of the environment in its place \
             ({UNAUTHORIZED}): nothing that should work did."
        )
    });
    let place = all.first().filter(|_| alike(NOT_FOUND)).map(|control| {
        format!(
            "Everything that should work got {NOT_FOUND}, such as {}: the base URL may be wrong. The paths of the \
             operations begin after it, with their version.",
            control.request
        )
    });
    let mut seen = BTreeSet::new();
    let sentences = all.iter().filter(|control| seen.insert(control.status)).take(TOLD).map(Unserved::sentence);
    token.chain(place).chain(sentences).collect()
}

/// The text of a body in one line; nothing where it is coded.
fn body(exchange: &Exchange) -> String {
    let plain = |exchange: &&Exchange| {
        exchange.answer().is_some_and(|answer| answer.header("content-encoding").next().is_none())
    };
    let answer = Some(exchange).filter(plain).and_then(Exchange::answer);
    answer.map(|answer| short(&answer.body.text(), BODY)).unwrap_or_default()
}

/// A text in one line of so many characters at most.
fn short(text: &str, most: usize) -> String {
    // Every word has a character at least, and one more tells that there is more.
    let line = text.split_whitespace().take(most + 1).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most { line } else { line.chars().take(most - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::{Unserved, short, told};

    fn control(status: u16, body: &str) -> Unserved {
        Unserved {
            case: "widgets/one".into(),
            caller: "full".into(),
            status: Some(status),
            request: "GET /a/a/one".into(),
            words: format!("got {status}"),
            body: body.into(),
        }
    }

    #[test]
    fn each_status_is_told_once_with_the_tenants_words() {
        let all = [control(400, "{\"a\":1}"), control(400, "{\"a\":2}"), control(500, "")];
        let sentences =
            ["`widgets/one`, which should work, got 400: {\"a\":1}.", "`widgets/one`, which should work, got 500."];
        assert_eq!(told(&all, true), sentences);
    }

    #[test]
    fn a_token_that_never_worked_and_a_base_url_that_serves_nothing_are_told_as_such() {
        assert!(told(&[control(401, "")], true)[0].starts_with("The tenant refuses the token of [credentials.full]"));
        assert_eq!(told(&[control(401, "")], false).len(), 1, "others worked");
        let lost = told(&[control(404, ""), control(404, "")], true);
        assert!(lost[0].contains("such as GET /a/a/one: the base URL may be wrong"), "{lost:?}");
        assert_eq!(told(&[control(404, ""), control(400, "")], true).len(), 2);
    }

    #[test]
    fn a_body_is_one_short_line() {
        assert_eq!(short("{\n  \"a\": \t1\r\n}", 160), "{ \"a\": 1 }");
        assert_eq!(short(&"é".repeat(500), 160).chars().count(), 160);
        assert!(short(&"x ".repeat(500), 160).ends_with('…'));
    }
}

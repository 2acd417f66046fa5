//! What a burst has seen: the limit and the wait in one sentence, the answers in another.

use crate::event::{Flood, Form};
use crate::report::page::{Sheet, Tone, count, duration, thousands};

/// Further forms are counted only.
const FORMS: usize = 4;

/// Writes what a burst has seen.
pub fn write(sheet: &mut Sheet, flood: &Flood) {
    sheet.wrapped(0, Tone::Plain, &format!("flood: {}", limit(flood)));
    sheet.wrapped(7, Tone::Quiet, &answers(flood));
}

fn limit(flood: &Flood) -> String {
    let (requests, at_once) = (count(flood.requests, "request"), thousands(flood.at_once));
    let sent = format!("{requests}, {at_once} at once: {} served", thousands(flood.served));
    if flood.limited == 0 {
        return format!("{sent}, no 429");
    }
    let before = match flood.before {
        0 => String::new(),
        before => format!(" ({} sent before the burst may count too)", thousands(before)),
    };
    format!("{sent}, {} limited{before} · {}", thousands(flood.limited), wait(flood))
}

fn wait(flood: &Flood) -> String {
    let Some(announced) = flood.announced_ms else { return "no wait announced".to_owned() };
    let announced = format!("wait announced {}", duration(announced));
    match (flood.honest, flood.again_ms) {
        (Some(true) | None, Some(again)) => format!("{announced}, served again after {}", duration(again)),
        (Some(false), Some(again)) => format!("{announced}, served again only after {}", duration(again)),
        (Some(_), None) => format!("{announced}, not served after it"),
        (None, None) => format!("{announced}, not waited for"),
    }
}

fn answers(flood: &Flood) -> String {
    let shown: Vec<String> = flood.forms.iter().take(FORMS).map(form).collect();
    let more = flood.forms.len().saturating_sub(FORMS);
    let more = if more > 0 { format!(" and {}", count(more as u64, "other form")) } else { String::new() };
    let latency = &flood.latency;
    format!(
        "{}{more} · p50 {} ms · p90 {} ms · p99 {} ms · longest {} ms",
        shown.join(", "),
        latency.p50_ms,
        latency.p90_ms,
        latency.p99_ms,
        latency.max_ms
    )
}

fn form(form: &Form) -> String {
    let status = form.status.map_or_else(String::new, |status| format!("{status} "));
    format!("{}× {status}{}", thousands(form.count), form.shape)
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::event::{Flood, Form, Latency};
    use crate::report::page::{Look, Sheet};

    fn told(flood: &Flood) -> String {
        let mut sheet = Sheet::new(Look { color: false, width: 80 });
        write(&mut sheet, flood);
        sheet.into_text()
    }

    fn flood() -> Flood {
        let form = |status, shape: &str, count| Form { status: Some(status), shape: shape.into(), count };
        Flood {
            requests: 130,
            at_once: 64,
            before: 1,
            served: 99,
            limited: 31,
            announced_ms: Some(10_000),
            again_ms: Some(10_020),
            honest: Some(true),
            forms: vec![form(200, "{id, name}", 99), form(429, "{message}", 31)],
            latency: Latency { p50_ms: 1.5, p90_ms: 2.0, p99_ms: 3.0, max_ms: 4.25 },
            ..Flood::default()
        }
    }

    #[test]
    fn limit_wait_forms_and_latency_are_told() {
        let text = told(&flood()).split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "flood: 130 requests, 64 at once: 99 served, 31 limited (1 sent before",
            "wait announced 10.0 s, served again after 10.0 s",
            "99× 200 {id, name}, 31× 429 {message} · p50 1.5 ms · p90 2 ms",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }

    #[test]
    fn what_was_not_seen_is_not_told() {
        let none = Flood { limited: 0, ..flood() };
        assert!(told(&none).contains("no 429") && !told(&none).contains("wait"));
        let lied = Flood { again_ms: None, honest: Some(false), ..flood() };
        assert!(told(&lied).contains("not served after it"));
        let long = Flood { again_ms: None, honest: None, ..flood() };
        assert!(told(&long).contains("not waited for"));
    }

    #[test]
    fn a_hostile_form_does_nothing_to_the_terminal() {
        let shape = "\u{1b}[2J\u{202e}".to_owned();
        let text = told(&Flood { forms: vec![Form { status: None, shape, count: 1 }], ..flood() });
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
}

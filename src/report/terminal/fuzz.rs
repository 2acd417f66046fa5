//! What a campaign has met: how much and how fast, a short table of the answers, and what was found how often.

use crate::event::{Answers, Found, Fuzz};
use crate::report::page::{Sheet, Tone, count, duration, other_answers, thousands};

/// Further answers and findings are counted only.
const LINES: usize = 10;
const CODE: usize = 40;

/// Writes what the phase has met: a campaign of its own has a table of the answers, the phase of a check a line.
pub fn write(sheet: &mut Sheet, fuzz: &Fuzz, campaign: bool) {
    let second = fuzz.requests.saturating_mul(1_000).checked_div(fuzz.ms).unwrap_or_default();
    let (requests, behaviours) = (count(fuzz.requests, "request"), count(fuzz.behaviours, "behaviour"));
    let (took, second) = (duration(fuzz.ms), thousands(second));
    let told = format!("fuzz: {requests} in {took}, {second} a second · {behaviours}");
    sheet.wrapped(0, Tone::Plain, &told);
    let shown = fuzz.answers.iter().take(LINES).map(counted);
    if campaign {
        shown.for_each(|(times, what)| sheet.wrapped(2, Tone::Quiet, &format!("{times:>7} {what}")));
        more(sheet, other_answers(fuzz, LINES), "other answer");
    } else {
        let all: Vec<String> = shown.map(|(times, what)| format!("{times} {what}")).collect();
        sheet.wrapped(6, Tone::Quiet, &all.join(", "));
    }
    let failing: Vec<&Found> = fuzz.found.iter().filter(|found| found.failing).collect();
    for found in failing.iter().take(LINES) {
        let Found { fingerprint, rule, case, count: times, .. } = found;
        let told = format!("{:>7}× {rule} · {case} · {fingerprint}", thousands(*times));
        sheet.wrapped(2, Tone::Bad, &told);
    }
    more(sheet, failing.len().saturating_sub(LINES) as u64, "other finding");
}

fn counted(answers: &Answers) -> (String, String) {
    let status = answers.status.map_or_else(|| "no answer:".to_owned(), |status| status.to_string());
    let code: String = answers.code.chars().take(CODE).collect();
    (format!("{}×", thousands(answers.count)), format!("{status} {code}").trim_end().to_owned())
}

fn more(sheet: &mut Sheet, number: u64, noun: &str) {
    if number > 0 {
        sheet.wrapped(2, Tone::Quiet, &format!("… and {}", count(number, noun)));
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::event::{Answers, Found, Fuzz};
    use crate::report::page::{Look, Sheet};

    fn told(fuzz: &Fuzz) -> String {
        let mut sheet = Sheet::new(Look { color: false, width: 100 });
        write(&mut sheet, fuzz, true);
        sheet.into_text()
    }

    fn answers(code: &str, count: u64) -> Answers {
        Answers { status: Some(400), code: code.into(), count }
    }

    #[test]
    fn speed_answers_and_findings_are_told_in_few_lines() {
        let found = |number: u32| Found {
            fingerprint: format!("{number:016x}"),
            rule: "body.schema".into(),
            case: "widgets/fuzz".into(),
            failing: true,
            count: 3,
        };
        let fuzz = Fuzz {
            candidates: 4_800,
            requests: 5_000,
            ms: 10_000,
            behaviours: 17,
            answers: (0..30).map(|_| answers("400.1", 7)).collect(),
            found: (0..30).map(found).collect(),
        };
        let text = told(&fuzz);
        assert!(text.starts_with("fuzz: 5,000 requests in 10.0 s, 500 a second · 17 behaviours\n"), "{text}");
        for part in ["7× 400 400.1", "… and 140 other answers", "3× body.schema · widgets/fuzz", "20 other findings"]
        {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(text.lines().count() <= 23, "{text}");
    }

    #[test]
    fn a_hostile_code_does_nothing_to_the_terminal() {
        let text = told(&Fuzz { answers: vec![answers("\u{1b}[2J\u{202e}", 1)], ..Fuzz::default() });
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
}

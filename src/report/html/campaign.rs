//! The campaign of seeded combinations: what was sent and answered, how much of it was new, and what it found.

use super::findings::Findings;
use super::latency::{HEIGHT, LEFT, TOP, Tick, WIDTH};
use super::spelled::short;
use crate::event::{Answers, Fuzz};
use crate::report::page::{Campaign, Group, count, found, other_answers, pace, thousands};
use serde::Serialize;

const ANSWERS: usize = 20;
const FOUND: usize = 100;
const NAME: usize = 200;
const CODE: usize = 60;

/// What the page shows of it.
#[derive(Debug, Serialize)]
pub struct Sheet {
    told: String,
    candidates: String,
    answers: Vec<Row>,
    answers_more: u64,
    found: Vec<Found>,
    found_more: usize,
    cases: Vec<Case>,
    curve: Option<Curve>,
}

#[derive(Debug, Serialize)]
struct Row {
    count: String,
    status: String,
    code: String,
    /// Of the most frequent one, in percent.
    share: u64,
}

#[derive(Debug, Serialize)]
struct Found {
    /// Where the finding stands on the page; empty where it is left out.
    anchor: String,
    rule: String,
    fingerprint: String,
    failing: bool,
    count: String,
    cases: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Case {
    name: String,
    told: String,
    news: Vec<New>,
    more: u64,
}

#[derive(Debug, Serialize)]
struct New {
    candidate: u32,
    combined: String,
    answer: String,
}

/// New answers over candidates sent, as steps.
#[derive(Debug, Serialize)]
struct Curve {
    path: String,
    sent: String,
    new: String,
    across: Vec<Tick>,
}

/// What the page shows of a campaign that came to its end.
pub fn sheet(campaign: &Campaign, findings: &Findings) -> Option<Sheet> {
    let fuzz = campaign.fuzz()?;
    let groups = found(fuzz);
    Some(Sheet {
        told: pace(fuzz),
        candidates: count(fuzz.candidates, "candidate"),
        answers: answers(fuzz),
        answers_more: other_answers(fuzz, ANSWERS),
        found_more: groups.len().saturating_sub(FOUND),
        found: groups.iter().take(FOUND).map(|group| one(group, findings)).collect(),
        cases: cases(campaign),
        curve: curve(&campaign.curve()),
    })
}

fn answers(fuzz: &Fuzz) -> Vec<Row> {
    let most = fuzz.answers.iter().map(|answers| answers.count).max().unwrap_or(0).max(1);
    let row = |Answers { status, code, count }: &Answers| Row {
        count: thousands(*count),
        status: status.map_or_else(|| "no answer".to_owned(), |status| status.to_string()),
        code: short(code, CODE),
        share: count.saturating_mul(100).div_ceil(most).min(100),
    };
    fuzz.answers.iter().take(ANSWERS).map(row).collect()
}

fn one(group: &Group<'_>, findings: &Findings) -> Found {
    Found {
        anchor: findings.anchor(group.fingerprint).map(|(anchor, _)| anchor.to_owned()).unwrap_or_default(),
        rule: short(group.rule, NAME),
        fingerprint: short(group.fingerprint, 64),
        failing: group.failing,
        count: count(group.count, "candidate"),
        cases: group.cases.iter().map(|case| short(case, NAME)).collect(),
    }
}

fn cases(campaign: &Campaign) -> Vec<Case> {
    let new = |new: &crate::report::page::New| New {
        candidate: new.candidate,
        combined: short(&new.combined.join(" + "), NAME * 2),
        answer: short(&new.answer, CODE * 2),
    };
    let case = |strand: &crate::report::page::Strand| Case {
        name: short(&strand.case, NAME),
        told: format!(
            "{}, {}",
            count(strand.sent, "candidate"),
            count(strand.news.len() as u64 + strand.more, "new answer")
        ),
        news: strand.news.iter().map(new).collect(),
        more: strand.more,
    };
    campaign.strands().iter().map(case).collect()
}

fn curve(points: &[(u64, u64)]) -> Option<Curve> {
    let (sent, new) = points.last().copied().filter(|(sent, new)| *sent > 1 && *new > 0)?;
    let x = |at: u64| LEFT + at.min(sent) * WIDTH / sent;
    let y = |at: u64| TOP + HEIGHT - at.min(new) * HEIGHT / new;
    let steps: Vec<String> = points.iter().map(|(sent, new)| format!("H{}V{}", x(*sent), y(*new))).collect();
    Some(Curve {
        path: format!("M{LEFT} {}{}", TOP + HEIGHT, steps.concat()),
        sent: thousands(sent),
        new: thousands(new),
        across: [0, 1, 2].map(|half| Tick { at: LEFT + half * WIDTH / 2, label: thousands(sent * half / 2) }).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::curve;

    #[test]
    fn the_curve_climbs_from_nothing_to_the_end() {
        let drawn = curve(&[(1, 1), (2, 2), (100, 4)]).unwrap();
        assert_eq!(drawn.path, "M58 136H62V111H66V86H466V36");
        assert_eq!((drawn.sent.as_str(), drawn.new.as_str()), ("100", "4"));
        assert!(curve(&[]).is_none() && curve(&[(1, 1)]).is_none());
    }
}

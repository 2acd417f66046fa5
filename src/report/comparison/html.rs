//! A comparison as one HTML page that stands alone: no network and no script; whatever a tenant sent is text on it.

use super::words::{Told, cases, log, sentence, side, told};
use super::{Compared, MOST};
use crate::event::Turn;
use crate::report::html::{HEAD, STYLE, environment, policy};
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;
use std::io::{self, Write};

const NAME: &str = "comparison.html";
const PAGE: &str = include_str!("comparison.html");

#[derive(Debug, Serialize)]
struct Group {
    words: &'static str,
    means: &'static str,
    /// The class that gives the figure its colour.
    tone: &'static str,
    number: usize,
    /// How many rows more there are.
    left_out: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    rule: String,
    title: String,
    level: String,
    failing: bool,
    place: String,
    /// Whether it is about one finding.
    is_one: bool,
    fingerprint: String,
    how: Vec<String>,
    expected: String,
    received: String,
}

#[derive(Debug, Serialize)]
struct Line {
    aspect: &'static str,
    operation: String,
    told: String,
    cases: String,
}

/// Writes the page.
pub fn write(compared: &Compared<'_>, out: &mut impl Write) -> io::Result<()> {
    let comparison = compared.comparison;
    let environment = environment(&[HEAD, (NAME, PAGE)]).map_err(io::Error::other)?;
    let template = environment.get_template(NAME).map_err(io::Error::other)?;
    let runs = [("old", &comparison.old), ("new", &comparison.new)].map(|(name, run)| (name, log(run), side(run)));
    let groups: Vec<Group> = Turn::ALL.iter().map(|turn| group(compared, *turn)).collect();
    let lines: Vec<Line> = lines(compared);
    let context = context! {
        title => sentence(compared),
        bad => compared.exit != 0,
        exit => compared.exit,
        runs => Value::from(Serde(&runs)),
        notes => Value::from(Serde(&comparison.notes)),
        groups => Value::from(Serde(&groups)),
        lines => Value::from(Serde(&lines)),
        lines_left_out => comparison.differences.len() - lines.len(),
        style => Value::from_safe_string(STYLE.to_owned()),
        policy => policy(&[("style-src", STYLE)]),
    };
    template.render_captured_to(context, out).map(|_| ()).map_err(io::Error::other)
}

fn group(compared: &Compared<'_>, turn: Turn) -> Group {
    let changes = || compared.comparison.changes.iter().filter(|change| change.turn == turn);
    let all = told(changes());
    let row = |Told { change, .. }: &Told<'_>, place: String, is_one: bool| Row {
        rule: change.rule.clone(),
        title: change.title.clone(),
        level: change.level.to_string(),
        failing: change.failing,
        place,
        is_one,
        fingerprint: change.fingerprint.clone(),
        how: change.how.clone(),
        expected: change.expected.clone(),
        received: change.received.clone(),
    };
    let rows: Vec<Row> = all.iter().take(MOST).map(|told| row(told, told.place(), told.is_one())).collect();
    Group {
        words: turn.words(),
        means: turn.means(),
        tone: tone(turn),
        number: changes().count(),
        left_out: all.len() - rows.len(),
        rows,
    }
}

fn tone(turn: Turn) -> &'static str {
    match turn {
        Turn::New | Turn::Worse => "broken",
        Turn::Changed | Turn::Flaky | Turn::NotRun => "inconclusive",
        Turn::Fixed => "held",
        Turn::Still => "soft",
    }
}

fn lines(compared: &Compared<'_>) -> Vec<Line> {
    let differences = compared.comparison.differences.iter().take(MOST);
    differences
        .map(|difference| Line {
            aspect: difference.aspect.word(),
            operation: difference.operation.clone(),
            told: difference.told.clone(),
            cases: cases(difference),
        })
        .collect()
}

//! Contract coverage as a table, and what was not seen with the reason, folded away.

use super::escape::{code, prose};
use crate::event::{Coverage, Covered, Reached};
use crate::report::page::{by_reason, count, thousands};
use std::fmt::Write as _;

/// No more of one kind is listed.
const MOST: usize = 40;

/// The folded block.
pub fn block(coverage: &Coverage) -> String {
    let total = Covered { kind: "all".to_owned(), reached: coverage.total, missing: Vec::new() };
    let rows: String = coverage.kinds.iter().chain([&total]).map(row).collect();
    let (percent, of_all) = (coverage.total.percent(), coverage.total.percent_of_all());
    let title = format!("Contract coverage: {percent} % of what is possible here, {of_all} % of all");
    let head = "| part of the contract | seen | possible here | in the contract | share |\n|---|--:|--:|--:|--:|\n";
    let missing: String = coverage.kinds.iter().map(missing).collect();
    format!("\n<details><summary>{title}</summary>\n\n{head}{rows}{missing}\n</details>\n")
}

fn row(covered: &Covered) -> String {
    let Reached { seen, allowed, all } = covered.reached;
    let [seen, allowed, all] = [seen, allowed, all].map(thousands);
    format!("| {} | {seen} | {allowed} | {all} | {} % |\n", prose(&covered.kind), covered.reached.percent())
}

fn missing(covered: &Covered) -> String {
    if covered.missing.is_empty() {
        return String::new();
    }
    let mut text = format!("\nNot seen of the {}:\n\n", prose(&covered.kind));
    let mut room = MOST;
    for (why, items) in by_reason(&covered.missing) {
        let listed: Vec<String> = items.iter().take(room).map(|item| code(item)).collect();
        room -= listed.len();
        let more = if listed.is_empty() || items.len() == listed.len() { "" } else { ", …" };
        let number = count(items.len() as u64, "thing");
        let named = if listed.is_empty() { "the JSON report has them".to_owned() } else { listed.join(", ") };
        let _ = writeln!(text, "- {}, {number}: {named}{more}", prose(why));
    }
    text
}

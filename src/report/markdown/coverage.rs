//! Contract coverage as a table, and what was not seen with the reason, folded away.

use super::escape::{code, prose};
use crate::event::{Coverage, Covered, Reached};
use crate::report::page::thousands;
use std::fmt::Write as _;

/// No more of one kind is listed.
const MOST: usize = 40;

/// The folded block.
pub fn block(coverage: &Coverage) -> String {
    let total = Covered { kind: "all".to_owned(), reached: coverage.total, missing: Vec::new() };
    let rows: String = coverage.kinds.iter().chain([&total]).map(row).collect();
    let (percent, of_all) = (coverage.total.percent(), coverage.total.percent_of_all());
    let title = format!("Contract coverage: {percent} % of what this configuration allows, {of_all} % of all");
    let head = "| kind | seen | allowed | all | of allowed |\n|---|--:|--:|--:|--:|\n";
    let missing: String = coverage.kinds.iter().map(missing).collect();
    let short = coverage.shortfall().map_or_else(String::new, |text| format!("\n{}\n", prose(&text)));
    format!("{short}\n<details><summary>{title}</summary>\n\n{head}{rows}{missing}\n</details>\n")
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
    for unseen in covered.missing.iter().take(MOST) {
        let _ = writeln!(text, "- {}: {}", code(&unseen.item), prose(&unseen.why));
    }
    let more = covered.missing.len().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(text, "- and {}; the JSON report has them all", thousands(more as u64));
    }
    text
}

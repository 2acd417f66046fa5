//! The table of hostile servers: what each sent and what was said of it, kept fresh.

use crate::rows;
use crate::scene::{From, Seen};
use crate::tls;
use snapbox::{Assert, Data};
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "# Hostile tenants

Written by `tests/hostile.rs` (`SNAPSHOTS=overwrite cargo test --test hostile`), which fails where this is not what comes
out. Each server is attacked from twice: hostile for one document, once the control worked (the other cases then hold,
always), and hostile from the first byte. Nothing may panic, every report stays free of characters that act on a
terminal, and time and memory stay below what is told here: a bound for a slow machine and a debug build.

";

/// Fails where the table in the documents is not what was seen.
pub fn is_fresh(seen: &[Seen]) {
    let mut text = HEAD.to_owned();
    text.push_str(
        "| server | what it sends | what is said later | what is said from the first byte | time | memory |\n",
    );
    text.push_str("|---|---|---|---|---|---|\n");
    for name in rows::all().map(|row| row.name).chain(tls::ALL.iter().map(|bad| bad.name)) {
        let of = |from| seen.iter().find(|run| run.name == name && run.from == from);
        let first = of(From::First).unwrap();
        let later = of(From::Later).map_or_else(|| "cannot be".to_owned(), |run| cell(&run.said));
        let said = cell(&first.said);
        let Seen { sends, seconds, megabytes, .. } = first;
        let _ = writeln!(text, "| {name} | {sends} | {later} | {said} | ≤ {seconds} s | ≤ {megabytes} MB |");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hostile.md");
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(text).raw(), Data::read_from(&path, None).raw());
}

/// What was said, in a cell of a table: the cases by the last part of their ids, those that share a verdict together.
fn cell(said: &str) -> String {
    let mut lines = said.lines();
    let mut parts = vec![lines.next().unwrap_or_default().to_owned()];
    let mut verdicts: Vec<(String, Vec<&str>)> = Vec::new();
    for line in lines {
        let Some((case, verdict)) = line.split_once(' ').filter(|(case, _)| case.contains('/') && !case.contains(':'))
        else {
            parts.push(line.to_owned());
            continue;
        };
        let name = if case.contains("load-accounts") { "upload" } else { case.rsplit('/').next().unwrap_or_default() };
        let name = if name == "document" { "unknown" } else { name };
        match verdicts.iter_mut().find(|(known, _)| known == verdict) {
            Some((_, names)) => names.push(name),
            None => verdicts.push((verdict.to_owned(), vec![name])),
        }
    }
    parts.extend(verdicts.into_iter().map(|(verdict, names)| format!("{}: {verdict}", names.join(", "))));
    parts.join("<br>").replace('|', "\\|")
}

//! Takes entries out of the text of a list of known failures, and puts new ones at its end; the rest stays to the letter.

use super::entry::KnownEntry;
use std::fmt::Write as _;
use std::ops::Range;

const HEAD: &str = "\
# Known failures of one tenant, for `tenantcheck check --baseline FILE`.
# They stand in every report and do not fail a run. `reason` is yours; `until = 2026-12-31` lets one fail again later.
";

/// The text without the entries whose fingerprints are gone, and with new ones.
pub(super) fn edited(content: &str, entries: &[KnownEntry], gone: &[String], fresh: &[KnownEntry]) -> String {
    let out = entries.iter().filter(|entry| gone.contains(&entry.fingerprint)).map(|entry| lines(content, &entry.span));
    let out = out.map(|range| (range, String::new()));
    let more = entries.iter().filter_map(|entry| Some((entry.listed.clone(), extended(entry, fresh)?)));
    let mut edits: Vec<(Range<usize>, String)> = out.chain(more).collect();
    edits.sort_by_key(|(range, _)| range.start);
    let (mut text, mut from) = (String::new(), 0);
    for (range, instead) in edits {
        text.push_str(content.get(from..range.start).unwrap_or_default());
        text.push_str(&instead);
        from = range.end;
    }
    text.push_str(content.get(from..).unwrap_or_default());
    if text.is_empty() && content.is_empty() {
        text.push_str(HEAD);
    }
    let listed = |entry: &&KnownEntry| entries.iter().any(|old| old.fingerprint == entry.fingerprint);
    for entry in fresh.iter().filter(|entry| !listed(entry)) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&block(entry));
    }
    text
}

/// The list of the cases of an entry with those that are fresh, if any is.
fn extended(entry: &KnownEntry, fresh: &[KnownEntry]) -> Option<String> {
    let fresh = fresh.iter().find(|fresh| fresh.fingerprint == entry.fingerprint)?;
    let mut cases = entry.cases.clone();
    cases.extend(fresh.cases.iter().filter(|case| !entry.cases.contains(case)).cloned());
    (!entry.listed.is_empty() && cases.len() > entry.cases.len()).then(|| list(&cases))
}

/// A list in TOML, each case in a line of its own.
fn list(cases: &[String]) -> String {
    let line = |case: &String| format!("    {},\n", toml::Value::String(case.clone()));
    format!("[\n{}]", cases.iter().map(line).collect::<String>())
}

/// The lines of an entry: with the comment that touches it from above, and the empty lines below.
fn lines(content: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = line_start(content, span.start);
    while start > 0 {
        let above = line_start(content, start - 1);
        if !content.get(above..start).is_some_and(|line| line.trim_start().starts_with('#')) {
            break;
        }
        start = above;
    }
    let mut end = line_end(content, span.end);
    while content.get(end..line_end(content, end)).is_some_and(|line| !line.is_empty() && line.trim().is_empty()) {
        end = line_end(content, end);
    }
    // The first lines of the file are about all of it.
    let start = if start == 0 { line_start(content, span.start) } else { start };
    start..end
}

fn line_start(content: &str, at: usize) -> usize {
    content.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(content: &str, at: usize) -> usize {
    content.get(at..).and_then(|rest| rest.find('\n')).map_or(content.len(), |newline| at + newline + 1)
}

fn block(entry: &KnownEntry) -> String {
    let comment = if entry.title.is_empty() { String::new() } else { format!("# {}\n", calm(&entry.title)) };
    let mut block = format!("\n{comment}[[known]]\n");
    let until = entry.until.as_ref().map(|until| format!("until = {until}\n")).unwrap_or_default();
    let keys = [
        ("fingerprint", Some(&entry.fingerprint)),
        ("reason", Some(&entry.reason)),
        ("rule", entry.rule.as_ref()),
        ("operation", entry.operation.as_ref()),
        ("case", entry.case.as_ref()),
        ("pointer", entry.pointer.as_ref()),
    ];
    for (key, value) in keys.into_iter().filter_map(|(key, value)| value.map(|value| (key, value))) {
        let _ = writeln!(block, "{key} = {}", toml::Value::String(value.clone()));
    }
    if !entry.cases.is_empty() {
        let _ = writeln!(block, "cases = {}", list(&entry.cases));
    }
    if let Some(seed) = entry.seed {
        let _ = writeln!(block, "seed = {seed}");
    }
    block.push_str(&until);
    block.push_str(if entry.flaky { "flaky = true\n" } else { "" });
    block
}

/// A text that stays in the line of a comment.
fn calm(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{KnownEntry, baseline_of};
    use super::edited;
    use std::path::Path;

    const FILE: &str = r#"# Ours.

# The team knows.
[[known]] # one
fingerprint = "0011223344556677"
reason = """
two
lines""" # after

# About nothing in particular.

[[known]]
reason = 'a [[known]] thing'
fingerprint = "1111111111111111"
until = 2026-12-31
"#;

    fn without(gone: &str) -> String {
        let read = baseline_of(Path::new("b.toml"), FILE.as_bytes()).unwrap();
        edited(FILE, &read.entries, &[gone.to_owned()], &[])
    }

    #[test]
    fn an_entry_goes_with_its_comment_and_nothing_else_changes() {
        let first = FILE.find("# The team").unwrap()..FILE.find("# About").unwrap();
        assert_eq!(without("0011223344556677"), FILE.replace(&FILE[first], ""));
        let second = FILE.rfind("\n[[known]]").unwrap() + 1;
        assert_eq!(without("1111111111111111"), FILE[..second]);
        assert_eq!(without("2222222222222222"), FILE);
    }

    #[test]
    fn a_new_entry_is_read_as_it_was_written() {
        let entry = KnownEntry {
            fingerprint: "2222222222222222".into(),
            reason: "quoted \"so\"\nand \\ so \u{7f} '''".into(),
            until: Some("2027-01-31".into()),
            title: "A\nB".into(),
            rule: Some("body.schema".into()),
            operation: Some("widgets".into()),
            case: Some("widgets/a".into()),
            pointer: Some("/a'\"/*\u{1b}".into()),
            flaky: true,
            cases: vec!["widgets/a".into(), "widgets/\"b".into()],
            seed: Some(7),
            ..KnownEntry::default()
        };
        for content in [FILE, FILE.trim_end(), ""] {
            let text = edited(content, &[], &[], std::slice::from_ref(&entry));
            let read = baseline_of(Path::new("b.toml"), text.as_bytes()).unwrap();
            let last = read.entries.last().unwrap();
            let last = KnownEntry { span: 0..0, listed: 0..0, ..last.clone() };
            assert_eq!(last, KnownEntry { title: String::new(), ..entry.clone() });
            assert!(text.starts_with(content.trim_end()), "{text}");
            let more = KnownEntry { cases: vec!["widgets/c".into(), "widgets/a".into()], ..entry.clone() };
            let longer = edited(&text, &read.entries, &[], &[more]);
            let named = "    \"widgets/a\",\n    'widgets/\"b',\n";
            assert!(text.contains(named), "{text}");
            assert_eq!(longer, text.replace(named, &format!("{named}    \"widgets/c\",\n")));
        }
    }
}

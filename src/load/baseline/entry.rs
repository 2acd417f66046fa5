//! One entry of a list of known failures.

use super::day;
use crate::load::table::{Entry, Phrase, Reader, Section};
use std::ops::Range;
use toml::de::DeValue;

/// A failure that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownEntry {
    /// The fingerprint of its findings: 16 hex digits.
    pub fingerprint: String,
    /// Why it is known.
    pub reason: String,
    /// The last day on which it holds, UTC: `YYYY-MM-DD`.
    pub until: Option<String>,
    /// What its rule promises, for whoever reads the file; not read again.
    pub title: String,
    /// The rule that it breaks.
    pub rule: Option<String>,
    /// The operation that breaks it.
    pub operation: Option<String>,
    /// The case that was the first to show it.
    pub case: Option<String>,
    /// The shape of its place in the body, as a JSON pointer whose indices are `*`.
    pub pointer: Option<String>,
    /// Whether it comes and goes.
    pub flaky: bool,
    /// The cases that it is about; none where it is about all.
    pub cases: Vec<String>,
    /// The seed that drew those of them that are drawn.
    pub seed: Option<u64>,
    /// Where the list of its cases stands in its file.
    pub listed: Range<usize>,
    /// Where it stands in its file, from its header to its last value; empty where it does not yet.
    pub span: Range<usize>,
}

const DIGITS: usize = 16;
const FINGERPRINT: &str = "reports show it: 16 hex digits, such as `fingerprint = \"00112233aabbccdd\"`";
const REASON: &str = "say why it is known, such as the number of an issue";

/// Reads an entry, with the place of its fingerprint.
pub fn read(section: Section<'_>) -> Option<(KnownEntry, Range<usize>)> {
    let fingerprint = section.need_text("fingerprint", FINGERPRINT);
    let reason = section.need_words("reason", REASON);
    let until = section.get("until").and_then(|entry| day::read(&entry, &section.reader));
    let [rule, operation, case, pointer] = ["rule", "operation", "case", "pointer"].map(|key| text(&section, key));
    let flaky = section.flag("flaky");
    let cases = cases(&section);
    let listed = section.get("cases").map(|entry| entry.span).unwrap_or_default();
    let seed = section.get("seed").and_then(|entry| seed(&entry, &section.reader));
    headed(&section);
    let ends = section.entries().into_iter().map(|entry| entry.span.end).max();
    let span = section.span.start..ends.unwrap_or_default().max(section.span.end);
    let reader = section.reader;
    section.close();
    let (fingerprint, reason) = (fingerprint?, reason?.text);
    if !is_fingerprint(&fingerprint.text) {
        let what = format!("`{}` is no fingerprint", fingerprint.text);
        reader.problem(fingerprint.token.clone(), what, meant(&fingerprint));
    }
    let Phrase { text: fingerprint, token, .. } = fingerprint;
    let title = String::new();
    let about = KnownEntry { rule, operation, case, pointer, flaky, cases, seed, listed, ..KnownEntry::default() };
    Some((KnownEntry { fingerprint, reason, until, title, span, ..about }, token))
}

fn cases(section: &Section<'_>) -> Vec<String> {
    let Some(items) = section.items("cases") else { return Vec::new() };
    if items.is_empty() {
        section.refuse("cases", "`cases` names no case", "name one, or leave the key out: then it is about all");
    }
    items.iter().filter_map(|item| item.raw_text(&section.reader)).map(|phrase| phrase.text).collect()
}

fn seed(entry: &Entry<'_>, reader: &Reader<'_>) -> Option<u64> {
    let DeValue::Integer(number) = entry.value else { return wrong_seed(entry, reader) };
    u64::from_str_radix(number.as_str(), number.radix()).ok().or_else(|| wrong_seed(entry, reader))
}

fn wrong_seed(entry: &Entry<'_>, reader: &Reader<'_>) -> Option<u64> {
    let told = entry.source(reader).unwrap_or("this");
    reader.problem(entry.span.clone(), format!("`{told}` is no seed"), "write the number of a run's seed, or nothing");
    None
}

fn text(section: &Section<'_>, key: &'static str) -> Option<String> {
    section.get(key)?.raw_text(&section.reader).map(|phrase| phrase.text)
}

/// Entries are tables of their own, so that one can be taken out without touching another.
fn headed(section: &Section<'_>) {
    let reader = &section.reader;
    if !reader.text.content.get(section.span.clone()).is_some_and(|source| source.starts_with("[[")) {
        reader.problem(section.span.clone(), "an entry stands in a list in one line", "write each under `[[known]]`");
    }
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn meant(phrase: &Phrase) -> String {
    let lower = phrase.text.trim().to_lowercase();
    if is_fingerprint(&lower) { format!("did you mean `{lower}`?") } else { FINGERPRINT.to_owned() }
}

//! One result: a finding of a case, with what tells it from others and what leads back to it.

use crate::contract::Place;
use crate::event::Start;
use crate::report::grade::Grade;
use crate::report::page::start;
use crate::report::visible::visible;
use crate::verdict::Finding;
use serde_json::{Value, json};

const TEXT: usize = 1_000;

/// The result of a finding; without a location where the case's place is not known.
pub fn of(finding: &Finding, index: usize, place: &Place, run: &Start) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(Grade::of(finding)),
        "message": {"text": message(finding)},
        "partialFingerprints": {"tenantcheck/v1": finding.fingerprint},
        "properties": properties(finding, run.seed),
    });
    if let (false, Some(members)) = (place.path.is_empty(), result.as_object_mut()) {
        members.insert("locations".to_owned(), json!([location(finding, place)]));
    }
    if let (true, Some(members)) = (run.baseline.is_some(), result.as_object_mut()) {
        let state = if finding.known.as_ref().is_some_and(|known| !known.elsewhere && !known.added) {
            "unchanged"
        } else {
            "new"
        };
        members.insert("baselineState".to_owned(), json!(state));
        // Once a result of a run says whether it is suppressed, all have to.
        members.insert("suppressions".to_owned(), json!(suppression(finding).as_slice()));
    }
    result
}

/// What keeps a result from counting.
fn suppression(finding: &Finding) -> Option<Value> {
    let known = finding.known.as_ref().filter(|_| finding.is_known())?;
    Some(json!({"kind": "external", "status": "accepted", "justification": plain(&known.to_string())}))
}

/// The word of SARIF for a grade.
pub fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Note => "note",
    }
}

/// A text of SARIF, in which brackets would be a link.
pub fn plain(text: &str) -> String {
    let shown = visible(start(text, TEXT)).into_owned();
    shown.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn message(finding: &Finding) -> String {
    let at = finding.pointer.as_ref().filter(|pointer| !pointer.is_empty());
    let at = at.map(|pointer| format!(" at {}", plain(pointer))).unwrap_or_default();
    let [title, expected, received] = [&finding.title, &finding.expected, &finding.received].map(|text| plain(text));
    format!("{title}: expected{at} {expected}, received {received}")
}

fn properties(finding: &Finding, seed: u64) -> Value {
    json!({
        "case": finding.case,
        "operation": finding.operation,
        "status": finding.status,
        "pointer": finding.pointer.as_ref().map(|pointer| start(pointer, TEXT)),
        "seed": seed,
        "stability": finding.stability,
        "seen": finding.seen,
        "exchange": finding.exchange,
        "erratum": finding.erratum,
        "failing": finding.failing,
    })
}

fn location(finding: &Finding, place: &Place) -> Value {
    let (line, column) = (place.line.max(1), place.column.max(1));
    let region =
        json!({"startLine": line, "startColumn": column, "endColumn": column.saturating_add(place.width.max(1))});
    let file = if place.path.starts_with('/') {
        json!({"uri": format!("file://{}", uri(&place.path))})
    } else {
        json!({"uri": uri(&place.path), "uriBaseId": "%SRCROOT%"})
    };
    json!({
        "physicalLocation": {"artifactLocation": file, "region": region},
        "logicalLocations": [{"fullyQualifiedName": finding.case}],
    })
}

/// A path as a URI reference: what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    let free = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~+".contains(&byte);
    let step = |byte: u8| if free(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.replace('\\', "/").bytes().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::{plain, uri};

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("cases/a b/\u{e4}+1.toml"), "cases/a%20b/%C3%A4+1.toml");
    }

    #[test]
    fn nothing_in_a_text_is_a_link() {
        assert_eq!(plain("[x](http://y)\\\n"), "\\[x\\](http://y)\\\\\\\\n");
    }
}

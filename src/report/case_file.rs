//! A kept finding as a case file: what was sent, so that it says the same bytes again, and what was owed.

use super::visible::is_hidden;
use crate::contract::{CALLERS, Contract, World, WorldValue};
use crate::event::KeptFinding;
use crate::exchange::{FORGED, Octets, Probe, Secrets, Target};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write as _;

/// Ids that are shorter may stand in a text by chance.
const TELLING: usize = 8;

/// The text of a case file that sends what shows a finding, or why there is none.
pub fn case_file(kept: &KeptFinding, contract: &Contract, world: &World) -> Result<String, String> {
    let [probe] = kept.probes.as_slice() else { return Err("it takes two requests to show it".to_owned()) };
    let operation = contract.operation(&probe.operation).ok_or("the contract has no such operation")?;
    let path = operation.versions.get(&kept.version).ok_or("the contract has no such version")?;
    let mut text = head(kept, probe);
    let (caller, rest) = caller(&probe.headers);
    let _ = writeln!(text, "[request]\ncaller = {}", quoted(caller.unwrap_or("none")));
    if probe.method != operation.method {
        let _ = writeln!(text, "method = {}", quoted(&probe.method));
    }
    address(&mut text, kept, path, world)?;
    let (media_type, rest) = media_type(rest, &probe.body);
    let lines = rest.iter().map(header).collect::<Result<Vec<_>, _>>()?;
    if !lines.is_empty() {
        let _ = writeln!(text, "headers = [{}]", lines.join(", "));
    }
    if !probe.omit.is_empty() {
        let names: Vec<String> = probe.omit.iter().map(|name| quoted(name)).collect();
        let _ = writeln!(text, "omit = [{}]", names.join(", "));
    }
    if !probe.body.0.is_empty() {
        body(&mut text, media_type, &probe.body);
    }
    expect(&mut text, kept);
    Ok(text)
}

fn head(kept: &KeptFinding, probe: &Probe) -> String {
    let (finding, version) = (&kept.finding, &kept.tenantcheck);
    format!(
        "# Found by tenantcheck {version}: {}, seed {}, candidate {}, fingerprint {}.\ntitle = {}\nclause = {}\n\n",
        finding.rule,
        probe.seed,
        probe.candidate,
        finding.fingerprint,
        quoted(&kept.title.replace("{{", "{ {")),
        quoted(&finding.clause)
    )
}

/// The caller whose good credential stands first, and the other header lines.
fn caller(headers: &[(String, Octets)]) -> (Option<&'static str>, &[(String, Octets)]) {
    let Some(((name, value), rest)) = headers.split_first() else { return (None, headers) };
    let bears = |caller: &&str| value.text() == format!("Bearer {}", Secrets::marker(caller));
    match CALLERS.into_iter().find(bears).filter(|_| name == "Authorization") {
        Some(caller) => (Some(caller), rest),
        None => (None, headers),
    }
}

fn media_type<'a>(headers: &'a [(String, Octets)], body: &Octets) -> (Option<String>, &'a [(String, Octets)]) {
    match headers.split_first() {
        Some(((name, value), rest)) if name == "Content-Type" && !body.0.is_empty() => {
            let text = std::str::from_utf8(&value.0).ok().filter(|text| !text.contains("{{"));
            text.map_or((None, headers), |text| (Some(text.to_owned()), rest))
        }
        _ => (None, headers),
    }
}

/// Path and query; what the world names stands as a template.
fn address(text: &mut String, kept: &KeptFinding, path: &str, world: &World) -> Result<(), String> {
    const OTHER: &str = "its target is not the operation's path with values in it, and a case file can say no other";
    let asked = kept.probe().map(|probe| probe.target.0.as_slice()).unwrap_or_default();
    let base = Target::parse(&kept.target).map(|target| target.base_path().to_owned()).unwrap_or_default();
    let asked = asked.strip_prefix(base.as_bytes()).ok_or(OTHER)?;
    let at = asked.iter().position(|byte| *byte == b'?').unwrap_or(asked.len());
    let (asked, query) = asked.split_at_checked(at).unwrap_or_default();
    let values = values(path, asked).ok_or(OTHER)?;
    let first = world.0.iter().find_map(|(key, _)| {
        let (name, id) = world.pairs(key).into_iter().next()?;
        let holds = |wanted: &str| values.iter().any(|(_, value)| value.as_slice() == wanted.as_bytes());
        (holds(name) && holds(id)).then(|| (key.clone(), name.to_owned(), id.to_owned()))
    });
    let value = |bytes: &[u8]| match &first {
        Some((key, name, _)) if bytes == name.as_bytes() => format!("{{{{world {key}.name}}}}"),
        Some((key, _, id)) if bytes == id.as_bytes() => format!("{{{{world {key}.id}}}}"),
        _ => named(&template(bytes), world),
    };
    if first.is_none() && values.iter().any(|(_, value)| is_among_pairs(value, world)) {
        text.push_str("# A template names the first of these in [world] only: this one stands as it is.\n");
    }
    let pairs: Vec<String> = values.iter().map(|(name, bytes)| format!("{name} = {}", quoted(&value(bytes)))).collect();
    if !pairs.is_empty() {
        let _ = writeln!(text, "path = {{ {} }}", pairs.join(", "));
    }
    if let Some((_, query)) = query.split_first() {
        let _ = writeln!(text, "query = {}", quoted(&template(query)));
    }
    Ok(())
}

/// Whether a value is an id that the world has by name.
fn is_among_pairs(value: &[u8], world: &World) -> bool {
    let mut all = world.0.keys().flat_map(|key| world.pairs(key));
    all.any(|(_, id)| id.as_bytes() == value)
}

/// The values of a path template's parameters in a path; each takes as little as it can, the last all that is left.
fn values(path: &str, asked: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let Some((before, rest)) = path.split_once('{') else { return (path.as_bytes() == asked).then(Vec::new) };
    let (name, after) = rest.split_once('}')?;
    let asked = asked.strip_prefix(before.as_bytes())?;
    let literal = after.split('{').next().unwrap_or_default();
    let end = if literal.len() == after.len() {
        asked.len().checked_sub(literal.len())?
    } else {
        memchr::memmem::find(asked, literal.as_bytes())?
    };
    let (value, left) = asked.split_at_checked(end)?;
    let others = values(after, left)?;
    Some([(name.to_owned(), value.to_vec())].into_iter().chain(others).collect())
}

/// Puts templates where the ids of the world stand.
fn named(text: &str, world: &World) -> String {
    let ids = world.0.iter().filter_map(|(key, value)| match value {
        WorldValue::Id(id) => Some((key, id)),
        _ => None,
    });
    let plain = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    ids.filter(|(_, id)| plain(id) && (id.len() >= TELLING || *id == text))
        .fold(text.to_owned(), |text, (key, id)| text.replace(id.as_str(), &format!("{{{{world {key}}}}}")))
}

fn header((name, value): &(String, Octets)) -> Result<String, String> {
    if name.is_empty() || name.contains(':') || name.contains("{{") {
        return Err(format!("a case file cannot say its header `{}`", name.escape_debug()));
    }
    Ok(quoted(&format!("{name}: {}", template(&value.0))))
}

fn body(text: &mut String, media_type: Option<String>, body: &Octets) {
    let typed = media_type.map_or_else(|| "untyped = true".to_owned(), |kind| format!("type = {}", quoted(&kind)));
    let _ = writeln!(text, "\n[request.body]\n{typed}");
    let readable = |text: &&str| !text.chars().any(|one| is_hidden(one) && !"\r\n\t".contains(one));
    match std::str::from_utf8(&body.0).ok().filter(readable) {
        Some(plain) => drop(writeln!(text, "text = \"\"\"\n{}\"\"\"", escaped(&template(plain.as_bytes()), true))),
        None => drop(writeln!(text, "base64 = {}", quoted(&STANDARD.encode(&body.0)))),
    }
}

fn expect(text: &mut String, kept: &KeptFinding) {
    let expect = &kept.expect;
    let statuses: Vec<String> = expect.statuses.iter().map(ToString::to_string).collect();
    let _ = writeln!(text, "\n[expect]\nstatus = [{}]\nrule = {}", statuses.join(", "), quoted(&expect.rule));
    if expect.level != crate::verdict::Level::Must {
        let _ = writeln!(text, "level = \"{}\"", expect.level);
    }
    if expect.http {
        text.push_str("http = true\n");
    }
}

/// Bytes as a text with templates: braces of their own and what is no text are spelled out.
fn template(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some((before, after)) = rest.split_once("{{") {
            text.push_str(before);
            let (written, after) = marked(after).unwrap_or_else(|| ("{{hex 7b 7b}}".to_owned(), after));
            text.push_str(&written);
            rest = after;
        }
        text.push_str(rest);
        for byte in chunk.invalid() {
            let _ = write!(text, "{{{{hex {byte:02x}}}}}");
        }
    }
    text
}

/// The template that puts a marker in, and what stands behind the marker; the text begins inside its braces.
fn marked(text: &str) -> Option<(String, &str)> {
    let (name, after) = text.strip_prefix("secret ")?.split_once("}}")?;
    if CALLERS.contains(&name) {
        return Some((format!("{{{{secret {name}}}}}"), after));
    }
    let (caller, kind) = name.split_once(' ')?;
    let known = CALLERS.contains(&caller) && FORGED.contains(&kind);
    known.then(|| (format!("{{{{jwt {kind} {caller}}}}}"), after))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, false))
}

/// The inside of a TOML string; `lines` leaves line feeds as they are.
fn escaped(text: &str, lines: bool) -> String {
    let mut inside = String::with_capacity(text.len());
    for character in text.chars() {
        let _ = match character {
            '"' | '\\' => write!(inside, "\\{character}"),
            '\n' if lines => inside.write_char('\n'),
            '\n' => inside.write_str("\\n"),
            '\r' => inside.write_str("\\r"),
            '\t' => inside.write_str("\\t"),
            _ if is_hidden(character) => write!(inside, "\\U{:08x}", u32::from(character)),
            _ => inside.write_char(character),
        };
    }
    inside
}

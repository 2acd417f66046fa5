//! The command line that sends a probe again with curl, where curl can send it as it stands.

use super::bytes::is_text;
use super::figures::{count, thousands};
use super::shell::{holds_forged, holds_secret, printf_argument, quote};
use crate::exchange::{Octets, Probe, Target};

const MOST_BODY: usize = 2048;
const UNWRITABLE: &str = "it holds bytes that a shell line cannot carry";

/// The command, a line for each option; or why there is none.
pub fn command(probe: &Probe, length: u64, target: &str) -> Result<Vec<String>, String> {
    let target = Target::parse(target).map_err(|_| "the target of the run is not known".to_owned())?;
    let (first, beside) = url(probe, &target)?;
    let call = ["curl -i -g --path-as-is".to_owned()].into_iter().chain(method(probe)?).chain([first]);
    let mut lines = vec![call.collect::<Vec<_>>().join(" ")];
    let (before, body) = body(probe, length)?;
    let options = beside.into_iter().chain(headers(probe)?).chain(body);
    lines.extend(options.map(|option| format!("  {option}")));
    let last = lines.len() - 1;
    lines.iter_mut().take(last).for_each(|line| line.push_str(" \\"));
    Ok(before.into_iter().chain(lines).collect())
}

fn method(probe: &Probe) -> Result<Option<String>, String> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match probe.method.as_str() {
        "HEAD" => Ok(Some("--head".to_owned())),
        "GET" if probe.body.0.is_empty() => Ok(None),
        method if !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Ok(Some(format!("-X {method}")))
        }
        method if !method.is_empty() && method.bytes().all(token) => {
            Ok(quote(method).map(|method| format!("-X {method}")))
        }
        _ => Err("its method is no HTTP method".to_owned()),
    }
}

/// The URL; what curl would mend in one goes as it stands beside it.
fn url(probe: &Probe, target: &Target) -> Result<(String, Option<String>), String> {
    let asked = text(&probe.target)?;
    let scheme = if target.is_tls() { "https" } else { "http" };
    let base = format!("{scheme}://{}", target.authority());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~?=&%:@!$'()*+,;{}[]".contains(&byte);
    if asked.starts_with('/') && (asked.bytes().all(plain) || holds_secret(asked)) {
        return Ok((quoted(&format!("{base}{asked}"))?, None));
    }
    Ok((quoted(&base)?, Some(format!("--request-target {}", quoted(asked)?))))
}

fn headers(probe: &Probe) -> Result<Vec<String>, String> {
    let mut options = Vec::new();
    for (name, value) in &probe.headers {
        let value = text(value)?;
        if holds_forged(value) {
            return Err(
                "its token is the caller's own with another signature; `tenantcheck replay` makes it".to_owned()
            );
        }
        let token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !token || name.eq_ignore_ascii_case("transfer-encoding") {
            return Err(format!("curl would change its header `{name}`"));
        }
        if name.eq_ignore_ascii_case("expect") {
            return Err("curl would wait for an answer before it sends the body".to_owned());
        }
        let line = if value.trim().is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        options.push(format!("-H {}", quoted(&line)?));
    }
    if probe.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("host")).count() > 1 {
        return Err("curl sends one Host header only".to_owned());
    }
    let untyped = probe.header("content-type").is_none() && sends_body(probe);
    let unasked = probe.header("accept").is_none() && !probe.omit.iter().any(|name| name == "accept");
    let own = [unasked.then_some("Accept"), untyped.then_some("Content-Type")];
    let removed = probe.omit.iter().map(String::as_str).chain(own.into_iter().flatten());
    for name in removed {
        options.push(format!("-H {}", quoted(&format!("{name}:"))?));
    }
    Ok(options)
}

fn sends_body(probe: &Probe) -> bool {
    let expected = matches!(probe.method.as_str(), "POST" | "PUT" | "PATCH");
    !probe.body.0.is_empty() || (expected && !probe.omit.iter().any(|name| name == "content-length"))
}

/// What stands before curl, and its own option, for the body.
fn body(probe: &Probe, length: u64) -> Result<(Vec<String>, Option<String>), String> {
    if !sends_body(probe) {
        return Ok((Vec::new(), None));
    }
    if length > MOST_BODY as u64 {
        return Err(format!("its body has {} bytes; {IN_LOG}", thousands(length)));
    }
    let text = std::str::from_utf8(&probe.body.0).ok().filter(|_| is_text(&probe.body.0));
    let text = text.ok_or_else(|| format!("its body of {} is binary; {IN_LOG}", count(length, "byte")))?;
    if holds_secret(text) {
        return Err("its body holds a credential".to_owned());
    }
    match quote(text).filter(|_| !text.starts_with('@')) {
        Some(quoted) => Ok((Vec::new(), Some(format!("--data-binary {quoted}")))),
        None => Ok((printf(text), Some("--data-binary @-".to_owned()))),
    }
}

const IN_LOG: &str = "it is in the event log (--report ndjson=PATH)";

fn printf(text: &str) -> Vec<String> {
    let arguments: Vec<String> = text.split_inclusive('\n').map(printf_argument).collect();
    let last = arguments.len();
    let end = |index: usize| if index + 1 == last { "|" } else { "\\" };
    let lines = arguments.iter().enumerate().map(|(index, argument)| format!("  {argument} {}", end(index)));
    std::iter::once("printf '%b' \\".to_owned()).chain(lines).collect()
}

fn text(octets: &Octets) -> Result<&str, String> {
    std::str::from_utf8(&octets.0).map_err(|_| UNWRITABLE.to_owned())
}

fn quoted(text: &str) -> Result<String, String> {
    quote(text).ok_or_else(|| UNWRITABLE.to_owned())
}

#[cfg(test)]
mod tests;

//! One exchange as an entry.

use super::content::{content, headers, length, post_data};
use crate::exchange::{Answer, End, Exchange, Octets, Outcome, Probe, Purpose, Target, Timing};
use crate::report::bodies::Cut;
use serde_json::{Value, json};

/// The entry of an exchange that began at a time of day.
pub fn of(exchange: &Exchange, target: Option<&Target>, began: &str, cuts: &[Cut]) -> Value {
    let timings = timings(exchange.timing);
    let part = |name: &str| timings.get(name).and_then(Value::as_f64).unwrap_or_default().max(0.0);
    let time: f64 = ["connect", "send", "wait", "receive"].map(part).iter().sum();
    json!({
        "startedDateTime": began,
        "time": round(time),
        "request": request(&exchange.probe, target, cuts),
        "response": response(&exchange.outcome, cuts),
        "cache": {},
        "timings": timings,
        "comment": comment(exchange),
    })
}

fn comment(exchange: &Exchange) -> String {
    let purpose = match exchange.purpose {
        Purpose::Case => "case",
        Purpose::Control => "control",
        Purpose::Again => "again",
        Purpose::Shrink => "shrink",
    };
    format!("request {}, {purpose}: {}", exchange.number, exchange.probe.case)
}

fn request(probe: &Probe, target: Option<&Target>, cuts: &[Cut]) -> Value {
    let sent = probe.target.text();
    let asked = uri(&probe.target.0);
    let mut request = json!({
        "method": probe.method,
        "url": url(&asked, target),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&probe.headers),
        "queryString": query(&sent),
        "headersSize": -1,
        "bodySize": length(&probe.body, cuts),
    });
    let Some(members) = request.as_object_mut() else { return request };
    if !probe.body.0.is_empty() {
        members.insert("postData".to_owned(), post_data(probe, cuts));
    }
    if asked != *sent || !asked.starts_with('/') {
        members.insert("_target".to_owned(), json!(probe.target));
    }
    request
}

fn url(asked: &str, target: Option<&Target>) -> String {
    let base = target.map_or_else(
        || "http://unknown.invalid".to_owned(),
        |target| format!("{}://{}", if target.is_tls() { "https" } else { "http" }, target.authority()),
    );
    let slash = if asked.starts_with('/') { "" } else { "/" };
    format!("{base}{slash}{asked}")
}

/// What a URL may hold, with anything else percent-encoded; what went out stands beside it.
fn uri(target: &[u8]) -> String {
    let hex = |at: usize| target.get(at).is_some_and(u8::is_ascii_hexdigit);
    let step = |(at, byte): (usize, &u8)| match byte {
        b'%' if hex(at + 1) && hex(at + 2) => "%".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"/-_.~?=&:@!$'()*+,;".contains(byte) => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    target.iter().enumerate().map(step).collect()
}

fn query(target: &str) -> Vec<Value> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

fn response(outcome: &Outcome, cuts: &[Cut]) -> Value {
    let (answer, error) = match outcome {
        Outcome::Answered(answer) => (answer, ended(&answer.end)),
        Outcome::Failed(failure) => {
            let told = format!("{}: {}", json!(failure.kind).as_str().unwrap_or_default(), failure.detail);
            (&NOTHING, Some(told))
        }
    };
    let mut response = json!({
        "status": answer.status,
        "statusText": answer.reason,
        "httpVersion": answer.version,
        "cookies": [],
        "headers": headers(&answer.headers),
        "content": content(answer, cuts),
        "redirectURL": answer.header("location").next().map(Octets::text).unwrap_or_default(),
        "headersSize": -1,
        "bodySize": if answer.status == 0 { json!(-1) } else { json!(length(&answer.body, cuts)) },
    });
    if let (Some(error), Some(members)) = (error, response.as_object_mut()) {
        members.insert("_error".to_owned(), json!(error));
        members.insert("comment".to_owned(), json!(error));
    }
    response
}

/// What stands where nothing came.
static NOTHING: Answer = Answer {
    version: String::new(),
    status: 0,
    reason: String::new(),
    headers: Vec::new(),
    body: Octets(Vec::new()),
    end: End::Complete,
};

fn ended(end: &End) -> Option<String> {
    (*end != End::Complete).then(|| format!("the answer is not whole: {}", json!(end)))
}

/// Milliseconds. What the format lets be unknown is -1; the other three are 0 where they are not known.
fn timings(timing: Timing) -> Value {
    let connect = timing.connect_us.unwrap_or_default();
    let rest = timing.total_us.saturating_sub(connect);
    let wait = timing.first_byte_us.unwrap_or(rest).min(rest);
    json!({
        "blocked": -1,
        "dns": -1,
        "connect": timing.connect_us.map_or(json!(-1), |micros| json!(ms(micros))),
        "send": 0,
        "wait": ms(wait),
        "receive": ms(rest - wait),
        "ssl": -1,
    })
}

fn ms(micros: u64) -> f64 {
    round(std::time::Duration::from_micros(micros).as_secs_f64() * 1_000.0)
}

/// To the microsecond.
fn round(ms: f64) -> f64 {
    (ms * 1_000.0).round() / 1_000.0
}

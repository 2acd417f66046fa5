//! Reads the vendor's `config.yaml`: flat keys, or the client of the active environment. Knows keys, indentation and
//! one-line texts; whatever else YAML has is an error.

use super::{Told, Vendor, plain, vendor};
use crate::load::problem::LoadError;
use std::collections::BTreeMap;
use std::path::Path;

/// Every text of the file by the keys that lead to it.
type Texts = BTreeMap<Vec<String>, String>;

const NAMES: [&str; 3] = ["baseurl", "clientid", "clientsecret"];
/// What stands for no value.
const EMPTY: [&str; 5] = ["{}", "[]", "~", "null", "Null"];
/// What a plain text does not begin with.
const SPECIAL: [char; 14] = ['&', '*', '!', '|', '>', '%', '@', '`', '{', '[', ']', '}', '?', ','];

/// Reads a `config.yaml`; `None` where there is none.
pub fn vendor_yaml(path: &Path) -> Result<Option<Vendor>, LoadError> {
    vendor(path, read)
}

fn read(bytes: &[u8]) -> Result<Option<Told>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let texts = texts(text.trim_start_matches('\u{feff}'))?;
    let at = |keys: &[&str]| texts.iter().find(|(known, _)| same(known, keys)).map(|(_, text)| text.clone());
    let flat = NAMES.map(|name| at(&[name]));
    let [_, id, secret] = &flat;
    if id.is_some() || secret.is_some() {
        return Ok(Some(Told { names: NAMES.map(ToOwned::to_owned), values: flat }));
    }
    let Some(active) = at(&["activeenvironment"]).filter(|active| !active.is_empty()) else {
        return Ok(Some(Told { names: NAMES.map(ToOwned::to_owned), values: flat }));
    };
    let [base, id, secret] = NAMES;
    let paths = [vec![base], vec!["pat", id], vec!["pat", secret]];
    let paths = paths.map(|path| [vec!["environments", &active], path].concat());
    Ok(Some(Told { names: paths.clone().map(|path| path.join(".")), values: paths.map(|path| at(&path)) }))
}

fn same(known: &[String], keys: &[&str]) -> bool {
    known.len() == keys.len() && known.iter().zip(keys).all(|(one, other)| plain(one) == plain(other))
}

/// The keys that are open at a line, each with its indentation.
#[derive(Default)]
struct Open {
    keys: Vec<(usize, String)>,
    /// Whether the last key had no value, so that deeper keys may follow.
    waits: bool,
}

fn texts(content: &str) -> Result<Texts, String> {
    let (mut texts, mut open) = (Texts::new(), Open::default());
    for (number, line) in content.lines().enumerate() {
        let line = line.trim_end();
        let text = line.trim_start_matches(' ');
        if text.is_empty() || text.starts_with('#') || (line == "---" && open.keys.is_empty()) {
            continue;
        }
        let wrong = |what: &str| format!("line {}: {what}", number + 1);
        let (key, value) = entry(text).map_err(wrong)?;
        let path = open.step(line.len() - text.len(), key, value.is_none()).map_err(wrong)?;
        if texts.insert(path, value.unwrap_or_default()).is_some() {
            return Err(wrong("this key stands there twice"));
        }
    }
    Ok(texts)
}

impl Open {
    /// Goes to the next key and gives the keys that lead to it.
    fn step(&mut self, indent: usize, key: String, waits: bool) -> Result<Vec<String>, &'static str> {
        let deeper = self.keys.last().is_some_and(|(last, _)| indent > *last);
        if deeper && !self.waits {
            return Err("it is indented, but the key above has a value of its own");
        }
        let mut left = None;
        while let Some((last, _)) = self.keys.last().filter(|(last, _)| *last >= indent) {
            left = Some(*last);
            self.keys.pop();
        }
        let first = self.keys.is_empty() && left.is_none() && indent == 0;
        if !deeper && !first && left != Some(indent) {
            return Err("no key above is indented like that");
        }
        self.keys.push((indent, key));
        self.waits = waits;
        Ok(self.keys.iter().map(|(_, key)| key.clone()).collect())
    }
}

/// A key and its value; no value where deeper keys may follow.
fn entry(text: &str) -> Result<(String, Option<String>), &'static str> {
    if text.starts_with('\t') {
        return Err("it is indented by a tab");
    }
    if text == "-" || text.starts_with("- ") {
        return Err("it is a list, which is more YAML than is read here");
    }
    let (key, rest) = match quoted(text)? {
        Some((key, rest)) => (key, rest.trim_start().strip_prefix(':')),
        None if text.starts_with(SPECIAL) => return Err(MORE),
        None => {
            let at = text.find(": ").or_else(|| text.strip_suffix(':').map(str::len));
            at.map_or((String::new(), None), |at| (text.split_at(at).0.trim().to_owned(), text.get(at + 1..)))
        }
    };
    let rest = rest.filter(|_| !key.is_empty()).ok_or("it is no `key: value`")?;
    Ok((key, value(rest.trim())?))
}

const MORE: &str = "it is more YAML than is read here: write `key: value`, one a line";

fn value(text: &str) -> Result<Option<String>, &'static str> {
    let is_end = |rest: &str| rest.trim().is_empty() || (rest.starts_with(' ') && rest.trim().starts_with('#'));
    if let Some((value, rest)) = quoted(text)? {
        return if is_end(rest) { Ok(Some(value)) } else { Err(MORE) };
    }
    if text.starts_with('#') {
        return Ok(None);
    }
    let plain = text.split_once(" #").map_or(text, |(plain, _)| plain).trim();
    match plain {
        "" => Ok(None),
        _ if EMPTY.contains(&plain) => Ok(Some(String::new())),
        _ if plain.starts_with(SPECIAL) || plain.starts_with("- ") || plain.contains(": ") => Err(MORE),
        _ => Ok(Some(plain.to_owned())),
    }
}

/// The text in the quotes at the beginning, and what follows; `None` where there are none.
fn quoted(text: &str) -> Result<Option<(String, &str)>, &'static str> {
    let open = "a quoted text does not end in its line";
    if let Some(body) = text.strip_prefix('\'') {
        let mut value = String::new();
        let mut rest = body;
        while let Some((before, after)) = rest.split_once('\'') {
            value.push_str(before);
            match after.strip_prefix('\'') {
                Some(further) => (value, rest) = (value + "'", further),
                None => return Ok(Some((value, after))),
            }
        }
        return Err(open);
    }
    if !text.starts_with('"') {
        return Ok(None);
    }
    // The escapes that JSON has mean the same in YAML.
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    match values.next() {
        Some(Ok(value)) => Ok(Some((value, text.get(values.byte_offset()..).unwrap_or_default()))),
        Some(Err(error)) if !error.is_eof() => Err("a quoted text has an escape that is not read here"),
        _ => Err(open),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn told(text: &str) -> String {
        match read(text.as_bytes()).and_then(|told| told.map(super::Told::client).transpose()) {
            Ok(Some(Some(client))) => format!("{} {} {}", client.base_url, client.id, client.secret),
            Ok(_) => "no client".into(),
            Err(what) => what,
        }
    }

    const FLAT: &str = "baseurl: https://a.example\nclientid: i\nclientsecret: s\n";
    const NESTED: &str = "activeenvironment: My-One # the active one\nauthtype: pat\ndebug: false\nexport: ''\n\
        environments:\n  other:\n    baseurl: https://b.example\n    pat:\n      clientid: x\n      clientsecret: y\n  \
        my-one:\n    baseurl: https://a.example\n    oauth: {}\n    pat:\n\n      # the client\n      accesstoken: \"\"\n      \
        clientid: i\n      clientsecret: s\n    tenanturl: https://c.example\n";

    #[test]
    fn flat_keys_and_the_active_environment_give_a_client() {
        let spelled = FLAT.replace("baseurl", "baseURL").replace("clientid", "clientID");
        let crlf = FLAT.replace('\n', "\r\n");
        for text in [FLAT, NESTED, &spelled, &crlf, &format!("---\n# c\n{FLAT}")] {
            assert_eq!(told(text), "https://a.example i s", "{text}");
        }
    }

    #[test]
    fn texts_may_be_quoted_and_end_before_a_comment() {
        for (value, secret) in [
            ("s # comment", "s"),
            ("s#1", "s#1"),
            ("'it''s' # c", "it's"),
            ("\"a\\\"b\\u0063\"", "a\"bc"),
            ("a:b", "a:b"),
            ("'#'", "#"),
        ] {
            let text = FLAT.replace(": s\n", &format!(": {value}\n"));
            assert_eq!(told(&text), format!("https://a.example i {secret}"), "{value}");
        }
    }

    #[test]
    fn a_file_without_a_client_gives_none() {
        for text in ["", "# nothing\n", "debug: true\n", "activeenvironment: a\nenvironments: {}\n"] {
            assert_eq!(told(text), "no client", "{text}");
        }
        assert_eq!(told(&NESTED.replace("clientid: i", "a: ''").replace("clientsecret: s", "b: ''")), "no client");
    }

    #[test]
    fn what_is_more_than_keys_and_texts_is_an_error_with_its_line() {
        const MORE: &str = super::MORE;
        for (text, what) in [
            ("a: 1\n- b\n", "line 2: it is a list, which is more YAML than is read here"),
            ("a: [1, 2]\n", &format!("line 1: {MORE}")),
            ("a: {b: 1}\n", &format!("line 1: {MORE}")),
            ("a: |\n  text\n", &format!("line 1: {MORE}")),
            ("a: &x 1\nb: *x\n", &format!("line 1: {MORE}")),
            ("a: !!str 1\n", &format!("line 1: {MORE}")),
            ("? a\n", &format!("line 1: {MORE}")),
            ("a: 'x' y\n", &format!("line 1: {MORE}")),
            ("a: b: c\n", &format!("line 1: {MORE}")),
            ("hunter2\n", "line 1: it is no `key: value`"),
            ("a: 1\n---\nb: 2\n", "line 2: it is no `key: value`"),
            ("a: one\n  hunter2: 2\n", "line 2: it is indented, but the key above has a value of its own"),
            ("a:\n    b: 1\n  c: 2\n", "line 3: no key above is indented like that"),
            (" a: 1\n", "line 1: no key above is indented like that"),
            ("\ta: 1\n", "line 1: it is indented by a tab"),
            ("a: 1\na: 2\n", "line 2: this key stands there twice"),
            ("a: \"hunter2\n", "line 1: a quoted text does not end in its line"),
            ("a: 'hunter2\n", "line 1: a quoted text does not end in its line"),
            ("a: \"\\x41\"\n", "line 1: a quoted text has an escape that is not read here"),
        ] {
            assert_eq!(told(text), what, "{text}");
        }
    }

    #[test]
    fn half_a_client_is_an_error_that_names_what_is_missing() {
        assert_eq!(
            told(&NESTED.replace("clientsecret: s", "clientsecret: ''")),
            "it names a client but no secret: `environments.My-One.pat.clientsecret` is missing"
        );
        assert_eq!(told(&FLAT.replace("baseurl", "base")), "it does not say whose its client is: `baseurl` is missing");
    }
}

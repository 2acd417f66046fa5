//! The values that must never be written down, and the markers that stand for them.

use super::forged::{FORGED, forged, payload};
use super::jwt::jwt;
use super::{Octets, Probe, disguise};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Secrets by name. Has no `Display`, and its `Debug` shows names only.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, Values>);

/// Everything that a name has stood for.
#[derive(Clone, Default)]
struct Values {
    /// What is put in for the marker.
    current: Option<Vec<u8>>,
    /// What is masked: the current value, earlier ones, and other forms of them.
    masked: Vec<Vec<u8>>,
    /// Whether a value is still to come.
    promised: bool,
}

const OPEN: &[u8] = b"{{secret ";
const CLOSE: &[u8] = b"}}";
/// What the claims of a token are called, as they stand in it.
const PAYLOAD: &str = "payload";
/// What stands for the beginning of a marker that somebody else wrote.
const NO_MARKER: &[u8] = b"{{ secret ";

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Secrets {
    /// Remembers a secret, and the bad tokens that are made from it where it is a JSON Web Token; an empty value is
    /// none. An earlier value of that name stays masked.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        let (name, value) = (name.into(), value.into());
        if value.is_empty() {
            return;
        }
        for kind in FORGED {
            self.set(of(&name, kind), forged(&value, kind));
        }
        if let Some(payload) = payload(&value) {
            self.hide(of(&name, PAYLOAD), payload);
        }
        self.set(name, Some(value));
    }

    fn set(&mut self, name: String, value: Option<Vec<u8>>) {
        if let Some(value) = &value {
            self.hide(name.clone(), value.clone());
        }
        if value.is_some() || self.0.contains_key(&name) {
            self.0.entry(name).or_default().current = value;
        }
    }

    /// Masks a value by the marker of a name that it is not put in for.
    pub fn hide(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        let (values, value) = (self.0.entry(name.into()).or_default(), value.into());
        if !value.is_empty() && !values.masked.contains(&value) {
            values.masked.push(value);
        }
    }

    /// Names a secret whose value is still to come.
    pub fn promise(&mut self, name: impl Into<String>) {
        self.0.entry(name.into()).or_default().promised = true;
    }

    /// Whether there is a secret of that name, or will be.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|values| values.promised || values.current.is_some())
    }

    /// The value that is put in for a name.
    pub fn value(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name)?.current.as_deref()
    }

    /// The marker that stands for a secret.
    pub fn marker(name: &str) -> String {
        format!("{{{{secret {name}}}}}")
    }

    /// The marker that stands for a bad token of one of the kinds [`FORGED`], made from a caller's own where that is a
    /// JSON Web Token and from nothing where it is not.
    pub fn forged_marker(caller: &str, kind: &str) -> String {
        Self::marker(&of(caller, kind))
    }

    /// Whether a marker stands for what lets nobody in: a bad token, or the claims alone.
    pub fn is_harmless(marker: &str) -> bool {
        let name = marker.strip_prefix("{{secret ").and_then(|rest| rest.strip_suffix("}}")).unwrap_or_default();
        kind(name).is_some_and(|(_, kind)| kind == PAYLOAD || FORGED.contains(&kind))
    }

    /// The callers whose own tokens are to be made bad ones in the headers of a probe.
    pub fn forgers(probe: &Probe) -> Vec<String> {
        let mut callers = Vec::new();
        for (_, value) in &probe.headers {
            replaced_markers(&value.0, |name| {
                callers
                    .extend(kind(name).filter(|(_, kind)| FORGED.contains(kind)).map(|(caller, _)| caller.to_owned()));
                None
            });
        }
        callers
    }

    /// The probe with what is made from nothing in the place of the bad tokens that no JSON Web Token is there for, so
    /// that it says what goes out.
    #[must_use]
    pub fn settled(&self, probe: &Arc<Probe>) -> Arc<Probe> {
        if Self::forgers(probe).is_empty() {
            return Arc::clone(probe);
        }
        let settled = |value: &Octets| Octets(replaced_markers(&value.0, |name| self.substitute(name).map(Cow::Owned)));
        let headers = probe.headers.iter().map(|(name, value)| (name.clone(), settled(value)));
        Arc::new(Probe { headers: headers.collect(), ..Probe::clone(probe) })
    }

    /// The bad token that a name stands for where none can be made from the caller's own.
    fn substitute(&self, name: &str) -> Option<Vec<u8>> {
        let (_, kind) = kind(name).filter(|(_, kind)| self.value(name).is_none() && FORGED.contains(kind))?;
        jwt(kind).map(String::into_bytes)
    }

    /// Puts the secrets in where their markers stand; a marker of an unknown name stays.
    pub fn fill(&self, bytes: &[u8]) -> Vec<u8> {
        replaced_markers(bytes, |name| {
            self.value(name).map(Cow::Borrowed).or_else(|| self.substitute(name).map(Cow::Owned))
        })
    }

    /// Replaces every secret by its marker, longest secrets first, also where it is escaped.
    pub fn mask(&self, octets: &Octets) -> Octets {
        let values = |(name, values)| -> Vec<(&String, &Vec<u8>)> {
            let values: &Values = values;
            values.masked.iter().map(|value| (name, value)).collect()
        };
        let mut named: Vec<_> = self.0.iter().flat_map(values).collect();
        named.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
        let mut bytes = octets.0.clone();
        let mut layers = disguise::layers(&bytes);
        if find(&bytes, OPEN).is_some() || disguise::holds(&layers, OPEN) {
            bytes = unforged(&bytes);
            layers = disguise::layers(&bytes);
        }
        for (name, value) in named {
            let marker = Self::marker(name);
            if find(&bytes, value).is_some() {
                bytes = replace(&bytes, value, marker.as_bytes());
            }
            if disguise::holds(&layers, value) {
                bytes = disguise::replace(&bytes, value, marker.as_bytes()).unwrap_or(bytes);
            }
        }
        Octets(bytes)
    }

    /// Replaces every secret by its marker in a text.
    pub fn mask_text(&self, text: &str) -> String {
        self.mask(&text.into()).text().into_owned()
    }
}

/// The name of what is made from a caller's secret.
fn of(caller: &str, kind: &str) -> String {
    format!("{caller} {kind}")
}

/// Whose secret a name is made from, and what of it.
fn kind(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once(' ')
}

/// The bytes with other ones in the place of each marker whose name has some.
fn replaced_markers<'a>(bytes: &[u8], mut value: impl FnMut(&str) -> Option<Cow<'a, [u8]>>) -> Vec<u8> {
    let mut filled = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(start) = find(rest, OPEN) {
        let (before, marked) = rest.split_at(start);
        filled.extend_from_slice(before);
        let name_on = marked.get(OPEN.len()..).unwrap_or_default();
        let named = find(name_on, CLOSE).and_then(|end| {
            let name = std::str::from_utf8(name_on.get(..end)?).ok()?;
            Some((value(name)?, name_on.get(end + CLOSE.len()..)?))
        });
        if let Some((value, after)) = named {
            filled.extend_from_slice(&value);
            rest = after;
        } else {
            filled.extend_from_slice(OPEN);
            rest = name_on;
        }
    }
    filled.extend_from_slice(rest);
    filled
}

/// What came, without anything that could be taken for a marker of ours.
fn unforged(bytes: &[u8]) -> Vec<u8> {
    let plain = replace(bytes, OPEN, NO_MARKER);
    disguise::replace(&plain, OPEN, NO_MARKER).unwrap_or(plain)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

fn replace(bytes: &[u8], wanted: &[u8], by: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, wanted) {
        let (before, after) = rest.split_at(at);
        replaced.extend_from_slice(before);
        replaced.extend_from_slice(by);
        rest = after.get(wanted.len()..).unwrap_or_default();
    }
    replaced.extend_from_slice(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::{Arc, FORGED, Octets, Probe, Secrets, jwt};

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.insert("full", "abc");
        secrets.insert("limited", "abcdef");
        secrets
    }

    #[test]
    fn markers_are_filled_and_unknown_ones_stay() {
        let filled = secrets().fill(b"a {{secret full}} b {{secret nobody}} {{secret ");
        assert_eq!(filled, b"a abc b {{secret nobody}} {{secret ");
    }

    #[test]
    fn the_longer_secret_is_masked_first() {
        assert_eq!(secrets().mask_text("abcdef, abc"), "{{secret limited}}, {{secret full}}");
    }

    #[test]
    fn a_new_value_is_put_in_and_the_old_one_stays_masked() {
        let mut secrets = secrets();
        secrets.insert("full", "new");
        assert_eq!(secrets.fill(b"{{secret full}}"), b"new");
        assert_eq!(secrets.mask_text("abc new"), "{{secret full}} {{secret full}}");
    }

    #[test]
    fn what_is_hidden_is_masked_and_never_put_in() {
        let mut secrets = Secrets::default();
        secrets.hide("proxy", "hunter2");
        assert_eq!(secrets.mask_text("a hunter2"), "a {{secret proxy}}");
        assert!(!secrets.has("proxy") && secrets.fill(b"{{secret proxy}}") == b"{{secret proxy}}");
    }

    #[test]
    fn what_is_promised_is_there_without_a_value() {
        let mut secrets = Secrets::default();
        secrets.promise("full");
        assert!(secrets.has("full") && secrets.fill(b"{{secret full}}") == b"{{secret full}}");
    }

    #[test]
    fn an_escaped_secret_is_masked_as_well() {
        assert_eq!(
            secrets().mask_text(r"abc, \u0061b%63, \u0061b\u0063de%66"),
            "{{secret full}}, {{secret full}}, {{secret limited}}"
        );
    }

    #[test]
    fn a_marker_that_somebody_else_wrote_is_none() {
        assert_eq!(
            secrets().mask_text(r"{{secret full}}, {{secret\u0020full}}, abc"),
            "{{ secret full}}, {{ secret full}}, {{secret full}}"
        );
    }

    /// `{"alg":"HS256","kid":"k"}`, `{"sub":"somebody","scope":"all"}` and 32 octets.
    const JWT: &str = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsifQ.eyJzdWIiOiJzb21lYm9keSIsInNjb3BlIjoiYWxsIn0.\
                       AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    fn of_a_jwt() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.insert("full", JWT);
        secrets
    }

    #[test]
    fn a_bad_token_is_made_from_a_jwt_and_else_made_from_nothing() {
        for kind in FORGED {
            let marker = Secrets::forged_marker("full", kind);
            let own = String::from_utf8(of_a_jwt().fill(marker.as_bytes())).unwrap();
            assert!(own.contains(".eyJzdWIiOiJzb21lYm9keSIsInNjb3BlIjoiYWxsIn0.") && own != JWT, "{own}");
            assert_eq!(of_a_jwt().mask_text(&own), marker);
            let opaque = String::from_utf8(secrets().fill(marker.as_bytes())).unwrap();
            assert_eq!(Some(&opaque), jwt(kind).as_ref());
            assert_eq!(secrets().mask_text(&opaque), opaque, "what is made from nothing is no secret");
        }
    }

    #[test]
    fn a_new_token_gives_new_bad_ones_and_the_old_ones_stay_masked() {
        let (mut secrets, marker) = (of_a_jwt(), Secrets::forged_marker("full", "wrongly-signed"));
        let old = secrets.fill(marker.as_bytes());
        secrets.insert("full", JWT.replace("eyJzdWIi", "eyJTdWIi"));
        let new = secrets.fill(marker.as_bytes());
        assert!(
            old != new && secrets.mask(&Octets(old)).text() == marker && secrets.mask(&Octets(new)).text() == marker
        );
        secrets.insert("full", "opaque");
        assert_eq!(secrets.fill(marker.as_bytes()), jwt("wrongly-signed").unwrap().into_bytes());
    }

    #[test]
    fn the_claims_alone_are_masked_as_they_stand_in_the_token() {
        let claims = JWT.split('.').nth(1).unwrap();
        let masked = of_a_jwt().mask_text(&format!("got x.{claims} and {JWT}"));
        assert_eq!(masked, "got x.{{secret full payload}} and {{secret full}}");
        assert!(Secrets::is_harmless("{{secret full payload}}") && Secrets::is_harmless("{{secret full unsigned}}"));
        assert!(!Secrets::is_harmless("{{secret full}}") && !Secrets::is_harmless("{{secret full client-secret}}"));
    }

    #[test]
    fn a_settled_probe_says_what_goes_out_and_no_secret() {
        let marker = Secrets::forged_marker("full", "unsigned");
        let probe = Arc::new(Probe { headers: vec![("A".into(), marker.as_str().into())], ..Probe::default() });
        assert_eq!(of_a_jwt().settled(&probe), probe);
        assert_eq!(secrets().settled(&probe).headers[0].1.text(), jwt("unsigned").unwrap());
        assert_eq!(Secrets::forgers(&probe), ["full"]);
        assert!(Secrets::forgers(&secrets().settled(&probe)).is_empty());
    }

    #[test]
    fn debug_shows_no_value() {
        assert!(!format!("{:?}", secrets()).contains("abc"));
    }
}

//! Whether a request may change a tenant.

use crate::contract::{CALLERS, World, WorldValue};
use crate::exchange::{Probe, Secrets, Target, unescaped};

/// What a run may do to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// Whether a request that changes the tenant may name a real thing.
    pub writes: bool,
    /// Whether a good credential may stand in a URL, which servers and what lies before them log.
    pub urls: bool,
}

impl Gate {
    /// The gate for a target: everything is allowed on loopback; elsewhere writes only with the user's word, and no
    /// credential in a URL at all.
    pub fn new(target: &Target, allow_writes: bool) -> Self {
        let loopback = target.is_loopback();
        Self { writes: allow_writes || loopback, urls: loopback }
    }
}

/// Whether a probe's target carries a good credential.
pub fn shows_credential(probe: &Probe) -> bool {
    CALLERS.iter().any(|caller| probe.target.text().contains(&Secrets::marker(caller)))
}

/// The key of the world whose value a probe's target names, decoded or not. A second look, after the plan's own.
pub fn names_real_thing<'a>(probe: &Probe, world: &'a World) -> Option<&'a str> {
    let target = probe.target.text().to_ascii_lowercase();
    let decoded = decode(&target);
    let names = |id: &str| {
        let id = id.to_ascii_lowercase();
        !id.is_empty() && (target.contains(&id) || decoded.contains(&id))
    };
    world.0.iter().find_map(|(key, value)| {
        let real = match value {
            WorldValue::Id(id) => names(id),
            WorldValue::IdsBy(lists) => lists.iter().flat_map(|(_, ids)| ids).any(|id| names(id)),
            WorldValue::List(_) => false,
        };
        real.then_some(key.as_str())
    })
}

/// Whether a probe's target names a real thing of the world that another probe's does not.
pub fn names_another_thing(probe: &Probe, other: &Probe, world: &World) -> bool {
    let single = |key: &String, id: &String| World([(key.clone(), WorldValue::Id(id.clone()))].into());
    let things = world.0.iter().flat_map(|(key, value)| match value {
        WorldValue::Id(id) => vec![single(key, id)],
        WorldValue::IdsBy(lists) => lists.iter().flat_map(|(_, ids)| ids).map(|id| single(key, id)).collect(),
        WorldValue::List(_) => Vec::new(),
    });
    let names = |probe: &Probe, thing: &World| names_real_thing(probe, thing).is_some();
    things.into_iter().any(|thing| names(probe, &thing) && !names(other, &thing))
}

/// Escapes are taken off twice: there are servers that do so.
fn decode(text: &str) -> String {
    let plain = unescaped(&unescaped(text.as_bytes()));
    String::from_utf8_lossy(&plain).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Gate, names_another_thing, names_real_thing, shows_credential};
    use crate::contract::{World, WorldValue};
    use crate::exchange::{Probe, Target};

    #[test]
    fn a_real_id_is_seen_however_it_is_written() {
        let world = World([("widget".to_owned(), WorldValue::Id("2c91AB".to_owned()))].into());
        for (target, named) in [
            ("/beta/widgets/2c91AB/load", Some("widget")),
            ("/beta/widgets/2C91ab/load", Some("widget")),
            ("/beta/widgets/%32c91AB/load", Some("widget")),
            ("/beta/widgets/%2532c91AB/load", Some("widget")),
            ("/beta/widgets/x%/2c91A/load", None),
        ] {
            let probe = Probe { target: target.into(), ..Probe::default() };
            assert_eq!(names_real_thing(&probe, &world), named, "{target}");
        }
    }

    #[test]
    fn another_thing_is_another_id_even_of_the_same_kind() {
        let ids = vec![("bolts".to_owned(), vec!["2c91".to_owned(), "2c91ff".to_owned()])];
        let world = World([("widgets".to_owned(), WorldValue::IdsBy(ids))].into());
        let probe = |target: &str| Probe { target: target.into(), ..Probe::default() };
        let another = |one, other| names_another_thing(&probe(one), &probe(other), &world);
        assert!(another("/widgets/2c91ff", "/widgets/2c91f") && another("/widgets/%32C91", "/widgets/2c9"));
        assert!(!another("/widgets/2c91", "/widgets/2c91ff") && !another("/widgets/x", "/widgets/2c91"));
    }

    #[test]
    fn a_good_credential_is_seen_in_a_url() {
        let shows = |target: &str| shows_credential(&Probe { target: target.into(), ..Probe::default() });
        assert!(shows("/widgets?access_token={{secret full}}") && shows("/widgets/{{secret limited}}"));
        assert!(!shows("/widgets?access_token=made-up"));
    }

    #[test]
    fn writes_need_the_users_word_except_on_loopback_and_credentials_in_urls_need_loopback() {
        let away = Target::parse("https://acme.example.com").unwrap();
        let home = Target::parse("http://127.0.0.1:1").unwrap();
        assert_eq!(
            [Gate::new(&away, false), Gate::new(&away, true), Gate::new(&home, false)].map(|gate| gate.writes),
            [false, true, true]
        );
        let urls = [Gate::new(&away, true), Gate::new(&home, false)].map(|gate| gate.urls);
        assert_eq!(urls, [false, true], "no word of the user lets a credential into a URL");
    }
}

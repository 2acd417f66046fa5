//! The known disagreements of the pages with themselves or with recorded tenants.

use super::Place;

/// One known disagreement (a table of `errata.toml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erratum {
    /// The id, such as `task-times-as-milliseconds`.
    pub id: String,
    /// Whether a tenant that answers so is tolerated.
    pub kind: ErratumKind,
    /// The operation that it belongs to; `None` for both.
    pub operation: Option<String>,
    /// The status whose body it is about.
    pub status: u16,
    /// JSON pointers into the body, `*` for any one step.
    pub pointers: Vec<String>,
    /// The JSON type that was seen there (`integer`, `string`, `array`, `absent`, …), or `any`.
    pub seen_type: String,
    /// The rule that what was seen breaks; `None` for any.
    pub rule: Option<String>,
    /// The schema file of the branch that it belongs to; `None` for any.
    pub branch: Option<String>,
    /// What the page's table says.
    pub page: String,
    /// What was seen.
    pub seen: String,
    /// Where its id stands.
    pub place: Place,
}

/// One thing in a body that breaks a rule, as errata tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The operation that answered.
    pub operation: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The schema file that judged the body.
    pub branch: Option<&'a str>,
    /// The rule.
    pub rule: &'a str,
    /// The place in the body, as a JSON pointer.
    pub pointer: &'a str,
    /// The JSON type that stands there (`absent` where nothing does, `""` where it is no matter of types).
    pub seen_type: &'a str,
}

/// Whether an erratum excuses a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErratumKind {
    /// Tenants really answer so: tolerated, told as a note.
    Recorded,
    /// Only the page's example is wrong: a tenant that answers so is broken.
    Page,
}

impl Erratum {
    /// Whether this is what the erratum tells of.
    pub fn tells(&self, seen: &Seen<'_>) -> bool {
        let own = |told: Option<&str>, seen: Option<&str>| told.is_none() || told == seen;
        self.status == seen.status
            && own(self.operation.as_deref(), Some(seen.operation))
            && own(self.branch.as_deref(), seen.branch)
            && own(self.rule.as_deref(), Some(seen.rule))
            && same_type(&self.seen_type, seen.seen_type)
            && self.pointers.iter().any(|pattern| covers(pattern, seen.pointer))
    }
}

fn same_type(told: &str, seen: &str) -> bool {
    !seen.is_empty() && (told == "any" || told == seen || (told == "number" && seen == "integer"))
}

/// Whether a pointer of an erratum, where `*` stands for one step, covers a place.
pub fn covers(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some(step), Some(seen)) if step == "*" || step == seen => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Erratum, ErratumKind, Seen, covers};
    use crate::contract::Place;

    fn erratum() -> Erratum {
        Erratum {
            id: "width-in-words".into(),
            kind: ErratumKind::Recorded,
            operation: Some("make-widget".into()),
            status: 200,
            pointers: vec!["/width".into()],
            seen_type: "string".into(),
            rule: Some("body.schema".into()),
            branch: Some("round.json".into()),
            page: "a number".into(),
            seen: "a word".into(),
            place: Place::default(),
        }
    }

    const SEEN: Seen<'_> = Seen {
        operation: "make-widget",
        status: 200,
        branch: Some("round.json"),
        rule: "body.schema",
        pointer: "/width",
        seen_type: "string",
    };

    #[test]
    fn an_erratum_tells_of_exactly_what_it_names() {
        let others = [
            Seen { operation: "break-widget", ..SEEN },
            Seen { status: 202, ..SEEN },
            Seen { branch: Some("square.json"), ..SEEN },
            Seen { branch: None, ..SEEN },
            Seen { rule: "identity.date-time", ..SEEN },
            Seen { pointer: "/height", ..SEEN },
            Seen { seen_type: "integer", ..SEEN },
            Seen { seen_type: "", ..SEEN },
        ];
        assert!(erratum().tells(&SEEN));
        assert!(others.iter().all(|other| !erratum().tells(other)));
    }

    #[test]
    fn what_an_erratum_leaves_open_may_be_anything() {
        let open = Erratum { operation: None, rule: None, branch: None, seen_type: "any".into(), ..erratum() };
        assert!(open.tells(&Seen { operation: "x", branch: None, rule: "y", seen_type: "absent", ..SEEN }));
        assert!(!open.tells(&Seen { seen_type: "", ..SEEN }));
        let number = Erratum { seen_type: "number".into(), ..erratum() };
        assert!(number.tells(&Seen { seen_type: "integer", ..SEEN }));
    }

    #[test]
    fn a_star_stands_for_one_step() {
        for (pattern, pointer, same) in [
            ("/a/b", "/a/b", true),
            ("/a/*", "/a/0", true),
            ("/a/*/c", "/a/x/c", true),
            ("/a/*", "/a", false),
            ("/a/*", "/a/0/b", false),
            ("/a", "/b", false),
            ("", "", true),
        ] {
            assert_eq!(covers(pattern, pointer), same, "{pattern} {pointer}");
        }
    }
}

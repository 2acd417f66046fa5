//! Several defects and valid variations in one request: each is proven beside the others, and none cancels another.

use super::defect::{Aid, Defect, Owed, Place, Recipe, Spot};
use super::defects::ALL;
use super::draft::Draft;
use super::render::render;
use super::strategy::{Dice, table as drawn};
use crate::contract::Operation;
use crate::exchange::Probe;
use crate::verdict::Level;

/// A request that takes in one defect after another.
#[derive(Debug, Clone)]
pub struct Mixture {
    draft: Draft,
    /// What was taken in.
    pub recipe: Recipe,
    aids: Vec<Aid>,
}

impl Mixture {
    /// Nothing taken in yet.
    pub fn new(draft: &Draft) -> Self {
        Self { draft: draft.clone(), recipe: Recipe::default(), aids: Vec::new() }
    }

    /// Takes a defect in, unless it does not fit, hides another or is hidden by one.
    pub fn takes(&mut self, defect: &'static Defect, spot: &Spot, aid: &Aid) -> bool {
        let mut draft = self.draft.clone();
        if !(defect.apply)(&mut draft, spot, aid) {
            return false;
        }
        let mut recipe = self.recipe.clone();
        recipe.uses.push((defect, spot.clone()));
        let aids = [self.aids.as_slice(), std::slice::from_ref(aid)].concat();
        let probe = render(&draft, Probe::default());
        // What is owed no answer would hide all the others.
        let alone = recipe.uses.len() == 1;
        let shown = recipe.shows(&probe, &aids) && (alone || probe.is_complete());
        if shown {
            *self = Self { draft, recipe, aids };
        }
        shown
    }
}

/// What may be combined for a draft, each with its spot, in the order in which it is done.
pub fn pool(draft: &Draft, operation: &Operation) -> Vec<(&'static Defect, Spot)> {
    let all = std::iter::once(&RANDOM).chain(ALL.iter().flat_map(|layer| layer.iter()));
    let fitting = all.filter(|defect| !ALONE.contains(&defect.id));
    let each =
        fitting.flat_map(|defect| defect.place.spots(draft, operation).into_iter().map(move |spot| (defect, spot)));
    each.collect()
}

/// Combines what the bytes decide out of a pool: up to three defects, up to three valid variations, and where there is
/// a table, every second time a random one. What does not go with the rest is left out.
pub fn combined(
    pool: &[(&'static Defect, Spot)],
    draft: &Draft,
    bytes: [u8; 32],
    aid: impl Fn(&Spot) -> Aid,
) -> Recipe {
    let mut mixture = Mixture::new(draft);
    let mut exchanged = false;
    for at in chosen(pool, &mut Dice::new(bytes)) {
        let Some((defect, spot)) = pool.get(at) else { continue };
        let odd = is_of_the_exchange(defect);
        if !(odd && exchanged) && mixture.takes(defect, spot, &aid(spot)) {
            exchanged |= odd;
        }
    }
    mixture.recipe
}

/// The places in the pool, each once and in their order.
fn chosen(pool: &[(&'static Defect, Spot)], dice: &mut Dice) -> Vec<usize> {
    let places = |test: fn(&Defect) -> bool| -> Vec<usize> {
        pool.iter().enumerate().filter(|(_, (defect, _))| test(defect)).map(|(at, _)| at).collect()
    };
    let defects = places(|defect| !is_served(&defect.owed));
    let valid = places(|defect| is_served(&defect.owed) && defect.id != RANDOM.id);
    let tables = places(|defect| defect.id == RANDOM.id);
    let broken = dice.one(&[0, 0, 1, 1, 1, 2, 2, 2, 3, 3]).copied().unwrap_or_default();
    let varied = dice.below(4).max(usize::from(broken == 0));
    let mut chosen: Vec<usize> = (0..broken).filter_map(|_| dice.one(&defects).copied()).collect();
    chosen.extend((0..varied).filter_map(|_| dice.one(&valid).copied()));
    if dice.below(2) == 0 {
        chosen.extend(dice.one(&tables));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// What may come back for a combination: what may come back for any of its defects, for the mildest of their reasons;
/// valid variations alone are owed success, and beside a defect they change nothing.
pub fn owed(recipe: &Recipe) -> Combined {
    let all = || recipe.uses.iter().map(|(defect, _)| &defect.owed);
    let broken = || all().filter(|owed| !is_served(owed));
    let served = Owed::served();
    let mildest = broken().min_by_key(|owed| owed.level).unwrap_or(&served);
    let success = broken().next().is_none() || broken().any(|owed| owed.success);
    let mut statuses: Vec<u16> = broken().flat_map(|owed| owed.statuses).copied().collect();
    statuses.sort_unstable();
    statuses.dedup();
    // Where success is right too, no refusal is missed, whichever of them asks for one.
    let rule = if success { served.rule } else { mildest.rule };
    Combined { statuses, success, rule, level: mildest.level, http: all().any(|owed| owed.http) }
}

/// What must come back for a combination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combined {
    /// The statuses that keep the promise, beside those of the success class where `success` holds.
    pub statuses: Vec<u16>,
    /// Whether any listed status of the success class keeps it too.
    pub success: bool,
    /// The rule that another status breaks.
    pub rule: &'static str,
    /// How grave another status is.
    pub level: Level,
    /// Whether HTTP itself may refuse it.
    pub http: bool,
}

const fn is_served(owed: &Owed) -> bool {
    owed.success && owed.statuses.is_empty()
}

/// What says something of the exchange as a whole, so that a second one of its kind would say nothing: the method, an
/// expectation, the framing.
fn is_of_the_exchange(defect: &Defect) -> bool {
    OF_THE_EXCHANGE.iter().any(|start| defect.id.starts_with(start))
}

const OF_THE_EXCHANGE: [&str; 3] = ["negotiation/method-", "negotiation/expect-", "multipart/chunked"];

/// What is sent alone only: what is large (a campaign would do little else), what makes the rest of a request mean
/// nothing (other lengths, hosts and no credential), and what would change a thing if a tenant misread the rest.
const ALONE: [&str; 11] = [
    "csv/huge-cell",
    "csv/huge-column-name",
    "csv/many-columns",
    "csv/many-rows",
    "csv/valid-random",
    "multipart/length-too-small",
    "multipart/length-too-large",
    "negotiation/host-unknown",
    "negotiation/host-twice",
    "negotiation/method-trace",
    "negotiation/method-delete",
];

/// A table that the bytes draw, for others to be done to: shown by a cell of it that is still there.
static RANDOM: Defect = Defect {
    id: "csv/random-table",
    title: "a random table",
    place: Place::Table,
    owed: Owed::served(),
    apply: |draft, spot, aid| {
        let table = draft.table(spot.name()).filter(|table| table.bytes.is_none());
        table.zip(drawn(&aid.columns, aid.draw)).map(|(table, drawn)| *table = drawn).is_some()
    },
    shows: |sent, spot, aid| {
        let (Some(table), Some(drawn)) = (sent.table(spot.name()), drawn(&aid.columns, aid.draw)) else {
            return false;
        };
        let telling = drawn.rows.iter().flatten().filter(|cell| !cell.is_empty() && !cell.starts_with(b"tenantcheck-"));
        let mut telling = telling.peekable();
        telling.peek().is_none() || telling.any(|cell| table.holds(cell))
    },
};

#[cfg(test)]
mod tests {
    use super::{ALONE, Combined, Mixture, RANDOM, combined, owed, pool};
    use crate::contract::{Operation, Parameter};
    use crate::exchange::Probe;
    use crate::generate::defects::find;
    use crate::generate::{Aid, Body, Content, Draft, Multipart, Part, Recipe, Segment, Spot, Table, draw, render};
    use crate::verdict::Level;
    use std::collections::BTreeSet;

    fn upload() -> Draft {
        let table = Table::plain(&["id".into(), "name".into()], 2);
        let part = Part::new("sheet", Some("a.csv"), Some("text/csv"), Content::Table(table));
        let multipart = Multipart { parts: vec![part], ..Multipart::new("tenantcheck-0123456789abcdef01234567") };
        let value = b"7f3a9c".to_vec();
        let path = vec![Segment::Fixed(b"/v1/".to_vec()), Segment::Parameter { name: "code".into(), value }];
        let authorization = vec![b"Bearer {{secret full}}".to_vec()];
        Draft { method: "POST".into(), path, authorization, body: Body::Multipart(multipart), ..Draft::default() }
    }

    fn operation() -> Operation {
        let parameters = vec![Parameter { name: "code".into(), listed: None }];
        Operation { id: "widgets".into(), writes: true, parameters, ..Operation::default() }
    }

    fn aid(number: u32) -> Aid {
        Aid {
            unknown: "00c0ffee00c0ffee".into(),
            files: vec!["sheet".into()],
            caller: "full".into(),
            good: "Bearer {{secret full}}".into(),
            columns: vec!["id".into(), "name".into()],
            draw: draw(1, "a", number),
            value: b"7f3a9c".to_vec(),
            slashes: (2, 0),
            ..Aid::default()
        }
    }

    fn of(ids: &[&str]) -> Combined {
        owed(&Recipe { uses: ids.iter().map(|id| (find(id).unwrap(), Spot::Request)).collect() })
    }

    #[test]
    fn every_combination_shows_all_that_it_is_made_of_and_is_fixed_by_its_bytes() {
        let (draft, operation) = (upload(), operation());
        let pool = pool(&draft, &operation);
        let mut sizes = BTreeSet::new();
        let mut used = BTreeSet::new();
        for number in 0..400 {
            let make = || combined(&pool, &draft, draw(7, "b", number), |_| aid(number));
            let recipe = make();
            let ids = |recipe: &Recipe| recipe.uses.iter().map(|(defect, _)| defect.id).collect::<Vec<_>>();
            assert_eq!(ids(&recipe), ids(&make()), "{number}");
            let mut broken = draft.clone();
            let aids = vec![aid(number); recipe.uses.len()];
            assert!(recipe.apply(&mut broken, &aids), "{number}");
            let probe = render(&broken, Probe::default());
            assert!(recipe.shows(&probe, &aids) && probe.is_complete(), "{number}: {:?}", ids(&recipe));
            assert!(probe.body.0.len() < 1 << 20, "{number}: {:?}", ids(&recipe));
            sizes.insert(recipe.uses.len());
            used.extend(ids(&recipe));
        }
        assert!(sizes.contains(&1) && sizes.contains(&5), "{sizes:?}");
        assert!(used.contains(RANDOM.id) && used.len() > pool.len() * 3 / 4, "{} of {}", used.len(), pool.len());
    }

    #[test]
    fn what_cancels_another_is_not_taken_in() {
        let mut mixture = Mixture::new(&upload());
        let (aid, sheet) = (aid(1), Spot::Field("sheet".into()));
        assert!(mixture.takes(find("multipart/no-boundary").unwrap(), &Spot::Request, &aid));
        assert!(!mixture.takes(find("multipart/boundary-quoted").unwrap(), &Spot::Request, &aid));
        assert!(mixture.takes(find("credential/long-token").unwrap(), &Spot::Request, &aid));
        assert!(!mixture.takes(find("credential/jwt-empty-parts").unwrap(), &Spot::Request, &aid));
        let mut mixture = Mixture::new(&upload());
        assert!(mixture.takes(find("csv/short-row").unwrap(), &sheet, &aid));
        assert!(!mixture.takes(find("csv/header-only").unwrap(), &sheet, &aid));
    }

    #[test]
    fn a_combination_may_be_answered_as_any_of_its_defects() {
        let both = of(&["value/zero", "csv/short-row"]);
        assert_eq!((both.statuses.as_slice(), both.success), (&[400][..], false));
        assert_eq!((both.level, both.rule), (Level::Should, "refusal.irregular-input"));
        let musts = of(&["value/zero", "credential/jwt-empty-parts"]);
        assert_eq!((musts.statuses.as_slice(), musts.level), (&[400, 401][..], Level::Must));
        assert_eq!(musts.rule, "refusal.unlisted-value");
        let odd = of(&["value/zero", "csv/formulas", "multipart/octet-stream"]);
        assert!(odd.success && odd.http && odd.rule == "answer.expected-status");
    }

    #[test]
    fn valid_variations_alone_are_owed_success_and_beside_a_defect_they_change_nothing() {
        let valid = of(&["csv/valid-quoted", "multipart/octet-stream"]);
        assert!(valid.success && valid.statuses.is_empty() && valid.level == Level::Must && !valid.http);
        assert_eq!(of(&["value/zero", "multipart/octet-stream"]), of(&["value/zero"]));
    }

    #[test]
    fn what_is_sent_alone_is_known() {
        assert!(ALONE.iter().all(|id| find(id).is_some()));
    }
}

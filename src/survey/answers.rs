//! The statuses that an operation may answer, and what their bodies may show.

use super::Item;
use super::view::View;
use crate::check::{Feature, Trait};
use crate::contract::{AnswerBody, Operation};
use std::collections::BTreeMap;

/// The bodies that the operations of a contract may answer.
pub struct Answers<'a> {
    bodies: Vec<Body<'a>>,
}

/// One schema file of an operation.
pub struct Body<'a> {
    /// The operation.
    pub operation: &'a Operation,
    file: &'a str,
    /// Whether the path decides that this file judges.
    branches: bool,
    came: bool,
    /// Why no such body may come, if so.
    pub obstacle: Option<String>,
    /// What it may show.
    pub features: Vec<Feature>,
}

impl<'a> Answers<'a> {
    /// Looks at each schema file of each operation once.
    pub fn new(view: &View<'a>) -> Self {
        let mut bodies: Vec<Body<'a>> = Vec::new();
        for operation in &view.material.contract.operations {
            for answer in &operation.answers {
                for file in answer.schemas() {
                    let obstacle = view.body_obstacle(operation, answer, file);
                    let known = bodies.iter_mut().find(|body| body.operation.id == operation.id && body.file == file);
                    if let Some(known) = known {
                        known.obstacle = known.obstacle.take().filter(|_| obstacle.is_some());
                        continue;
                    }
                    let (judge, ledger) = (view.material.judge, view.material.ledger);
                    bodies.push(Body {
                        operation,
                        file,
                        branches: matches!(answer.body, AnswerBody::ByParameter { .. }),
                        came: judge.saw_body(&operation.id, file, ledger),
                        obstacle,
                        features: judge.features(&operation.id, file, ledger),
                    });
                }
            }
        }
        Self { bodies }
    }

    /// The bodies of an operation.
    pub fn of(&self, operation: &str) -> impl Iterator<Item = &Body<'a>> {
        self.bodies.iter().filter(move |body| body.operation.id == operation)
    }

    /// Every status of every operation.
    pub fn statuses(view: &View<'_>) -> Vec<Item> {
        let each = |operation: &Operation| {
            let status = |status: u16| Item {
                name: format!("{} {status}", operation.id),
                seen: view.came(&operation.id, status),
                obstacle: view.status_obstacle(operation, status),
                absent: "no answer had it",
            };
            operation.answers.iter().map(|answer| status(answer.status)).collect::<Vec<_>>()
        };
        view.material.contract.operations.iter().flat_map(each).collect()
    }

    /// Every property of every body, by its place.
    pub fn properties(&self) -> Vec<Item> {
        let is_one = |feature: &&Feature| {
            feature.kind == Trait::Property && !feature.item.is_empty() && !feature.item.ends_with("/*")
        };
        self.bodies.iter().flat_map(|body| body.items(is_one)).collect()
    }

    /// Every value of every list, once, whichever bodies refer to the list.
    pub fn values(&self) -> Vec<Item> {
        let mut values: BTreeMap<&str, Item> = BTreeMap::new();
        for body in &self.bodies {
            for feature in body.features.iter().filter(|feature| feature.kind == Trait::Value) {
                let own = Item { name: feature.item.clone(), ..body.item("", feature.seen) };
                let item = values.entry(&feature.item).or_insert_with(|| own.clone());
                item.seen |= own.seen;
                item.obstacle = item.obstacle.take().filter(|_| own.obstacle.is_some());
                item.absent = if body.came { own.absent } else { item.absent };
            }
        }
        values.into_values().collect()
    }

    /// Every branch: by the path, and within bodies.
    pub fn branches(&self) -> Vec<Item> {
        let by_path = self.bodies.iter().filter(|body| body.branches).map(Body::whole);
        let within = self.bodies.iter().flat_map(|body| body.items(|feature| feature.kind == Trait::Branch));
        by_path.chain(within).collect()
    }
}

impl Body<'_> {
    fn whole(&self) -> Item {
        self.item("", self.came)
    }

    fn items(&self, is_one: impl Fn(&&Feature) -> bool) -> Vec<Item> {
        self.features.iter().filter(is_one).map(|feature| self.item(&feature.item, feature.seen)).collect()
    }

    fn item(&self, place: &str, seen: bool) -> Item {
        let name = format!("{} {} {place}", self.operation.id, self.file);
        let absent = if self.came { "no answer held it" } else { "no such body came" };
        Item { name: name.trim_end().to_owned(), seen, obstacle: self.obstacle.clone(), absent }
    }
}

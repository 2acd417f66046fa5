//! Which case ids there are to select from.

use super::bench::Bench;
use crate::contract::{CALLERS, World, WorldKey, WorldKind, WorldValue};
use crate::exchange::Secrets;
use crate::gate::Gate;
use crate::plan::{Flood, Ground, Phase, Plan, Select};
use std::collections::BTreeSet;

/// What stands in for everything that a user may tell.
const TOLD: &str = "told";
/// How many of each a world has that has everything.
const MANY: usize = 3;

impl Bench {
    /// The ids of all cases of some phases, as this world and these flags make them.
    pub fn ids(&self, phases: &[Phase]) -> BTreeSet<String> {
        self.planned(self.ground(), phases)
    }

    /// Every id that a glob may mean: also the families of cases, and what a world that has everything or nothing makes
    /// of them.
    pub fn known_ids(&self) -> BTreeSet<String> {
        let full = World(self.contract.world.iter().map(|key| (key.name.clone(), stocked(key))).collect());
        let mut secrets = Secrets::default();
        for caller in CALLERS {
            secrets.insert(caller, TOLD);
        }
        let gate = Gate { writes: true, urls: true };
        let mut ids: BTreeSet<String> = self.cases.iter().map(|case| case.id.clone()).collect();
        for world in [&full, &World::default()] {
            ids.extend(self.planned(Ground { world, secrets: &secrets, gate }, &Phase::ALL));
        }
        ids.extend(self.ids(&Phase::ALL));
        ids
    }

    fn planned(&self, ground: Ground<'_>, phases: &[Phase]) -> BTreeSet<String> {
        let all = Select::default();
        let plan = Plan::new(&self.contract, &self.cases, ground, &all, phases);
        let flood = phases.contains(&Phase::Flood).then(|| Flood::new(&self.contract, &self.cases, ground, &all));
        plan.selected().map(|planned| planned.case.id.clone()).chain(flood.flatten().map(|flood| flood.id)).collect()
    }
}

fn stocked(key: &WorldKey) -> WorldValue {
    let some = || vec![TOLD.to_owned(); MANY];
    match &key.kind {
        WorldKind::Id => WorldValue::Id(TOLD.to_owned()),
        WorldKind::List => WorldValue::List(some()),
        WorldKind::IdsBy(names) => WorldValue::IdsBy(names.iter().map(|name| (name.clone(), some())).collect()),
    }
}

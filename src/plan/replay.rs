//! What it takes to send a request of an earlier run again: controls, and whether it may write.

use super::{Ground, Planned, obstacle, spread};
use crate::contract::{Case, Contract, Operation};
use crate::exchange::{Probe, Target, unescaped};
use crate::gate::names_real_thing;
use crate::generate;

/// The controls of an operation that can be sent.
pub fn controls(contract: &Contract, cases: &[Case], ground: Ground<'_>, operation: &str) -> Vec<Planned> {
    let writes = contract.operation(operation).is_none_or(|operation| operation.writes);
    let own = cases.iter().filter(|case| case.operation == operation && case.control);
    let all = own.flat_map(|case| spread(contract, case, ground.world));
    all.filter(|planned| planned.skip.is_none() && obstacle(writes, &planned.case, ground).is_none()).collect()
}

/// Whether a request may change a real thing: it reaches an operation that writes, and asks it for anything but an id
/// that we made up. What the file says of the request is not believed.
pub fn may_write(contract: &Contract, ground: Ground<'_>, target: &Target, probe: &Probe) -> bool {
    let path = unescaped(probe.target.0.split(|byte| *byte == b'?').next().unwrap_or_default());
    let path = String::from_utf8_lossy(&path).into_owned();
    let writing = || contract.operations.iter().filter(|operation| operation.writes);
    let reaches = writing().any(|operation| operation.id == probe.operation || words(operation, &path));
    let unknown = generate::unknown(probe.seed, &probe.case, probe.candidate);
    let made_up = writing().flat_map(|operation| operation.versions.values()).any(|template| {
        let filled = filled(template, &unknown);
        path == format!("{}{filled}", target.base_path())
    });
    reaches && !(made_up && names_real_thing(probe, ground.world).is_none())
}

/// Whether a path holds the last literal word of an operation's path, in any letter case.
fn words(operation: &Operation, path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    operation.versions.values().any(|template| {
        let last = template.rsplit('/').find(|segment| !segment.is_empty() && !segment.starts_with('{'));
        last.is_some_and(|last| path.contains(&last.to_ascii_lowercase()))
    })
}

fn filled(template: &str, value: &str) -> String {
    let fill = |segment: &str| if segment.starts_with('{') { value.to_owned() } else { segment.to_owned() };
    template.split('/').map(fill).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::may_write;
    use crate::contract::{Contract, Operation, World};
    use crate::exchange::{Probe, Secrets, Target};
    use crate::gate::Gate;
    use crate::generate::unknown;
    use crate::plan::Ground;

    fn writes(operation: &str, target: &str) -> bool {
        let versions = [("v1".to_owned(), "/v1/widgets/{id}/fill".to_owned())].into();
        let filling = Operation { id: "fill".into(), writes: true, versions, ..Operation::default() };
        let reading = Operation { id: "read".into(), ..Operation::default() };
        let contract = Contract { operations: vec![filling, reading], ..Contract::default() };
        let (world, secrets) = (World::default(), Secrets::default());
        let ground = Ground { world: &world, secrets: &secrets, gate: Gate { writes: false, urls: false } };
        let target = target.replace("UNKNOWN", &unknown(1, "fill/a", 0));
        let case = "fill/a".to_owned();
        let probe =
            Probe { operation: operation.into(), case, seed: 1, target: target.as_str().into(), ..Probe::default() };
        may_write(&contract, ground, &Target::parse("https://a.example/base").unwrap(), &probe)
    }

    #[test]
    fn only_an_id_that_we_made_up_is_harmless_whatever_the_file_says() {
        assert!(!writes("fill", "/base/v1/widgets/UNKNOWN/fill") && !writes("read", "/base/v1/things/7"));
        for target in [
            "/base/v1/widgets/7/fill",
            "/base/v1/widgets/7/FILL",
            "/base/v1/widgets/7/%66ill",
            "/base/v1/widgets/7/fill?a=UNKNOWN",
            "/base/v1/widgets/7/fill/../../../../base/v1/widgets/UNKNOWN/fill",
        ] {
            assert!(writes("fill", target) && writes("read", target), "{target}");
        }
    }
}

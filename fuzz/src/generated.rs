//! Every defect and every valid variation under arbitrary choices of the generator: the bytes show what they should.

use crate::stage::{STAGE, TENANT, secrets};
use arbitrary::{Result, Unstructured};
use std::sync::LazyLock;
use tenantcheck::contract::{Operation, World, WorldValue};
use tenantcheck::exchange::Probe;
use tenantcheck::gate::Gate;
use tenantcheck::generate::Spot;
use tenantcheck::generate::proof::Sent;
use tenantcheck::plan::{FillError, Ground, Phase, Plan, Planned, Scope, Select, probe};

/// The generated requests of the plan for the embedded tenant's world.
static PLANNED: LazyLock<Vec<Planned>> = LazyLock::new(|| {
    let (world, secrets) = (TENANT.world(), secrets());
    let ground = Ground { world: &world, secrets: &secrets, gate: Gate { writes: true, urls: true } };
    let plan = Plan::new(&STAGE.contract, &STAGE.cases, ground, &Select::default(), &Phase::ALL);
    let all = plan.operations.into_iter().flat_map(|stage| stage.cases);
    let all = all.flat_map(|planned| [vec![planned.clone()], planned.members].concat());
    all.filter(|planned| planned.recipe.is_some() && planned.skip.is_none()).collect()
});
static WORLD: LazyLock<World> = LazyLock::new(|| TENANT.world());

/// Builds one request of the plan by arbitrary choices, for the tenant's world or for one with other columns.
pub fn prove(bytes: &[u8]) {
    let mut choices = Unstructured::new(bytes);
    let Ok((planned, seed, candidate, world)) = draw(&mut choices) else { return };
    let own = world == *WORLD;
    let operation = STAGE.contract.operation(&planned.case.operation).expect("a case has an operation");
    let scope = Scope {
        operation,
        id: &planned.case.id,
        case: &planned.case,
        recipe: planned.recipe.as_ref(),
        path: &operation.versions[&operation.default_version],
        base_path: "",
        world: &world,
        gate: Gate { writes: true, urls: true },
        subject: planned.subject.as_ref(),
        seed,
        candidate,
    };
    match probe(&scope) {
        Ok(built) => {
            assert_eq!(probe(&scope).as_ref(), Ok(&built), "the same scope gave other bytes");
            valid(planned, operation, &built);
        }
        Err(FillError::Unfit(_) | FillError::Unproven(_)) if !own => {}
        Err(error) => panic!("{error}"),
    }
}

/// An input for each generated request of the plan.
pub fn seeds() -> Vec<Vec<u8>> {
    let place = |place: usize| u16::try_from(place).unwrap_or(u16::MAX).to_le_bytes();
    (0..PLANNED.len()).map(|at| [&place(at)[..], &[0; 12]].concat()).collect()
}

type Drawn = (&'static Planned, u64, u32, World);

fn draw(choices: &mut Unstructured<'_>) -> Result<Drawn> {
    let planned = &PLANNED[usize::from(choices.arbitrary::<u16>()?) % PLANNED.len()];
    let (seed, candidate) = (choices.arbitrary()?, choices.arbitrary()?);
    let mut world = WORLD.clone();
    let columns: Vec<String> = choices.arbitrary()?;
    if !columns.is_empty() {
        let lists = world.0.values_mut().filter(|value| matches!(value, WorldValue::List(_)));
        lists.for_each(|list| *list = WorldValue::List(columns.clone()));
    }
    Ok((planned, seed, candidate, world))
}

/// A variation that must be served holds a regular table wherever it holds one.
fn valid(planned: &Planned, operation: &Operation, probe: &Probe) {
    let served = |status: &u16| (200..300).contains(status);
    if !planned.case.expect.statuses.iter().all(served) || planned.case.expect.http {
        return;
    }
    let sent = Sent::of(probe);
    for (defect, spot) in planned.recipe.iter().flat_map(|recipe| &recipe.uses) {
        if let (Spot::Field(field), "csv") = (spot, defect.layer()) {
            assert!(operation.field(field).is_some());
            assert!(sent.table_faults(field).is_empty(), "{}: {:?}", defect.id, sent.table_faults(field));
        }
    }
}

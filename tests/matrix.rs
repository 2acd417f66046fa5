//! A tenant breaks one promise, and the rule of that promise tells it, alone; an odd tenant that breaks none is not blamed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "matrix/bench.rs"]
mod bench;
#[path = "matrix/expected.rs"]
mod expected;
#[path = "matrix/table.rs"]
mod table;

use bench::{LATE, Told, faulty, odd, usual};
use expected::{Expected, Matrix};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tenantcheck::check::rules;
use tenantcheck::mock::{Class, Fault, Variant};

/// How many tenants are checked at once: a run waits much of the time, but answers come late where there are too many.
const AT_ONCE: usize = 4;
/// How often a run is repeated in which an answer came late, or in which the burst was too slow to meet the limit.
const RUNS: usize = 2;
/// How far a measured number of requests may be from the one in the table: what is sent again comes in between.
const NEAR: u64 = 40;

/// What is known before the trials, and what they measure.
struct Bench {
    matrix: Matrix,
    known: BTreeMap<String, u64>,
    measured: Mutex<BTreeMap<String, u64>>,
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(AT_ONCE));
    let document = std::fs::read_to_string(table::FILE).unwrap_or_default();
    let bench = Bench { matrix: Matrix::read(), known: table::measured(&document), measured: Mutex::default() };
    let bench = Arc::new(bench);
    let conclusion = libtest_mimic::run(&arguments, trials(&bench));
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    if overwrite && !arguments.list {
        let mut known = bench.known.clone();
        known.extend(bench.measured.lock().unwrap().clone());
        std::fs::write(table::FILE, table::document(&bench.matrix, &known)).unwrap();
    }
    conclusion.exit();
}

/// Those that wait come first, so that others run meanwhile.
fn trials(bench: &Arc<Bench>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for variant in Variant::all() {
        trials.push(Trial::test(format!("variant/{}", variant.id), move || held(|| odd(variant), variant.unjudged)));
    }
    trials.sort_by_key(|trial| !trial.name().contains("/limit/") && !trial.name().contains("/speed/"));
    trials.push(Trial::test("honest", || held(usual, None)));
    for fault in Fault::all() {
        let bench = Arc::clone(bench);
        trials.push(Trial::test(format!("fault/{}", fault.id), move || told(fault, &bench)));
    }
    let own = Arc::clone(bench);
    trials.push(Trial::test("every rule is told alone of some fault", move || {
        complete(&own.matrix);
        Ok(())
    }));
    let own = Arc::clone(bench);
    trials.push(Trial::test("the table in the documents is fresh", move || fresh(&own)));
    trials
}

/// Nothing fails, and nothing is left unjudged but what the tenant is for.
fn held(run: impl Fn() -> Told, unjudged: Option<&str>) -> Result<(), Failed> {
    let mut told = run();
    for _ in 0..RUNS {
        if !told.is_late() {
            break;
        }
        told = run();
    }
    if told.is_late() && usual().is_late() {
        // The machine is too slow just now to tell who is.
        told.forgive();
    }
    let excused = |why: &String| unjudged.is_some_and(|word| why.contains(word));
    let blamed = told.rules.values().any(|failing| *failing);
    let missing = unjudged.is_some() && told.unjudged.is_empty();
    let right = !blamed && !missing && told.unjudged.iter().all(excused);
    if right { Ok(()) } else { Err(format!("{told:?}").into()) }
}

/// Just the rules of the matrix tell a fault, and about as soon as the table says.
fn told(fault: &'static Fault, bench: &Bench) -> Result<(), Failed> {
    let expected = bench.matrix.faults.get(fault.id).ok_or_else(|| format!("{} is in no row", fault.id))?;
    if bench.matrix.missed.contains_key(fault.id) {
        // What is said of it, if anything, is left to chance.
        return Ok(());
    }
    let mut told = faulty(Some(fault), &expected.rules);
    if !expected.rules.contains(LATE) {
        told.forgive();
    }
    if let Some(first) = told.first {
        bench.measured.lock().unwrap().insert(fault.id.to_owned(), first);
    }
    let known = bench.known.get(fault.id).copied().or(told.first);
    let near = matches!(fault.class, Class::Intermittent | Class::Limit)
        || told.first.zip(known).is_none_or(|(one, two)| one.abs_diff(two) <= NEAR);
    let seen: BTreeSet<String> = told.rules.keys().cloned().collect();
    let right = seen == expected.rules && told.rules.values().any(|failing| *failing) == expected.failing && near;
    if right { Ok(()) } else { Err(format!("{:?} expected, at {known:?}: {told:?}", expected.rules).into()) }
}

fn complete(matrix: &Matrix) {
    let alone: BTreeSet<&str> = matrix.faults.values().filter_map(Expected::alone).collect();
    for rule in rules() {
        assert_ne!(alone.contains(rule.id), matrix.never.contains_key(rule.id), "{}", rule.id);
    }
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    let named = matrix.faults.values().flat_map(|expected| &expected.rules).chain(matrix.never.keys());
    assert!(named.map(String::as_str).all(|rule| known.contains(rule)), "a row names a rule that does not exist");
    let faults: BTreeSet<&str> = Fault::all().map(|fault| fault.id).collect();
    assert!(matrix.faults.keys().all(|fault| faults.contains(fault.as_str())), "a row names no fault");
    for (fault, expected) in &matrix.faults {
        assert_eq!(expected.rules.is_empty(), matrix.missed.contains_key(fault), "{fault}");
    }
    assert!(matrix.missed.len() * 50 <= faults.len(), "at least 98 % of the faults are told");
}

fn fresh(bench: &Bench) -> Result<(), Failed> {
    let document = std::fs::read_to_string(table::FILE)?;
    let stale = document != table::document(&bench.matrix, &bench.known);
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    if stale && !overwrite { Err("run `SNAPSHOTS=overwrite cargo test --test matrix`".into()) } else { Ok(()) }
}

//! A tenant breaks one promise, and the rule of that promise tells it, alone; an odd tenant that breaks none is not blamed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "matrix/bench.rs"]
mod bench;
#[path = "matrix/expected.rs"]
mod expected;
#[path = "matrix/measured.rs"]
mod measured;
#[path = "matrix/table.rs"]
mod table;

use bench::{ALL, DRY, LATE, Told, entire, faulty, odd, usual};
use expected::{Expected, Matrix};
use libtest_mimic::{Arguments, Failed, Trial};
use measured::Measured;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tenantcheck::check::rules;
use tenantcheck::mock::{Class, Fault, Variant};
use tenantcheck::plan::Phase;
use tenantcheck::run::BUDGET;

/// How many tenants are checked at once: a run waits much of the time, but answers come late where there are too many.
const AT_ONCE: usize = 4;
/// How often a run is repeated in which an answer came late, or in which the burst was too slow to meet the limit.
const RUNS: usize = 2;
/// How far a measured number of requests may be from the one in the table: what is sent again comes in between.
const NEAR: u64 = 40;

/// What is known before the trials, and what they measure.
struct Bench {
    matrix: Matrix,
    known: Measured,
    measured: Mutex<Measured>,
    overwrite: bool,
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(AT_ONCE));
    let document = std::fs::read_to_string(table::FILE).unwrap_or_default();
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let known = Measured::of(&document);
    let bench = Arc::new(Bench { matrix: Matrix::read(), known, measured: Mutex::default(), overwrite });
    let conclusion = libtest_mimic::run(&arguments, trials(&bench));
    if overwrite && !arguments.list {
        let known = bench.known.clone().with(&bench.measured.lock().unwrap());
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
    for fault in Fault::all() {
        let bench = Arc::clone(bench);
        let trial = Trial::test(format!("whole/{}", fault.id), move || ended(fault, &bench));
        trials.push(trial.with_ignored_flag(true));
    }
    let own = Arc::clone(bench);
    trials.push(Trial::test("every rule is told alone of some fault", move || {
        complete(&own.matrix);
        Ok(())
    }));
    let own = Arc::clone(bench);
    trials.push(Trial::test("every defect is triggered by some fault or has a reason", move || triggered(&own)));
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

/// Just the rules of the matrix tell a fault, and about as soon as the table says. The hand-written cases are asked
/// first; the rest of a run comes where they do not tell it, and where the table is written.
fn told(fault: &'static Fault, bench: &Bench) -> Result<(), Failed> {
    let expected = bench.matrix.faults.get(fault.id).ok_or_else(|| format!("{} is in no row", fault.id))?;
    if bench.matrix.missed.contains_key(fault.id) {
        // What is said of it, if anything, is left to chance.
        return Ok(());
    }
    let limited = fault.class == Class::Limit;
    let written = (!limited && !bench.overwrite).then(|| faulty(fault, &[Phase::Cases]));
    let tells = |told: &Told| expected.rules.iter().all(|rule| told.written.contains_key(rule));
    let whole = || faulty(fault, if limited { &ALL } else { &DRY });
    let mut told = written.filter(tells).unwrap_or_else(whole);
    if !expected.rules.contains(LATE) {
        told.forgive();
    }
    // What the hand-written cases tell is told alone; what the rest adds is the same fault seen from elsewhere.
    let rules = if !limited && tells(&told) { &told.written } else { &told.rules };
    let seen: BTreeSet<String> = rules.keys().cloned().collect();
    let right = seen == expected.rules && rules.values().any(|failing| *failing) == expected.failing;
    let known = bench.known.first.get(fault.id).copied();
    let free = bench.overwrite || !told.whole || limited || fault.class == Class::Intermittent;
    let near = free || told.first.zip(known).is_none_or(|(one, two)| one.abs_diff(two) <= NEAR);
    if right && near && told.requests <= BUDGET {
        bench.measured.lock().unwrap().note(fault.id, &told);
        return Ok(());
    }
    Err(format!("{:?} expected, at {known:?}: {told:?}", expected.rules).into())
}

/// A whole run tells a fault too, and ends as it must.
fn ended(fault: &'static Fault, bench: &Bench) -> Result<(), Failed> {
    let expected = bench.matrix.faults.get(fault.id).ok_or_else(|| format!("{} is in no row", fault.id))?;
    let told = entire(fault);
    let named = expected.rules.iter().all(|rule| told.rules.contains_key(rule));
    let right = named && (told.exit == 1) == expected.failing;
    if right || bench.matrix.missed.contains_key(fault.id) {
        bench.measured.lock().unwrap().entire.insert(fault.id.to_owned(), told.requests);
        return Ok(());
    }
    Err(format!("{:?} expected: {told:?}", expected.rules).into())
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

/// A defect that no fault triggers has a reason; one that a fault triggers has none.
fn triggered(bench: &Bench) -> Result<(), Failed> {
    let matrix = &bench.matrix;
    let known = bench.known.clone().with(&bench.measured.lock().unwrap());
    let wrong = |id: &&str| known.triggers.contains_key(*id) == matrix.untriggered.contains_key(*id);
    let wrong: Vec<&str> = table::defects().filter(wrong).collect();
    let unknown = matrix.untriggered.keys().find(|id| !table::defects().any(|defect| defect == id.as_str()));
    if wrong.is_empty() && unknown.is_none() { Ok(()) } else { Err(format!("{wrong:?} {unknown:?}").into()) }
}

fn fresh(bench: &Bench) -> Result<(), Failed> {
    let (document, readme) = (std::fs::read_to_string(table::FILE)?, include_str!("../README.md"));
    let stale = document != table::document(&bench.matrix, &bench.known);
    let faults = Fault::all().count();
    let share = format!("{} of the {faults} faults", faults - bench.matrix.missed.len());
    if !readme.contains(&share) {
        return Err(format!("README.md should say that `check` tells {share}").into());
    }
    if stale && !bench.overwrite { Err("run `SNAPSHOTS=overwrite cargo test --test matrix`".into()) } else { Ok(()) }
}

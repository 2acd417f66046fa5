//! A tenant breaks one promise, and the rule of that promise tells it, alone: for every rule and every fault.
#![cfg(test)]

#[path = "rules/bench.rs"]
mod bench;
#[path = "rules/matrix.rs"]
mod matrix;
#[path = "rules/program.rs"]
mod program;

use bench::check;
use matrix::{Expected, Matrix};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tenantcheck::check::rules;
use tenantcheck::mock::{Class, Fault};

/// How many tenants of a class are checked at once: where there are more, answers come late by themselves on a small
/// machine. A run that waits most of the time leaves room for others.
const fn workers(class: Class) -> usize {
    if matches!(class, Class::Limit | Class::Transport) { 8 } else { 3 }
}

/// Checks every fault of a class, and fails with each one that other rules tell than the matrix says.
fn every_fault_of(class: Class) {
    let matrix = Matrix::read();
    let faults: Vec<&Fault> = Fault::all().filter(|fault| fault.class == class).collect();
    assert!(!faults.is_empty());
    let (next, problems) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers(class) {
            scope.spawn(|| {
                while let Some(fault) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
                    problems.lock().unwrap().extend(problem(fault, &matrix));
                }
            });
        }
    });
    let problems = problems.into_inner().unwrap();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// What is wrong with what a run says of a fault, in a line.
fn problem(fault: &'static Fault, matrix: &Matrix) -> Option<String> {
    let told = check(vec![fault]);
    println!(
        "{:36} {:?}, first told by request {:?} of {}, {} ms",
        fault.id, told.rules, told.first, told.requests, told.ms
    );
    let Some(expected) = matrix.faults.get(fault.id) else { return Some(format!("{} is in no row", fault.id)) };
    let (rules, failing) = (&expected.rules, expected.failing);
    let right = told.rules == *rules && told.failing == failing && told.exit == u8::from(failing);
    (!right).then(|| format!("{}: {rules:?} expected, {told:?}", fault.id))
}

#[test]
fn an_honest_tenant_breaks_no_rule() {
    let told = check(Vec::new());
    assert!(told.rules.is_empty() && told.exit == 0, "{told:?}");
}

#[test]
fn every_rule_is_told_alone_of_some_fault() {
    let matrix = Matrix::read();
    let alone: BTreeSet<&str> = matrix.faults.values().filter_map(Expected::alone).collect();
    for rule in rules() {
        assert_ne!(alone.contains(rule.id), matrix.never.contains_key(rule.id), "{}", rule.id);
    }
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    let named = matrix.faults.values().flat_map(|expected| &expected.rules).chain(matrix.never.keys());
    assert!(named.map(String::as_str).all(|rule| known.contains(rule)));
    let faults: BTreeSet<&str> = Fault::all().map(|fault| fault.id).collect();
    assert!(matrix.faults.keys().all(|fault| faults.contains(fault.as_str())));
}

#[test]
fn every_wrong_status_is_told_alone() {
    every_fault_of(Class::Status);
}

#[test]
fn every_crash_is_told_alone() {
    every_fault_of(Class::Crash);
}

#[test]
fn every_misjudged_credential_is_told_alone() {
    every_fault_of(Class::Credential);
}

#[test]
fn every_misjudged_request_is_told_alone() {
    every_fault_of(Class::Refusal);
}

#[test]
fn every_wrong_property_is_told_alone() {
    every_fault_of(Class::Field);
}

#[test]
fn every_wrong_thing_is_told_alone() {
    every_fault_of(Class::Meaning);
}

#[test]
fn every_wrong_limit_is_told_alone() {
    every_fault_of(Class::Limit);
}

#[test]
fn every_wrong_form_is_told_alone() {
    every_fault_of(Class::Form);
}

#[test]
fn every_broken_connection_is_told_alone() {
    every_fault_of(Class::Transport);
}

#[test]
fn every_leak_is_told_alone() {
    every_fault_of(Class::Leak);
}

#[test]
fn what_happens_now_and_then_is_told_alone() {
    every_fault_of(Class::Intermittent);
}

#[test]
fn every_piece_of_news_is_told_alone_and_fails_nothing() {
    every_fault_of(Class::News);
}

//! Variants and faults through the program: `mock --list`, `mock --variant` and `mock --fault`.

use std::process::{Command, Output};
use tenantcheck::mock::{Fault, Variant};

fn mock(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tenantcheck")).arg("mock").args(arguments).output().unwrap()
}

#[test]
fn the_list_has_every_variant_and_fault_one_a_line_with_its_name_first() {
    let ran = mock(&["--list"]);
    let out = String::from_utf8(ran.stdout).unwrap();
    let listed: Vec<&str> = out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let names = Variant::all().map(|variant| variant.id).chain(Fault::all().map(|fault| fault.id));
    assert_eq!(listed, names.collect::<Vec<_>>());
    assert!(ran.status.success());
}

#[test]
fn a_fault_that_does_not_exist_is_a_wrong_usage_that_tells_the_nearest() {
    let ran = mock(&["--fault", "credential/expird"]);
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(err.contains("`credential/expired`") && err.contains("mock --list"), "{err}");
}

#[test]
fn a_variant_that_does_not_exist_is_a_wrong_usage_that_tells_the_nearest() {
    let ran = mock(&["--variant", "framing/chunkd"]);
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(err.contains("`framing/chunked`") && err.contains("mock --list"), "{err}");
}

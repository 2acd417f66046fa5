//! Every case as a trial, against the embedded tenant or the one that the environment names.

use tenantcheck::libtest;
use tenantcheck::run::Choice;

fn main() {
    libtest::main(Choice::default()).exit();
}

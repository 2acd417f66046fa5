//! The service that the target `service` fuzzes: the embedded tenant, as a user's own router would stand here.

use crate::stage::TENANT;
use tenantcheck::inprocess::{Fuzzer, Setup};

/// A fuzzer of the embedded tenant.
pub fn fuzzer() -> Fuzzer {
    let setup = Setup::of(TENANT.world())
        .credential("full", &TENANT.token("full"))
        .credential("limited", &TENANT.token("limited"));
    Fuzzer::new(TENANT.router(), setup).expect("the embedded tenant serves every control")
}

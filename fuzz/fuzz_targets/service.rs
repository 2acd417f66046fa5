//! Contract fuzzing of a service in process. In place of the embedded tenant, put your own axum router here.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tenantcheck::inprocess::Fuzzer;

static FUZZER: LazyLock<Fuzzer> = LazyLock::new(tenantcheck_fuzz::service::fuzzer);

fuzz_target!(|bytes: &[u8]| FUZZER.run(bytes).unwrap());

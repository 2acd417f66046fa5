//! Arbitrary requests to the embedded tenant; the property stands in fuzz/README.md.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tenantcheck_fuzz::requests::answer(bytes));

//! Arbitrary logs in every face; the property stands in fuzz/README.md.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tenantcheck_fuzz::logs::render(bytes));

//! Judging arbitrary bytes as an answer; the property stands in fuzz/README.md.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tenantcheck_fuzz::answers::judge(bytes));

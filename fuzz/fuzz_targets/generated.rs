//! Defects and valid variations under arbitrary choices; the property stands in fuzz/README.md.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tenantcheck_fuzz::generated::prove(bytes));

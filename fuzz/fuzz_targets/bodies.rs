//! Bodies built from the schemas, whole and broken; the property stands in fuzz/README.md.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| tenantcheck_fuzz::bodies::hold(bytes));

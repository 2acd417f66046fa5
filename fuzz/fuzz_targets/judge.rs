//! x
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| { let _ = tenantcheck::exchange::Target::parse(std::str::from_utf8(bytes).unwrap_or("")); });

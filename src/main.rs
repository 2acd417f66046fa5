//! The command line of tenantcheck; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(tenantcheck::cli::main())
}

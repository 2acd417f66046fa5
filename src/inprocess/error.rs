//! Why a service cannot be fuzzed.

use crate::check::CheckError;
use crate::load::LoadError;
use crate::run::BenchError;
use thiserror::Error;

/// Why a service cannot be fuzzed.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The contract or its cases cannot be read.
    #[error(transparent)]
    Contract(#[from] BenchError),
    /// The configuration cannot be read.
    #[error(transparent)]
    Configuration(#[from] LoadError),
    /// The contract cannot be judged by.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// There is no runtime to call the service in.
    #[error("no runtime to call the service in: {0}")]
    Runtime(#[from] std::io::Error),
    /// The contract has no such operation.
    #[error("the contract has no operation `{name}`; it has {known}")]
    NoOperation {
        /// The name that was given.
        name: String,
        /// The operations that there are.
        known: String,
    },
    /// An operation has no such version.
    #[error("`{operation}` has no version `{version}`; it has {known}")]
    NoVersion {
        /// The operation.
        operation: String,
        /// The version that was given.
        version: String,
        /// The versions that there are.
        known: String,
    },
    /// Nothing can be sent.
    #[error("nothing of `{0}` can be sent: name its things in the world, and give the credential `full`")]
    NoCase(String),
    /// A request that should work does not.
    #[error(
        "the control `{case}` ({request}) should work and was answered with {answer}: mend the service, the world or \
         the credential `full`, or leave its operation out with `Setup::only`"
    )]
    Control {
        /// The case.
        case: String,
        /// Its method and target.
        request: String,
        /// What came back.
        answer: String,
    },
}

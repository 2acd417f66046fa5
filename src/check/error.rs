//! Why a contract's schemas cannot judge.

use thiserror::Error;

/// Why a contract's schemas cannot judge, and what to do.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum CheckError {
    /// An annotation that no rule reads.
    #[error("{file}#{pointer}: `{name}` is not a known annotation; known are {known}")]
    UnknownAnnotation {
        /// The schema file.
        file: String,
        /// The place of the schema in it.
        pointer: String,
        /// The annotation.
        name: String,
        /// Those that are known.
        known: String,
    },
    /// An annotation whose value no rule reads.
    #[error("{file}#{pointer}: `{name}` must be {expected}")]
    AnnotationValue {
        /// The schema file.
        file: String,
        /// The place of the schema in it.
        pointer: String,
        /// The annotation.
        name: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A reference that leads nowhere.
    #[error(
        "{file}#{pointer}: the reference `{reference}` leads to no schema of the contract; name a file by its relative path, and a place in it by a JSON pointer"
    )]
    Reference {
        /// The schema file.
        file: String,
        /// The place of the schema in it.
        pointer: String,
        /// The reference.
        reference: String,
    },
    /// An identifier that is no absolute URI, or not at the top.
    #[error(
        "{file}#{pointer}: `$id` must be an absolute URI and stand at the top of the file only; mend or remove `{id}`"
    )]
    Identifier {
        /// The schema file.
        file: String,
        /// The place of the schema in it.
        pointer: String,
        /// The identifier.
        id: String,
    },
    /// A file that is no JSON Schema 2020-12.
    #[error("{file}: not a usable JSON Schema 2020-12: {reason}")]
    Schema {
        /// The schema file.
        file: String,
        /// What the validator says.
        reason: String,
    },
    /// An answer that names a schema that is not there.
    #[error(
        "{operation} answers {status} with the schema `{file}`, which is not in the contract; add the file or mend the name"
    )]
    NoSchema {
        /// The operation.
        operation: String,
        /// The status.
        status: u16,
        /// The schema file.
        file: String,
    },
}

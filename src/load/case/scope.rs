//! What case files may name.

use crate::contract::Contract;

/// What case files may name.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The operations and the keys of the world.
    pub contract: &'a Contract,
    /// The ids of the rules.
    pub rules: &'a [&'a str],
}

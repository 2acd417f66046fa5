//! Rules about error bodies, and about what must not leak into any answer.

pub mod detail_code;
pub mod kind;
pub mod locale;
pub mod no_credential;
pub mod no_nonce;
pub mod no_stack_trace;
mod trace;
pub mod tracking_id_unique;

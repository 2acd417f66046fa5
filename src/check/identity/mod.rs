//! Rules about which thing an answer speaks of, and when.

pub mod branch_type;
pub mod date_time;
pub mod repeatable;
pub mod same_id;
pub mod times_in_order;
pub mod unique_ids;

//! Makes the request of a finding smaller: answers the next request to try, or that there is none. Pure; never sends.

mod bounds;
mod cells;
mod essence;
mod freedom;
mod lines;
mod machine;
mod octets;
mod parts;
mod pass;
mod shape;
mod slot;
mod tables;
mod trim;
mod uses;

pub use essence::Essence;
pub use freedom::Freedom;
pub use machine::{Shrink, TRIES};
pub use shape::{Material, Shape, size};

use pass::Pass;

/// Every pass, in the order in which they are tried: structure first, then bytes.
const ALL: &[&Pass] = &[
    &uses::USES,
    &parts::PARTS,
    &parts::PAIRS,
    &parts::HEADERS,
    &parts::QUERY,
    &lines::LINES,
    &cells::ROWS,
    &cells::COLUMNS,
    &cells::CELLS,
    &cells::QUOTES,
    &octets::SPARED,
    &octets::PLAIN,
    &octets::SHORT,
];

//! Makes input from nothing but a seed: bad tokens, unknown ids, tables, drafts and their defects. Pure.

mod combination;
mod defect;
pub mod defects;
mod draft;
pub mod proof;
mod render;
mod strategy;
mod table;
mod unknown;

pub use combination::{Mixture, combined, owed, pool};
pub use defect::{Aid, Defect, Owed, Place, Recipe, Spot};
pub use draft::{Body, Content, Draft, Multipart, Part, Segment};
pub use render::render;
pub use strategy::Dice;
pub use table::{Style, Table, cells, header};
pub use unknown::{draw, nonce, unknown};

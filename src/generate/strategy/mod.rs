//! Strategies of valid input, and the seeded runner that draws from them.

mod dice;
mod file;
mod head;
mod letters;
mod table;

pub use dice::Dice;
pub use file::{LONGEST_NAME, boundary, choice, csv_type, file_name, media_type, typed_file_name};
pub use head::{PREFIX, accept, escaped, fields, headers, letter_case};
pub use table::table;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Draws one value; the same bytes draw the same value. `None` where the strategy has none.
fn draw<S: Strategy>(strategy: &S, bytes: [u8; 32]) -> Option<S::Value> {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    strategy.new_tree(&mut runner).ok().map(|tree| tree.current())
}

//! The door to files: the contract, the case files and the user's settings, read strictly.

mod baseline;
mod caret;
mod case;
mod document;
mod json;
mod kept;
mod natural;
mod nearest;
mod problem;
mod settings;
mod source;
mod table;
mod template;
mod text;
mod vendor;

pub use baseline::{Baseline, KnownEntry, baseline, baseline_of};
pub use case::{case_text, cases};
pub use document::{contract, extensions, pages};
pub use kept::{FindingError, finding, findings};
pub use nearest::nearest;
pub use problem::{LoadError, Problem};
pub use settings::{Credential, Kept, Settings, settings, settings_of};
pub use source::Source;
pub use vendor::{Vendor, VendorClient, vendor_json, vendor_yaml};

//! The defects and variations, each in whatever operation it fits.

use super::Item;
use super::intent::Intent;
use super::view::View;
use crate::generate::defects;

/// Every defect: seen where a case or a fuzz request that sends it was judged.
pub fn items(view: &View<'_>) -> Vec<Item> {
    defects::ALL.iter().flat_map(|layer| layer.iter()).map(|defect| item(view, defect.id)).collect()
}

fn item(view: &View<'_>, id: &'static str) -> Item {
    let sending: Vec<&Intent<'_>> = view.intents.iter().filter(|intent| sends(intent, id)).collect();
    let allowed = sending.iter().any(|intent| intent.skip.is_none());
    let why =
        || sending.iter().find_map(|intent| intent.skip).unwrap_or("no request that may be sent has a place for it");
    Item {
        name: id.to_owned(),
        seen: view.material.drawn.contains(id) || sending.iter().any(|intent| view.was_judged(intent)),
        obstacle: (!allowed).then(|| why().to_owned()),
        absent: "no request that sends it was judged",
    }
}

/// Whether a case sends a defect: a generated one has it, a written one bears its name.
fn sends(intent: &Intent<'_>, id: &str) -> bool {
    let rest = intent.case.family.strip_prefix(intent.case.operation.as_str());
    intent.defects.contains(&id) || rest.and_then(|rest| rest.strip_prefix('/')) == Some(id)
}

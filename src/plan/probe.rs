//! Builds the bytes of one case.

use super::draft::draft;
use super::fill::FillError;
use super::name::draws_as;
use super::scope::Scope;
use crate::contract::{FieldKind, Piece, Template, WorldValue};
use crate::exchange::{Probe, Secrets};
use crate::generate::{self, Aid, Defect, Draft, Segment, Spot, render};

/// Builds the bytes of a case. Secrets stand as markers.
pub fn probe(scope: &Scope<'_>) -> Result<Probe, FillError> {
    let (mut draft, aids) = material(scope)?;
    let Some(recipe) = scope.recipe else { return Ok(rendered(&draft, scope)) };
    let made = recipe.apply(&mut draft, &aids);
    if !made {
        return Err(FillError::Unfit(scope.id.to_owned()));
    }
    let probe = rendered(&draft, scope);
    if recipe.shows(&probe, &aids) { Ok(probe) } else { Err(FillError::Unproven(scope.id.to_owned())) }
}

/// The request that works, before the recipe does anything to it, and what goes along with each use of the recipe.
pub fn material(scope: &Scope<'_>) -> Result<(Draft, Vec<Aid>), FillError> {
    let draft = draft(scope)?;
    let uses = scope.recipe.iter().flat_map(|recipe| &recipe.uses);
    let aids = uses.map(|(defect, spot)| own(defect, spot, scope, &draft)).collect();
    Ok((draft, aids))
}

/// The same, with what the defect draws.
fn own(defect: &Defect, spot: &Spot, scope: &Scope<'_>, draft: &Draft) -> Aid {
    let id = draws_as(scope.id, scope.case, defect, spot);
    Aid { draw: generate::draw(scope.seed, &id, scope.candidate), ..aid(spot, scope, draft) }
}

/// What a defect at a spot needs to know; the draft is the one of the request that works.
pub(super) fn aid(spot: &Spot, scope: &Scope<'_>, draft: &Draft) -> Aid {
    let listed = match spot {
        Spot::Request => None,
        Spot::Parameter(name) => {
            scope.operation.parameters.iter().find(|known| known.name == *name).and_then(|known| known.listed.clone())
        }
        Spot::Field(name) => scope.operation.field(name).and_then(|field| match &field.kind {
            FieldKind::Listed(listed) => Some(listed.clone()),
            _ => None,
        }),
    };
    let caller = scope.case.request.caller.as_deref().unwrap_or_default();
    let (value, slashes) = at(spot, draft).unwrap_or_default();
    let success = scope.operation.success().filter_map(|status| scope.operation.answer(status));
    Aid {
        unknown: generate::unknown(scope.seed, scope.id, scope.candidate),
        others: others(scope),
        listed: listed.unwrap_or_default(),
        files: files(scope),
        caller: caller.to_owned(),
        good: format!("Bearer {}", Secrets::marker(caller)),
        urls: scope.gate.urls,
        columns: columns(spot, scope),
        draw: generate::draw(scope.seed, scope.id, scope.candidate),
        value,
        slashes,
        offered: success.flat_map(|answer| answer.media_types.clone()).collect(),
    }
}

/// What stands at a spot of the path, and how many slashes before and after it.
fn at(spot: &Spot, draft: &Draft) -> Option<(Vec<u8>, (usize, usize))> {
    let Spot::Parameter(wanted) = spot else { return None };
    let place =
        draft.path.iter().position(|segment| matches!(segment, Segment::Parameter { name, .. } if name == wanted))?;
    let (before, rest) = draft.path.split_at_checked(place)?;
    let (value, after) = rest.split_first()?;
    let slashes = |segments: &[Segment]| segments.iter().flat_map(Segment::bytes).filter(|byte| **byte == b'/').count();
    Some((value.bytes().to_vec(), (slashes(before), slashes(after))))
}

fn files(scope: &Scope<'_>) -> Vec<String> {
    let fields = scope.operation.bodies.iter().flat_map(|body| &body.fields);
    fields.filter(|field| matches!(field.kind, FieldKind::File { .. })).map(|field| field.name.clone()).collect()
}

/// The columns of the world that the file at a spot should have.
fn columns(spot: &Spot, scope: &Scope<'_>) -> Vec<String> {
    let Spot::Field(name) = spot else { return Vec::new() };
    let Some(FieldKind::File { columns: Some(key) }) = scope.operation.field(name).map(|field| &field.kind) else {
        return Vec::new();
    };
    scope.world.list(key).unwrap_or_default().to_vec()
}

/// Real ids of another kind than the case is about: of pairs where it is about a single id, and the other way round.
fn others(scope: &Scope<'_>) -> Vec<String> {
    let single = scope.case.thing().is_some_and(|key| scope.world.id(key).is_some());
    let kinds = scope.world.0.values().flat_map(|value| match value {
        WorldValue::Id(id) if !single => vec![id.clone()],
        WorldValue::IdsBy(lists) if single => lists.iter().flat_map(|(_, ids)| ids.clone()).collect(),
        _ => Vec::new(),
    });
    kinds.collect()
}

/// The bytes of a draft, with the case, the seed and the caller of its scope.
pub fn rendered(draft: &Draft, scope: &Scope<'_>) -> Probe {
    let stamp = Probe {
        operation: scope.operation.id.clone(),
        case: scope.id.to_owned(),
        seed: scope.seed,
        candidate: scope.candidate,
        defects: defects(scope),
        caller: caller(draft, scope),
        nonce: nonce(scope),
        ..Probe::default()
    };
    render(draft, stamp)
}

fn defects(scope: &Scope<'_>) -> Vec<String> {
    let uses = scope.recipe.map(|recipe| recipe.uses.as_slice()).unwrap_or_default();
    uses.iter().map(|(defect, _)| defect.id.to_owned()).collect()
}

/// Whose good credential stands in the draft, if it still does.
fn caller(draft: &Draft, scope: &Scope<'_>) -> Option<String> {
    let caller = scope.case.request.caller.clone()?;
    let marker = Secrets::marker(&caller);
    let carries = |value: &Vec<u8>| memchr::memmem::find(value, marker.as_bytes()).is_some();
    let others = draft.headers.iter().map(|(_, value)| value);
    draft.authorization.iter().chain(others).any(carries).then_some(caller)
}

fn nonce(scope: &Scope<'_>) -> Option<String> {
    let holds = |(_, value): &(String, Template)| value.0.contains(&Piece::Nonce);
    let carried = scope.case.request.headers.iter().any(holds);
    carried.then(|| generate::nonce(scope.seed, scope.id, scope.candidate))
}

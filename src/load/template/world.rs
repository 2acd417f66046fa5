//! Templates that take something of the world, checked against the keys that it may have.

use super::fault::Fault;
use crate::contract::{Alternative, Piece, WorldKey, WorldKind};
use crate::load::nearest;

/// Reads `KEY`, `KEY.name` or `KEY.id`, each perhaps with `else TEXT`.
pub fn id(arguments: &str, keys: &[WorldKey]) -> Result<Piece, Fault> {
    let (path, otherwise) = alternative(arguments)?;
    let (name, part) = path.split_once('.').map_or((path, None), |(name, part)| (name, Some(part)));
    let key = find(name, keys)?.name.clone();
    match (&find(name, keys)?.kind, part) {
        (WorldKind::Id, None) => Ok(Piece::World { key, otherwise }),
        (WorldKind::IdsBy(_), Some("name")) => Ok(Piece::WorldName { key, otherwise }),
        (WorldKind::IdsBy(_), Some("id")) => Ok(Piece::WorldId { key, otherwise }),
        (WorldKind::Id, Some(_)) => Err(kind(name, "one id", format!("write `{{{{world {name}}}}}`"))),
        (WorldKind::IdsBy(_), _) => {
            let advice = format!("write `{{{{world {name}.id}}}}` or `{{{{world {name}.name}}}}`");
            Err(kind(name, "ids by name", advice))
        }
        (WorldKind::List, _) => {
            let advice = format!("write `{{{{header {name}}}}}` or `{{{{cells {name}}}}}`");
            Err(kind(name, "a list", advice))
        }
    }
}

/// Reads `KEY` of a list.
pub fn header(arguments: &str, keys: &[WorldKey]) -> Result<Piece, Fault> {
    Ok(Piece::Header(list(arguments, keys)?))
}

/// Reads `KEY` or `KEY N` of a list, N from 1.
pub fn cells(arguments: &str, keys: &[WorldKey]) -> Result<Piece, Fault> {
    let (name, number) = arguments.split_once(' ').unwrap_or((arguments, "1"));
    let key = list(name, keys)?;
    match number.parse() {
        Ok(number) if number > 0 => Ok(Piece::Cells(key, number)),
        _ => {
            let what = format!("`{number}` is no number of a row of cells");
            Err(Fault::new(what, format!("count from 1: `{{{{cells {name} 1}}}}`")))
        }
    }
}

fn list(name: &str, keys: &[WorldKey]) -> Result<String, Fault> {
    let key = find(name, keys)?;
    let advice = |kind: &WorldKind| match kind {
        WorldKind::Id => format!("write `{{{{world {name}}}}}`"),
        _ => format!("write `{{{{world {name}.id}}}}`"),
    };
    match &key.kind {
        WorldKind::List => Ok(key.name.clone()),
        other => Err(Fault::new(format!("`{name}` of the world is no list"), advice(other))),
    }
}

fn find<'a>(name: &str, keys: &'a [WorldKey]) -> Result<&'a WorldKey, Fault> {
    let known = || keys.iter().map(|key| key.name.as_str());
    keys.iter()
        .find(|key| key.name == name)
        .ok_or_else(|| Fault::new(format!("the world has no key `{name}`"), nearest::advice(name, known())))
}

fn kind(name: &str, what: &str, advice: String) -> Fault {
    Fault::new(format!("`{name}` of the world is {what}"), advice)
}

/// Cuts `KEY else TEXT` into the key and what stands in for it.
fn alternative(arguments: &str) -> Result<(&str, Option<Alternative>), Fault> {
    let example = "write `else unknown`, or `else` and a text";
    match arguments.split_once(' ') {
        None => Ok((arguments, None)),
        Some((path, rest)) => match rest.strip_prefix("else ") {
            None | Some("") => Err(Fault::new(format!("`{rest}` behind `{path}` means nothing"), example)),
            Some("unknown") => Ok((path, Some(Alternative::Unknown))),
            Some(text) => Ok((path, Some(Alternative::Text(text.to_owned())))),
        },
    }
}

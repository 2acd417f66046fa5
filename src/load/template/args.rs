//! Reads one template by its word: `{{world …}}`, `{{jwt …}}`, `{{repeat …}}` and the others.

use super::fault::Fault;
use super::{bytes, world};
use crate::contract::{CALLERS, JWT_KINDS, Piece, WorldKey};
use crate::exchange::FORGED;
use crate::load::nearest;

/// Every word that a template may begin with.
pub const WORDS: [&str; 10] = ["world", "unknown", "nonce", "header", "cells", "row", "jwt", "secret", "hex", "repeat"];

/// Reads a template: its word, and what stands behind the blank after it.
pub fn piece(word: &str, arguments: Option<&str>, keys: &[WorldKey]) -> Result<Piece, Fault> {
    let arguments = arguments.unwrap_or_default();
    match word {
        "world" => world::id(arguments, keys),
        "header" => world::header(arguments, keys),
        "cells" => world::cells(arguments, keys),
        "nonce" if arguments.is_empty() => Ok(Piece::Nonce),
        "nonce" => Err(Fault::new("`{{nonce}}` takes nothing behind it", "write `{{nonce}}`")),
        "unknown" if arguments.is_empty() => Ok(Piece::Unknown),
        "unknown" => Err(Fault::new("`{{unknown}}` takes nothing behind it", "write `{{unknown}}`")),
        "jwt" => jwt(arguments),
        "secret" => Ok(Piece::Secret(one_of("secret", arguments, &CALLERS)?)),
        "hex" => bytes::hex(arguments),
        "repeat" => bytes::repeat(arguments),
        "row" => Err(Fault::new("a row's text cannot put in a text of a row", "write the text itself")),
        _ => {
            let advice = format!("{} (two literal braces are `{{{{hex 7b 7b}}}}`)", nearest::advice(word, WORDS));
            Err(Fault::new(format!("there is no template `{{{{{word}}}}}`"), advice))
        }
    }
}

/// A kind alone, or a kind and the caller whose claims the token has.
fn jwt(arguments: &str) -> Result<Piece, Fault> {
    let Some((kind, caller)) = arguments.split_once(' ') else {
        return Ok(Piece::Jwt(one_of("jwt", arguments, &JWT_KINDS)?));
    };
    let kind = one_of("jwt", kind, &FORGED)?;
    Ok(Piece::Forged { caller: one_of(&format!("jwt {kind}"), caller, &CALLERS)?, kind })
}

fn one_of(word: &str, argument: &str, known: &[&str]) -> Result<String, Fault> {
    if known.contains(&argument) {
        return Ok(argument.to_owned());
    }
    let what = format!("`{{{{{word} {argument}}}}}` is not known");
    Err(Fault::new(what, nearest::advice(argument, known.iter().copied())))
}

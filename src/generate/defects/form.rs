//! The layer `form`: what can be wrong, or just unusual, with a urlencoded body.

use super::grip::{media_type, rename_type};
use crate::generate::defect::{Aid, Defect, Owed, Place};
use crate::generate::draft::{Body, Draft};
use crate::generate::proof::{is_damaged, parameters};
use crate::generate::strategy::{choice, escaped as escaped_somewhere};
use crate::verdict::Level;
use memchr::memmem;

/// A reader may refuse it, or be content with what it has.
const IRREGULAR: Owed = Owed::refused("refusal.irregular-input", Level::Should);

const MIXED: &[u8] = b"Application/X-WWW-Form-Urlencoded";

/// The defects of this layer.
pub const ALL: &[Defect] = &[
    Defect {
        id: "form/charset",
        title: "a form whose media type declares the charset UTF-8",
        place: Place::Form,
        owed: Owed::served(),
        apply: |draft, _, _| media_type(draft).map(|value| value.extend_from_slice(b"; charset=UTF-8")).is_some(),
        shows: |sent, _, _| parameters(sent.media_type()).iter().any(|one| one.is("charset") && one.value == b"UTF-8"),
    },
    Defect {
        id: "form/media-type-letter-case",
        title: "a form's media type in mixed letter case",
        place: Place::Form,
        owed: Owed::served(),
        apply: |draft, _, _| {
            let put = |value: &mut Vec<u8>| value.splice(..MIXED.len(), MIXED.iter().copied()).count() == MIXED.len();
            media_type(draft).filter(|value| value.len() >= MIXED.len()).is_some_and(put)
        },
        shows: |sent, _, _| {
            let plain = sent.media_type().split(|byte| *byte == b';').next().unwrap_or_default();
            plain.eq_ignore_ascii_case(MIXED) && plain != plain.to_ascii_lowercase()
        },
    },
    Defect {
        id: "form/header-name-letter-case",
        title: "a form whose Content-Type header has its name in upper case",
        place: Place::Form,
        owed: Owed::served(),
        apply: |draft, _, _| rename_type(draft, "CONTENT-TYPE"),
        shows: |sent, _, _| sent.headers().iter().any(|(name, _)| name == "CONTENT-TYPE"),
    },
    Defect {
        id: "form/encoded",
        title: "a form in which every letter is a percent escape",
        place: Place::Form,
        owed: Owed::served(),
        apply: |draft, _, _| {
            pairs(draft).is_some_and(|pairs| {
                for (name, value) in pairs.iter_mut() {
                    (*name, *value) = (escaped(name), escaped(value));
                }
                !pairs.is_empty()
            })
        },
        shows: |sent, _, _| {
            let escapes = |bytes: &[u8]| bytes.len() > 2 && bytes.chunks(3).all(|escape| escape.starts_with(b"%"));
            sent.pairs().iter().any(|(name, value)| escapes(name) && escapes(value) && !is_damaged(value))
        },
    },
    Defect {
        id: "form/drawn-field",
        title: "a form whose listed value, place of the field and percent escapes the root seed draws",
        place: Place::ListedFormField,
        owed: Owed::served(),
        apply: |draft, spot, aid| replace(draft, spot.name(), aid).is_some(),
        shows: |sent, spot, aid| {
            let drawn = choice(&aid.listed, aid.draw).map(|(value, _)| value.into_bytes());
            let raw = |pair: &&(&[u8], &[u8])| !pair.0.contains(&b'%') && pair.1.contains(&b'%') && !is_damaged(pair.1);
            let plain = |pair: &&(&[u8], &[u8])| pair.1.first().is_some_and(|first| *first != b'%');
            matches!(sent.form(spot.name()).as_slice(), [value] if Some(value) == drawn.as_ref())
                && sent.pairs().iter().filter(raw).filter(plain).count() == 1
        },
    },
    Defect {
        id: "form/separators",
        title: "a form with separators that separate nothing",
        place: Place::Form,
        owed: Owed::either(),
        apply: |draft, _, _| raw(draft, |bytes| [b"&&", bytes.as_slice(), b"&"].concat()),
        shows: |sent, _, _| sent.body().starts_with(b"&&") && sent.body().ends_with(b"&"),
    },
    Defect {
        id: "form/empty",
        title: "a form of zero bytes",
        place: Place::Form,
        owed: Owed::either(),
        apply: |draft, _, _| raw(draft, |_| Vec::new()),
        shows: |sent, _, _| sent.body().is_empty() && sent.media_type().to_ascii_lowercase().ends_with(b"urlencoded"),
    },
    Defect {
        id: "form/with-a-file",
        title: "a form that carries the content of a file",
        place: Place::Form,
        owed: Owed::either(),
        apply: |draft, _, aid| {
            let Some(name) = aid.files.first() else { return false };
            pairs(draft)
                .map(|pairs| pairs.push((name.clone().into_bytes(), b"id%2Cname%0D%0A1%2Ca%0D%0A".to_vec())))
                .is_some()
        },
        shows: |sent, _, aid| aid.files.iter().any(|name| sent.form(name).iter().any(|value| value.contains(&b'\n'))),
    },
    Defect {
        id: "form/damaged-escape",
        title: "a form with damaged percent escapes in a value",
        place: Place::Form,
        owed: IRREGULAR,
        apply: |draft, _, _| first(draft, |_, value| value.extend_from_slice(b"%zz%4")),
        shows: |sent, _, _| sent.pairs().iter().any(|(_, value)| is_damaged(value)),
    },
    Defect {
        id: "form/field-twice",
        title: "a form with the same field and value twice",
        place: Place::Form,
        owed: IRREGULAR,
        apply: |draft, _, _| {
            pairs(draft).is_some_and(|pairs| {
                let again = pairs.first().cloned();
                pairs.extend(again);
                pairs.len() > 1
            })
        },
        shows: |sent, _, _| {
            let pairs = sent.pairs();
            pairs.iter().enumerate().any(|(at, pair)| pairs.iter().skip(at + 1).any(|other| other == pair))
        },
    },
    Defect {
        id: "form/unknown-field",
        title: "a form with a field that the page does not know",
        place: Place::Form,
        owed: IRREGULAR,
        apply: |draft, _, aid| {
            let field = (aid.unknown.clone().into_bytes(), b"true".to_vec());
            pairs(draft).map(|pairs| pairs.push(field)).is_some()
        },
        shows: |sent, _, aid| !sent.form(&aid.unknown).is_empty(),
    },
    Defect {
        id: "form/typed-as-multipart",
        title: "a urlencoded form that is announced as multipart",
        place: Place::Form,
        owed: Owed::refused("refusal.unreadable-multipart", Level::Should).or_http(),
        apply: |draft, _, _| {
            media_type(draft).map(|value| *value = b"multipart/form-data; boundary=tenantcheck".to_vec()).is_some()
        },
        shows: |sent, _, _| {
            let announced = parameters(sent.media_type()).iter().any(|one| one.is("boundary"));
            announced && sent.frame().is_none() && memmem::find(sent.body(), b"=").is_some()
        },
    },
];

fn pairs(draft: &mut Draft) -> Option<&mut Vec<(Vec<u8>, Vec<u8>)>> {
    match &mut draft.body {
        Body::Form(pairs) => Some(pairs),
        _ => None,
    }
}

/// Puts a field with a drawn value in the place of the one that is there.
fn replace(draft: &mut Draft, name: &str, aid: &Aid) -> Option<()> {
    let (value, at) = choice(&aid.listed, aid.draw)?;
    let value = escaped_somewhere(value.as_bytes(), aid.draw).filter(|value| value.contains('%'))?;
    let pairs = pairs(draft)?;
    let own = pairs.iter().position(|(key, _)| key == name.as_bytes())?;
    let (key, _) = pairs.remove(own);
    pairs.insert(at % (pairs.len() + 1), (key, value.into_bytes()));
    Some(())
}

fn first(draft: &mut Draft, edit: fn(&mut Vec<u8>, &mut Vec<u8>)) -> bool {
    pairs(draft).and_then(|pairs| pairs.first_mut()).map(|(name, value)| edit(name, value)).is_some()
}

fn raw(draft: &mut Draft, edit: fn(Vec<u8>) -> Vec<u8>) -> bool {
    pairs(draft).is_some() && super::grip::raw(draft, |bytes| Some(edit(bytes)))
}

fn escaped(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}%{byte:02X}")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::bench;

    #[test]
    fn every_defect_shows_in_the_bytes_and_only_where_it_was_made() {
        bench::prove(super::ALL);
    }

    #[test]
    fn ten_thousand_seeds_draw_fields_that_show_in_the_bytes() {
        let drawn = super::ALL.iter().position(|defect| defect.id == "form/drawn-field").unwrap();
        bench::prove_draws(&super::ALL[drawn..=drawn], 10_000);
    }
}

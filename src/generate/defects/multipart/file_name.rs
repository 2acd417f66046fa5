//! File names that are unusual, or that other programs act on. None is forbidden: a tenant may serve or refuse them.

use crate::generate::defect::{Aid, Defect, Owed, Place, Spot};
use crate::generate::defects::grip::{dispose, file_name, line};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;
use memchr::memmem;

/// The names.
pub const ALL: &[Defect] = &[
    name(
        "multipart/file-name-absolute",
        "an absolute file name",
        |draft, spot, _| before(draft, spot, b"/etc/"),
        |sent, spot, _| raw_name(*sent, spot).starts_with(b"/etc/"),
    ),
    name(
        "multipart/file-name-traversing",
        "a file name that climbs out of its folder",
        |draft, spot, _| before(draft, spot, b"../../../"),
        |sent, spot, _| holds(*sent, spot, b"../../"),
    ),
    name(
        "multipart/file-name-html",
        "a file name with HTML in it",
        |draft, spot, _| behind(draft, spot, b"<script>alert(1)</script><img src=x onerror=alert(1)>"),
        |sent, spot, _| holds(*sent, spot, b"<script>") && holds(*sent, spot, b"onerror="),
    ),
    name(
        "multipart/file-name-template",
        "a file name with template expressions in it",
        |draft, spot, _| behind(draft, spot, b"{{7*7}}${7*7}#{7*7}<%= 7*7 %>${jndi:ldap://127.0.0.1/a}"),
        |sent, spot, _| holds(*sent, spot, b"{{7*7}}") && holds(*sent, spot, b"${jndi:"),
    ),
    name(
        "multipart/file-name-command",
        "a file name with commands of a shell in it",
        |draft, spot, _| behind(draft, spot, b";id|id&id`id`$(id)' OR '1'='1"),
        |sent, spot, _| holds(*sent, spot, b"$(id)") && holds(*sent, spot, b"' OR '"),
    ),
    name(
        "multipart/file-name-non-ascii",
        "a file name of letters from many scripts, in UTF-8",
        |draft, spot, _| {
            behind(draft, spot, "_gr\u{fc}n_\u{6f22}\u{5b57}_\u{5d0}\u{5d1}_\u{202e}vsc_\u{1f331}_e\u{301}".as_bytes())
        },
        |sent, spot, _| {
            std::str::from_utf8(raw_name(*sent, spot)).is_ok_and(|name| name.chars().any(|one| one > '\u{ffff}'))
        },
    ),
    name(
        "multipart/file-name-long",
        "a file name of more than 4,000 characters",
        |draft, spot, _| behind(draft, spot, &[b'a'; 4_000]),
        |sent, spot, _| raw_name(*sent, spot).len() > 4_000,
    ),
    name(
        "multipart/file-name-escapes",
        "a file name with escaped quotes and line breaks",
        |draft, spot, _| behind(draft, spot, b"%22%0D%0A\\\"%00"),
        |sent, spot, _| {
            holds(*sent, spot, b"\\\"%00") && decoded_name(*sent, spot).is_some_and(|name| name.contains('"'))
        },
    ),
    name(
        "multipart/file-name-extended",
        "a file name in the extended notation too",
        |draft, spot, _| extended(draft, spot, b"; filename*=UTF-8''gr%C3%BCn%20%F0%9F%8C%B1.csv"),
        |sent, spot, _| {
            let names = extended_names(*sent, spot);
            decoded_name(*sent, spot).is_some() && names.iter().any(|name| name.starts_with(b"UTF-8''gr%C3%BCn"))
        },
    ),
    name(
        "multipart/file-name-windows",
        "an absolute file name with a drive, as old browsers send",
        |draft, spot, _| before(draft, spot, b"C:\\fakepath\\"),
        |sent, spot, _| raw_name(*sent, spot).starts_with(b"C:\\"),
    ),
    name(
        "multipart/file-name-traversing-windows",
        "a file name that climbs out of its folder by backslashes",
        |draft, spot, _| behind(draft, spot, b"\\..\\..\\..\\x"),
        |sent, spot, _| holds(*sent, spot, b"\\..\\..\\"),
    ),
    name(
        "multipart/file-name-extended-traversing",
        "a file name in the extended notation that climbs out of its folder",
        |draft, spot, _| extended(draft, spot, b"; filename*=UTF-8''..%2F..%2F..%5C%00etc%2Fpasswd"),
        |sent, spot, _| extended_names(*sent, spot).iter().any(|name| name.starts_with(b"UTF-8''..%2F..%2F")),
    ),
    name(
        "multipart/file-name-formula",
        "a file name that spreadsheets take for a formula",
        |draft, spot, _| before(draft, spot, b"=cmd|' /C calc'!A0+@SUM(1)-"),
        |sent, spot, _| raw_name(*sent, spot).starts_with(b"="),
    ),
    name(
        "multipart/file-name-extended-damaged",
        "a file name in the extended notation that cannot be decoded",
        |draft, spot, _| extended(draft, spot, b"; filename*=x-none''%zz%ff%4"),
        |sent, spot, _| extended_names(*sent, spot).iter().any(|name| name.ends_with(b"''%zz%ff%4")),
    ),
    name(
        "multipart/file-name-latin-1",
        "a file name whose bytes are no UTF-8",
        |draft, spot, _| behind(draft, spot, b"_gr\xfcn"),
        |sent, spot, _| std::str::from_utf8(raw_name(*sent, spot)).is_err(),
    ),
    name(
        "multipart/file-name-empty",
        "an empty file name",
        |draft, spot, _| draft.part(spot.name()).is_some_and(|part| file_name(part, |_| Vec::new())),
        |sent, spot, _| decoded_name(*sent, spot).is_some_and(|name| name.is_empty()),
    ),
    name(
        "multipart/file-name-extended-alone",
        "a file name in the extended notation alone",
        |draft, spot, _| cut(draft, spot) && extended(draft, spot, b"; filename*=UTF-8''accounts.csv"),
        |sent, spot, _| decoded_name(*sent, spot).is_none() && !extended_names(*sent, spot).is_empty(),
    ),
    name(
        "multipart/file-name-absent",
        "a file without a file name",
        |draft, spot, _| cut(draft, spot),
        |sent, spot, _| {
            sent.part(spot.name())
                .is_some_and(|part| part.parameters().iter().all(|one| !one.name.starts_with(b"filename")))
        },
    ),
];

type Apply = fn(&mut Draft, &Spot, &Aid) -> bool;
type Shows = fn(&Sent<'_>, &Spot, &Aid) -> bool;

const fn name(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Table, owed: Owed::either(), apply, shows }
}

/// Puts something before the file name.
fn before(draft: &mut Draft, spot: &Spot, text: &[u8]) -> bool {
    draft.part(spot.name()).is_some_and(|part| file_name(part, |name| [text, name].concat()))
}

/// Puts something behind the file name, before its ending.
fn behind(draft: &mut Draft, spot: &Spot, text: &[u8]) -> bool {
    let put = |name: &[u8]| {
        let at = memmem::rfind(name, b".csv").unwrap_or(name.len());
        let (stem, ending) = name.split_at(at);
        [stem, text, ending].concat()
    };
    draft.part(spot.name()).is_some_and(|part| file_name(part, put))
}

fn extended(draft: &mut Draft, spot: &Spot, text: &[u8]) -> bool {
    draft.part(spot.name()).is_some_and(|part| dispose(part, text))
}

/// Takes the file name off, and whatever stands behind it.
fn cut(draft: &mut Draft, spot: &Spot) -> bool {
    let Some(line) = draft.part(spot.name()).and_then(|part| line(part, "content-disposition")) else { return false };
    let found = memmem::find(line, b"; filename=");
    found.map(|at| line.truncate(at)).is_some()
}

fn raw_name<'a>(sent: Sent<'a>, spot: &Spot) -> &'a [u8] {
    sent.part(spot.name()).and_then(|part| part.raw_filename()).unwrap_or_default()
}

fn decoded_name(sent: Sent<'_>, spot: &Spot) -> Option<String> {
    sent.part(spot.name())?.filename
}

fn holds(sent: Sent<'_>, spot: &Spot, text: &[u8]) -> bool {
    memmem::find(raw_name(sent, spot), text).is_some()
}

fn extended_names(sent: Sent<'_>, spot: &Spot) -> Vec<Vec<u8>> {
    let parameters = sent.part(spot.name()).map(|part| part.parameters()).unwrap_or_default();
    parameters.into_iter().filter(|one| one.is("filename*")).map(|one| one.value).collect()
}

//! `refusal.*`: what the page forbids is refused. A family: the cases say which status keeps each promise.

use super::rule::{Reach, Rule};
use crate::verdict::Level;

const INVALID: &str = "Client Error - Returned if the request body is invalid.";

/// A name that the page does not list.
pub const UNLISTED_INDEX: Rule = Rule {
    id: "refusal.unlisted-index",
    level: Level::Must,
    reach: Reach::Case,
    title: "A name that is not exactly a listed one is refused",
    why: "The page lists the names. Another number, letter case, padding or trailing punctuation is another name; \
          serving it hides a client's mistake until another tenant refuses it. A semicolon and what follows is a should: \
          many servers take path parameters off before an application sees the path.",
    clause: "The index from which to fetch the specified document.",
    example: "200 for the listed name in upper case.",
};

/// A value outside an enumeration.
pub const UNLISTED_VALUE: Rule = Rule {
    id: "refusal.unlisted-value",
    level: Level::Must,
    reach: Reach::Case,
    title: "A value outside an enumeration is refused",
    why: "A value that is silently taken for another does what nobody asked for.",
    clause: INVALID,
    example: "202 for `maybe` where the page allows `true` and `false`.",
};

/// An upload that is not there.
pub const MISSING_UPLOAD: Rule = Rule {
    id: "refusal.missing-upload",
    level: Level::Must,
    reach: Reach::Case,
    title: "A request that needs an upload is refused without one",
    why: "Nothing uploaded can be taken for everything deleted.",
    clause: "If the target source is a delimited file source, then the CSV file needs to be included in the request body.",
    example: "202 for a request without the upload that its source needs.",
};

/// A body under another media type.
pub const MEDIA_TYPE: Rule = Rule {
    id: "refusal.media-type",
    level: Level::Must,
    reach: Reach::Case,
    title: "A body under a media type that the page does not list is refused",
    why: "A reader that guesses reads something else than was sent. 415 is right here, as HTTP's own refusal.",
    clause: "You will also need to set the Content-Type header to multipart/form-data",
    example: "202 for a JSON body.",
};

/// A multipart body that cannot be read.
pub const UNREADABLE_MULTIPART: Rule = Rule {
    id: "refusal.unreadable-multipart",
    level: Level::Must,
    reach: Reach::Case,
    title: "A multipart body from which no part can be read is refused",
    why: "What cannot be read cannot have been accepted. A form that is announced as multipart is a should: readers in \
          wide use take a body without parts for an empty form, and a source without a file misses nothing in it.",
    clause: INVALID,
    example: "202 for a body whose boundary is not the announced one.",
};

/// A thing that does not exist.
pub const UNKNOWN_THING: Rule = Rule {
    id: "refusal.unknown-thing",
    level: Level::Must,
    reach: Reach::Case,
    title: "A thing that does not exist is not served",
    why: "Success for a made-up id tells a client that something happened, or shows it something else. 400 and 404 are \
          both right.",
    clause: "Not Found - returned if the request URL refers to a resource or object that does not exist",
    example: "200 for an id that nobody ever issued.",
};

/// Input with an irregularity that readers differ on.
pub const IRREGULAR_INPUT: Rule = Rule {
    id: "refusal.irregular-input",
    level: Level::Should,
    reach: Reach::Case,
    title: "Irregular input is refused at once",
    why: "Readers differ, and a tenant may accept the request and let the task fail later: a should, never a must.",
    clause: INVALID,
    example: "202 for a table whose last quote is not closed.",
};

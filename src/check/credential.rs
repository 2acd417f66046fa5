//! `credential.*`: which credentials are let in. A family: the cases say which status keeps each promise.

use super::rule::{Reach, Rule};
use crate::verdict::Level;

const NO: &str = "Unauthorized - Returned if there is no authorization header, or if the JWT token is expired.";

/// The rules.
pub const MISSING: Rule = Rule {
    id: "credential.missing",
    level: Level::Must,
    reach: Reach::Case,
    title: "A request without a credential is refused with 401",
    why: "Whoever can leave the header out could read and write everything.",
    clause: NO,
    example: "200 for a request without Authorization.",
};

/// An empty credential.
pub const EMPTY: Rule = Rule {
    id: "credential.empty",
    level: Level::Must,
    reach: Reach::Case,
    title: "An empty credential is refused with 401",
    why: "An empty header, or a scheme with nothing after it, names nobody.",
    clause: NO,
    example: "200 for `Authorization: Bearer ` and nothing after it.",
};

/// A credential in no known form.
pub const MALFORMED: Rule = Rule {
    id: "credential.malformed",
    level: Level::Must,
    reach: Reach::Case,
    title: "A malformed credential is refused with 401",
    why: "What cannot be read must not be let in, and must not make the tenant fail.",
    clause: NO,
    example: "500 for `Authorization: Bearer ???`.",
};

/// A credential of another scheme.
pub const OTHER_SCHEME: Rule = Rule {
    id: "credential.other-scheme",
    level: Level::Must,
    reach: Reach::Case,
    title: "A credential of another scheme is refused with 401",
    why: "The page knows bearer tokens only.",
    clause: NO,
    example: "200 for `Authorization: Basic dTpw`.",
};

/// A token past its time.
pub const EXPIRED: Rule = Rule {
    id: "credential.expired",
    level: Level::Must,
    reach: Reach::Case,
    title: "An expired token is refused with 401",
    why: "A token that never ends cannot be taken back.",
    clause: NO,
    example: "200 for a token that expired in 2001.",
};

/// A token without a signature.
pub const UNSIGNED: Rule = Rule {
    id: "credential.unsigned",
    level: Level::Must,
    reach: Reach::Case,
    title: "An unsigned token is refused with 401",
    why: "Anybody can write a token with `alg: none`.",
    clause: NO,
    example: "200 for a token with `alg: none` and an empty signature.",
};

/// A token that another key signed.
pub const WRONGLY_SIGNED: Rule = Rule {
    id: "credential.wrongly-signed",
    level: Level::Must,
    reach: Reach::Case,
    title: "A token with a wrong signature is refused with 401",
    why: "Anybody can sign with a key of their own.",
    clause: NO,
    example: "200 for a token that was signed with another key.",
};

/// A good and a bad credential at once.
pub const DUPLICATED: Rule = Rule {
    id: "credential.duplicated",
    level: Level::Must,
    reach: Reach::Case,
    title: "A good and a bad credential together are refused with 401, in both orders",
    why: "Where a gateway reads the one and the tenant the other, a caller passes as somebody else.",
    clause: NO,
    example: "200 for two Authorization headers, the second one bad.",
};

/// A caller without authority.
pub const LACKING_AUTHORITY: Rule = Rule {
    id: "credential.lacking-authority",
    level: Level::Must,
    reach: Reach::Case,
    title: "A caller without authority is refused with 403",
    why: "401 would make a client fetch a new token for nothing; success would be a breach. A token that expired would \
          look the same as 401 here.",
    clause: "Forbidden - Returned if the user you are running as, doesn't have access to this end-point.",
    example: "401 for a caller who is known but may not do this.",
};

/// What speaks for the tenant although it broke a case's own rule; empty where nothing does.
pub fn doubt(rule: &Rule, status: u16) -> &'static str {
    match (rule.id == LACKING_AUTHORITY.id, status) {
        (true, 401) => " (a token of this caller that expired would look the same)",
        _ => "",
    }
}

/// The scheme in another letter case.
pub const SCHEME_CASE: Rule = Rule {
    id: "credential.scheme-case",
    level: Level::Must,
    reach: Reach::Case,
    title: "The letter case of the scheme is free",
    why: "Clients write Bearer, bearer and BEARER, and HTTP gives them that freedom.",
    clause: "HTTP (RFC 9110, 11.1): the name of an authentication scheme is compared without regard to letter case.",
    example: "401 for `Authorization: bearer` with a good token.",
};

//! The documents: what is served, and that they look as the page's tables say.

use crate::client::full;
use crate::tenant;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const VERSIONS: [&str; 6] = ["/v3", "/v2024", "/v2025", "/v2026", "", "v1"];

/// The fields of the page's tables, one a line: document type, path (`*` for any item), kind.
const FIELDS: &str = include_str!("fields.txt");

fn path(version: &str, index: &str, id: &str) -> String {
    match version {
        "v1" => format!("/search/v1/{index}/{id}"),
        version => format!("{version}/search/{index}/{id}"),
    }
}

#[test]
fn every_document_is_served_under_every_version() {
    let tenant = tenant();
    let world = tenant.world();
    let pairs = world.pairs("documents");
    assert_eq!(pairs.len(), 24);
    for (index, id) in pairs {
        for version in VERSIONS {
            let reply = full(&tenant, &format!("GET {}", path(version, index, id)), &[], b"");
            assert_eq!(reply.status, 200, "{version} {index} {id}");
            assert_eq!(reply.json()["id"], id);
        }
    }
}

#[test]
fn beta_has_no_documents() {
    let tenant = tenant();
    let world = tenant.world();
    let (index, id) = world.pairs("documents")[0];
    full(&tenant, &format!("GET {}", path("/beta", index, id)), &[], b"").envelope(404);
}

#[test]
fn an_index_that_is_not_exactly_a_listed_name_is_refused() {
    let tenant = tenant();
    for index in
        ["identity", "IDENTITIES", "identities%20", "identities.", "identities;a=b", "x", "%00", "%zz", "%ff", "é"]
    {
        full(&tenant, &format!("GET {}", path("/v3", index, "1")), &[], b"").envelope(400);
    }
}

#[test]
fn an_unknown_document_is_not_found() {
    let tenant = tenant();
    let world = tenant.world();
    let pairs = world.pairs("documents");
    let (_, elsewhere) = pairs.iter().find(|(index, _)| *index == "roles").unwrap();
    for id in ["1", elsewhere, "%2e%2e", "a%2Fb", "%00", "..", &"9".repeat(4000)] {
        full(&tenant, &format!("GET {}", path("/v3", "identities", id)), &[], b"").envelope(404);
    }
    for id in ["%", "%zz", "%ff"] {
        full(&tenant, &format!("GET {}", path("/v3", "identities", id)), &[], b"").envelope(400);
    }
}

#[test]
fn an_escape_in_the_path_means_what_it_stands_for() {
    let tenant = tenant();
    let world = tenant.world();
    let (index, id) = world.pairs("documents")[0];
    let first = format!("%{:02x}{}", id.as_bytes()[0], &id[1..]);
    assert_eq!(full(&tenant, &format!("GET {}", path("/v3", index, &first)), &[], b"").status, 200);
}

#[test]
fn the_documents_use_every_field_of_the_tables_and_no_other() {
    let tenant = tenant();
    let promised: BTreeMap<&str, &str> = FIELDS.lines().map(|line| line.rsplit_once(' ').unwrap()).collect();
    let mut unseen: BTreeSet<&str> = promised.keys().copied().collect();
    for (index, id) in tenant.world().pairs("documents") {
        let document = full(&tenant, &format!("GET {}", path("/v3", index, id)), &[], b"").json();
        let kind = document["_type"].as_str().unwrap();
        for (path, value) in members(&document, "") {
            let field = format!("{kind} {path}");
            let form = promised.get(field.as_str()).unwrap_or_else(|| panic!("no table has {field}"));
            let owed = ["id", "name"].contains(&path.as_str());
            assert!(conforms(value, form) || value.is_null() && !owed, "{field} is {value}");
            if !value.is_null() {
                unseen.remove(field.as_str());
            }
        }
    }
    assert!(unseen.is_empty(), "no document shows {unseen:?}");
}

/// Every member at every depth with its path, but nothing inside the maps that the tables leave open.
fn members<'a>(value: &'a Value, path: &str) -> Vec<(String, &'a Value)> {
    let mut found = Vec::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        if !["attributes", "entitlementAttributes"].contains(&name.as_str()) {
            found.extend(members(member, &path));
            let items = member.as_array().into_iter().flatten();
            found.extend(items.flat_map(|item| members(item, &format!("{path}/*"))));
        }
        found.push((path, member));
    }
    found
}

fn conforms(value: &Value, form: &str) -> bool {
    match form {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "int32" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "integer" => value.is_i64(),
        "object" | "map" => value.is_object(),
        "array" => value.as_array().is_some_and(|items| items.iter().all(Value::is_object)),
        "strings" => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        "date-time" => value.as_str().is_some_and(is_date_time),
        other => panic!("{other}"),
    }
}

fn is_date_time(text: &str) -> bool {
    let shape: String = text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    let rest = shape.strip_prefix("0000-00-00T00:00:00").unwrap_or("no");
    let zone = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => "no",
        None => rest,
    };
    // An offset's own digits begin behind its sign, so that trimming the fraction leaves it whole.
    ["Z", "+00:00", "-00:00"].contains(&zone)
}

#[test]
fn a_head_request_is_answered_without_a_body() {
    let tenant = tenant();
    let world = tenant.world();
    let (index, id) = world.pairs("documents")[0];
    let reply = full(&tenant, &format!("HEAD {}", path("/v3", index, id)), &[], b"");
    assert_eq!((reply.status, reply.text.as_str()), (200, ""));
}

//! JSON that breaks readers.

use super::Row;

pub const ALL: &[Row] = &[
    Row::new("5,000 levels", "arrays 5,000 levels deep", "levels", |guest| {
        guest.member(&format!("\"deep\":{}{}", "[".repeat(5_000), "]".repeat(5_000)))
    }),
    Row::new("4,000 levels", "arrays 4,000 levels deep, which are read", "held", |guest| {
        guest.member(&format!("\"deep\":{}{}", "[".repeat(4_000), "]".repeat(4_000)))
    }),
    Row::new("unclosed levels", "a million opening brackets", "levels", |guest| guest.json("[".repeat(1_000_000))),
    Row::new("duplicate keys", "an id that stands twice", "body.duplicate-keys", |guest| {
        guest.member("\"id\":\"other\"")
    }),
    Row::new("bytes after the JSON", "a second value after the first", "body.json", |guest| {
        let body = format!("{} {{}}", guest.body);
        guest.json(body)
    }),
    Row::new("lone surrogates", "a text with half a pair of surrogates", "held", |guest| {
        guest.member("\"half\":\"\\ud83d\",\"\\udc00\":1")
    }),
    Row::new("number of 1e400", "a number beyond every double", "held", |guest| guest.member("\"large\":1e400")),
    Row::new("number of 400 digits", "an integer of 400 digits", "held", |guest| {
        guest.member(&format!("\"large\":{}", "7".repeat(400)))
    }),
    Row::new("number of a million digits", "an integer of 1,000,000 digits", "held", |guest| {
        guest.member(&format!("\"large\":{}", "7".repeat(1_000_000)))
    }),
    Row::new("exponent beyond numbers", "`1e99999999999999999999`", "held", |guest| {
        guest.member("\"large\":1e99999999999999999999,\"small\":-1e-99999999999999999999")
    }),
    Row::new("NaN", "`NaN` for a number", "body.json", |guest| guest.member("\"number\":NaN")),
    Row::new("text of 10 MB", "a text of 10 MB in one member", "held", |guest| {
        guest.member(&format!("\"large\":\"{}\"", "x".repeat(10 << 20)))
    }),
    Row::new("a million items", "an array of 1,000,000 numbers", "held", |guest| {
        guest.member(&format!("\"many\":[{}0]", "0,".repeat(1_000_000)))
    }),
    Row::new("100,000 properties", "100,000 unknown properties", "held", |guest| {
        let members: Vec<String> = (0..100_000).map(|number| format!("\"p{number}\":{number}")).collect();
        guest.member(&members.join(","))
    }),
    Row::new("key of 2 MB", "a key of 2 MB", "held", |guest| guest.member(&format!("\"{}\":1", "k".repeat(2 << 20)))),
    Row::new("wrong items without end", "an array of 100,000 items, each of the wrong kind", "body.schema", |guest| {
        let body = format!(
            "{{\"name\":[{}0],\"id\":[{}0],\"tags\":[{}0],\"messages\":[{}0]}}",
            "0,".repeat(100_000),
            "{},".repeat(1_000),
            "[],".repeat(100_000),
            "\"x\",".repeat(100_000)
        );
        guest.json(body)
    }),
    Row::new("prototype keys", "`__proto__` and other keys of weight", "held", |guest| {
        guest.member("\"__proto__\":{\"a\":1},\"constructor\":1,\"$ref\":\"file:///etc/passwd\",\"$schema\":\"x\"")
    }),
    Row::new("a scalar", "`7` for a document", "body.schema", |guest| guest.json("7")),
    Row::new("null", "`null` for a document", "body.schema", |guest| guest.json("null")),
];

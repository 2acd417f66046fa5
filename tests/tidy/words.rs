//! An operation is data: none of the words that only its data may say stands as a string outside the mock.

use crate::File;
use serde_json::Value;
use std::collections::BTreeSet;

/// What the contract document calls its operations, their path segments, listed parameter values and form fields.
fn words(document: &Value) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (path, item) in entries(&document["paths"]) {
        words.extend(
            path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with('{')).map(ToOwned::to_owned),
        );
        for operation in item.as_object().into_iter().flat_map(|item| item.values()) {
            words.extend(["operationId", "x-vendor-operation-id"].iter().filter_map(|key| text(&operation[key])));
            words.extend(parameter_values(operation["parameters"].as_array()));
            let forms = entries(&operation["requestBody"]["content"]);
            words.extend(
                forms.flat_map(|(_, form)| entries(&form["schema"]["properties"])).map(|(name, _)| name.clone()),
            );
        }
    }
    let shared =
        entries(&document["components"]["parameters"]).map(|(_, parameter)| parameter.clone()).collect::<Vec<_>>();
    words.extend(parameter_values(Some(&shared)));
    words
}

fn parameter_values(parameters: Option<&Vec<Value>>) -> Vec<String> {
    let listed = parameters.into_iter().flatten().filter_map(|parameter| parameter["schema"]["enum"].as_array());
    listed.flatten().filter_map(text).collect()
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(ToOwned::to_owned)
}

/// The keys of the things of a tenant. They are common words, so only a literal that is nothing else counts.
fn keys(document: &Value) -> BTreeSet<String> {
    entries(&document["x-world"]).map(|(key, _)| key.clone()).collect()
}

/// Every literal that is one of the words or keys, or has one of the words between its slashes.
fn problems(document: &Value, files: &[File]) -> Vec<String> {
    let (words, keys) = (words(document), keys(document));
    let says = |content: &str| keys.contains(content) || content.split(['/', '?']).any(|part| words.contains(part));
    let outside = files.iter().filter(|file| !file.path.starts_with("src/mock/"));
    let said = outside.flat_map(|file| file.rust.literals.iter().map(move |literal| (&file.path, literal)));
    said.filter(|(_, literal)| says(&literal.content))
        .map(|(path, literal)| format!("{path}:{} says \"{}\", a word of an operation", literal.line, literal.content))
        .collect()
}

mod tests {
    use super::{keys, problems, words};
    use crate::{File, files_below, none, read};
    use serde_json::{Value, json};

    fn contract() -> Value {
        serde_json::from_str(&read("schemas/openapi.json")).unwrap()
    }

    #[test]
    fn no_word_of_an_operation_stands_outside_the_mock() {
        none(&problems(&contract(), &files_below("src")));
    }

    #[test]
    fn the_contract_has_every_kind_of_word() {
        let words = words(&contract());
        for word in ["load-accounts", "searchGet", "sources", "identities", "disableOptimization"] {
            assert!(words.contains(word), "{word} is not in {words:?}");
        }
        assert!(keys(&contract()).contains("csv-columns"));
    }

    #[test]
    fn a_word_is_seen_alone_and_between_slashes() {
        let document = json!({
            "x-world": { "boxes": {} },
            "paths": { "/widgets/{id}": { "get": {
                "operationId": "read-widget",
                "parameters": [{ "schema": { "enum": ["left"] } }],
                "requestBody": { "content": { "x": { "schema": { "properties": { "part": {} } } } } }
            } } }
        });
        for (text, seen) in [
            (r#""widgets""#, true),
            (r#"b"read-widget""#, true),
            (r##"r#"/v1/widgets/7"#"##, true),
            (r#""/v1/widgets?a=b""#, true),
            (r#""left""#, true),
            (r#"#[cfg(test)] mod tests { const A: &str = "part"; }"#, true),
            (r#""boxes""#, true),
            (r#""boxes/a.json""#, false),
            (r#""parts""#, false),
            (r#""many widgets""#, false),
            (r#"/// "left""#, false),
        ] {
            let problems = |path| problems(&document, &[File::new(path, text)]);
            assert_eq!(!problems("src/check/x.rs").is_empty(), seen, "{text}");
            assert!(problems("src/mock/x.rs").is_empty(), "{text}");
        }
    }
}

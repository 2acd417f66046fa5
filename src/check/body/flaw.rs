//! What one error of the schema validator says, in words for people.

use super::neutral;
use super::schema;
use crate::check::envelope::locale;
use crate::check::fault::Fault;
use crate::check::format::{self, DATE_TIME, LANGUAGE_TAG};
use crate::check::identity::date_time;
use crate::check::schemas::{Located, Schemas};
use crate::check::show;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// Reads an error; of a choice between schemas, the error of the one that fits the value's type.
pub fn read(schemas: &Schemas, error: &ValidationError<'_>) -> Fault {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind()
        && let Some(inner) = fitting(context, error.instance_path().as_str())
    {
        return read(schemas, inner);
    }
    let pointer = error.instance_path().as_str();
    let keyword = error.absolute_keyword_location().and_then(|uri| schemas.find("", uri.as_str()));
    let subject = keyword.and_then(|keyword| above(schemas, &keyword));
    if let Kind::Required { property } = error.kind() {
        return missing(schemas, subject.as_ref(), pointer, property.as_str().unwrap_or_default());
    }
    let received = error.instance();
    let rule = match error.kind() {
        Kind::Format { format } if format == DATE_TIME.name => &date_time::RULE,
        Kind::Format { format } if format == LANGUAGE_TAG.name => &locale::RULE,
        _ => &schema::RULE,
    };
    let fault = rule.broken(expected(error), show::value(received)).at(pointer).seen(show::type_of(received));
    let mend = subject.as_ref().map(|subject| mend(schemas, subject, error.kind(), received));
    Fault { mend, clause: subject.as_ref().and_then(words), ..fault }
}

/// The errors of the one schema of a choice that the value's type does not exclude.
fn fitting<'e>(context: &'e [Vec<ValidationError<'static>>], pointer: &str) -> Option<&'e ValidationError<'static>> {
    let excluded = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { .. }) && error.instance_path().as_str() == pointer
    };
    context.iter().find(|errors| !errors.is_empty() && !errors.iter().any(excluded))?.first()
}

fn missing(schemas: &Schemas, subject: Option<&Located<'_>>, pointer: &str, name: &str) -> Fault {
    let property = subject.and_then(|subject| {
        let below = show::step("/properties", name);
        let schema = subject.schema.pointer(&below)?;
        Some(Located { schema, file: subject.file, pointer: format!("{}{below}", subject.pointer) })
    });
    let mend = property.as_ref().map_or_else(|| Value::String("text".into()), |it| neutral::plain(schemas, it, 0));
    let fault = schema::RULE.broken(format!("a property `{}`", show::text(name)), "no such property");
    let fault = fault.at(show::step(pointer, name)).seen("absent").mended_by(mend);
    Fault { clause: property.as_ref().and_then(words), ..fault }
}

fn mend(schemas: &Schemas, subject: &Located<'_>, kind: &Kind, received: &Value) -> Value {
    match kind {
        Kind::Maximum { limit } | Kind::Minimum { limit } => limit.clone(),
        Kind::Format { .. } => neutral::plain(schemas, subject, 0),
        Kind::Constant { expected_value } => expected_value.as_ref().clone(),
        _ => neutral::nearest(schemas, subject, received),
    }
}

/// The schema that holds a keyword.
fn above<'a>(schemas: &'a Schemas, keyword: &Located<'a>) -> Option<Located<'a>> {
    let (pointer, _) = keyword.pointer.rsplit_once('/')?;
    schemas.at(keyword.file, pointer)
}

/// The page's words for a property.
fn words(located: &Located<'_>) -> Option<String> {
    located.schema.get("description").and_then(Value::as_str).filter(|words| !words.is_empty()).map(ToOwned::to_owned)
}

fn expected(error: &ValidationError<'_>) -> String {
    let number = |limit: &Value| limit.to_string();
    match error.kind() {
        Kind::Type { kind } => types(&named(kind)),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } if !excluded(context).is_empty() => {
            types(&excluded(context))
        }
        Kind::Enum { options } => one_of(options),
        Kind::Constant { expected_value } => format!("the value {}", show::text(&expected_value.to_string())),
        Kind::Format { format: name } => {
            let own = format::ALL.iter().find(|format| format.name == name);
            own.map_or_else(|| format!("a text of the format {name}"), |format| format.expected.into())
        }
        Kind::Minimum { limit } => format!("a number of at least {}", number(limit)),
        Kind::Maximum { limit } => format!("a number of at most {}", number(limit)),
        Kind::MinLength { limit } => format!("a text of at least {limit} characters"),
        Kind::MaxLength { limit } => format!("a text of at most {limit} characters"),
        Kind::MinItems { limit } => format!("at least {limit} items"),
        Kind::MaxItems { limit } => format!("at most {limit} items"),
        Kind::Pattern { pattern } => format!("a text that matches {}", show::text(pattern)),
        _ => show::text(&error.masked_with("what came").to_string()),
    }
}

fn named(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(set) => set.iter().map(JsonType::as_str).collect(),
    }
}

/// The types that the schemas of a choice would take.
fn excluded(context: &[Vec<ValidationError<'static>>]) -> Vec<&'static str> {
    let kinds = context.iter().filter_map(|errors| match errors.first()?.kind() {
        Kind::Type { kind } => Some(named(kind)),
        _ => None,
    });
    kinds.flatten().collect()
}

fn types(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_by_key(|name| *name == "null");
    names.dedup();
    let article = |name: &str| match name {
        "null" => "null".to_owned(),
        "array" | "integer" | "object" => format!("an {name}"),
        _ => format!("a {name}"),
    };
    show::choice(&names.into_iter().map(article).collect::<Vec<_>>())
}

fn one_of(options: &Value) -> String {
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let all: Vec<String> = options.as_array().into_iter().flatten().map(shown).collect();
    show::text(&format!("one of {}", all.join(", ")))
}

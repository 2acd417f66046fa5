//! The contract's schemas, ready to judge, and the way from a reference to the schema that it names.

use super::error::CheckError;
use super::format;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::Url;

/// What a file without `$id` is known by, with its path added.
const BASE: &str = "https://tenantcheck.invalid/schemas/";

/// The contract's schemas.
pub struct Schemas {
    registry: Registry<'static>,
    files: BTreeMap<String, Value>,
    uris: BTreeMap<String, Url>,
    paths: BTreeMap<String, String>,
    validators: BTreeMap<String, Validator>,
}

/// A schema and where it stands.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The schema.
    pub schema: &'a Value,
    /// The file, by its path below the contract's folder.
    pub file: &'a str,
    /// The place in the file, as a JSON pointer.
    pub pointer: String,
}

impl std::fmt::Debug for Schemas {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.files.keys()).finish()
    }
}

impl Schemas {
    /// Compiles every schema file; `$ref`s lead to other files of the contract and never to the network.
    pub fn new(files: &BTreeMap<String, Value>) -> Result<Self, CheckError> {
        let mut uris = BTreeMap::new();
        for (file, schema) in files {
            uris.insert(file.clone(), uri(file, schema)?);
        }
        let paths = uris.iter().map(|(file, uri)| (uri.to_string(), file.clone())).collect();
        let pairs = files.iter().filter_map(|(file, schema)| Some((uris.get(file)?.to_string(), schema.clone())));
        let registry =
            Registry::new().draft(Draft::Draft202012).extend(pairs).and_then(jsonschema::RegistryBuilder::prepare);
        let registry =
            registry.map_err(|error| CheckError::Schema { file: "schemas".into(), reason: error.to_string() })?;
        let mut schemas = Self { registry, files: files.clone(), uris, paths, validators: BTreeMap::new() };
        for file in files.keys() {
            let validator = schemas.compile(file, "")?;
            schemas.validators.insert(file.clone(), validator);
        }
        Ok(schemas)
    }

    /// Compiles the schema at a place of a file.
    pub fn compile(&self, file: &str, pointer: &str) -> Result<Validator, CheckError> {
        let Some(uri) = self.uris.get(file) else {
            return Err(CheckError::Schema { file: file.into(), reason: "there is no such file".into() });
        };
        let mut place = uri.clone();
        place.set_fragment((!pointer.is_empty()).then_some(pointer));
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .offline()
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false);
        let options =
            format::ALL.iter().fold(options, |options, format| options.with_format(format.name, format.holds));
        options
            .build(&json!({ "$ref": place.as_str() }))
            .map_err(|error| CheckError::Schema { file: file.into(), reason: error.to_string() })
    }

    /// The validator of a file.
    pub fn validator(&self, file: &str) -> Option<&Validator> {
        self.validators.get(file)
    }

    /// Whether a body conforms to a file.
    pub fn holds(&self, file: &str, body: &Value) -> bool {
        self.validator(file).is_some_and(|validator| validator.is_valid(body))
    }

    /// Every schema file.
    pub fn files(&self) -> impl Iterator<Item = Located<'_>> {
        self.files.iter().map(|(file, schema)| Located { schema, file, pointer: String::new() })
    }

    /// The schema at a place of a file.
    pub fn at(&self, file: &str, pointer: &str) -> Option<Located<'_>> {
        let (file, schema) = self.files.get_key_value(file)?;
        Some(Located { schema: schema.pointer(pointer)?, file, pointer: pointer.to_owned() })
    }

    /// Finds the schema that a reference in `file` names; absolute references need no file.
    pub fn find(&self, file: &str, reference: &str) -> Option<Located<'_>> {
        let mut place = match self.uris.get(file) {
            Some(base) => base.join(reference).ok()?,
            None => Url::parse(reference).ok()?,
        };
        let pointer = percent_decoded(place.fragment().unwrap_or_default())?;
        place.set_fragment(None);
        let (file, schema) = self.files.get_key_value(self.paths.get(place.as_str())?)?;
        Some(Located { schema: schema.pointer(&pointer)?, file, pointer })
    }
}

fn uri(file: &str, schema: &Value) -> Result<Url, CheckError> {
    let text = schema.get("$id").and_then(Value::as_str).map_or_else(|| format!("{BASE}{file}"), ToOwned::to_owned);
    Url::parse(&text).map_err(|_| CheckError::Identifier { file: file.into(), pointer: String::new(), id: text })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        let byte = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..)? } else { after };
    }
    String::from_utf8(bytes).ok()
}

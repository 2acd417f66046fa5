//! One endpoint as the contract document describes it.

use std::collections::BTreeMap;

/// One endpoint: where it lies, what it takes and what it may answer.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    /// The id (`operationId` of the contract document).
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// Path templates by version (`x-versions`), each with its version in place and `{name}` for a parameter.
    pub versions: BTreeMap<String, String>,
    /// The version that is used unless the user names another (`x-default-version`).
    pub default_version: String,
    /// The path parameters, in the order of the path.
    pub parameters: Vec<Parameter>,
    /// The forms that a request body may have; empty where there is none.
    pub bodies: Vec<RequestBody>,
    /// Whether a request that is carried out changes the tenant (`x-writes`).
    pub writes: bool,
    /// What the operation may answer, a status each.
    pub answers: Vec<Answer>,
}

/// One form of a request body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestBody {
    /// The media type, in lower case and without parameters.
    pub media_type: String,
    /// The fields that it may carry.
    pub fields: Vec<Field>,
}

/// One field of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field of a request body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// A file; a table where its columns are a key of the world (`x-columns`).
    File {
        /// The key of the world that lists the columns.
        columns: Option<String>,
    },
    /// One of the listed values.
    Listed(Vec<String>),
    /// Any text.
    Text,
}

/// One path parameter.
#[derive(Debug, Clone, Default)]
pub struct Parameter {
    /// The name between the braces of the path template.
    pub name: String,
    /// The values that the page lists, if it lists any.
    pub listed: Option<Vec<String>>,
}

/// What one status promises.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The page's words for this status (`description`).
    pub clause: String,
    /// The media types that the body may have, without parameters.
    pub media_types: Vec<String>,
    /// The names of the headers that the page promises with this status.
    pub headers: Vec<String>,
    /// How the body's schema is found.
    pub body: AnswerBody,
    /// The page's own example of this body, if it has one that conforms (`example`).
    pub example: Option<serde_json::Value>,
}

/// How the schema of an answer's body is found.
#[derive(Debug, Clone, Default)]
pub enum AnswerBody {
    /// The page promises no schema.
    #[default]
    Any,
    /// One schema file for all (its path below the contract's folder).
    One(String),
    /// A schema file by the value of a path parameter (`x-branch`).
    ByParameter {
        /// The path parameter that decides.
        parameter: String,
        /// The schema file for each of its listed values.
        schemas: BTreeMap<String, String>,
    },
}

impl Operation {
    /// Finds a field by its name, in whatever form of body.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.bodies.iter().flat_map(|body| &body.fields).find(|field| field.name == name)
    }

    /// Finds what a status promises.
    pub fn answer(&self, status: u16) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.status == status)
    }

    /// The statuses of the success class that the page lists.
    pub fn success(&self) -> impl Iterator<Item = u16> + '_ {
        self.answers.iter().map(|answer| answer.status).filter(|status| (200..300).contains(status))
    }
}

impl Answer {
    /// The schema file that judges the body of an answer to a request with these path parameters.
    pub fn schema(&self, parameters: &BTreeMap<String, String>) -> Option<&str> {
        match &self.body {
            AnswerBody::Any => None,
            AnswerBody::One(file) => Some(file),
            AnswerBody::ByParameter { parameter, schemas } => {
                schemas.get(parameters.get(parameter)?).map(String::as_str)
            }
        }
    }

    /// Every schema file that may judge the body.
    pub fn schemas(&self) -> Vec<&str> {
        match &self.body {
            AnswerBody::Any => Vec::new(),
            AnswerBody::One(file) => vec![file],
            AnswerBody::ByParameter { schemas, .. } => schemas.values().map(String::as_str).collect(),
        }
    }
}

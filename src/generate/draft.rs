//! A request as structure, before it is bytes: whatever a defect may break is a field of it.

use super::table::Table;

/// A request as structure. Secrets stand as markers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The method.
    pub method: String,
    /// The path, piece by piece; the pieces are joined as they stand.
    pub path: Vec<Segment>,
    /// The query, without `?`.
    pub query: Option<Vec<u8>>,
    /// The values of the Authorization header lines, in order.
    pub authorization: Vec<Vec<u8>>,
    /// The values of the Content-Type header lines, in order; a multipart body's own is added by rendering.
    pub content_types: Vec<Vec<u8>>,
    /// Every other header line, in order, names as they go out.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Body,
    /// Header names (lower case) that the wire must not add.
    pub omit: Vec<String>,
}

/// One piece of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// What stands in the path template.
    Fixed(Vec<u8>),
    /// The value of a path parameter.
    Parameter {
        /// The parameter.
        name: String,
        /// The value as it goes out, percent-encoded where it is.
        value: Vec<u8>,
    },
}

impl Segment {
    /// The bytes as they go out.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Fixed(bytes) | Self::Parameter { value: bytes, .. } => bytes,
        }
    }
}

/// A body as structure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// Bytes that nothing is known of.
    Raw(Vec<u8>),
    /// application/x-www-form-urlencoded: names and values as they go out, encoded.
    Form(Vec<(Vec<u8>, Vec<u8>)>),
    /// multipart/form-data.
    Multipart(Multipart),
}

/// A multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Multipart {
    /// The boundary between the parts.
    pub boundary: Vec<u8>,
    /// The Content-Type that announces it.
    pub content_type: Vec<u8>,
    /// What stands before the first boundary.
    pub preamble: Vec<u8>,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// Whether the closing boundary stands.
    pub closed: bool,
    /// What stands behind the closing boundary.
    pub epilogue: Vec<u8>,
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The field of the contract that it stands for; stays what it is whatever the part is called.
    pub field: String,
    /// The header lines, in order, without line ends.
    pub head: Vec<Vec<u8>>,
    /// The content.
    pub content: Content,
}

/// The content of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A table that is written as CSV.
    Table(Table),
}

impl Default for Content {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

impl Part {
    /// A part as a browser writes it.
    pub fn new(name: &str, filename: Option<&str>, media_type: Option<&str>, content: Content) -> Self {
        let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let filename = filename.map(|name| format!("; filename=\"{}\"", quoted(name))).unwrap_or_default();
        let disposition = format!("Content-Disposition: form-data; name=\"{}\"{filename}", quoted(name));
        let media_type = media_type.map(|media_type| format!("Content-Type: {media_type}").into_bytes());
        let head = std::iter::once(disposition.into_bytes()).chain(media_type).collect();
        Self { field: name.to_owned(), head, content }
    }
}

impl Multipart {
    /// An empty body with a boundary.
    pub fn new(boundary: &str) -> Self {
        let content_type = format!("multipart/form-data; boundary={boundary}").into_bytes();
        Self { boundary: boundary.into(), content_type, closed: true, ..Self::default() }
    }
}

impl Draft {
    /// The part that stands for a field of the contract.
    pub fn part(&mut self, field: &str) -> Option<&mut Part> {
        match &mut self.body {
            Body::Multipart(multipart) => multipart.parts.iter_mut().find(|part| part.field == field),
            _ => None,
        }
    }

    /// The multipart body, if it is one.
    pub fn multipart(&mut self) -> Option<&mut Multipart> {
        match &mut self.body {
            Body::Multipart(multipart) => Some(multipart),
            _ => None,
        }
    }

    /// The table that stands for a field of the contract.
    pub fn table(&mut self, field: &str) -> Option<&mut Table> {
        match self.part(field).map(|part| &mut part.content) {
            Some(Content::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The value of a path parameter as it goes out.
    pub fn parameter(&mut self, wanted: &str) -> Option<&mut Vec<u8>> {
        self.path.iter_mut().find_map(|segment| match segment {
            Segment::Parameter { name, value } if name == wanted => Some(value),
            _ => None,
        })
    }
}

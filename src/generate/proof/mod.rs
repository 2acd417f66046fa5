//! Reads the bytes that go out, by parsers that did not write them: what a defect claims must be found there.

mod credential;
mod form;
mod list;
mod multipart;
mod path;
mod table;

pub use credential::SentToken;
pub use list::Element;
pub use multipart::SentPart;
pub use path::SentValue;
pub use table::Fault as TableFault;

use crate::exchange::{Octets, Probe};

/// A request as its bytes say it.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    probe: &'a Probe,
}

impl<'a> Sent<'a> {
    /// The request of a probe.
    pub fn of(probe: &'a Probe) -> Self {
        Self { probe }
    }

    /// The method.
    pub fn method(&self) -> &'a str {
        &self.probe.method
    }

    /// The path as it goes out, without the query.
    pub fn path(&self) -> &'a [u8] {
        let target = &self.probe.target.0;
        target.split(|byte| *byte == b'?').next().unwrap_or_default()
    }

    /// The query as it goes out, without `?`.
    pub fn query(&self) -> Option<&'a [u8]> {
        let at = self.probe.target.0.iter().position(|byte| *byte == b'?')?;
        self.probe.target.0.get(at + 1..)
    }

    /// Every value of a header, in order.
    pub fn header(&self, name: &'a str) -> impl Iterator<Item = &'a Octets> + 'a {
        let headers = self.probe.headers.iter();
        headers.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Every header line, in order.
    pub fn headers(&self) -> &'a [(String, Octets)] {
        &self.probe.headers
    }

    /// What stands in the path between so many slashes from its start and so many from its end.
    pub fn value(&self, slashes: (usize, usize)) -> Option<SentValue<'a>> {
        path::between(self.path(), slashes).map(SentValue::read)
    }

    /// The fields of the query, decoded.
    pub fn fields(&self) -> Vec<(String, String)> {
        form::pairs(self.query().unwrap_or_default())
    }

    /// The elements of a header whose value is a list, over all its lines.
    pub fn list(&self, name: &'a str) -> Vec<Element> {
        self.header(name).flat_map(|value| list::elements(&value.text())).collect()
    }

    /// Every credential of the Authorization lines: its scheme, in lower case, and what follows it.
    pub fn credentials(&self) -> Vec<(String, String)> {
        self.header("authorization").flat_map(|value| credential::credentials(&value.text())).collect()
    }

    /// The token of the only Authorization line, read as a JSON Web Token.
    pub fn token(&self) -> Option<SentToken> {
        let [(scheme, token)] = <[_; 1]>::try_from(self.credentials()).ok()?;
        SentToken::read(&token).filter(|_| scheme == "bearer")
    }

    /// The body.
    pub fn body(&self) -> &'a [u8] {
        &self.probe.body.0
    }

    /// The parts of a multipart body, read by the boundary that the (first) Content-Type announces.
    pub fn parts(&self) -> Option<Vec<SentPart<'a>>> {
        let media_type = self.header("content-type").next()?;
        multipart::parts(&media_type.0, self.body())
    }

    /// The content of the first part of that name, or of the first part that carries a file where there is none.
    pub fn content(&self, name: &str) -> Option<&'a [u8]> {
        let parts = self.parts()?;
        let named = parts.iter().find(|part| part.name.as_deref() == Some(name));
        named.or_else(|| parts.iter().find(|part| part.filename.is_some())).map(|part| part.content)
    }

    /// The values of a field of a urlencoded body, decoded.
    pub fn form(&self, name: &str) -> Vec<Vec<u8>> {
        form::values(self.body(), name)
    }

    /// What is irregular in the table that a part holds.
    pub fn table_faults(&self, name: &str) -> Vec<TableFault> {
        self.content(name).map(table::faults).unwrap_or_default()
    }
}

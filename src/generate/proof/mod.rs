//! Reads the bytes that go out, by parsers that did not write them: what a defect claims must be found there.

mod chunks;
mod credential;
mod form;
mod list;
mod multipart;
mod path;
mod table;
mod utf16;

pub use chunks::unchunked;
pub use credential::SentToken;
pub use form::is_damaged;
pub use list::Element;
pub use multipart::{Frame, Parameter, SentPart, parameters};
pub use path::SentValue;
#[cfg(test)]
pub use table::faults as table_faults;
pub use table::{Fault as TableFault, SentTable};
pub use utf16::text as utf16;

use crate::exchange::{Octets, Probe, Secrets};

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
    pub fn fields(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        form::fields(self.query().unwrap_or_default())
    }

    /// The elements of a header whose value is a list, over all its lines.
    pub fn list(&self, name: &'a str) -> Vec<Element> {
        self.header(name).flat_map(|value| list::elements(&value.text())).collect()
    }

    /// Every credential of the Authorization lines: its scheme, in lower case, and what follows it.
    pub fn credentials(&self) -> Vec<(String, String)> {
        self.header("authorization").flat_map(|value| credential::credentials(&value.text())).collect()
    }

    /// The token of the only Authorization line, read as a JSON Web Token. One that is made from a caller's own is read
    /// as it goes out where that is no JWT.
    pub fn token(&self) -> Option<SentToken> {
        let [(scheme, token)] = <[_; 1]>::try_from(self.credentials()).ok()?;
        let token = Secrets::default().fill(token.as_bytes());
        SentToken::read(std::str::from_utf8(&token).ok()?).filter(|_| scheme == "bearer")
    }

    /// The body.
    pub fn body(&self) -> &'a [u8] {
        &self.probe.body.0
    }

    /// The parts of a multipart body, read by the boundary that the (first) Content-Type announces.
    pub fn parts(&self) -> Option<Vec<SentPart<'a>>> {
        self.frame().map(|frame| frame.parts)
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

    /// The pairs of a urlencoded body, as they stand there.
    pub fn pairs(&self) -> Vec<(&'a [u8], &'a [u8])> {
        form::pairs(self.body())
    }

    /// The (first) Content-Type; empty where there is none.
    pub fn media_type(&self) -> &'a [u8] {
        self.header("content-type").next().map(|value| value.0.as_slice()).unwrap_or_default()
    }

    /// The multipart body as the (first) boundary of the (first) Content-Type divides it.
    pub fn frame(&self) -> Option<Frame<'a>> {
        Frame::read(self.media_type(), self.body())
    }

    /// The first part of that name.
    pub fn part(&self, name: &str) -> Option<SentPart<'a>> {
        self.parts()?.into_iter().find(|part| part.name.as_deref() == Some(name))
    }

    /// Every value of a field, of whichever kind the body is.
    pub fn values(&self, name: &str) -> Vec<Vec<u8>> {
        let Some(parts) = self.parts() else { return self.form(name) };
        let named = parts.iter().filter(|part| part.name.as_deref() == Some(name));
        named.map(|part| part.content.to_vec()).collect()
    }

    /// The table that a part holds; a byte order mark before it is not part of it.
    pub fn table(&self, name: &str) -> Option<SentTable<'a>> {
        self.content(name).map(SentTable::read)
    }

    /// The table that a part holds, where nothing is irregular in it.
    pub fn regular_table(&self, name: &str) -> Option<SentTable<'a>> {
        let content = self.content(name)?;
        Some(SentTable::read(content)).filter(|table| table::faults_of(table, content).is_empty())
    }

    /// What is irregular in the table that a part holds.
    pub fn table_faults(&self, name: &str) -> Vec<TableFault> {
        self.content(name).map(table::faults).unwrap_or_default()
    }
}

//! Where a fault shows: on which requests, and on which of the answers that an honest tenant would give.

use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::endpoint::Endpoint;

/// Where a fault shows; what is not said is anywhere.
#[derive(Debug, Clone, Copy)]
pub struct At {
    endpoint: Option<Endpoint>,
    target: Option<&'static str>,
    header: Option<(&'static str, &'static str)>,
    body: Option<&'static [u8]>,
    test: Option<fn(&Call) -> bool>,
    status: Option<u16>,
    words: Option<&'static str>,
}

/// On each document that is served.
pub const DOCUMENTS: At = At::ANYWHERE.of(Endpoint::GetDocument).status(200);
/// On each task that is accepted.
pub const TASKS: At = At::ANYWHERE.of(Endpoint::LoadAccounts).status(202);

impl At {
    /// On every request.
    pub const ANYWHERE: Self =
        Self { endpoint: None, target: None, header: None, body: None, test: None, status: None, words: None };

    /// On one endpoint.
    pub const fn of(self, endpoint: Endpoint) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }

    /// On requests whose target has a text.
    pub const fn under(self, target: &'static str) -> Self {
        Self { target: Some(target), ..self }
    }

    /// On requests with a header that has a text.
    pub const fn with(self, name: &'static str, text: &'static str) -> Self {
        Self { header: Some((name, text)), ..self }
    }

    /// On requests whose body has these bytes.
    pub const fn holding(self, bytes: &'static [u8]) -> Self {
        Self { body: Some(bytes), ..self }
    }

    /// On requests that a test takes.
    pub const fn when(self, test: fn(&Call) -> bool) -> Self {
        Self { test: Some(test), ..self }
    }

    /// On answers of one status.
    pub const fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// On answers whose body has a text, such as the cause of a refusal.
    pub const fn saying(self, words: &'static str) -> Self {
        Self { words: Some(words), ..self }
    }

    /// Whether it shows on a request.
    pub fn asks(&self, endpoint: Option<Endpoint>, call: &Call) -> bool {
        let has = |(name, text): (&str, &str)| {
            call.head.headers.get_all(name).iter().any(|value| String::from_utf8_lossy(value.as_bytes()).contains(text))
        };
        self.endpoint.is_none_or(|own| Some(own) == endpoint)
            && self.target.is_none_or(|target| call.head.uri.to_string().contains(target))
            && self.header.is_none_or(has)
            && self.test.is_none_or(|test| test(call))
            && self.body.is_none_or(|bytes| memchr::memmem::find(&call.body, bytes).is_some())
    }

    /// Whether it shows on an honest answer.
    pub fn answers(&self, answer: &Answer) -> bool {
        self.status.is_none_or(|status| answer.status == status)
            && self.words.is_none_or(|words| answer.body.to_string().contains(words))
    }
}

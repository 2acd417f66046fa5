//! One request as the endpoints see it.

use super::percent;
use axum::body::Bytes;
use http::request::Parts;

/// A request that has been read whole, and where it arrived.
#[derive(Debug)]
pub struct Call {
    /// The path template that it matched.
    pub template: &'static str,
    /// Method, target and headers.
    pub head: Parts,
    /// The whole body.
    pub body: Bytes,
}

impl Call {
    /// The decoded value of a path parameter; `None` where an escape is damaged or the value is no UTF-8.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let named = |segment: &str| segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name);
        let place = self.template.split('/').position(named)?;
        percent::decode(self.head.uri.path().split('/').nth(place)?)
    }
}

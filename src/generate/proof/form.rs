//! Reads a urlencoded body.

/// Every value of a field, percent escapes and plus signs taken off.
pub fn values(body: &[u8], name: &str) -> Vec<Vec<u8>> {
    let fields = url::form_urlencoded::parse(body);
    fields.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned().into_bytes()).collect()
}

//! Reads a urlencoded body, or a query.

/// Every field and its value, percent escapes and plus signs taken off.
pub fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// Every value of a field, percent escapes and plus signs taken off.
pub fn values(body: &[u8], name: &str) -> Vec<Vec<u8>> {
    let fields = url::form_urlencoded::parse(body);
    fields.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned().into_bytes()).collect()
}

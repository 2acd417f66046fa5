//! Reads the media types of a body.

use crate::load::json::Node;

/// The media types of a content, without parameters.
pub fn media_types(holder: &Node<'_>) -> Vec<String> {
    let Some(content) = holder.get("content") else { return Vec::new() };
    let bare = |key: &str| key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    content.entries().into_iter().map(|(key, _)| bare(key)).collect()
}

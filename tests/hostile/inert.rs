//! What may stand in no face: characters that act on a terminal, and markup where a browser would run it.

/// What hostile bodies carry and a browser would run.
pub const MARKUP: [&str; 2] = ["<script>alert(1)", "<img src=x"];
/// The faces in which markup would act wherever it stands; in Markdown it may stand as code.
const RENDERED: [&str; 2] = ["junit", "html"];

/// What is wrong with the text of a face.
pub fn problems(face: &str, bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![format!("{face} is not UTF-8")] };
    let acting = text.chars().find(|character| acts(*character));
    let acting = acting.map(|character| format!("{face} holds {}", character.escape_unicode()));
    let marked = MARKUP.iter().filter(|markup| RENDERED.contains(&face) && text.contains(**markup));
    acting.into_iter().chain(marked.map(|markup| format!("{face} holds {markup}"))).collect()
}

fn acts(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

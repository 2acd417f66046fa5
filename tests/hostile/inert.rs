//! What may stand in no face: characters that act on a terminal, and markup where a browser would run it.

/// What hostile bodies carry and a browser would run.
pub const MARKUP: [&str; 2] = ["<script>alert(1)", "<img src=x"];
/// The faces that a browser renders.
const RENDERED: [&str; 3] = ["junit", "html", "markdown"];

/// What is wrong with the text of a face.
pub fn problems(face: &str, bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec![format!("{face} is not UTF-8")] };
    let acting = text.chars().find(|character| acts(*character));
    let acting = acting.map(|character| format!("{face} holds {}", character.escape_unicode()));
    let text = if face == "markdown" { outside_code(text) } else { text.to_owned() };
    let marked = MARKUP.iter().filter(|markup| RENDERED.contains(&face) && text.contains(**markup));
    acting.into_iter().chain(marked.map(|markup| format!("{face} holds {markup}"))).collect()
}

/// Markdown without its fenced blocks and code spans, in which markup is text.
fn outside_code(text: &str) -> String {
    let (mut rest, mut fence) = (String::new(), None);
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open && line.len() == ticks => fence = None,
            Some(_) => {}
            None if ticks >= 3 => fence = Some(ticks),
            None => rest.push_str(&outside_spans(line)),
        }
        rest.push('\n');
    }
    rest
}

/// A line without its code spans: what stands between two runs of as many backticks.
fn outside_spans(line: &str) -> String {
    let Some(start) = line.find('`') else { return line.to_owned() };
    let (before, after) = line.split_at(start);
    let inner = after.trim_start_matches('`');
    let ticks = after.len() - inner.len();
    let mut at = 0;
    while let Some(next) = inner[at..].find('`').map(|next| at + next) {
        let run = inner[next..].len() - inner[next..].trim_start_matches('`').len();
        at = next + run;
        if run == ticks {
            return format!("{before} {}", outside_spans(&inner[at..]));
        }
    }
    format!("{before}{}{}", "`".repeat(ticks), outside_spans(inner))
}

#[test]
fn markup_outside_of_code_is_seen_and_inside_it_is_not() {
    let held = "`<img src=x>` and ``a ` <script>alert(1)``\n```text\n<script>alert(1)\n```\n";
    assert_eq!(problems("markdown", held.as_bytes()), Vec::<String>::new());
    for acting in ["<img src=x>", "a `b` <img src=x> `c`", "```\nx\n```\n<img src=x", "`` <img src=x `"] {
        assert_eq!(problems("markdown", acting.as_bytes()), ["markdown holds <img src=x"], "{acting}");
    }
}

fn acts(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

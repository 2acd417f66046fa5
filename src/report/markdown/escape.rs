//! Puts any text into Markdown so that it is shown and does nothing: no markup, no HTML, no link, no mention.

use crate::report::page::start;
use crate::report::visible::visible;

const LONGEST: usize = 600;

/// A text in a line of prose. Where a reader of Markdown may see more in it than letters, it becomes a code span.
pub fn prose(text: &str) -> String {
    let shown = visible(start(text, LONGEST));
    let shown = shown.trim();
    let calm = |character: char| character.is_alphanumeric() || " .,;'\"()!?/%“”‘’–…-".contains(character);
    let link = ["www.", "//", "ftp."].iter().any(|mark| shown.to_ascii_lowercase().contains(mark));
    if !shown.chars().all(calm) || link {
        return code(text);
    }
    if shown.is_empty() {
        return "—".to_owned();
    }
    // What is left acts only as the mark of a list, behind nothing but digits.
    let digits = shown.len() - shown.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (number, rest) = shown.split_at(digits);
    if rest.starts_with(['-', '.', ')']) { format!("{number}\\{rest}") } else { shown.to_owned() }
}

/// A code span that holds a text to the letter, in one line.
pub fn code(text: &str) -> String {
    let shown = visible(start(text, LONGEST));
    let more = if start(text, LONGEST).len() < text.len() { "…" } else { "" };
    if shown.is_empty() {
        return "—".to_owned();
    }
    let fence = "`".repeat(longest_run(&shown) + 1);
    let blank = if shown.starts_with(['`', ' ']) || shown.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{blank}{shown}{more}{blank}{fence}")
}

/// A fenced block. Every line of the text is made visible; lines stay lines.
pub fn block(language: &str, text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| visible(line).into_owned()).collect();
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{block, code, prose};

    #[test]
    fn what_may_act_is_a_code_span() {
        for text in ["<img src=x>", "@admin look", "#1", "www.evil.example", "a|b", "**x**", "http://x", "a_b", ":x:"] {
            assert_eq!(prose(text), format!("`{text}`"));
        }
        assert_eq!([prose("1. a"), prose("- b"), prose("2) c")], ["1\\. a", "\\- b", "2\\) c"]);
        assert_eq!(prose("It is \u{fc}ber, (1) - yes!"), "It is \u{fc}ber, (1) - yes!");
    }

    #[test]
    fn a_code_span_holds_backticks_and_blanks() {
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" a\n"), "`  a\\n `");
        assert_eq!(code(""), "\u{2014}");
    }

    #[test]
    fn a_block_is_not_ended_by_what_it_holds() {
        assert_eq!(block("sh", "a\n````\n\u{1b}[0m"), "`````sh\na\n````\n\\x1b[0m\n`````\n");
    }
}

//! Takes Rust text apart, no further than the rules need: code, literals, comments, and what only tests see.

/// A Rust text taken apart. Code and production have the length of the text: what is left out is blank.
pub struct Rust {
    pub text: String,
    /// The text without comments and literals.
    pub code: String,
    /// The code without what is only there for tests.
    pub production: String,
    pub literals: Vec<Literal>,
    pub comments: Vec<String>,
}

/// What stands between the quotes of a string, byte string or raw string.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub content: String,
}

#[derive(Clone, Copy)]
enum Kind {
    Code,
    Comment,
    Character,
    /// How many characters stand before the content, and how many after it.
    Text(usize, usize),
}

impl Rust {
    pub fn scan(text: &str) -> Self {
        let (mut code, mut literals, mut comments) = (String::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < text.len() {
            let (kind, length) = piece(&text[at..]);
            let piece = &text[at..at + length];
            match kind {
                Kind::Code => code.push_str(piece),
                Kind::Comment => comments.push(piece.to_owned()),
                Kind::Character => {}
                Kind::Text(before, after) => {
                    let line = 1 + text[..at].matches('\n').count();
                    literals.push(Literal { line, content: piece[before..length - after].to_owned() });
                }
            }
            if !matches!(kind, Kind::Code) {
                code.push_str(&blank(piece));
            }
            at += length;
        }
        let production = without_tests(&code);
        Self { text: text.to_owned(), code, production, literals, comments }
    }
}

/// The kind and the length of what a text begins with.
fn piece(text: &str) -> (Kind, usize) {
    let to_end = |found: Option<usize>| found.unwrap_or(text.len());
    if text.starts_with("//") {
        return (Kind::Comment, to_end(text.find('\n')));
    }
    if text.starts_with("/*") {
        return (Kind::Comment, block_comment(text));
    }
    let word = text.find(|letter: char| !is_word(letter)).unwrap_or(text.len());
    let hashes = text[word..].bytes().take_while(|byte| *byte == b'#').count();
    let quoted = text[word + hashes..].starts_with('"');
    match &text[..word] {
        "" | "b" | "c" if quoted && hashes == 0 => {
            (Kind::Text(word + 1, 1), word + 1 + to_end(closing_quote(&text[word + 1..])).min(text.len() - word - 1))
        }
        "r" | "br" | "cr" if quoted => {
            let (before, end) = (word + hashes + 1, format!("\"{}", "#".repeat(hashes)));
            let content = text[before..].find(&end).expect("a raw string ends");
            (Kind::Text(before, end.len()), before + content + end.len())
        }
        "" => character(text),
        _ => (Kind::Code, word),
    }
}

/// A character literal, or one character of code: a lifetime's quote is code.
fn character(text: &str) -> (Kind, usize) {
    let mut letters = text.chars();
    let first = letters.next().map_or(0, char::len_utf8);
    let second = letters.next();
    match (text.starts_with('\''), second) {
        (true, Some('\\')) => (Kind::Character, 3 + text[3..].find('\'').expect("a character ends") + 1),
        (true, Some(letter)) if letters.next() == Some('\'') => (Kind::Character, 2 + letter.len_utf8()),
        _ => (Kind::Code, first),
    }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let step = match text.as_bytes()[at..] {
            [b'/', b'*', ..] => 1,
            [b'*', b'/', ..] => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length up to and with the quote that ends a string.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map(|end| end + 1)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// Blanks every item that stands behind `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = code.to_owned();
    while let Some(start) = kept.find("#[cfg(test)]") {
        let end = start + item_length(&kept[start..]);
        kept.replace_range(start..end, &blank(&code[start..end]));
    }
    kept
}

/// The length of an item: to its semicolon, or to the brace that closes its first one.
fn item_length(item: &str) -> usize {
    let mut depth = 0;
    let end = item.bytes().position(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth == 0 && matches!(byte, b';' | b'}')
    });
    end.map_or(item.len(), |end| end + 1)
}

mod tests {
    use super::Rust;

    fn contents(text: &str) -> Vec<String> {
        Rust::scan(text).literals.into_iter().map(|literal| literal.content).collect()
    }

    #[test]
    fn every_kind_of_string_is_a_literal() {
        let text = r##"["a", b"b", c"c", r"d\", r#"e"f"#, br#"g"h"#, "h\"i", "\\", ""]"##;
        assert_eq!(contents(text), ["a", "b", "c", r"d\", "e\"f", "g\"h", r#"h\"i"#, r"\\", ""]);
    }

    #[test]
    fn comments_lifetimes_and_characters_hold_no_literals() {
        let text =
            "/// \"a\"\nfn f<'a>(x: &'a str) { '\"'; '\\''; b'\"'; '\u{20ac}'; /* \"b\" /* \"c\" */ \"d\" */ \"e\" }";
        assert_eq!(contents(text), ["e"]);
        assert_eq!(Rust::scan(text).comments.len(), 2);
    }

    #[test]
    fn a_literal_knows_its_line() {
        assert_eq!(Rust::scan("x;\n\n  \"a\nb\"; \"c\"").literals.iter().map(|l| l.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn code_keeps_its_length_and_its_lines() {
        let text = "a(\"x\ny\"); // z\u{e9}\nb";
        let code = Rust::scan(text).code;
        assert_eq!((code.len(), code.matches('\n').count()), (text.len(), 2));
        assert!(!code.contains('x') && !code.contains('z') && code.contains("a("));
    }

    #[test]
    fn production_ends_where_tests_begin_and_goes_on_behind_them() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { {} } }\nfn c() {}\n#[cfg(test)]\nmod d;\nfn e() {}";
        let production = Rust::scan(text).production;
        let kept = ["a()", "b()", "c()", "d;", "e()"].map(|part| production.contains(part));
        assert_eq!(kept, [true, false, true, false, true]);
    }
}

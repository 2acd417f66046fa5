//! A page as a parser sees it that shares nothing with the templates.

use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// Elements that have no end tag.
const VOID: [&str; 4] = ["meta", "input", "br", "link"];

/// What a page is made of.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Every element with its attributes, in order.
    pub elements: Vec<(String, BTreeMap<String, String>)>,
    /// All text outside of style and script, blanks folded.
    pub text: String,
    /// The text of the style and script elements.
    pub code: BTreeMap<String, Vec<String>>,
    /// What is nested wrongly.
    pub crossed: Vec<String>,
}

impl Parsed {
    /// Reads a page.
    pub fn of(page: &str) -> Self {
        let mut parsed = Self::default();
        let mut open: Vec<String> = Vec::new();
        for token in Tokenizer::new(page) {
            match token.unwrap() {
                Token::StartTag(tag) => {
                    let name = text(&tag.name);
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                    parsed.elements.push((name.clone(), attributes.collect()));
                    if !tag.self_closing && !VOID.contains(&name.as_str()) {
                        open.push(name);
                    }
                }
                Token::EndTag(tag) => {
                    let (last, name) = (open.pop(), text(&tag.name));
                    if last.as_ref() != Some(&name) {
                        parsed.crossed.push(format!("{last:?} is ended by {name}"));
                    }
                }
                Token::String(string) => match open.last().map(String::as_str) {
                    Some(name @ ("style" | "script")) => {
                        parsed.code.entry(name.to_owned()).or_default().push(text(&string));
                    }
                    _ => parsed.text.push_str(&text(&string)),
                },
                Token::Error(error) => parsed.crossed.push(format!("{error:?}")),
                Token::Comment(comment) => parsed.crossed.push(format!("a comment: {}", text(&comment))),
                Token::Doctype(_) => {}
            }
        }
        parsed.crossed.extend(open.iter().map(|name| format!("{name} is not ended")));
        parsed.text = parsed.text.split_whitespace().collect::<Vec<_>>().join(" ");
        parsed
    }

    /// The values of an attribute, in order.
    pub fn values<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = &'a String> + 'a {
        self.elements.iter().filter_map(move |(_, attributes)| attributes.get(attribute))
    }

    /// How many elements have a name.
    pub fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(element, _)| element == name).count()
    }

    /// Asserts that elements are nested, that ids are unique, and that every link leads to one of them.
    pub fn assert_whole(&self) {
        assert!(self.crossed.is_empty(), "{:?}", &self.crossed[..self.crossed.len().min(5)]);
        let mut ids: Vec<&String> = self.values("id").collect();
        let number = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), number, "an id stands twice");
        for attribute in ["href", "aria-labelledby"] {
            for value in self.values(attribute) {
                let id = value.strip_prefix('#').unwrap_or(value).to_owned();
                assert!(attribute != "href" || value.starts_with('#'), "{value} leads out of the page");
                assert!(ids.contains(&&id), "{value} leads nowhere");
            }
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

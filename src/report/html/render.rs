//! Writes the view model through the templates. Every value that they print is escaped and made visible here.

use super::burst;
use super::campaign;
use super::cases::Row;
use super::coverage::Sheet;
use super::exercised::Operation;
use super::findings::Group;
use super::headline::Headline;
use super::latency;
use crate::report::visible::visible;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, Output, State, Value, context, escape_formatter};
use serde::Serialize;
use std::io::{self, Write};

const SCRIPT: &str = include_str!("script.js");
/// The head of every page: its title, its style, and that it may load nothing.
pub const HEAD: (&str, &str) = ("head.html", include_str!("head.html"));
/// The style of every page.
pub const STYLE: &str = include_str!("style.css");
/// The templates by name; the suffix tells that what they print is escaped.
const TEMPLATES: [(&str, &str); 12] = [
    HEAD,
    ("page.html", include_str!("page.html")),
    ("findings.html", include_str!("findings.html")),
    ("cause.html", include_str!("cause.html")),
    ("evidence.html", include_str!("evidence.html")),
    ("cases.html", include_str!("cases.html")),
    ("campaign.html", include_str!("campaign.html")),
    ("exercised.html", include_str!("exercised.html")),
    ("coverage.html", include_str!("coverage.html")),
    ("timings.html", include_str!("timings.html")),
    ("squares.html", include_str!("squares.html")),
    ("pieces.html", include_str!("pieces.html")),
];

/// Everything that the page shows.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    /// The verdict and the figures.
    pub headline: Headline,
    /// The findings, by rule.
    pub groups: Vec<Group<'a>>,
    /// What of them is left out.
    pub findings_left_out: String,
    /// What a campaign did, where there was one.
    pub campaign: Option<campaign::Sheet>,
    /// The operations to choose from.
    pub operations: Vec<String>,
    /// The cases that did not hold.
    pub odd_cases: &'a [Row],
    /// The cases that held.
    pub held_cases: &'a [Row],
    /// What of them is left out.
    pub cases_left_out: String,
    /// What was exercised.
    pub exercised: Vec<Operation>,
    /// How long answers took.
    pub latency: Vec<latency::Plot>,
    /// The bursts.
    pub bursts: &'a [burst::Plot],
    /// Contract coverage, where it was measured.
    pub coverage: Option<Sheet>,
}

impl Page<'_> {
    /// Writes the page.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let environment = environment(&TEMPLATES).map_err(io::Error::other)?;
        let template = environment.get_template("page.html").map_err(io::Error::other)?;
        let context = context! {
            page => Value::from(Serde(self)),
            style => Value::from_safe_string(STYLE.to_owned()),
            script => Value::from_safe_string(SCRIPT.to_owned()),
            policy => policy(&[("style-src", STYLE), ("script-src", SCRIPT)]),
        };
        template.render_captured_to(context, out).map(|_| ()).map_err(io::Error::other)
    }
}

/// The templates of a page, in which everything that is printed is made visible and escaped.
pub fn environment(templates: &[(&'static str, &'static str)]) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_formatter(print);
    for (name, source) in templates {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// Prints a value: whatever acts or hides in a text is spelled out before it is escaped.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => escape_formatter(out, state, &Value::from(visible(text).into_owned())),
        None => escape_formatter(out, state, value),
    }
}

/// Nothing may be loaded or sent; the only style and script are those that stand in the page, by their directive.
pub fn policy(own: &[(&str, &str)]) -> String {
    let hash = |text: &str| {
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        format!("'sha256-{}'", STANDARD.encode(digest))
    };
    let own: Vec<String> = own.iter().map(|(directive, text)| format!("{directive} {}; ", hash(text))).collect();
    format!("default-src 'none'; {}base-uri 'none'; form-action 'none'", own.concat())
}

//! Text can be read in both themes: at least 4.5 to 1 against what lies behind it, pictures 3 to 1.

use std::collections::{BTreeMap, BTreeSet};

const STYLE: &str = include_str!("../../src/report/html/style.css");
/// What text may lie on.
const GROUNDS: [&str; 2] = ["ground", "panel"];
/// Ink on the grounds of a difference and its words.
const DIFFERENCE: [&str; 4] = ["wanted-ground", "came-ground", "wanted-word", "came-word"];

type Colour = [f64; 3];

/// Each variable with its colour in the light theme and in the dark one.
fn variables() -> BTreeMap<&'static str, [Colour; 2]> {
    let pair = |line: &'static str| {
        let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = rest.strip_suffix(");")?.split_once(", ")?;
        Some((name, [colour(light), colour(dark)]))
    };
    STYLE.lines().filter_map(pair).collect()
}

fn colour(hex: &str) -> Colour {
    [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// WCAG 2.2: relative luminance.
fn luminance(colour: Colour) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The variables that a property of the style takes.
fn used(property: &str) -> BTreeSet<&'static str> {
    let uses = STYLE
        .split([';', '{', '}'])
        .map(str::trim)
        .filter_map(|rule| rule.strip_prefix(property)?.strip_prefix(": var(--"));
    uses.filter_map(|rest| rest.strip_suffix(')')).collect()
}

#[track_caller]
fn assert_contrast(name: &str, ground: &str, least: f64) {
    let variables = variables();
    for (theme, word) in ["light", "dark"].into_iter().enumerate() {
        let found = contrast(variables[name][theme], variables[ground][theme]);
        assert!(found >= least, "{name} on {ground}, {word}: {found:.2}");
    }
}

#[test]
fn text_can_be_read_in_both_themes() {
    let inks = used("color");
    assert!(inks.len() >= 6, "{inks:?}");
    for ink in inks {
        for ground in GROUNDS {
            assert_contrast(ink, ground, 4.5);
        }
    }
    for ink in ["ink", "odd"] {
        for ground in DIFFERENCE {
            assert_contrast(ink, ground, 4.5);
        }
    }
}

#[test]
fn what_a_picture_is_made_of_can_be_seen_in_both_themes() {
    let mut drawn = used("fill");
    drawn.extend(used("stroke"));
    // A grid may be faint: the axis and the numbers carry what it means; the cross lies on what is broken.
    for name in drawn.into_iter().filter(|name| !["line", "on-fill"].contains(name)) {
        assert_contrast(name, "ground", 3.0);
    }
    assert_contrast("on-fill", "broken", 4.5);
    assert_contrast("edge", "ground", 3.0);
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    assert!((contrast(colour("#000000"), colour("#ffffff")) - 21.0).abs() < 1e-9);
    assert!((contrast(colour("#777777"), colour("#ffffff")) - 4.48).abs() < 0.01);
}

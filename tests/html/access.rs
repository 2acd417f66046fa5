//! The page can be used by people who do not see it, have no mouse, or have a small screen.

use crate::page;
use crate::parsed::Parsed;
use crate::recorded::run;

fn parsed() -> Parsed {
    Parsed::of(&page(&run()))
}

#[test]
fn there_are_landmarks_and_one_main_heading() {
    let parsed = parsed();
    for landmark in ["header", "nav", "main", "footer", "h1"] {
        assert_eq!(parsed.count(landmark), 1, "{landmark}");
    }
    assert!(parsed.values("role").any(|role| role == "search"));
    assert!(parsed.values("aria-live").any(|live| live == "polite"));
    assert!(parsed.elements.iter().any(|(name, attributes)| name == "html" && attributes["lang"] == "en"));
}

#[test]
fn no_level_of_heading_is_left_out() {
    let parsed = parsed();
    let levels = parsed.elements.iter().filter_map(|(name, _)| name.strip_prefix('h')?.parse::<u8>().ok());
    let mut last = 0;
    for level in levels {
        assert!(level <= last + 1, "h{level} follows h{last}");
        last = level;
    }
    assert!(last > 0);
}

#[test]
fn every_head_of_a_table_says_what_it_is_the_head_of() {
    let parsed = parsed();
    assert_eq!(parsed.count("table"), parsed.count("caption"));
    for (name, attributes) in parsed.elements.iter().filter(|(name, _)| name == "th") {
        assert!(attributes.contains_key("scope"), "{name} {attributes:?}");
    }
}

#[test]
fn every_picture_has_a_text_or_is_beside_one() {
    for (name, attributes) in parsed().elements.iter().filter(|(name, _)| name == "svg") {
        let told = attributes.get("role").is_some_and(|role| role == "img") && attributes.contains_key("aria-label");
        let beside =
            attributes.contains_key("aria-hidden") || attributes.get("class").is_some_and(|class| class == "square");
        assert!(told || beside, "{name} {attributes:?}");
    }
}

#[test]
fn what_scrolls_can_be_reached_with_the_keyboard() {
    for (name, attributes) in parsed().elements.iter().filter(|(name, _)| name == "pre") {
        assert_eq!(attributes.get("tabindex").map(String::as_str), Some("0"), "{name} {attributes:?}");
        assert!(attributes.contains_key("aria-label") || attributes.contains_key("aria-labelledby"), "{attributes:?}");
    }
}

#[test]
fn the_script_is_small() {
    let script = include_str!("../../src/report/html/script.js");
    assert!(script.lines().count() < 200, "{} lines", script.lines().count());
}

//! Events in which every text that may be any text is a hostile one.

use serde_json::Value;
use tenantcheck::event::Event;

/// Replaces every text of an event that may be any text, one after the other.
pub fn with_hostile_texts(event: &Event, hostile: &str, spared: &[&str]) -> Event {
    let mut value = serde_json::to_value(event).unwrap();
    let mut places = Vec::new();
    leaves(&value, String::new(), &mut places);
    for place in places.iter().filter(|place| !spared.contains(&place.as_str())) {
        let kept = value.clone();
        let leaf = value.pointer_mut(place).unwrap();
        *leaf = Value::String(format!("{hostile}{}", leaf.as_str().unwrap_or_default()));
        if serde_json::from_value::<Event>(value.clone()).is_err() {
            value = kept;
        }
    }
    serde_json::from_value(value).unwrap()
}

fn leaves(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::String(_) | Value::Null => places.push(at),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, format!("{at}/{index}"), places));
        }
        Value::Object(members) => {
            for (name, member) in members {
                leaves(member, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        _ => {}
    }
}

/// Whether a character would act on a terminal, or turn the direction of text.
pub fn acts(character: char) -> bool {
    (character.is_control() && character != '\n') || ('\u{202a}'..='\u{202e}').contains(&character)
}

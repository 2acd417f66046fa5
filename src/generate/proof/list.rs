//! Reads a header whose value is a list with weights, such as Accept.

/// One element of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What is listed, in lower case.
    pub value: String,
    /// Its parameters but the weight, in lower case.
    pub parameters: Vec<String>,
    /// Its weight in thousandths; 1000 where none stands.
    pub weight: u16,
}

/// The elements of one line. Quoted commas are not known: none of these headers has them.
pub fn elements(line: &str) -> Vec<Element> {
    line.split(',').map(str::trim).filter(|text| !text.is_empty()).map(element).collect()
}

fn element(text: &str) -> Element {
    let mut pieces = text.split(';').map(|piece| piece.trim().to_ascii_lowercase());
    let value = pieces.next().unwrap_or_default();
    let (weights, parameters): (Vec<_>, Vec<_>) = pieces.partition(|piece| piece.starts_with("q="));
    let weight = weights.first().and_then(|piece| thousandths(piece.strip_prefix("q=")?));
    Element { value, parameters, weight: weight.unwrap_or(1000) }
}

fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<3}").parse().ok().filter(|weight| *weight <= 1000)
}

#[cfg(test)]
mod tests {
    use super::{Element, elements};

    #[test]
    fn elements_carry_their_parameters_and_weights() {
        let read = elements("text/*;q=0.25, , Text/Plain;Format=flowed ;q=1.000");
        let element = |value: &str, parameters: &[&str], weight| Element {
            value: value.to_owned(),
            parameters: parameters.iter().map(ToString::to_string).collect(),
            weight,
        };
        assert_eq!(read, [element("text/*", &[], 250), element("text/plain", &["format=flowed"], 1000)]);
        assert_eq!(elements(" "), []);
    }
}

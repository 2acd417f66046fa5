//! Finds what somebody meant to write.

/// Says what to write instead of an unknown word: the nearest of the known ones, else all of them.
pub fn advice<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none to choose from".to_owned(),
        None => format!("known are {}", listed(&known)),
    }
}

/// Lists words in backticks, at most twelve of them.
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    let shown: Vec<String> = words.iter().take(12).map(|word| format!("`{}`", word.as_ref())).collect();
    let rest = if words.len() > shown.len() { ", …" } else { "" };
    format!("{}{rest}", shown.join(", "))
}

/// The known word that somebody meant who wrote another one, if one is like it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let best = known.into_iter().max_by(|one, other| likeness(word, one).total_cmp(&likeness(word, other)))?;
    let enough = if word.len().max(best.len()) > 3 { 0.5 } else { 0.6 };
    (likeness(word, best) >= enough).then_some(best)
}

/// How alike two words are, from 0 to 1; the letter case counts little.
fn likeness(word: &str, known: &str) -> f64 {
    let bounded: String = word.chars().take(100).collect();
    strsim::normalized_damerau_levenshtein(&bounded.to_lowercase(), &known.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::advice;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        for (word, meant) in [("metod", "method"), ("METHOD", "method"), ("headrs", "headers"), ("haeders", "headers")]
        {
            assert_eq!(advice(word, ["headers", "method", "path"]), format!("did you mean `{meant}`?"));
        }
    }

    #[test]
    fn what_is_like_nothing_gets_the_whole_list() {
        assert_eq!(advice("xyz", ["method", "path"]), "known are `method`, `path`");
        assert_eq!(advice("xyz", []), "there is none to choose from");
    }
}

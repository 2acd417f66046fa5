//! The order in which people count: `a2` before `a10`, a folder's files together.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// Compares two paths with `/` between folders.
pub fn order(one: &str, other: &str) -> Ordering {
    let steps = one.split('/').zip(other.split('/')).map(|(one, other)| names(one, other));
    steps
        .fold(Ordering::Equal, Ordering::then)
        .then_with(|| one.split('/').count().cmp(&other.split('/').count()))
        .then_with(|| one.cmp(other))
}

fn names(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let compared = match (one.peek(), other.peek()) {
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let (a, b) = (number(&mut one), number(&mut other));
                a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
            }
            (None, None) => return Ordering::Equal,
            _ => one.next().cmp(&other.next()),
        };
        if compared != Ordering::Equal {
            return compared;
        }
    }
}

fn number(characters: &mut Peekable<Chars<'_>>) -> String {
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    digits.trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn numbers_count_and_a_file_stands_before_its_folder() {
        let mut paths = ["a/x10", "a/x2", "a-b/x", "a", "a/x2/y", "b", "a/x02b"];
        paths.sort_by(|one, other| order(one, other));
        assert_eq!(paths, ["a", "a/x2", "a/x2/y", "a/x02b", "a/x10", "a-b/x", "b"]);
    }
}

//! Finds the paths in code that begin at `crate`, `super` or `self`, and what a `pub use` passes on.

/// The paths that code names, each as its segments; a group in braces is as many paths.
pub fn named(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let begins = |at: &usize| {
        matches!(tokens[*at], "crate" | "super" | "self")
            && tokens.get(at + 1) == Some(&"::")
            && (*at == 0 || !matches!(tokens[at - 1], "::" | "$"))
    };
    (0..tokens.len()).filter(begins).flat_map(|at| tree(&tokens, at).0).collect()
}

/// What a file passes on with `pub use`: the name that it has here, and its path.
pub fn passed_on(code: &str) -> Vec<(String, Vec<String>)> {
    let tokens = tokens(code);
    let public = |at: usize| at > 0 && matches!(tokens[at - 1], "pub" | ")");
    let starts = (0..tokens.len()).filter(|at| tokens[*at] == "use" && public(*at));
    starts.flat_map(|at| tree(&tokens, at + 1).0).filter_map(|path| Some((path.last()?.clone(), path))).collect()
}

/// Reads one tree of paths; answers the paths and where the tree ends. An alias is left out.
fn tree(tokens: &[&str], start: usize) -> (Vec<Vec<String>>, usize) {
    let (mut path, mut at) = (Vec::new(), start);
    loop {
        match tokens.get(at) {
            Some(&"{") if !path.is_empty() => {
                let (branches, end) = group(tokens, at + 1);
                let joined = |branch: Vec<String>| [path.clone(), branch].concat();
                return (branches.into_iter().map(joined).collect(), end);
            }
            Some(word) if is_word(word) => path.push((*word).to_owned()),
            _ => return (vec![path], at),
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            return (vec![path], at);
        }
        at += 1;
    }
}

fn group(tokens: &[&str], start: usize) -> (Vec<Vec<String>>, usize) {
    let (mut branches, mut at) = (Vec::new(), start);
    while let Some(token) = tokens.get(at) {
        match *token {
            "}" => return (branches, at + 1),
            word if is_word(word) && tokens.get(at - 1) != Some(&"as") => {
                let (found, end) = tree(tokens, at);
                branches.extend(found);
                at = end;
            }
            _ => at += 1,
        }
    }
    (branches, at)
}

/// Words, `::`, and every other character that is not blank.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
        let length = match word {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            word => word,
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

fn is_word(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_') && token != "as"
}

mod tests {
    use super::{named, passed_on};

    fn joined(paths: Vec<Vec<String>>) -> Vec<String> {
        paths.into_iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn a_group_is_as_many_paths() {
        let code = "use crate::{a, b::{C as D, e::F}, g::*}; use super::h;";
        assert_eq!(joined(named(code)), ["crate::a", "crate::b::C", "crate::b::e::F", "crate::g", "super::h"]);
    }

    #[test]
    fn a_path_in_the_middle_of_code_counts() {
        let code =
            "fn f(x: crate::a::B) -> super::C { self::d::e(x); match x { crate::a::B { y } => y, _ => self.z } }";
        assert_eq!(joined(named(code)), ["crate::a::B", "super::C", "self::d::e", "crate::a::B"]);
    }

    #[test]
    fn a_visibility_is_no_path() {
        assert!(named("pub(crate) fn a() {} pub(super) fn b() {}").is_empty());
    }

    #[test]
    fn only_a_public_use_passes_on() {
        let code = "use a::B; pub use c::{D, E}; pub(super) use f::G;";
        let names: Vec<String> =
            passed_on(code).into_iter().map(|(name, path)| name + "=" + &path.join("::")).collect();
        assert_eq!(names, ["D=c::D", "E=c::E", "G=f::G"]);
    }
}

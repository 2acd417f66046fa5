//! What is gone and what has come, in one line.

/// More paths or names are counted only.
const SHOWN: usize = 4;

/// What is gone and what has come, in one line; nothing where neither is.
pub(super) fn turned(gone: &[&str], come: &[&str]) -> Option<String> {
    let list = |word: &str, names: &[&str]| {
        let more = names.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown: Vec<String> = names.iter().take(SHOWN).map(|name| name.chars().take(120).collect()).collect();
        (!names.is_empty()).then(|| format!("{word} {}{more}", shown.join(", ")))
    };
    let told: Vec<String> = [list("gone", gone), list("new", come)].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join("; "))
}

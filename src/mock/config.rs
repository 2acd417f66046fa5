//! The configuration file that makes another process check this tenant.

use crate::contract::{CALLERS, World, WorldValue};
use std::fmt::Write;
use std::path::PathBuf;
use toml::Value;

/// Writes a complete `tenantcheck.toml` that names the file of each caller's token.
pub fn text(url: &str, token_file: impl Fn(&str) -> PathBuf, world: &World) -> String {
    let mut text = format!("[target]\nurl = {}\n", quoted(url));
    for caller in CALLERS {
        let file = token_file(caller);
        line(&mut text, format_args!("\n[credentials.{caller}]\ntoken-file = {}", quoted(&file.to_string_lossy())));
    }
    line(&mut text, format_args!("\n[world]"));
    for (key, value) in &world.0 {
        match value {
            WorldValue::Id(id) => line(&mut text, format_args!("{key} = {}", quoted(id))),
            WorldValue::List(list) => line(&mut text, format_args!("{key} = {}", array(list))),
            WorldValue::IdsBy(_) => {}
        }
    }
    for (key, value) in &world.0 {
        if let WorldValue::IdsBy(names) = value {
            line(&mut text, format_args!("\n[world.{key}]"));
            for (name, ids) in names {
                line(&mut text, format_args!("{name} = {}", array(ids)));
            }
        }
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn array(list: &[String]) -> Value {
    Value::Array(list.iter().map(|text| quoted(text)).collect())
}

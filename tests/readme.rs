//! README.md tells the truth: its console blocks run, its configuration is read, and its flags exist.
//!
//! In a console block every line behind `$ ` is a command and what follows is its output; `...` stands for any lines
//! and `[..]` for any text, the fence may say `exit=N`. Addresses, times and counts are not compared. The address
//! 127.0.0.1:8080 is a tenant of this test that puts a wrong `detailCode` into its 404, as the page's own example does.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");
const TENANT: &str = "127.0.0.1:8080";

/// A fenced block: the words behind its fence, and its lines.
struct Block<'a> {
    info: Vec<&'a str>,
    text: &'a str,
}

fn blocks<'a>(document: &'a str, language: &str) -> Vec<Block<'a>> {
    let fenced = document.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let blocks = fenced.map(|(info, text)| Block { info: info.split_whitespace().collect(), text });
    blocks.filter(|block| block.info.first() == Some(&language)).collect()
}

impl Block<'_> {
    fn exit(&self) -> i32 {
        let told = self.info.iter().find_map(|word| word.strip_prefix("exit="));
        told.map_or(0, |code| code.parse().unwrap())
    }

    /// The commands, each with the output that should follow it.
    fn commands(&self) -> Vec<(&str, &str)> {
        let commands = self.text.split("$ ").skip(1);
        commands.map(|command| command.split_once('\n').unwrap_or((command, ""))).collect()
    }
}

/// The arguments behind `tenantcheck` or `cargo run --`.
fn arguments(command: &str) -> Vec<String> {
    let program = ["cargo run --", "tenantcheck"].iter().find_map(|program| command.strip_prefix(program));
    let arguments = program.unwrap_or_else(|| panic!("`{command}` is no command of ours"));
    arguments.split_whitespace().map(|argument| argument.trim_matches('\'').to_owned()).collect()
}

fn tenantcheck(folder: &Path, arguments: &[String]) -> Output {
    let foreign = std::env::vars_os().map(|(name, _)| name);
    let foreign = foreign.filter(|name| {
        ["SAIL_", "TENANTCHECK_", "GITHUB_"].iter().any(|ours| name.to_string_lossy().starts_with(ours))
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantcheck"));
    foreign.for_each(|name| {
        command.env_remove(name);
    });
    // A token is for a tenant, and without one that is named the embedded tenant would not be checked.
    if arguments.iter().any(|argument| argument == "--target" || argument == "replay" || argument == "--dry-run") {
        for variable in ["SAIL_ACCESS_TOKEN", "LIMITED_TOKEN", "EXPIRED_TOKEN"] {
            command.env(variable, format!("token-of-{variable}"));
        }
    }
    command.args(arguments).current_dir(folder).output().unwrap()
}

/// Text without what differs from run to run.
fn settled(text: &str) -> String {
    let number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit()) && word.parse::<f64>().is_ok();
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let counted = |at: usize| {
            let after = words.get(at + 1).map(|word| word.trim_end_matches([',', ';', '.', ':']));
            matches!(after, Some("ms" | "s" | "served" | "limited" | "requests"))
        };
        let settle = |(at, word): (usize, &&str)| match word.split_once("127.0.0.1:") {
            Some((before, port)) => {
                format!("{before}{TENANT}{}", port.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None if number(word) && counted(at) => "N".to_owned(),
            None => (*word).to_owned(),
        };
        let settled = words.iter().enumerate().map(settle).collect::<Vec<_>>().join(" ");
        settled.replace("N ms", "N s").trim_end().to_owned()
    };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Starts a tenant that answers everything with the same 404, each time under another tracking id.
fn wrong_tenant() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut tracking_id = 0xe7ea_b609_24f6_4aa2_8417_5b9f_a330_9599_u128;
        for stream in listener.incoming() {
            tracking_id += u128::from(answer(tracking_id, &stream.unwrap()));
        }
    });
    address
}

/// Answers a request; false where a connection brought none.
fn answer(tracking_id: u128, mut stream: &TcpStream) -> bool {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let asked = lines.take_while(|line| !line.is_empty()).count() > 0;
    let body = format!(
        r#"{{"detailCode": "400.1 Bad Request Content", "trackingId": "{tracking_id:032x}", "messages": [{{"locale": "en-US", "localeOrigin": "DEFAULT", "text": "The server did not find the document."}}]}}"#
    );
    let head = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nConnection: close";
    if asked {
        let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    }
    asked
}

#[test]
fn every_console_block_shows_what_the_commands_print() {
    let (folder, tenant) = (tempfile::tempdir().unwrap(), wrong_tenant());
    let blocks = blocks(README, "console");
    assert!(blocks.len() >= 3, "the README has lost its console blocks");
    for block in &blocks {
        for (command, expected) in block.commands() {
            let output = tenantcheck(folder.path(), &arguments(&command.replace(TENANT, &tenant)));
            let printed = [output.stdout, output.stderr].concat();
            let printed = String::from_utf8(printed).unwrap();
            assert_eq!(output.status.code(), Some(block.exit()), "$ {command}\n{printed}");
            snapbox::Assert::new().normalize_paths(false).eq(settled(&printed), settled(expected));
        }
    }
}

#[test]
fn the_configuration_is_read_and_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let blocks = blocks(README, "toml");
    let config = blocks.iter().find(|block| block.text.contains("[target]")).unwrap();
    std::fs::write(folder.path().join("tenantcheck.toml"), config.text).unwrap();
    let output = tenantcheck(folder.path(), &arguments("tenantcheck check --dry-run"));
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success() && told.contains("Nothing was sent"), "{told}");
}

#[test]
fn the_case_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("schemas"), &folder.path().join("contract/schemas"));
    let cases = folder.path().join("contract/cases/get-document");
    std::fs::create_dir_all(&cases).unwrap();
    let blocks = blocks(README, "toml");
    let case = blocks.iter().find(|block| block.text.contains("[expect]")).unwrap();
    std::fs::write(cases.join("mine.toml"), case.text).unwrap();
    let output = tenantcheck(folder.path(), &arguments("tenantcheck check --contract contract get-document/mine"));
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn every_flag_that_the_readme_names_exists() {
    let folder = tempfile::tempdir().unwrap();
    let help = |command: &str| {
        let output = tenantcheck(folder.path(), &arguments(&format!("tenantcheck {command} --help")));
        String::from_utf8(output.stdout).unwrap()
    };
    let known: BTreeSet<String> =
        ["check", "fuzz", "flood", "compare", "replay", "mock", "list", "explain", "completions"]
            .map(help)
            .iter()
            .flat_map(|help| flags(help))
            .collect();
    let foreign = |line: &&str| line.contains("curl ") || (line.contains("cargo ") && !line.contains("cargo run --"));
    let lines = README.lines().filter(|line| !foreign(line));
    let named: BTreeSet<String> = lines.flat_map(flags).collect();
    assert!(named.len() > 8, "{named:?}");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// The long flags in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-');
    let words = text.split(ends).filter_map(|word| word.strip_prefix("--"));
    words.filter(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase())).map(ToOwned::to_owned).collect()
}

#[test]
fn what_differs_from_run_to_run_is_settled_and_nothing_else() {
    let text = "checking http://127.0.0.1:4711 · 7 cases\nheld 7 · broken 1 · 12 ms · 1.2 s · exit 1\n";
    assert_eq!(settled(text), "checking http://127.0.0.1:8080 · 7 cases\nheld 7 · broken 1 · N s · N s · exit 1");
}

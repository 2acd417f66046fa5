//! Runs the program as a user would: in a folder of its own, without this process's tenant, tokens and proxies.

use serde_json::Value;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A working folder, gone when dropped.
pub struct Folder(TempDir);

/// What a process left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
}

/// How long a process may run; a run on loopback ends within 100 s by itself.
const LONGEST: Duration = Duration::from_secs(110);
/// Variables that would change what is tested; proxies are told by the end of their name.
const FOREIGN: [&str; 7] = ["SAIL_", "TENANTCHECK_", "SSL_CERT_", "CLICOLOR", "NO_COLOR", "COLUMNS", "GITHUB_"];

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path(name));
        assert!(text.is_ok(), "{name}: {text:?}");
        text.unwrap()
    }

    /// The program with arguments, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tenantcheck"));
        command.args(arguments).current_dir(self.0.path()).env("HOME", self.0.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            let upper = name.to_string_lossy().to_ascii_uppercase();
            if upper.ends_with("_PROXY") || FOREIGN.iter().any(|start| upper.starts_with(start)) {
                command.env_remove(name);
            }
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// The events of a log in this folder, a JSON value each.
    pub fn events(&self, name: &str) -> Vec<Value> {
        self.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The findings of a log in this folder: failing, rule, pointer, each once and sorted.
    pub fn findings(&self, name: &str) -> Vec<(bool, String, Option<String>)> {
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let events = self.events(name);
        let found = events.iter().filter(|event| event["event"] == "finding");
        let mut findings: Vec<_> = found
            .map(|event| (event["failing"] == true, text(&event["rule"]).unwrap(), text(&event["pointer"])))
            .collect();
        findings.sort();
        findings.dedup();
        findings
    }
}

impl Ran {
    /// Runs a command to its end and takes in what it prints.
    pub fn of(command: &mut Command) -> Self {
        Self::end(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Waits for a process to end, and kills it if it does not.
    pub fn end(mut child: Child) -> Self {
        let out = drain(child.stdout.take());
        let err = drain(child.stderr.take());
        let end = Instant::now() + LONGEST;
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if Instant::now() > end => break None,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        if status.is_none() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let (out, err) = (out.join().unwrap(), err.join().unwrap());
        let ran = Self { code: status.and_then(|status| status.code()), out, err };
        assert!(status.is_some(), "it did not end: {ran:?}");
        assert!(!ran.err().contains("panicked"), "{}", ran.err());
        ran
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.err).into_owned()
    }

    /// Asserts an exit code and gives back what ran.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out(), self.err());
        self
    }
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).unwrap();
        }
        bytes
    })
}

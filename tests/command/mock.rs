//! `mock`: the embedded tenant as a server for other processes.

use crate::support::program::{Folder, Ran};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A tenant in a process of its own, killed when dropped.
struct Mock {
    child: Child,
    /// The first four lines.
    lines: Vec<String>,
}

impl Mock {
    fn start(folder: &Folder, extra: &[&str]) -> Self {
        let mut command = folder.command(&[&["mock"], extra].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let lines = out.lines().take(4).map(Result::unwrap).collect();
        Self { child, lines }
    }

    fn value(&self, name: &str) -> &str {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| unreachable!("{name}: {:?}", self.lines))
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_tenant_tells_where_it_listens_and_who_may_ask() {
    let mock = Mock::start(&Folder::new(), &[]);
    let url = mock.value("listening ");
    assert!(url.strip_prefix("http://127.0.0.1:").unwrap().parse::<u16>().unwrap() > 0);
    assert_eq!(mock.value("SAIL_BASE_URL="), url);
    assert!(!mock.value("SAIL_CLIENT_ID=").is_empty() && !mock.value("SAIL_CLIENT_SECRET=").is_empty());
    assert_eq!(mock.lines.len(), 4);
}

#[test]
fn another_process_checks_it_by_the_configuration_that_it_writes() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("there")).unwrap();
    let _mock = Mock::start(&folder, &["--rate", "100/1", "--write-config", "there/mock.toml"]);
    let ran = folder.run(&["check", "--config", "there/mock.toml"]).exits(0);
    assert!(!ran.out().contains("skipped") && ran.out().contains("\nheld "), "{}", ran.out());
}

#[cfg(unix)]
#[test]
fn the_files_with_tokens_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    let _mock = Mock::start(&folder, &["--write-config", "mock.toml"]);
    for name in ["mock.toml", "mock.full.token", "mock.limited.token", "mock.expired.token"] {
        let mode = std::fs::metadata(folder.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_variant_may_have_a_fault_and_is_told_by_that_alone() {
    let folder = Folder::new();
    let odd = ["--variant", "framing/chunked", "--fault", "task/no-id", "--write-config", "mock.toml"];
    let _mock = Mock::start(&folder, &odd);
    let check = ["check", "--config", "mock.toml", "--report", "ndjson=log"];
    folder.run(&[check.as_slice(), &["*/documents/**", "*/upload/file"]].concat()).exits(1);
    let rules = folder.events("log").into_iter().filter(|event| event["event"] == "finding");
    assert!(rules.map(|event| event["rule"] == "body.schema").collect::<Vec<_>>() == [true]);
}

#[test]
fn a_slow_limit_is_waited_for() {
    let folder = Folder::new();
    let _mock = Mock::start(&folder, &["--rate", "5/1", "--write-config", "mock.toml"]);
    let ran =
        folder.run(&["check", "--config", "mock.toml", "get-document/documents", "--report", "ndjson=log"]).exits(0);
    assert!(folder.events("log").iter().any(|event| event["event"] == "wait"), "{}", ran.out());
}

#[test]
fn a_port_that_is_taken_is_told() {
    let folder = Folder::new();
    let first = Mock::start(&folder, &[]);
    let port = first.value("listening http://127.0.0.1:").to_owned();
    let ran = folder.run(&["mock", "--port", &port]).exits(2);
    assert!(ran.err().starts_with(&format!("error: cannot listen on port {port}: choose another")), "{}", ran.err());
}

#[test]
fn a_configuration_that_cannot_be_written_is_told() {
    let ran = Folder::new().run(&["mock", "--write-config", "no/mock.toml"]).exits(2);
    assert!(ran.err().contains("choose a folder that exists"), "{}", ran.err());
}

#[test]
fn its_own_files_are_written_anew_and_nobody_elses() {
    let folder = Folder::new();
    let write = ["mock", "--write-config", "mock.toml"];
    drop(Mock::start(&folder, &write[1..]));
    let first = folder.read("mock.toml");
    drop(Mock::start(&folder, &write[1..]));
    let second = folder.read("mock.toml");
    assert_ne!(first, second, "another port");
    for (name, text) in [
        ("mock.full.token", "a token of a real tenant"),
        ("mock.expired.token", "a.b.c"),
        ("mock.toml", "[target]\nurl = \"https://acme.api.identitynow.com\"\n"),
        ("mock.toml", &format!("{second}# mine\n")),
    ] {
        let before = ["mock.toml", "mock.full.token", "mock.limited.token"].map(|other| folder.read(other));
        let own = folder.read(name);
        folder.write(name, text);
        let ran = folder.run(&write).exits(2);
        assert!(
            ran.err().starts_with(&format!("error: {name} is there, and `mock` did not write it")),
            "{}",
            ran.err()
        );
        assert!(ran.out().is_empty(), "{}", ran.out());
        assert_eq!(folder.read(name), text);
        folder.write(name, &own);
        assert_eq!(before, ["mock.toml", "mock.full.token", "mock.limited.token"].map(|other| folder.read(other)));
    }
    folder.write("full.token", "a token of a real tenant");
    drop(Mock::start(&folder, &write[1..]));
    assert_eq!(folder.read("full.token"), "a token of a real tenant");
}

#[test]
fn a_configuration_that_is_a_folder_is_told_before_anything_is_written() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("there")).unwrap();
    let ran = folder.run(&["mock", "--write-config", "there"]).exits(2);
    assert!(ran.err().contains("cannot write there: it is a folder"), "{}", ran.err());
    assert_eq!(std::fs::read_dir(folder.path(".")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_in_order() {
    let mut mock = Mock::start(&Folder::new(), &[]);
    assert!(Command::new("kill").args(["-INT", &mock.child.id().to_string()]).status().unwrap().success());
    assert_eq!(mock.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_rate_that_is_none_is_2() {
    let folder = Folder::new();
    for rate in ["100", "0/1", "1/0", "a/b", "-1/2"] {
        let ran: Ran = folder.run(&["mock", &format!("--rate={rate}")]).exits(2);
        assert!(ran.err().contains("invalid value"), "{}", ran.err());
    }
}

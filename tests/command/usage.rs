//! Wrong usage and wrong configuration: exit 2, and what to do.

use crate::golden::golden;
use crate::support::program::{Folder, Ran};
use crate::{MISSING, stranger};
use tenantcheck::mock::{Options, Tenant};

#[test]
fn a_wrong_flag_is_2() {
    golden("wrong-flag.txt", &Folder::new().run(&["check", "--tagret", "http://127.0.0.1:1"]).exits(2));
}

#[test]
fn a_wrong_format_of_a_report_is_2_with_the_nearest_one() {
    golden("wrong-format.txt", &Folder::new().run(&["check", "--report", "juint=x"]).exits(2));
}

#[test]
fn a_report_in_a_missing_folder_is_2_before_any_request() {
    let (folder, server) = (Folder::new(), stranger());
    let ran = folder.run(&["check", "--target", &server.url(), "--report", "json=no/report.json"]).exits(2);
    golden("missing-folder.txt", &ran);
    assert_eq!(server.connections(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_finds_no_room_is_told_with_its_cause() {
    for format in ["junit", "html", "json", "sarif", "har", "markdown", "ndjson"] {
        let ran =
            Folder::new().run(&["check", "--phase", "cases", "--report", &format!("{format}=/dev/full")]).exits(2);
        let told = format!("error: report {format}=/dev/full: No space left on device");
        assert!(ran.err().starts_with(&told) && ran.out().contains("\nheld "), "{format}: {}", ran.err());
    }
}

#[test]
fn two_reports_to_one_path_are_2() {
    golden("one-path.txt", &Folder::new().run(&["check", "--report", "json=x", "--report", "ndjson=./x"]).exits(2));
}

#[test]
fn a_wrong_key_of_the_configuration_is_2_with_its_line_and_the_nearest_key() {
    let folder = Folder::new();
    folder.write("tenantcheck.toml", "[target]\nurl = \"http://127.0.0.1:1\"\n\n[world]\ndelimited-sorce = \"2c91\"\n");
    golden("wrong-key.txt", &folder.run(&["check"]).exits(2));
}

#[test]
fn several_mistakes_of_the_configuration_are_told_at_once() {
    let folder = Folder::new();
    let config = "[target]\nurl = \"acme\"\nversions = { get-document = \"beta\" }\n\n[credentials.full]\ntoken = \"hunter2\"\n\n[world.documents]\nidentity = [\"2c91\"]\n";
    folder.write("mine.toml", config);
    let ran = folder.run(&["check", "--config", "mine.toml"]).exits(2);
    golden("several-mistakes.txt", &ran);
    assert!(!ran.err().contains("hunter2"));
}

#[test]
fn a_configuration_that_is_not_there_is_2() {
    golden("no-configuration.txt", &Folder::new().run(&["check", "--config", "mine.toml"]).exits(2));
}

#[test]
fn a_contract_that_is_not_there_is_2() {
    golden("no-contract.txt", &Folder::new().run(&["check", "--contract", "mine"]).exits(2));
}

#[test]
fn a_target_that_is_none_is_2() {
    let folder = Folder::new();
    for target in ["acme", "ftp://acme.example", "http://user:hunter2@127.0.0.1:1", "http://127.0.0.1:1/?a=b"] {
        let ran = folder.run(&["check", "--target", target]).exits(2);
        assert!(ran.err().starts_with("error: --target: "), "{}", ran.err());
        assert!(!ran.err().contains("hunter2"), "{}", ran.err());
    }
}

#[test]
fn a_variable_that_the_configuration_names_and_nobody_set_is_2() {
    let folder = Folder::new();
    folder.write(
        "tenantcheck.toml",
        "[target]\nurl = \"http://127.0.0.1:1\"\n[credentials.full]\ntoken-env = \"MINE\"\n",
    );
    golden("unset-variable.txt", &folder.run(&["check"]).exits(2));
    let ran = Ran::of(folder.command(&["check"]).env("MINE", "token"));
    assert_eq!(ran.code, Some(3), "{}", ran.err());
}

#[test]
fn a_number_of_nothing_is_2_in_plain_words() {
    for flag in ["--budget", "--max-body"] {
        let ran = Folder::new().run(&["check", MISSING, flag, "0"]).exits(2);
        assert!(ran.err().contains(&format!("for '{flag} <")), "{}", ran.err());
        assert!(ran.err().contains("write a whole number from 1 on"), "{}", ran.err());
    }
    let ran = Folder::new().run(&["fuzz", "--requests", "0"]).exits(2);
    assert!(ran.err().contains("write a whole number from 1 on"), "{}", ran.err());
}

#[test]
fn a_target_says_what_is_to_be_written_instead() {
    let (folder, tenant) = (Folder::new(), Tenant::start(Options::default()).unwrap());
    let told = |target: &str, code| folder.run(&["check", MISSING, "--target", target]).exits(code);
    assert!(told("localhost:8080", 2).err().contains("`localhost:8080` has no scheme; write http://localhost:8080"));
    assert!(told("https://a:b@c.example:8443/d", 2).err().contains("leave it out of `https://c.example:8443/d`"));
    let ran = told(&tenant.url().replace("http://", "https://"), 3);
    let text = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("does not speak TLS; without it a target begins with http://"), "{text}");
}

#[test]
fn the_help_and_the_completions_name_formats_phases_and_exit_codes() {
    let folder = Folder::new();
    let help = folder.run(&["check", "--help"]).exits(0).out();
    for told in ["Report formats:", "  sarif ", "  github ", "Exit codes:", "\n  4  ", "  129, 130, 143  "] {
        assert!(help.contains(told), "{told}: {help}");
    }
    let script = folder.run(&["completions", "bash"]).exits(0).out();
    assert!(script.contains("junit=") && script.contains("\"cases coverage fuzz flood\""), "no words");
}

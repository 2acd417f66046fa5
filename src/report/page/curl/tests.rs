//! The command is run by a real `sh` with a `curl` that tells what it was given.

use super::{Probe, command};
use std::process::Command;

const TARGET: &str = "http://127.0.0.1:8080/base";
const TELL: &str = r#"curl() { for word in "$@"; do printf '<%s>' "$word"; done; case "$*" in *@-*) cat;; esac; }
SAIL_ACCESS_TOKEN=t0ken; "#;

fn probe(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Probe {
    Probe {
        method: method.into(),
        target: target.into(),
        headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        body: body.into(),
        ..Probe::default()
    }
}

fn lines(probe: &Probe) -> Result<Vec<String>, String> {
    command(probe, probe.body.0.len() as u64, TARGET)
}

fn told(probe: &Probe) -> String {
    let script = format!("{TELL}\n{}", lines(probe).unwrap().join("\n"));
    let output = Command::new("sh").arg("-c").arg(&script).output().unwrap();
    assert!(output.status.success(), "{script}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_shell_hands_curl_what_the_probe_holds() {
    let headers = [("Authorization", "Bearer {{secret full}}"), ("X-Odd", "it's $(id) `id` \"q\""), ("Empty", "")];
    let told = told(&probe("GET", "/base/a/../b?q={x}", &headers, ""));
    let wanted = "<-i><-g><--path-as-is><http://127.0.0.1:8080/base/a/../b?q={x}><-H><Authorization: Bearer t0ken>\
                  <-H><X-Odd: it's $(id) `id` \"q\"><-H><Empty;><-H><Accept:>";
    assert_eq!(told, wanted);
}

#[test]
fn a_body_of_several_lines_arrives_byte_for_byte() {
    let body = "\u{feff}id,\"na'me\"\r\n1,50%\\n\r\n\tlast\u{0}";
    let told = told(&probe("POST", "/x", &[("Content-Type", "text/csv")], body));
    assert!(told.ends_with(&format!("<--data-binary><@->{body}")), "{told:?}");
}

#[test]
fn a_body_is_never_taken_for_a_file_name_and_gets_no_type_of_its_own() {
    let told = told(&probe("PUT", "/x", &[], "@/etc/passwd"));
    assert!(told.ends_with("<-H><Content-Type:><--data-binary><@->@/etc/passwd"), "{told}");
}

#[test]
fn what_curl_would_mend_in_a_url_goes_beside_it() {
    let told = told(&probe("GET", "/a b#c", &[], ""));
    assert!(told.ends_with("<http://127.0.0.1:8080><--request-target></a b#c><-H><Accept:>"), "{told}");
}

#[test]
fn what_curl_cannot_send_says_why() {
    let long = "x".repeat(2049);
    for (probe, why) in [
        (probe("POST", "/x", &[], &long), "2,049 bytes"),
        (probe("GET", "/x\u{202e}", &[], ""), "shell line"),
        (probe("GET", "/x", &[("A", "b\r\nc")], ""), "shell line"),
        (probe("GET", "/x", &[("A b", "c")], ""), "would change"),
        (probe("GET", "/x", &[("Transfer-Encoding", "chunked")], ""), "would change"),
        (probe("POST", "/x", &[("Expect", "100-continue")], "a"), "would wait"),
        (probe("G ET", "/x", &[], ""), "no HTTP method"),
        (probe("POST", "/x", &[], "a={{secret full}}"), "credential"),
        (
            probe("GET", "/x", &[("Authorization", "Bearer {{secret full unsigned}}")], ""),
            "`tenantcheck replay` makes it",
        ),
        (Probe { body: b"\xff\xfe\0".to_vec().into(), ..probe("POST", "/x", &[], "") }, "binary"),
    ] {
        let error = lines(&probe).unwrap_err();
        assert!(error.contains(why), "{error}");
    }
}

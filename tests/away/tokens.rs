//! Tokens: to their own tenant only, inside TLS only.

use crate::trip::{FAST, NAME, Trip};

const REDIRECT: &str = "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://elsewhere.example/\r\n\
                        Content-Length: 0\r\n\r\n";

#[test]
fn a_redirect_is_not_followed_and_the_token_stays() {
    let trip = Trip::answered(Some(("GET ", REDIRECT)));
    let arguments = ["check", "--phase", "cases", "get-document/unknown/document", "--report", "ndjson=log"];
    trip.run(&[&arguments, &FAST[..]].concat()).exits(1);
    let found = trip.folder.findings("log");
    assert!(found.iter().any(|(failing, rule, _)| *failing && rule == "answer.no-redirect"), "{found:?}");
    let asked = trip.proxy.ears(|ears| ears.asked.clone());
    assert!(!asked.is_empty() && asked.iter().all(|one| one.starts_with(&format!("CONNECT {NAME}:443 "))), "{asked:?}");
    assert!(!trip.proxy.requests("GET ").is_empty());
}

#[test]
fn the_proxy_hears_no_token_of_ours() {
    let trip = Trip::new();
    trip.run(&[&["check", "--phase", "cases", "get-document/credential/*"], &FAST[..]].concat()).exits(0);
    let asked = trip.proxy.ears(|ears| ears.asked.clone());
    assert!(!asked.is_empty());
    for one in asked {
        let tokens = ["full", "limited"].map(|caller| trip.tenant.token(caller));
        assert!(!one.to_ascii_lowercase().contains("authorization"), "{one}");
        assert!(tokens.iter().all(|token| !one.contains(token.as_str())), "{one}");
    }
}

#[test]
fn a_credential_of_the_configuration_does_not_go_to_another_target() {
    let trip = Trip::new();
    let ran = trip.run(&["check", "--target", "https://other.example"]).exits(2);
    assert!(ran.err().contains("no token goes elsewhere"), "{}", ran.err());
    assert_eq!(trip.proxy.ears(|ears| ears.connections), 0);
}

#[test]
fn a_credential_of_the_environment_does_not_go_to_another_target() {
    let trip = Trip::new();
    trip.folder.write("tenantcheck.toml", "");
    let mut command = trip.command(&["check", "--target", "https://other.example"]);
    command.env("SAIL_BASE_URL", format!("https://{NAME}")).env("SAIL_ACCESS_TOKEN", trip.tenant.token("full"));
    let ran = crate::support::program::Ran::of(&mut command).exits(2);
    assert!(ran.err().contains("no token goes elsewhere"), "{}", ran.err());
    assert_eq!(trip.proxy.ears(|ears| ears.connections), 0);
}

#[test]
fn nothing_goes_out_over_plain_http() {
    let trip = Trip::new().configured(|line| Some(line.replace("https://", "http://")));
    for arguments in [&["check"][..], &["flood", "--allow-flood"], &["check", "--allow-writes"]] {
        let ran = trip.run(arguments).exits(2);
        assert!(ran.err().contains("unencrypted"), "{}", ran.err());
    }
    assert_eq!(trip.proxy.ears(|ears| ears.connections), 0);
}

#[test]
fn no_proxy_stands_before_loopback() {
    let trip = Trip::new();
    let port = trip.tenant.url().rsplit(':').next().unwrap().to_owned();
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("http://{host}:{port}");
        trip.folder.write("tenantcheck.toml", &trip.tenant.config(std::path::Path::new("")));
        let config = trip.folder.read("tenantcheck.toml").replace(&trip.tenant.url(), &url);
        trip.folder.write("tenantcheck.toml", &config);
        trip.run(&["check", "--phase", "cases", "get-document/unknown/document"]).exits(0);
    }
    assert_eq!(trip.proxy.ears(|ears| ears.connections), 0);
}

#[test]
fn a_dry_run_reaches_nobody() {
    let trip = Trip::new();
    for more in [&[][..], &["--allow-writes", "--allow-flood"]] {
        trip.run(&[&["check", "--dry-run"], more].concat()).exits(0);
    }
    assert_eq!(trip.proxy.ears(|ears| ears.connections), 0);
}

//! Which tenant is asked, and which token may go there.

use crate::golden::golden;
use crate::support::program::{Folder, Ran};
use crate::{MISSING, stranger};

const TOKEN: &str = "hunter2";

#[test]
fn the_configuration_in_the_working_directory_is_found() {
    let (folder, server) = (Folder::new(), stranger());
    folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n", server.url()));
    folder.run(&["check", MISSING]).exits(0);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let [flag, variable, file] = [(); 3].map(|()| stranger());
    let heard = || [&flag, &variable, &file].map(|server| server.requests().len());
    let folder = Folder::new();
    folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n", file.url()));
    folder.run(&["check", MISSING]).exits(0);
    assert_eq!(heard(), [0, 0, 1]);
    Ran::of(folder.command(&["check", MISSING]).env("SAIL_BASE_URL", variable.url())).exits(0);
    assert_eq!(heard(), [0, 1, 1]);
    let arguments = ["check", MISSING, "--target", &flag.url()];
    Ran::of(folder.command(&arguments).env("SAIL_BASE_URL", variable.url())).exits(0);
    assert_eq!(heard(), [1, 1, 1]);
    Ran::of(folder.command(&["check", MISSING]).env("SAIL_BASE_URL", " ")).exits(0);
    assert_eq!(heard(), [1, 1, 2]);
}

#[test]
fn what_is_for_a_tenant_that_nothing_names_is_2_and_never_the_embedded_tenant() {
    let (folder, bare) = (Folder::new(), Folder::new());
    folder.write("none.toml", "[target]\nversions = { get-document = \"v2025\" }\n");
    for (variable, value, told) in [
        ("SAIL_BASE_URL", "", "no target: SAIL_BASE_URL is set, but empty. Name the tenant with --target URL"),
        ("SAIL_BASE_URL", " ", "SAIL_BASE_URL is set, but empty"),
        ("SAIL_ACCESS_TOKEN", TOKEN, "SAIL_ACCESS_TOKEN is set"),
        ("SAIL_CLIENT_SECRET", TOKEN, "SAIL_CLIENT_SECRET is set"),
    ] {
        let ran = Ran::of(folder.command(&["check", MISSING]).env(variable, value)).exits(2);
        assert!(ran.err().contains(told) && ran.out().is_empty() && !ran.err().contains(TOKEN), "{}", ran.err());
    }
    let ran = folder.run(&["check", MISSING, "--config", "none.toml"]).exits(2);
    assert!(ran.err().contains("none.toml was given, and it has no `url` below [target]"), "{}", ran.err());
    for (config, told) in [
        ("[credentials.full]\ntoken-env = \"MINE\"\n", "tenantcheck.toml has [credentials]"),
        ("[world.documents]\nroles = [\"r1\"]\n", "tenantcheck.toml has [world]"),
    ] {
        folder.write("tenantcheck.toml", config);
        let ran = folder.run(&["check", MISSING]).exits(2);
        assert!(ran.err().contains(told), "{}", ran.err());
    }
    bare.write("tenantcheck.toml", "[target]\nversions = { get-document = \"v2025\" }\n");
    let ran = bare.run(&["check", MISSING]).exits(0);
    assert!(ran.out().contains("No target was named"), "{}", ran.out());
}

#[test]
fn a_path_of_the_target_is_kept() {
    let (folder, server) = (Folder::new(), stranger());
    for path in ["/behind/a/gateway", "/behind/a/gateway/"] {
        folder.run(&["check", MISSING, "--target", &format!("{}{path}", server.url())]).exits(0);
        let target = server.requests().pop().unwrap().target;
        assert!(target.starts_with("/behind/a/gateway/v3/search/"), "{target}");
    }
}

#[test]
fn the_version_of_an_operation_is_the_configured_one() {
    let (folder, server) = (Folder::new(), stranger());
    let versions = "versions = { get-document = \"v2025\" }";
    folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n{versions}\n", server.url()));
    folder.run(&["check", MISSING]).exits(0);
    assert!(server.requests()[0].target.starts_with("/v2025/search/"));
}

#[test]
fn a_token_of_the_environment_goes_to_the_host_of_the_environment_only() {
    let [own, other] = [(); 2].map(|()| stranger());
    let folder = Folder::new();
    let arguments = ["check", "get-document/credential", "--target", &other.url()];
    let mut command = folder.command(&arguments);
    let ran = Ran::of(command.env("SAIL_BASE_URL", own.url()).env("SAIL_ACCESS_TOKEN", TOKEN)).exits(2);
    golden("token-elsewhere.txt", &ran);
    assert_eq!(other.connections() + own.connections(), 0);
}

#[test]
fn a_token_of_the_file_goes_to_the_host_of_the_file_only() {
    let [own, other] = [(); 2].map(|()| stranger());
    let folder = Folder::new();
    folder.write("token", TOKEN);
    let config = format!("[target]\nurl = \"{}\"\n[credentials.full]\ntoken-file = \"token\"\n", own.url());
    folder.write("tenantcheck.toml", &config);
    let ran = folder.run(&["check", "--target", &other.url()]).exits(2);
    golden("file-token-elsewhere.txt", &ran);
    assert_eq!(other.connections() + own.connections(), 0);
}

#[test]
fn a_token_without_a_host_of_its_own_goes_to_the_target_of_the_run() {
    let (folder, server) = (Folder::new(), stranger());
    let mut command = folder.command(&["check", "get-document/unknown/document", "--target"]);
    Ran::of(command.arg(server.url()).env("SAIL_ACCESS_TOKEN", TOKEN));
    assert!(server.requests().iter().any(|request| request.bears(TOKEN)));
}

#[test]
fn a_token_never_goes_over_plain_http_to_another_machine() {
    let folder = Folder::new();
    let arguments = ["check", "--target", "http://tenant.invalid"];
    golden("unencrypted.txt", &Ran::of(folder.command(&arguments).env("SAIL_ACCESS_TOKEN", TOKEN)).exits(2));
}

#[test]
fn a_proxy_never_stands_before_a_loopback_address() {
    let [proxy, server] = [(); 2].map(|()| stranger());
    let folder = Folder::new();
    let mut command = folder.command(&["check", MISSING, "--target", &server.url()]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, proxy.url());
    }
    Ran::of(&mut command).exits(0);
    assert_eq!((proxy.connections(), server.requests().len()), (0, 1));
}

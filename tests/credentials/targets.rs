//! Where a credential may go: to its own target only, and never in the clear off loopback.

use crate::front::{Front, Ways};
use crate::scene::{Scene, tenant};

#[test]
fn the_environments_client_belongs_to_the_environments_target() {
    let scene = Scene::new().with("SAIL_BASE_URL", "https://a.example.com").with_client("i", "hunter2");
    assert_eq!(
        scene.error(&["--target", "https://b.example.com"]),
        "the credential `full` from SAIL_CLIENT_ID and SAIL_CLIENT_SECRET belongs to https://a.example.com, not to \
         https://b.example.com: no token goes elsewhere. Give this target a credential of its own"
    );
}

#[test]
fn the_configurations_client_belongs_to_the_configurations_target() {
    let toml = "[target]\nurl = \"https://a.example.com\"\n[credentials.limited]\nclient-id = \"i\"\n\
                client-secret-env = \"MINE\"\n";
    let scene = Scene::new().file("tenantcheck.toml", toml).with("MINE", "hunter2").hiding("hunter2");
    let error = scene.error(&["--target", "http://127.0.0.1:1"]);
    assert!(error.starts_with("the credential `limited` from [credentials.limited] of the configuration belongs to"));
    let toml = toml.replace("[target]\nurl = \"https://a.example.com\"\n", "");
    let told = scene.file("tenantcheck.toml", &toml).check(&["--target", "http://127.0.0.1:1"]);
    assert_eq!(told.code, 3, "without a url it belongs to the run's target, where nobody is: {}", told.all);
}

#[test]
fn no_secret_goes_over_plain_http_off_loopback() {
    let scene = Scene::new().with_client("i", "hunter2");
    assert_eq!(
        scene.error(&["--target", "http://b.example.com"]),
        "the credential `full` would go to http://b.example.com unencrypted: use https://, or a loopback address"
    );
}

#[test]
fn the_vendors_files_never_choose_a_target_and_are_left_alone_for_another() {
    let tenant = tenant();
    let front = Front::before(&tenant, Ways::default());
    let json = r#"{"BaseURL": "https://a.example.com", "ClientId": "i", "ClientSecret": "hunter2"}"#;
    let yaml = "baseurl: https://c.example.com\nclientid: i\nclientsecret: hunter2\n";
    let scene = Scene::of(&tenant, &front.url).file("config.json", json).hiding("hunter2");
    let scene = scene.file("home/.sailpoint/config.yaml", yaml);
    let told = scene.check(&["*/credential/missing"]);
    let url = &front.url;
    let home = scene.path("home/.sailpoint/config.yaml").display().to_string();
    assert_eq!(
        told.notes,
        [
            format!("config.json was left alone: its client belongs to https://a.example.com, not to {url}."),
            format!("{home} was left alone: its client belongs to https://c.example.com, not to {url}."),
        ]
    );
    assert_eq!((told.code, front.asked().len()), (0, 0), "{}", told.all);
    let told = scene.without("SAIL_BASE_URL").check(&["*/credential/missing"]);
    assert!(told.all.contains("embedded tenant"), "{}", told.all);
}

#[test]
fn a_redirect_is_not_followed_with_a_secret() {
    let (tenant, other) = (tenant(), tenant());
    let trap = Front::before(&other, Ways::default());
    let answer = format!("HTTP/1.1 307 X\r\nLocation: {}/oauth/token\r\nContent-Length: 0\r\n\r\n", trap.url);
    let front = Front::before(&tenant, Ways { instead: Some((99, answer)), ..Ways::default() });
    let told = Scene::of(&tenant, &front.url).with_client("i", "hunter2").check(&[]);
    assert_eq!((told.code, trap.asked().len()), (2, 0), "{}", told.all);
    assert_eq!(
        told.notes,
        [format!(
            "no token for `full` from {}/oauth/token: it redirects (307), and a secret follows nowhere; write the URL \
             that the tenant itself answers at",
            front.url
        )]
    );
}

//! Where a credential may come from, and which source goes first.

use crate::scene::{Scene, tenant, world};
use tenantcheck::mock::Tenant;

fn toml(tenant: &Tenant, credentials: &str) -> String {
    format!("[target]\nurl = \"{}\"\n{credentials}\n{}", tenant.url(), world(tenant))
}

fn json(url: &str, id: &str, secret: &str) -> String {
    format!(r#"{{"BaseURL": "{url}", "ClientId": "{id}", "ClientSecret": "{secret}"}}"#)
}

fn yaml(url: &str, id: &str, secret: &str) -> String {
    format!("baseurl: {url}\nclientid: {id}\nclientsecret: {secret}\n")
}

const YAML: &str = "home/.sailpoint/config.yaml";

#[test]
fn a_client_of_the_environment_fetches_one_token() {
    let tenant = tenant();
    let scene = Scene::of(&tenant, &tenant.url()).with_client(tenant.client_id(), tenant.client_secret());
    let told = scene.check(&[]);
    told.held_by(1);
    let exchanges = told.all.matches(r#""event":"exchange""#).count() as u64;
    assert_eq!(told.summary["requests"].as_u64(), Some(exchanges + 1), "the fetch is a request, but no exchange");
}

#[test]
fn a_client_of_the_configuration_has_its_secret_in_the_environment_or_in_a_file() {
    let tenant = tenant();
    let id = format!("client-id = \"{}\"", tenant.client_id());
    let env = toml(&tenant, &format!("[credentials.full]\n{id}\nclient-secret-env = \"MINE\"\n"));
    let scene = Scene::new().with("MINE", tenant.client_secret()).hiding(tenant.client_secret());
    scene.file("tenantcheck.toml", &env).check(&[]).held_by(1);
    let file = toml(&tenant, &format!("[credentials.full]\n{id}\nclient-secret-file = \"my.secret\"\n"));
    let scene = Scene::new().file("tenantcheck.toml", &file).hiding(tenant.client_secret());
    scene.file("my.secret", &format!("{}\n", tenant.client_secret())).check(&[]).held_by(1);
}

#[test]
fn the_vendors_files_give_a_client_for_their_own_tenant() {
    let tenant = tenant();
    let (url, id, secret) = (tenant.url(), tenant.client_id().to_owned(), tenant.client_secret().to_owned());
    let nested = format!(
        "activeenvironment: one\nauthtype: pat\nenvironments:\n  one:\n    baseurl: {url}\n    pat:\n      \
         clientid: {id}\n      clientsecret: {secret}\n"
    );
    for (name, content) in [("config.json", json(&url, &id, &secret)), (YAML, yaml(&url, &id, &secret)), (YAML, nested)]
    {
        Scene::of(&tenant, &url).file(name, &content).check(&[]).held_by(1);
    }
}

#[test]
fn the_environment_goes_before_the_configuration_and_that_before_the_vendors_files() {
    let tenant = tenant();
    let (url, id, secret) = (tenant.url(), tenant.client_id().to_owned(), tenant.client_secret().to_owned());
    let good = format!("[credentials.full]\nclient-id = \"{id}\"\nclient-secret-env = \"MINE\"\n");
    let scene = Scene::new().with("SAIL_BASE_URL", &url).hiding(&secret).with("MINE", &secret);
    // Each is wrong but the first one.
    let scene = scene.file("config.json", "{\"ClientId\": 1, \"ClientSecret\": 2}").file(YAML, "- a\n");
    let scene = scene.file("tenantcheck.toml", &toml(&tenant, &good));
    scene.check(&[]).held_by(1);
    let scene = scene.file("tenantcheck.toml", &toml(&tenant, &good.replace(&id, "wrong")));
    let scene = scene.with_client(&id, &secret);
    scene.check(&[]).held_by(1);
    let scene = scene.with_client("wrong", "wrong too").with("SAIL_ACCESS_TOKEN", &tenant.token("full"));
    scene.hiding(&tenant.token("full")).check(&[]).held_by(0);
}

#[test]
fn the_json_file_goes_before_the_yaml_file() {
    let tenant = tenant();
    let (url, id, secret) = (tenant.url(), tenant.client_id().to_owned(), tenant.client_secret().to_owned());
    let scene = Scene::of(&tenant, &url).file("config.json", &json(&url, &id, &secret)).file(YAML, "- a\n");
    scene.check(&[]).held_by(1);
}

#[test]
fn a_variable_that_the_configuration_names_is_the_configurations() {
    let tenant = tenant();
    let (id, secret) = (tenant.client_id().to_owned(), tenant.client_secret().to_owned());
    let credentials = format!("[credentials.full]\nclient-id = \"{id}\"\nclient-secret-env = \"SAIL_CLIENT_SECRET\"\n");
    let scene = Scene::new().file("tenantcheck.toml", &toml(&tenant, &credentials)).hiding(&secret);
    scene.with("SAIL_CLIENT_SECRET", &secret).check(&[]).held_by(1);
}

#[test]
fn the_limited_caller_may_be_a_client_too() {
    let tenant = tenant();
    let (id, secret) = (tenant.client_id().to_owned(), tenant.client_secret().to_owned());
    let client = format!("client-id = \"{id}\"\nclient-secret-env = \"MINE\"\n");
    let scene = Scene::new().with("MINE", &secret).hiding(&secret);
    let scene = scene.file(
        "tenantcheck.toml",
        &toml(&tenant, &format!("[credentials.full]\n{client}[credentials.limited]\n{client}")),
    );
    let told = scene.check(&["*/credential/*"]);
    assert_eq!((told.fetched("full"), told.fetched("limited")), (1, 1), "{:?}", told.notes);
    // The one client of this tenant has every authority.
    assert_eq!(told.code, 1);
    assert!(told.all.contains("credential.lacking-authority"), "{}", told.all);
}

#[test]
fn nothing_is_fetched_where_nothing_is_sent() {
    let tenant = tenant();
    let scene = Scene::of(&tenant, &tenant.url()).with_client("i", "hunter2");
    let output = scene.check(&["--dry-run"]);
    assert_eq!((output.code, output.notes.len()), (0, 0), "{output:?}");
    assert!(output.all.contains("Nothing was sent."), "{}", output.all);
}

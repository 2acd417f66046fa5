//! Each way to get a credential wrong, and what the user is told.

use crate::front::{Front, Ways, answer};
use crate::scene::{Scene, tenant};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

const TARGET: &str = "[target]\nurl = \"http://127.0.0.1:1\"\n";

fn configured(credentials: &str) -> Scene {
    Scene::new().file("tenantcheck.toml", &format!("{TARGET}{credentials}")).hiding("hunter2")
}

fn client(secret: &str) -> Scene {
    configured(&format!("[credentials.full]\nclient-id = \"i\"\n{secret}\n"))
}

#[test]
fn half_a_client_in_the_environment_is_an_error() {
    let scene = Scene::new().with("SAIL_BASE_URL", "http://127.0.0.1:1").hiding("hunter2");
    let scene = scene.with("SAIL_CLIENT_ID", "i").with("SAIL_CLIENT_SECRET", " ");
    assert_eq!(
        scene.error(&[]),
        "SAIL_CLIENT_ID is set, but SAIL_CLIENT_SECRET is not, or is empty: a client has an id and a secret; set both \
         or neither"
    );
    let scene = scene.without("SAIL_CLIENT_ID").with("SAIL_CLIENT_SECRET", "hunter2");
    assert!(scene.error(&[]).starts_with("SAIL_CLIENT_SECRET is set, but SAIL_CLIENT_ID is not"));
}

#[test]
fn a_secret_that_is_not_where_the_configuration_says_is_an_error() {
    assert_eq!(
        client("client-secret-env = \"MINE\"").with("MINE", "").error(&[]),
        "the environment variable MINE, which [credentials.full] names, is not set: set it, or take \
         [credentials.full] out"
    );
    let scene = client("client-secret-file = \"my.secret\"");
    assert_eq!(
        scene.error(&[]),
        "the secret file my.secret of [credentials.full] cannot be read: No such file or directory (os error 2)"
    );
    assert_eq!(
        scene.file("my.secret", " \n").error(&[]),
        "the secret file my.secret of [credentials.full] is empty: write the secret into it, and nothing else"
    );
    assert_eq!(
        client("client-secret-file = \"my.secret\"").file("my.secret", "hunter2\nand more\n").error(&[]),
        "the client of `full` from [credentials.full] of the configuration has a control character in its id or \
         secret: give each alone, in one line"
    );
}

#[test]
fn an_expired_token_is_an_error_whoever_bears_it() {
    let jwt = |exp: u64| {
        let payload = URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{exp}}}"#));
        format!("e30.{payload}.hunter2")
    };
    for caller in ["full", "limited"] {
        let scene =
            configured(&format!("[credentials.{caller}]\ntoken-env = \"MINE\"\n")).with("MINE", &jwt(978_307_200));
        let error = scene.error(&[]);
        let (start, end) = error.split_once(" expired ").unwrap();
        assert_eq!(start, format!("the token of `{caller}` from [credentials.{caller}] of the configuration"));
        let advice = " days ago: get a new one, or name a client by `client-id`, whose tokens are fetched";
        assert!(end.ends_with(advice), "{end}");
        // Nobody listens at this target: the token itself is no error.
        assert_eq!(scene.with("MINE", &jwt(4_102_444_800)).check(&[]).code, 3);
    }
    let opaque = configured("[credentials.limited]\ntoken-env = \"MINE\"\n").with("MINE", "hunter2-opaque");
    assert_eq!(opaque.check(&[]).code, 3);
    let good = configured("[credentials.expired]\ntoken-env = \"MINE\"\n").with("MINE", &jwt(4_102_444_800));
    let error = good.error(&[]);
    assert!(error.contains("is still good for") && error.contains("name one whose time is over"), "{error}");
    let client = configured("[credentials.expired]\nclient-id = \"i\"\nclient-secret-env = \"MINE\"\n");
    let error = client.with("MINE", "hunter2").error(&[]);
    assert!(error.contains("a client fetches tokens that are good"), "{error}");
}

#[test]
fn a_file_of_the_vendor_that_cannot_be_used_is_an_error_with_its_place() {
    let advice = "mend it, or name a credential in the environment or in tenantcheck.toml, and it is not looked at";
    let scene = || Scene::new().with("SAIL_BASE_URL", "http://127.0.0.1:1").hiding("hunter2");
    let yaml = "clientid: i\nclientsecret: [hunter2]\n";
    assert_eq!(
        scene().file("home/.sailpoint/config.yaml", yaml).error(&[]),
        format!(
            "$FOLDER/home/.sailpoint/config.yaml: line 2: it is more YAML than is read here: write `key: value`, one a \
             line\n  = {advice}"
        )
    );
    let json = r#"{"BaseURL": "http://127.0.0.1:1", "ClientSecret": "hunter2"}"#;
    assert_eq!(
        scene().file("config.json", json).error(&[]),
        format!("config.json: it holds a secret but names no client: `ClientId` is missing\n  = {advice}")
    );
    let others = scene().file("config.json", "{ \"theme\": dark }").check(&[]);
    assert_eq!((others.code, others.notes.len()), (3, 1), "{}", others.all);
}

/// Runs against a server that answers so to a request for a token; gives the exit code and what is told after the URL.
fn asked(answer: &str, client: (&str, &str)) -> (i32, String) {
    let tenant = tenant();
    let front = Front::before(&tenant, Ways { instead: Some((99, answer.into())), ..Ways::default() });
    let scene = Scene::of(&tenant, &front.url).with_client(client.0, client.1);
    let told = scene.check(&["--wait-limits", "3"]);
    let start = format!("no token for `full` from {}/oauth/token: ", front.url);
    (told.code, told.notes.last().unwrap().strip_prefix(&start).unwrap().to_owned())
}

#[test]
fn each_wrong_answer_to_a_request_for_a_token_is_told() {
    for (answer, code, told) in [
        (
            answer(401, r#"{"error":"invalid_client","error_description":"Bad client credentials"}"#),
            2,
            "the tenant refuses the client (401, invalid_client: Bad client credentials); check the id and the secret \
             of SAIL_CLIENT_ID and SAIL_CLIENT_SECRET",
        ),
        (
            answer(404, "{}"),
            2,
            "nothing is there (404); the target is the base URL of the API, like https://acme.api.identitynow.com, \
             without a version",
        ),
        (answer(200, "<html>"), 2, "its answer is no JSON; is the target a tenant's API?"),
        (answer(200, "{}"), 2, "its answer holds no text `access_token`; is the target a tenant's API?"),
        (
            answer(200, r#"{"access_token":"a","token_type":"mac"}"#),
            2,
            "its token is of the type `mac`, but only bearer tokens can be sent",
        ),
        (
            answer(200, r#"{"access_token":"a b"}"#),
            2,
            "its token holds a blank or a control character, which no header can carry",
        ),
        (
            answer(418, "{}"),
            2,
            "the tenant refuses the client (418); check the id and the secret of SAIL_CLIENT_ID and SAIL_CLIENT_SECRET",
        ),
        (answer(500, "{}"), 3, "it answers 500; is the target a tenant's API?"),
        (answer(503, "{}"), 3, "it answers 503 at this time; try again later"),
    ] {
        assert_eq!(asked(&answer, ("i", "hunter2")), (code, told.to_owned()));
    }
}

#[test]
fn a_tenant_that_says_the_secret_back_does_not_get_it_shown() {
    for said in ["hunter2 & more", "hunter2+%26+more"] {
        let body = format!(r#"{{"error":"invalid_client","error_description":"no {said}"}}"#);
        let (code, told) = asked(&answer(401, &body), ("i", "hunter2 & more"));
        assert!(code == 2 && told.contains("no {{secret full client-secret}})"), "{told}");
    }
}

#[test]
fn a_tenant_that_is_silent_where_tokens_are_given_is_not_judged() {
    let (code, told) = asked("", ("i", "hunter2"));
    assert_eq!((code, told.as_str()), (3, "no answer began within 5s"));
}

#[test]
fn a_tenant_whose_certificate_nobody_trusts_gets_no_secret() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.accept().map(drop));
    let told = Scene::new().with("SAIL_BASE_URL", &url).with_client("i", "hunter2").check(&[]);
    assert_eq!(told.code, 3, "{}", told.all);
    assert!(told.notes[0].starts_with(&format!("{url} cannot be reached")), "{:?}", told.notes);
}

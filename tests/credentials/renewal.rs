//! Tokens that end, or are taken back, while a run is under way.

use crate::front::{Front, Ways, answer};
use crate::scene::{Scene, Told, tenant, world};
use std::sync::Arc;
use std::time::Instant;
use tenantcheck::exchange::{Client, Secrets, Target};
use tenantcheck::wire::{Limits, Wire};

fn run(ways: Ways, arguments: &[&str]) -> (Told, Front) {
    let tenant = tenant();
    let front = Front::before(&tenant, ways);
    let scene = Scene::of(&tenant, &front.url).with_client("my client", "hunter2 & more").hiding("front-token");
    let told = scene.hiding("hunter2").check(arguments);
    (told, front)
}

#[test]
fn a_client_is_sent_as_a_form_and_nowhere_else() {
    let (told, front) = run(Ways::default(), &[]);
    told.held_by(1);
    let asked = front.asked();
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "grant_type=client_credentials&client_id=my+client&client_secret=hunter2+%26+more");
    let head = head.to_lowercase();
    assert!(head.starts_with("post /oauth/token http/1.1\r\n") && !head.contains("authorization"), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
}

#[test]
fn a_token_is_replaced_before_it_ends() {
    // One that ends shows that nothing is refused; one that does not, that its end was not waited for.
    for (jobs, ends) in [("1", true), ("4", true), ("1", false), ("4", false)] {
        let began = Instant::now();
        let ways = Ways { life: Some(1.0), ends, ..Ways::default() };
        let (told, front) = run(ways, &["--jobs", jobs, "--rate", "50/1"]);
        assert_eq!(told.code, 0, "{}", told.all);
        let fetched = told.fetched("full");
        let most = usize::try_from(began.elapsed().as_millis() / 900).unwrap() + 2;
        assert!((2..=most).contains(&fetched), "{fetched} of {most}");
        assert_eq!(fetched, front.asked().len());
        assert!(!told.all.contains("flaky"), "{}", told.all);
    }
}

#[test]
fn a_token_that_is_taken_back_is_replaced_once_a_control_was_refused_too() {
    for (jobs, uses) in [("1", 60), ("4", 10), ("4", 25), ("4", 40), ("4", 60)] {
        let (told, _front) = run(Ways { uses: Some(uses), ..Ways::default() }, &["--jobs", jobs]);
        assert_eq!(told.code, 0, "{}", told.all);
        assert!(told.fetched("full") >= 2, "{:?}", told.notes);
        assert_eq!((told.summary["broken"].as_u64(), told.summary["inconclusive"].as_u64()), (Some(0), Some(0)));
        assert!(!told.all.contains("flaky"), "{}", told.all);
    }
}

#[test]
fn a_client_that_is_taken_back_too_leaves_the_rest_inconclusive() {
    for jobs in ["1", "4"] {
        let ways = Ways { uses: Some(60), tokens: 1, ..Ways::default() };
        let (told, front) = run(ways, &["--jobs", jobs]);
        assert_eq!((told.code, told.fetched("full"), front.asked().len()), (3, 1, 2), "{}", told.all);
        assert_eq!(told.summary["broken"].as_u64(), Some(0), "{}", told.all);
        assert!(told.notes.iter().any(|note| note.contains("401, invalid_client")), "{:?}", told.notes);
    }
}

#[test]
fn a_token_that_never_worked_is_not_replaced() {
    let (told, front) = run(Ways { uses: Some(0), ..Ways::default() }, &[]);
    assert_eq!((told.code, front.asked().len()), (3, 1), "{}", told.all);
    assert_eq!(told.summary["broken"].as_u64(), Some(0), "{}", told.all);
}

#[test]
fn a_token_of_unknown_life_is_used_until_it_is_refused() {
    let (told, front) = run(Ways { life: None, ..Ways::default() }, &[]);
    told.held_by(1);
    assert_eq!(front.asked().len(), 1);
}

#[test]
fn a_limit_on_tokens_is_waited_for() {
    let busy = answer(429, "{}").replace("\r\n\r\n", "\r\nRetry-After: 1\r\n\r\n");
    let (told, front) = run(Ways { instead: Some((1, busy)), ..Ways::default() }, &[]);
    told.held_by(1);
    assert_eq!(front.asked().len(), 2);
    assert!(told.all.contains(r#""why":"a token to be had""#), "{}", told.all);
}

/// Both callers by clients; gives what was told.
fn both(ways: Ways) -> Told {
    let tenant = tenant();
    let front = Front::before(&tenant, ways);
    let client = |caller| format!("[credentials.{caller}]\nclient-id = \"{caller}\"\nclient-secret-env = \"MINE\"\n");
    let scene = Scene::new().with("SAIL_BASE_URL", &front.url).with("MINE", "hunter2").hiding("hunter2");
    let config = [client("full"), client("limited"), world(&tenant)].concat();
    scene.file("tenantcheck.toml", &config).hiding("front-token").check(&["*/credential/*"])
}

#[test]
fn a_limited_caller_whose_token_is_taken_back_gets_another_before_anything_is_blamed() {
    let told = both(Ways { limited_uses: Some(5), ..Ways::default() });
    assert_eq!((told.code, told.fetched("full"), told.fetched("limited")), (0, 1, 2), "{}", told.all);
    assert!(!told.all.contains("flaky"), "{}", told.all);
}

#[test]
fn a_limited_caller_who_is_refused_with_401_from_the_start_is_a_finding_that_says_what_it_may_be() {
    let told = both(Ways { limited_uses: Some(0), ..Ways::default() });
    assert_eq!((told.code, told.fetched("limited")), (1, 1), "{}", told.all);
    assert!(told.all.contains("(a token of this caller that expired would look the same)"), "{}", told.all);
}

#[test]
fn requests_at_once_cost_one_token() {
    let tenant = tenant();
    let front = Front::before(&tenant, Ways::default());
    let mut secrets = Secrets::default();
    secrets.insert(Client::secret("full"), "hunter2");
    let client = Client { caller: "full".into(), id: "i".into(), source: String::new() };
    let target = Target::parse(&front.url).unwrap();
    let wire = Wire::new(target, secrets, Limits::default(), None).unwrap().with_clients(vec![client]);
    let wire = Arc::new(wire);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let fresh = || {
            let wire = Arc::clone(&wire);
            tokio::spawn(async move { wire.freshen(Some("full")).await })
        };
        for task in [fresh(), fresh(), fresh(), fresh()] {
            assert_eq!(task.await.unwrap(), Ok(()));
        }
    });
    assert_eq!((front.asked().len(), wire.fetches().len()), (1, 1));
}

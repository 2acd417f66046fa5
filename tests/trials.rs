//! One trial of a request that several variations share: cheap when it holds, and it tells which of them broke.
//!
//! A harness of its own, since it runs itself once more as the harness whose trials are the cases.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use libtest_mimic::{Arguments, Trial};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::program::{Folder, Ran};
use support::server::{Request, Server, forward, json};
use tenantcheck::libtest;
use tenantcheck::mock::{Options, Rate, Tenant};
use tenantcheck::plan::Select;
use tenantcheck::run::{Bench, Choice, Environment};

/// Says that this process is to be the harness of the cases.
const INNER: &str = "TRIALS_INNER";
/// Names its list of known failures.
const KNOWN: &str = "TRIALS_KNOWN";
/// What one of those that share a request sends.
const NAME: &str = "filename=\"Copy (1) of ";
const MEMBER: &str = "multipart/file-name-with-blanks";

fn main() {
    if std::env::var_os(INNER).is_some() {
        let baseline = std::env::var_os(KNOWN).map(PathBuf::from);
        libtest::main(Choice { baseline, ..Choice::default() }).exit();
    }
    let trials = vec![
        Trial::test("a_shared_request_that_holds_costs_its_control_and_itself", || {
            let (ran, requests, case) = trial(false, |_| false);
            assert_eq!(ran.code, Some(0), "{case}\n{}", ran.out());
            assert!((1..=2).contains(&requests), "{requests} requests");
            Ok(())
        }),
        Trial::test("a_shared_request_that_breaks_tells_which_of_those_that_share_it_did", || {
            let (ran, _, case) = trial(false, crashes);
            assert_eq!(ran.code, Some(101), "{}", ran.out());
            let out = ran.out();
            let told = format!("`{case}` is one request for several. Each was then sent by itself, and these broke:\n");
            let (_, broken) = out.split_once(&told).unwrap();
            let broken: Vec<&str> = broken.lines().take_while(|line| !line.is_empty()).collect();
            assert!(matches!(broken.as_slice(), [one] if one.contains(MEMBER)), "{out}");
            Ok(())
        }),
        Trial::test("a_trial_that_breaks_in_known_ways_only_passes", || {
            let (ran, _, case) = trial(true, crashes);
            assert_eq!(ran.code, Some(0), "{case}\n{}", ran.out());
            Ok(())
        }),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn crashes(request: &Request) -> bool {
    String::from_utf8_lossy(&request.bytes).contains(NAME)
}

/// Runs the trial of the request that holds the member, against a tenant that crashes on some requests, which may be
/// known: what it printed, how many requests it cost, and its name.
fn trial(known: bool, crashes: impl Fn(&Request) -> bool + Send + Sync + 'static) -> (Ran, usize, String) {
    let tenant =
        Tenant::start(Options { rate: Rate { requests: 1_000_000, seconds: 1 }, ..Options::default() }).unwrap();
    let address = tenant.url().trim_start_matches("http://").to_owned();
    let server =
        Server::start(
            move |request| {
                if crashes(request) { crash(request.number) } else { forward(&address, &request.bytes) }
            },
        );
    let folder = Folder::new();
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &tenant.config(Path::new("")).replace(&tenant.url(), &server.url()));
    let config = folder.path("tenantcheck.toml");
    let case = shared(&config);
    if known {
        folder.run(&["check", &case, "--baseline", "known.toml", "--update-baseline"]).exits(0);
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .env_clear()
        .envs(known.then(|| (KNOWN, folder.path("known.toml"))))
        .env(INNER, "1")
        .env(libtest::CONFIG, &config)
        .args(["--exact", &case]);
    (Ran::of(&mut command), server.requests().len(), case)
}

/// The case whose request the member shares with others.
fn shared(config: &Path) -> String {
    let choice = Choice { config: Some(config.to_path_buf()), ..Choice::default() };
    let bench = Bench::new(choice, &Environment::default()).unwrap();
    let plan = bench.plan(&Select::default());
    let holds = |id: &str| id.contains(MEMBER);
    let found = plan.selected().find(|planned| planned.members.iter().any(|member| holds(&member.case.id)));
    found.unwrap().case.id.clone()
}

fn crash(number: usize) -> Vec<u8> {
    let tracking_id = format!("{number:032x}");
    json(500, &serde_json::json!({"detailCode": "500.0 Internal Fault", "trackingId": tracking_id}))
}

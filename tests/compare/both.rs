//! Two tenants that are sent the same cases, each by its own configuration.

use crate::faults::{FAULTS, rules};
use crate::front::{Front, crash};
use crate::support::program::{Folder, Ran};
use crate::support::server::Server;
use crate::tenants::{change, compare, tenant};

const QUICK: [&str; 2] = ["--phase", "cases,coverage"];
/// What fails on everything that differs.
const ALL: [&str; 2] = ["--fail-on", "new,worse,changed,flaky,not-run,differences"];

#[test]
fn two_honest_tenants_with_other_tokens_and_other_things_do_not_differ() {
    let folder = Folder::new();
    let _tenants = [tenant(&folder, "a", &[]), tenant(&folder, "b", &[])];
    // The same kinds of things, of which each case asks for another one: the last id becomes the first.
    change(&folder, "b.toml", |text| {
        let turn = |line: &str| match line.split_once(" = [") {
            Some((key, ids)) if key != "csv-columns" => {
                let mut ids: Vec<&str> = ids.trim_end_matches(']').split(", ").collect();
                ids.rotate_right(1);
                format!("{key} = [{}]\n", ids.join(", "))
            }
            _ => format!("{line}\n"),
        };
        text.lines().map(turn).collect()
    });
    let (ran, compared) = compare(&folder, "a.toml", "b.toml", &[QUICK, ALL].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out().ends_with("Nothing changed. exit 0\n"), "{}", ran.out());
    assert_eq!(compared["old"]["judged"], compared["new"]["judged"]);
    assert!(compared["old"]["judged"].as_u64().unwrap() > 200, "{compared}");
}

#[test]
fn a_fault_of_one_side_is_the_one_change_in_either_order() {
    let folder = Folder::new();
    let _honest = tenant(&folder, "honest", &[]);
    for (fault, rule) in [FAULTS[1], FAULTS[4], FAULTS[6]] {
        let name = fault.replace('/', "-");
        let _faulty = tenant(&folder, &name, &[fault]);
        let faulty = format!("{name}.toml");
        let (ran, compared) = compare(&folder, "honest.toml", &faulty, &QUICK);
        assert_eq!(ran.code, Some(1), "{fault}: {ran:?}");
        assert_eq!(rules(&compared, "new"), [rule], "{fault}");
        let changes = compared["changes"].as_array().unwrap();
        assert!(changes.iter().all(|change| change["turn"] == "new"), "{fault}: {}", ran.out());
        let (ran, compared) = compare(&folder, &faulty, "honest.toml", &QUICK);
        assert_eq!((ran.code, rules(&compared, "fixed")), (Some(0), vec![rule.to_owned()]), "{fault}: {ran:?}");
    }
}

#[test]
fn the_same_fault_of_both_sides_is_still_there_whatever_ids_it_shows() {
    let folder = Folder::new();
    let _tenants = ["a", "b"].map(|name| tenant(&folder, name, &["meaning/neighbour"]));
    // The other side knows the same document by another place in its list.
    change(&folder, "b.toml", |text| text.replacen("\"2c91806a3763c57abd483b22ce5f511c\", ", "", 1));
    let (ran, compared) =
        compare(&folder, "a.toml", "b.toml", &["get-document/documents", "--fail-on", "new,worse,changed,flaky"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(rules(&compared, "still"), ["identity.same-id"], "{compared}");
}

#[test]
fn what_only_one_world_has_is_not_run_in_the_other() {
    let folder = Folder::new();
    let _honest = tenant(&folder, "less", &[]);
    change(&folder, "less.toml", |text| {
        let kept = |line: &&str| !line.starts_with("roles") && !line.starts_with("direct-source");
        text.lines().filter(kept).collect::<Vec<_>>().join("\n")
    });
    let whole = Front::start(|request| request.target.contains("/roles/2c91").then(|| crash(request)));
    whole.configure(&folder);
    let globs = ["get-document/documents", "load-accounts/direct"];
    let (ran, compared) = compare(&folder, "less.toml", "tenantcheck.toml", &globs);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(rules(&compared, "not-run"), ["answer.no-server-error"], "{compared}");
    assert_eq!((rules(&compared, "new"), rules(&compared, "fixed")), (vec![], vec![]));
    assert!(ran.out().contains("in the old run its case was not selected, or the world has no"), "{}", ran.out());
    assert!(ran.out().contains("skipped, now held (less.toml names no `direct-source`"), "{}", ran.out());
    let (ran, compared) = compare(&folder, "tenantcheck.toml", "less.toml", &globs);
    assert_eq!((ran.code, rules(&compared, "not-run").len()), (Some(0), 1), "{ran:?}");
    let strict = [&globs[..], &["--fail-on", "not-run"]].concat();
    assert_eq!(compare(&folder, "tenantcheck.toml", "less.toml", &strict).0.code, Some(1));
}

#[test]
fn each_side_leaves_a_run_folder_for_every_other_command() {
    let folder = Folder::new();
    let _tenants = [tenant(&folder, "a", &[]), tenant(&folder, "b", &["unknown/source"])];
    let glob = ["load-accounts/unknown"];
    folder.run(&["check", "--config", "a.toml", "get-document/unknown", "--run-dir", "runs"]).exits(0);
    let own = folder.read("runs/run.ndjson");
    let (ran, compared) = compare(&folder, "a.toml", "b.toml", &[&glob[..], &["--run-dir", "runs"]].concat());
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(compared["new"]["log"], "runs/compare/new/run.ndjson");
    let told = ran.err();
    assert!(told.contains("old: checking http://127.0.0.1:") && told.contains("of b.toml"), "{told}");
    // What `check` left there stays as it was, and knows nothing of the comparison.
    assert_eq!(folder.read("runs/run.ndjson"), own);
    assert!(!folder.path("runs/previous.ndjson").exists() && !folder.path("runs/findings").exists());
    let recorded = ["compare", "runs/compare/old", "runs/compare/new", "--report", "json=recorded.json"];
    folder.run(&recorded).exits(1);
    let recorded: serde_json::Value = serde_json::from_str(&folder.read("recorded.json")).unwrap();
    assert_eq!(recorded, compared);
    folder.run(&["report", "runs/compare/new", "--report", "junit=new.xml"]).exits(0);
    let fingerprint = compared["changes"][0]["fingerprint"].as_str().unwrap();
    let replay = ["replay", fingerprint, "--run-dir", "runs/compare/new", "--config"];
    folder.run(&[&replay[..], &["b.toml"]].concat()).exits(1);
    assert_eq!(folder.read("runs/.gitignore"), "*\n");
}

#[test]
fn the_same_bytes_go_to_both_but_for_ids_and_tokens() {
    let folder = Folder::new();
    let sides = [Front::start(|_| None), Front::start(|_| None)];
    for (name, side) in ["a.toml", "b.toml"].iter().zip(&sides) {
        side.configure(&folder);
        let text = folder.read("tenantcheck.toml");
        let secret = |caller: &str| folder.read(&format!("{caller}.token"));
        let tokens = ["full", "limited", "expired"].map(|caller| (caller, secret(caller)));
        let text = tokens.iter().fold(text, |text, (caller, token)| {
            folder.write(&format!("{name}-{caller}.token"), token);
            text.replace(&format!("\"{caller}.token\""), &format!("\"{name}-{caller}.token\""))
        });
        folder.write(name, &text);
    }
    let (ran, _) = compare(&folder, "a.toml", "b.toml", &["load-accounts", "--phase", "coverage", "--jobs", "1"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let sent = |server: &Server| {
        let own = server.url().trim_start_matches("http://").to_owned();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&own, "HOST");
        let line = |text: String| text.lines().filter(|line| !line.contains("eyJ")).collect::<Vec<_>>().join("\n");
        server.requests().iter().map(|request| line(text(&request.bytes))).collect::<Vec<_>>()
    };
    let [old, new] = sides.each_ref().map(|side| sent(&side.server));
    assert!(old.len() > 50, "{}", old.len());
    assert_eq!(old, new);
}

#[test]
fn the_environment_chooses_no_target_and_no_token() {
    let folder = Folder::new();
    let _tenants = [tenant(&folder, "a", &[]), tenant(&folder, "b", &[])];
    let stranger = crate::stranger();
    let arguments = ["compare", "--config", "a.toml", "--config", "b.toml", "get-document/unknown"];
    let mut command = folder.command(&arguments);
    command.env("SAIL_BASE_URL", stranger.url()).env("SAIL_ACCESS_TOKEN", "hunter2");
    let ran = Ran::of(&mut command).exits(0);
    assert!(
        ran.err().contains("note: SAIL_BASE_URL, SAIL_ACCESS_TOKEN of the environment: left alone"),
        "{}",
        ran.err()
    );
    assert_eq!(stranger.connections(), 0);
    // A configuration that names the variable has it; the other one does not.
    let servers = [crate::stranger(), crate::stranger()];
    for (name, server, full) in [
        ("c.toml", &servers[0], "token-env = \"SAIL_ACCESS_TOKEN\""),
        ("d.toml", &servers[1], "token-file = \"d.token\""),
    ] {
        folder.write(name, &format!("[target]\nurl = \"{}\"\n[credentials.full]\n{full}\n", server.url()));
    }
    folder.write("d.token", "other-token");
    let arguments = ["compare", "--config", "c.toml", "--config", "d.toml", "get-document/unknown"];
    Ran::of(folder.command(&arguments).env("SAIL_ACCESS_TOKEN", "hunter2"));
    let bears = |server: &Server, token: &str| server.requests().iter().any(|request| request.bears(token));
    let borne = servers.each_ref().map(|server| [bears(server, "hunter2"), bears(server, "other-token")]);
    assert_eq!(borne, [[true, false], [false, true]]);
}

#[test]
fn nothing_is_sent_where_one_side_cannot_be_reached() {
    let folder = Folder::new();
    let there = crate::stranger();
    folder.write("there.toml", &format!("[target]\nurl = \"{}\"\n", there.url()));
    folder.write("gone.toml", "[target]\nurl = \"http://127.0.0.1:1\"\n");
    for (old, new, which) in [("there.toml", "gone.toml", "new"), ("gone.toml", "there.toml", "old")] {
        let (ran, compared) = compare(&folder, old, new, &[]);
        assert_eq!(ran.code, Some(3), "{ran:?}");
        let told = format!("{which}, the tenant of gone.toml: http://127.0.0.1:1 cannot be reached");
        assert!(compared["notes"][0].as_str().unwrap().starts_with(&told), "{compared}");
        assert!(ran.out().contains("Nothing can be compared: neither run judged a case."), "{}", ran.out());
    }
    assert_eq!(there.requests().len(), 0);
}

#[test]
fn a_side_that_could_not_be_judged_makes_it_3() {
    let folder = Folder::new();
    let honest = tenant(&folder, "honest", &[]);
    let stranger = crate::stranger();
    folder.write("lost.toml", &folder.read("honest.toml").replace(&honest.url(), &stranger.url()));
    let (ran, compared) = compare(&folder, "honest.toml", "lost.toml", &["get-document/documents"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(compared["notes"].to_string().contains("the new run could not judge everything"), "{compared}");
}

#[test]
fn a_dry_run_sends_nothing_to_either() {
    let folder = Folder::new();
    let sides = [crate::stranger(), crate::stranger()];
    for (name, side) in ["a.toml", "b.toml"].iter().zip(&sides) {
        folder.write(name, &format!("[target]\nurl = \"{}\"\n", side.url()));
    }
    let ran = folder.run(&["compare", "--config", "a.toml", "--config", "b.toml", "--dry-run"]).exits(0);
    let out = ran.out();
    assert!(out.contains("old: a.toml") && out.contains("new: b.toml"), "{out}");
    assert_eq!(out.matches("Nothing was sent").count(), 2, "{out}");
    assert_eq!(sides.each_ref().map(Server::connections), [0, 0]);
    assert!(!folder.path(".tenantcheck").exists());
}

#[test]
fn a_wrong_use_is_2_and_says_what_to_do() {
    let folder = Folder::new();
    let server = crate::stranger();
    let config = format!("[target]\nurl = \"{}\"\n", server.url());
    folder.write("a.toml", &config);
    folder.write("b.toml", &config);
    folder.write("none.toml", "[world]\n");
    folder.write("token.toml", &format!("{config}[credentials.full]\ntoken-env = \"UNSET\"\n"));
    folder.write("log", "");
    let both = ["--config", "a.toml", "--config", "b.toml"];
    for (arguments, says) in [
        (&["--config", "a.toml"][..], "give it twice, not once"),
        (&[&both[..], &["--config", "a.toml"]].concat(), "give it twice, not 3 times"),
        (&["--config", "a.toml", "--config", "./a.toml"], "names `a.toml` twice"),
        (&["--config", "a.toml", "--config", "none.toml"], "none.toml: it names no target"),
        (&["--config", "a.toml", "--config", "missing.toml"], "missing.toml: cannot be read"),
        (&["--config", "a.toml", "--config", "token.toml"], "token.toml: the environment variable UNSET"),
        (&[&both[..], &["log"]].concat(), "`log` is a file or a run folder"),
        (&[&both[..], &["--target", "http://127.0.0.1:1"]].concat(), "unexpected argument '--target'"),
        (&[&both[..], &["--report", "json=x", "--report", "html=./x"]].concat(), "two reports go to `./x`"),
        (&[&both[..], &["--report", "junit=x"]].concat(), "json, markdown or html"),
        (&[&both[..], &["--report", "json=no/x"]].concat(), "there is no folder `no`"),
        (&[&both[..], &["--report", "json=.tenantcheck/compare/old/run.ndjson"]].concat(), "must not go to"),
        (&[], "none is given"),
        (&["log"], "one is given"),
        (&["log", "log", "log"], "3 are given"),
    ] {
        let ran = folder.run(&[&["compare"], arguments].concat()).exits(2);
        assert!(ran.err().contains(says), "{arguments:?}: {}", ran.err());
    }
    assert_eq!(server.connections(), 0);
    let ran = folder.run(&[&["compare"], &both[..], &["no/such/case"]].concat()).exits(4);
    assert!(ran.err().contains("nothing selected"), "{}", ran.err());
}

#[test]
fn what_is_about_sending_says_nothing_to_recorded_runs() {
    let folder = Folder::new();
    let help = folder.run(&["compare", "-h"]).exits(0).out();
    let flags: Vec<&str> = help.lines().filter_map(|line| line.trim_start().strip_prefix("--")).collect();
    let own = ["fail-on", "report", "config"];
    let mut asked = 0;
    for flag in flags.iter().filter(|flag| !own.iter().any(|own| flag.starts_with(own))) {
        let name = format!("--{}", flag.split([' ', '=']).next().unwrap());
        let value = if flag.contains("N/SECONDS") {
            "1/1"
        } else if flag.contains("P[,P]") {
            "cases"
        } else {
            "1"
        };
        let given = if flag.contains('<') { format!("{name}={value}") } else { name };
        let ran = folder.run(&["compare", "old", "new", &given]).exits(2);
        assert!(ran.err().contains("--config <FILE>"), "{given}: {}", ran.err());
        asked += 1;
    }
    assert!(asked > 10, "{help}");
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_what_there_is_and_the_other_side_alone() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let folder = Folder::new();
    let slow = Server::start(|request| {
        std::thread::sleep(Duration::from_millis(if request.number > 3 { 3_000 } else { 0 }));
        crate::support::server::json(401, &serde_json::json!({"error": "nobody is known here"}))
    });
    let other = crate::stranger();
    for (name, side) in [("slow.toml", &slow), ("other.toml", &other)] {
        folder.write(name, &format!("[target]\nurl = \"{}\"\n", side.url()));
    }
    let arguments = ["compare", "--config", "slow.toml", "--config", "other.toml", "--report", "json=compared.json"];
    let mut command = folder.command(&arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while slow.requests().len() < 4 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::end(child).exits(130);
    assert_eq!(other.requests().len(), 0);
    let compared: serde_json::Value = serde_json::from_str(&folder.read("compared.json")).unwrap();
    assert_eq!((&compared["exit"], &compared["old"]["exit"]), (&130.into(), &130.into()));
    let notes = compared["notes"].to_string();
    assert!(notes.contains("the old run was interrupted") && notes.contains("the new run did not begin"), "{notes}");
    assert!(ran.out().contains("exit 130"), "{}", ran.out());
}

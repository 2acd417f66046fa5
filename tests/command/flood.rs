//! `flood`, `--phase` and `--allow-flood`, from the outside.

use crate::support::program::Folder;

const AWAY: [&str; 2] = ["--target", "https://acme.api.example.com"];

#[test]
fn the_flood_alone_tells_the_limit_and_the_wait_of_the_embedded_tenant() {
    let out = Folder::new().run(&["flood"]).exits(0).out();
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let served: u32 =
        words.split(" served,").next().and_then(|text| text.split(' ').next_back()).unwrap().parse().unwrap();
    // One was served before the burst; a burst that takes longer than a second is served more.
    assert!((99..147).contains(&served) && words.contains("wait announced 1.0 s, served again after"), "{out}");
    assert!(words.contains("held 1 · "), "{out}");
}

#[test]
fn a_flood_of_a_foreign_host_needs_the_users_word() {
    let refused = Folder::new().run(&[&["flood"], &AWAY[..]].concat()).exits(2);
    assert!(refused.err().contains("--allow-flood"), "{}", refused.err());
    let left_out = Folder::new().run(&[&["check", "--dry-run"], &AWAY[..]].concat()).exits(0).out();
    assert!(left_out.contains("The flood was left out") && !left_out.contains("for the flood"), "{left_out}");
}

#[test]
fn a_dry_run_tells_the_price_of_each_phase() {
    let both = Folder::new().run(&["check", "--dry-run"]).exits(0).out();
    assert!(both.contains(", at most 150 requests for the flood"), "{both}");
    let alone = Folder::new().run(&["check", "--dry-run", "--phase", "flood"]).exits(0).out();
    assert!(alone.contains("1 case to send") && alone.contains("; at most 150 requests for the flood if"), "{alone}");
}

#[test]
fn a_phase_that_there_is_not_is_told_with_the_nearest() {
    let wrong = Folder::new().run(&["check", "--phase", "cases,flod"]).exits(2);
    assert!(wrong.err().contains("no phase `flod`: did you mean `flood`?"), "{}", wrong.err());
}

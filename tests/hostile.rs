//! Hostile tenants: whatever a server does, a run ends, in bounds of time and memory, with what is true, and shows
//! nothing that acts. `docs/hostile.md` is what came out; `SNAPSHOTS=overwrite` writes it anew.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "hostile/child.rs"]
mod child;
#[path = "hostile/inert.rs"]
mod inert;
#[path = "hostile/rows/mod.rs"]
mod rows;
#[path = "hostile/scene.rs"]
mod scene;
#[path = "hostile/server.rs"]
mod server;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
#[path = "hostile/table.rs"]
mod table;
#[path = "hostile/tls.rs"]
mod tls;

use rows::Row;
use scene::{From, Seen};
use std::sync::Mutex;

/// How many servers are attacked from at once: most of them only let us wait.
const AT_ONCE: usize = 6;

#[test]
fn every_hostile_server_is_judged_in_bounds_and_its_bytes_act_nowhere() {
    let tenant = scene::tenant();
    let runs: Vec<(&Row, From)> = rows::all().flat_map(|row| From::ALL.map(|from| (row, from))).collect();
    let (queue, seen) = (Mutex::new(runs.into_iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((row, from)) = next else { return };
                    let run = scene::attack(row, from, &tenant);
                    seen.lock().unwrap().push(run);
                }
            });
        }
    });
    let mut seen: Vec<Seen> = seen.into_inner().unwrap();
    seen.extend(tls::ALL.iter().map(tls::Bad::attack));
    let problems: Vec<&String> = seen.iter().flat_map(|run| &run.problems).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    table::is_fresh(&seen);
}

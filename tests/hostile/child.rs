//! Runs the program and watches how long it takes and how much memory it holds at most.

use crate::support::program::Ran;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What ran, and what it cost.
pub struct Watched {
    pub ran: Ran,
    pub time: Duration,
    /// The most memory that it held, in KiB, where the system tells.
    pub peak: u64,
}

/// How often the memory is looked at; the system's own mark only rises.
const LOOK: Duration = Duration::from_millis(5);

/// Runs a command to its end.
pub fn watch(command: &mut Command) -> Watched {
    let began = Instant::now();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (id, over, peak) = (child.id(), AtomicBool::new(false), AtomicU64::new(0));
    let ran = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                peak.fetch_max(high_water(id), Ordering::SeqCst);
                std::thread::sleep(LOOK);
            }
        });
        let ran = Ran::end(child);
        over.store(true, Ordering::SeqCst);
        ran
    });
    Watched { ran, time: began.elapsed(), peak: peak.into_inner() }
}

/// Until a child has become the program, what the system tells of it is the memory of the tests.
fn high_water(id: u32) -> u64 {
    let program = |id: &str| std::fs::read_link(format!("/proc/{id}/exe")).ok();
    if program(&id.to_string()) == program("self") {
        return 0;
    }
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

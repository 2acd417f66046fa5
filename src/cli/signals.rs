//! What ends a run from outside: Ctrl-C everywhere, on Unix also SIGTERM and SIGHUP.

use crate::run::Exit;
#[cfg(unix)]
use std::fs;
use std::io;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Signals that are listened for.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    /// `None` where hanging up changes nothing, as below `nohup`.
    hang_up: Option<Signal>,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> io::Result<Self> {
        let hang_up = listens_to(SignalKind::hangup()).then(|| signal(SignalKind::hangup())).transpose()?;
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())?, hang_up })
    }

    /// Waits for the next one, and answers how a run ends by it.
    pub(super) async fn next(&mut self) -> Exit {
        let hung_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Terminated,
            _ = hung_up => Exit::HungUp,
        }
    }
}

/// Whether a signal is not ignored; where the system does not say, it may be.
#[cfg(unix)]
fn listens_to(kind: SignalKind) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (kind.as_raw_value() - 1) & 1 == 0)
}

/// Signals that are listened for.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next one, and answers how a run ends by it.
    pub(super) async fn next(&mut self) -> Exit {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Exit::Interrupted,
            Err(_) => std::future::pending().await,
        }
    }
}

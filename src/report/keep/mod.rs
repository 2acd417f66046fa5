//! Keeps each finding that fails or is known as a file of the run folder, and takes away what a tenant has mended.

mod collector;
mod folder;

pub use collector::{Collector, shows_alone};
pub use folder::{default_folder, make};

use super::face::Face;
use crate::event::{Event, KeptFinding};
use crate::exchange::Purpose;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;

/// The face that keeps findings. It never fails: what cannot be written is told once.
pub struct Keep {
    run_folder: PathBuf,
    collector: Collector,
    former: Vec<Former>,
    kept: BTreeSet<String>,
    warn: Box<dyn FnMut(&str)>,
    warned: bool,
}

/// A finding of an earlier run, and what this run has come to about it.
struct Former {
    finding: KeptFinding,
    here: bool,
    sent: bool,
    settled: bool,
}

/// The face that gathers what fails the run, as it would be kept.
#[derive(Default)]
pub struct Gather {
    collector: Collector,
    gathered: Rc<RefCell<Vec<KeptFinding>>>,
}

impl Gather {
    /// What it has gathered, also after the face is gone.
    pub fn gathered(&self) -> Rc<RefCell<Vec<KeptFinding>>> {
        Rc::clone(&self.gathered)
    }
}

impl Face for Gather {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let fails = self.collector.observe(event).into_iter().filter(|kept| kept.finding.failing);
        self.gathered.borrow_mut().extend(fails);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Keep {
    /// Keeps findings below a run folder that holds those of former runs; `warn` hears of what cannot be written.
    pub fn new(run_folder: PathBuf, former: Vec<KeptFinding>, warn: impl FnMut(&str) + 'static) -> Self {
        let former = former.into_iter().map(|finding| Former { finding, here: false, sent: false, settled: false });
        let (collector, kept) = (Collector::default(), BTreeSet::new());
        Self { run_folder, collector, former: former.collect(), kept, warn: Box::new(warn), warned: false }
    }

    fn keep(&mut self, kept: &KeptFinding) {
        match folder::write(&self.run_folder, kept) {
            Ok(()) => drop(self.kept.insert(kept.finding.fingerprint.clone())),
            Err(error) => self.tell(&error),
        }
    }

    fn tell(&mut self, error: &io::Error) {
        if !self.warned {
            let folder = self.run_folder.display();
            (self.warn)(&format!("findings cannot be kept in {folder}: {error}; --run-dir names another folder"));
        }
        self.warned = true;
    }

    /// Takes away what this run has judged again and not found.
    fn tidy(&mut self) {
        let mended = |former: &&Former| {
            former.here && former.settled && !self.kept.contains(&former.finding.finding.fingerprint)
        };
        let mended: Vec<String> =
            self.former.iter().filter(mended).map(|former| former.finding.finding.fingerprint.clone()).collect();
        for fingerprint in mended {
            if let Err(error) = folder::remove(&self.run_folder, &fingerprint) {
                self.tell(&error);
            }
        }
    }
}

impl Face for Keep {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Run(start) => {
                for former in &mut self.former {
                    former.here = former.finding.is_of(&start.target, start.embedded);
                }
            }
            Event::Exchange(exchange) if exchange.purpose == Purpose::Case => {
                for former in &mut self.former {
                    former.sent |= former.finding.is_same_candidate(&exchange.probe);
                }
            }
            Event::Case(judged) => {
                let decided = matches!(judged.verdict.as_str(), "held" | "broken");
                for former in self.former.iter_mut().filter(|former| former.finding.finding.case == judged.case) {
                    former.settled |= decided && former.sent;
                }
            }
            _ => {}
        }
        for kept in self.collector.observe(event) {
            self.keep(&kept);
        }
        if matches!(event, Event::Summary(_)) {
            self.tidy();
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

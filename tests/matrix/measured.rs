//! What runs against the faults cost and triggered; it is kept in the document until it is measured anew.

use crate::bench::Told;
use std::collections::BTreeMap;

/// What was measured.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// The request that showed each fault first.
    pub first: BTreeMap<String, u64>,
    /// The requests to the end of the cases and the coverage.
    pub last: BTreeMap<String, u64>,
    /// The requests of a run in every phase.
    pub entire: BTreeMap<String, u64>,
    /// A fault that triggers each defect.
    pub triggers: BTreeMap<String, String>,
}

impl Measured {
    /// What a document says.
    pub fn of(document: &str) -> Self {
        let mut measured = Self::default();
        for line in document.lines() {
            let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            match cells.as_slice() {
                ["", defect, fault, ""] if defect.contains('/') && fault.contains('/') => {
                    measured.triggers.insert((*defect).to_owned(), (*fault).to_owned());
                }
                ["", fault, _, _, first, last, entire, ..] => {
                    let read = |cell: &str| cell.parse().ok().map(|count| ((*fault).to_owned(), count));
                    measured.first.extend(read(first));
                    measured.last.extend(read(last));
                    measured.entire.extend(read(entire));
                }
                _ => {}
            }
        }
        measured
    }

    /// Notes what a run of all cases and the coverage says of a fault.
    pub fn note(&mut self, fault: &str, told: &Told) {
        if !told.whole {
            return;
        }
        self.first.extend(told.first.map(|first| (fault.to_owned(), first)));
        self.last.insert(fault.to_owned(), told.requests);
        for defect in &told.defects {
            self.triggers.entry(defect.clone()).or_insert_with(|| fault.to_owned());
        }
    }

    /// With what was measured anew. A fault that no longer triggers a defect does not stand beside it.
    #[must_use]
    pub fn with(mut self, anew: &Self) -> Self {
        self.triggers.retain(|_, fault| !anew.last.contains_key(fault));
        self.first.extend(anew.first.clone());
        self.last.extend(anew.last.clone());
        self.entire.extend(anew.entire.clone());
        for (defect, fault) in &anew.triggers {
            self.triggers.entry(defect.clone()).or_insert_with(|| fault.clone());
        }
        self
    }
}

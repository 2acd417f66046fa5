//! Findings that wait for the verdict of their case, which says where the case stands. Holds a bounded number.

use crate::verdict::Finding;

/// No more of one case are held.
const MOST: usize = 200;

/// The findings of a case that is not judged yet, without their nearest bodies.
#[derive(Debug, Default)]
pub struct Pending {
    findings: Vec<Finding>,
    left_out: u64,
}

impl Pending {
    /// Takes a finding. One at the same place of the same case replaces the former one.
    pub fn add(&mut self, finding: &Finding) {
        let finding = Finding { nearest: None, ..finding.clone() };
        let room = self.findings.len() < MOST;
        match self.findings.iter_mut().find(|known| same(known, &finding)) {
            Some(known) => *known = finding,
            None if room => self.findings.push(finding),
            None => self.left_out += 1,
        }
    }

    /// Gives out the findings of a case, in their order.
    pub fn take(&mut self, case: &str) -> Vec<Finding> {
        let (taken, kept) = std::mem::take(&mut self.findings).into_iter().partition(|finding| finding.case == case);
        self.findings = kept;
        taken
    }

    /// Gives out what no verdict came for.
    pub fn rest(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// How many were not held.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}

fn same(one: &Finding, other: &Finding) -> bool {
    (&one.case, &one.fingerprint, &one.pointer) == (&other.case, &other.fingerprint, &other.pointer)
}

#[cfg(test)]
mod tests {
    use super::{MOST, Pending};
    use crate::verdict::{Finding, Level, Stability};

    fn finding(case: &str, pointer: &str) -> Finding {
        Finding {
            fingerprint: "f".into(),
            rule: "r".into(),
            level: Level::Must,
            operation: "o".into(),
            case: case.into(),
            status: None,
            pointer: Some(pointer.into()),
            expected: String::new(),
            received: String::new(),
            stability: Stability::Once,
            erratum: None,
            failing: true,
            title: String::new(),
            clause: String::new(),
            exchange: 0,
            nearest: None,
            seen: 1,
            earlier: None,
            known: None,
            shrunk: None,
            left: Vec::new(),
            expect: None,
        }
    }

    #[test]
    fn what_is_told_twice_is_held_once_and_with_its_own_case() {
        let mut pending = Pending::default();
        for (case, pointer) in [("a", "/x"), ("b", "/x"), ("a", "/y"), ("a", "/x")] {
            pending.add(&finding(case, pointer));
        }
        assert_eq!(pending.take("a").len(), 2);
        assert_eq!(pending.rest().len(), 1);
    }

    #[test]
    fn findings_without_end_are_counted() {
        let mut pending = Pending::default();
        (0..MOST + 7).for_each(|number| pending.add(&finding("a", &number.to_string())));
        assert_eq!((pending.take("a").len(), pending.left_out()), (MOST, 7));
    }
}

//! The search for the smallest request that still shows a finding: which one to try next, until none is left.

use super::ALL;
use super::bounds::{Bounds, weight};
use super::freedom::Freedom;
use super::pass::Pass;
use super::shape::{Material, Shape};
use super::trim::Trim;
use crate::exchange::Probe;
use crate::generate::render;
use ring::digest::{SHA256, digest};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many requests are tried for one finding at most.
pub const TRIES: u64 = 60;
/// How many requests that may not be sent are looked at, and how many bytes of them.
const IDLE: u64 = 4_000;
const IDLE_BYTES: u64 = 64 << 20;

/// The search for the smallest request that still shows a finding.
#[derive(Debug)]
pub struct Shrink {
    material: Material,
    freedom: Freedom,
    bounds: Bounds,
    best: Shape,
    weight: (usize, u64),
    first: (usize, u64),
    /// Which pass, and which of its lists.
    at: (usize, usize),
    trim: Option<Trim>,
    trial: Option<(Shape, (usize, u64))>,
    seen: BTreeSet<Vec<u8>>,
    spared: bool,
    /// Whether the first pass, which spares what is done to the request, is through.
    parted: bool,
    tries: u64,
    most: u64,
    idle: (u64, u64),
}

impl Shrink {
    /// Opens the search, for at most so many tries; `None` where the request cannot be made from its material.
    pub fn new(material: Material, freedom: Freedom, most: u64) -> Option<Self> {
        let best = material.whole()?;
        let probe = render(&best.draft, Probe::default());
        let (bounds, weight) = (Bounds::new(&material, freedom, &best, &probe), weight(&best, &probe));
        let seen = BTreeSet::from([mark(&best, &probe)]);
        let (most, idle) = (most.min(TRIES), (0, 0));
        let (at, trim, trial, tries) = ((0, 0), None, None, 0);
        let (first, spared, parted) = (weight, false, false);
        Some(Self {
            material,
            freedom,
            bounds,
            best,
            weight,
            first,
            at,
            trim,
            trial,
            seen,
            spared,
            parted,
            tries,
            most,
            idle,
        })
    }

    /// A smaller request to try; `None` where nothing is left, or all tries are spent. It wants to hear of each.
    pub fn smaller(&mut self) -> Option<&Shape> {
        while self.tries < self.most && self.idle.0 < IDLE && self.idle.1 < IDLE_BYTES {
            let (pass, list, piece) = self.piece()?;
            let candidate = (pass.without)(&self.material, &self.best, list, piece);
            if let Some(fitting) = candidate.and_then(|shape| self.fitting(shape)) {
                self.tries += 1;
                return Some(&self.trial.insert(fitting).0);
            }
            self.idle.0 += 1;
            self.spare(false);
        }
        None
    }

    /// Hears whether the last request showed the finding.
    pub fn hear(&mut self, shown: bool) {
        if let Some((shape, weight)) = self.trial.take().filter(|_| shown) {
            (self.best, self.weight, self.spared) = (shape, weight, true);
        }
        self.spare(shown);
    }

    /// Passes over the last request: it was not sent, and costs no try.
    pub fn pass_over(&mut self) {
        self.tries -= 1;
        self.idle.0 += 1;
        self.trial = None;
        self.spare(false);
    }

    /// The smallest request so far.
    pub fn best(&self) -> &Shape {
        &self.best
    }

    /// What the requests are made from.
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// Whether anything could be spared.
    pub fn is_smaller(&self) -> bool {
        self.weight < self.first
    }

    /// Whether it is known that nothing of what is done to the smallest request can be spared.
    pub fn is_parted(&self) -> bool {
        self.parted
    }

    fn spare(&mut self, spared: bool) {
        self.trim.iter_mut().for_each(|trim| trim.hear(spared));
    }

    /// The next piece that might be spared, of which list, and by which pass; `None` where none is left.
    fn piece(&mut self) -> Option<(&'static Pass, usize, Range<usize>)> {
        loop {
            let Some(pass) = ALL.get(self.at.0) else {
                // What a later pass has spared may let an earlier one spare more.
                self.at = (0, 0);
                if std::mem::take(&mut self.spared) {
                    continue;
                }
                return None;
            };
            let list = self.at.1;
            if (pass.loose && self.freedom == Freedom::Owed) || list >= (pass.lists)(&self.best, self.freedom) {
                self.at = (self.at.0 + 1, 0);
                self.parted = true;
                continue;
            }
            let length = (pass.length)(&self.material, &self.best, list);
            if let Some(piece) = self.trim.get_or_insert_with(|| Trim::new(pass.replaces)).next(length) {
                return Some((pass, list, piece));
            }
            (self.trim, self.at.1) = (None, list + 1);
        }
    }

    /// A request that is smaller or plainer, that was not tried yet, and that may be sent.
    fn fitting(&mut self, shape: Shape) -> Option<(Shape, (usize, u64))> {
        let probe = render(&shape.draft, Probe::default());
        let weight = weight(&shape, &probe);
        let fresh = weight <= self.weight && self.seen.insert(mark(&shape, &probe));
        if fresh && self.bounds.allow(&self.material, &shape, &probe) {
            return Some((shape, weight));
        }
        self.idle.1 = self.idle.1.saturating_add(weight.1);
        None
    }
}

/// What tells one request from another.
fn mark(shape: &Shape, probe: &Probe) -> Vec<u8> {
    let headers = probe.headers.iter().flat_map(|(name, value)| [name.as_bytes(), b": ", &value.0, b"\n"]);
    let head: Vec<&[u8]> = [probe.method.as_bytes(), b" ", &probe.target.0, b"\n"].into_iter().chain(headers).collect();
    let kept: Vec<u8> = shape.kept.iter().flat_map(|place| place.to_be_bytes()).collect();
    digest(&SHA256, &[head.concat().as_slice(), b"\n", &kept, b"\n", &probe.body.0].concat()).as_ref().to_vec()
}

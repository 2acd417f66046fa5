//! Tests of the layer.

use super::super::bench;
use super::{BOUNDARY, DRAWN, FILE_NAME, FRAMING, PART, PART_HEAD, VALID};
use crate::generate::Defect;

const LAYER: [&[Defect]; 7] = [VALID, DRAWN, FILE_NAME, BOUNDARY, PART, PART_HEAD, FRAMING];

#[test]
fn every_defect_shows_in_the_bytes_and_only_where_it_was_made() {
    for defects in LAYER {
        bench::prove(defects);
    }
}

#[test]
fn what_a_tenant_may_accept_shares_few_requests() {
    let accepted = LAYER.iter().flat_map(|defects| defects.iter()).filter(|defect| defect.owed.success);
    let (defects, requests) = (accepted.clone().count(), bench::pack(accepted));
    assert!(defects >= 40 && requests <= 10, "{defects} defects need {requests} requests");
}

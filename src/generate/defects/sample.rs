//! A made-up request that works, for the tests of the layers that look at its head and its path.

use super::super::defect::{Aid, Defect, Spot};
use super::super::draft::{Draft, Segment};
use super::super::proof::Sent;
use super::super::render::render;
use super::super::unknown::draw;
use crate::exchange::Probe;

/// A request for a widget by its kind and its id.
pub fn draft() -> Draft {
    let fixed = |text: &str| Segment::Fixed(text.into());
    let parameter = |name: &str, value: &str| Segment::Parameter { name: name.into(), value: value.into() };
    Draft {
        method: "GET".into(),
        path: vec![
            fixed("/v9/widgets/"),
            parameter("kind", "alloys"),
            fixed("/"),
            parameter("code", "7f3a9c"),
            fixed("/use"),
        ],
        authorization: vec![b"Bearer {{secret full}}".to_vec()],
        headers: vec![("X-Widget".into(), b"1".to_vec())],
        ..Draft::default()
    }
}

/// What a defect at one of the parameters, or anywhere else, needs to know.
pub fn aid(spot: &str) -> Aid {
    let (value, slashes) = match spot {
        "kind" => ("alloys", (3, 2)),
        "code" => ("7f3a9c", (4, 1)),
        _ => ("", (0, 0)),
    };
    Aid {
        unknown: "00c0ffee00c0ffee".into(),
        others: vec!["other id".into()],
        listed: ["bolts", "alloys", "nuts"].map(Into::into).to_vec(),
        caller: "full".into(),
        good: "Bearer {{secret full}}".into(),
        value: value.into(),
        slashes,
        offered: vec!["application/json".into()],
        ..Aid::default()
    }
}

/// Asks that each defect shows in the bytes of the broken request, and not in those of the one that works.
#[track_caller]
pub fn proven(defects: &[Defect], spot: &str) {
    let (aid, base) = (aid(spot), draft());
    let spot = if spot.is_empty() { Spot::Request } else { Spot::Parameter(spot.into()) };
    let shows = |defect: &Defect, draft: &Draft| {
        let probe = render(draft, Probe::default());
        (defect.shows)(&Sent::of(&probe), &spot, &aid)
    };
    for defect in defects {
        let mut broken = base.clone();
        assert!(!shows(defect, &base), "{} shows in a request that works", defect.id);
        assert!((defect.apply)(&mut broken, &spot, &aid), "{} does not fit", defect.id);
        assert!(shows(defect, &broken), "{} does not show in {:?}", defect.id, render(&broken, Probe::default()));
    }
}

/// Asks that what so many seeds draw shows in the bytes.
pub fn drawn(defects: &[Defect], seeds: u64) {
    for defect in defects {
        for seed in 0..seeds {
            let aid = Aid { draw: draw(seed, defect.id, 0), ..aid("") };
            let mut varied = draft();
            assert!((defect.apply)(&mut varied, &Spot::Request, &aid), "{} does not fit, seed {seed}", defect.id);
            let probe = render(&varied, Probe::default());
            let shown = (defect.shows)(&Sent::of(&probe), &Spot::Request, &aid);
            assert!(shown, "{} does not show, seed {seed}, in {probe:?}", defect.id);
        }
    }
}

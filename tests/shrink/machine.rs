//! The machine against oracles: what it asks for, how often, and what it ends with.

use memchr::memmem;
use std::collections::BTreeSet;
use tenantcheck::exchange::Probe;
use tenantcheck::exchange::unescaped;
use tenantcheck::generate::proof::{Sent, TableFault};
use tenantcheck::generate::{
    Aid, Body, Content, Draft, Multipart, Part, Recipe, Segment, Spot, Table, defects, render,
};
use tenantcheck::shrink::{Freedom, Material, Shrink, TRIES, size};

/// A request with a table, to which defects are done.
fn material(ids: &[&str]) -> Material {
    let columns: Vec<String> = ["key", "name", "note"].map(ToOwned::to_owned).into();
    let table = Content::Table(Table::plain(&columns, 2));
    let parts = vec![
        Part::new("sheet", Some("widgets.csv"), Some("text/csv"), table),
        Part::new("quick", None, None, Content::Bytes(b"true".to_vec())),
    ];
    let path = vec![
        Segment::Fixed(b"/widgets/".to_vec()),
        Segment::Parameter { name: "kind".into(), value: b"bolts".to_vec() },
    ];
    let base = Draft {
        method: "POST".into(),
        path,
        headers: vec![("Accept".into(), b"application/json".to_vec())],
        body: Body::Multipart(Multipart { parts, ..Multipart::new("boundary") }),
        ..Draft::default()
    };
    let spot = Spot::Field("sheet".into());
    let uses: Vec<_> = ids.iter().map(|id| (defects::find(id).unwrap(), spot.clone())).collect();
    let aids = vec![Aid { columns, draw: [7; 32], ..Aid::default() }; uses.len()];
    Material { base, recipe: Recipe { uses }, aids, listed: vec!["bolts".into(), "nuts".into()], writes: false }
}

/// What the machine asked for, and the smallest request that it knows at the end.
struct Told {
    asked: Vec<Probe>,
    shown: Vec<Probe>,
    best: Probe,
}

fn told(material: &Material, freedom: Freedom, mut oracle: impl FnMut(&Probe) -> bool) -> Told {
    let mut shrink = Shrink::new(material.clone(), freedom, TRIES).unwrap();
    let (mut asked, mut shown) = (Vec::new(), Vec::new());
    while let Some(shape) = shrink.smaller() {
        let probe = render(&shape.draft, Probe::default());
        let right = oracle(&probe);
        shown.extend(right.then(|| probe.clone()));
        asked.push(probe);
        shrink.hear(right);
    }
    assert!(asked.len() as u64 <= TRIES);
    Told { asked, shown, best: render(&shrink.best().draft, Probe::default()) }
}

fn holds(probe: &Probe, bytes: &[u8]) -> bool {
    memmem::find(&probe.body.0, bytes).is_some()
}

#[test]
fn a_pattern_in_one_cell_is_all_that_is_left_of_the_table() {
    for (defect, pattern) in [("csv/markup", "jndi"), ("csv/formulas", "=DDE"), ("csv/many-rows", "77777")] {
        let told = told(&material(&[defect]), Freedom::Any, |probe| holds(probe, pattern.as_bytes()));
        let left = told.best.body.text().into_owned();
        assert!(left.len() < 250 && left.contains(pattern), "{} tries: {left}", told.asked.len());
        println!("{defect}: {} tries, {} bytes", told.asked.len(), size(&told.best));
    }
}

#[test]
fn a_length_that_counts_is_found() {
    let told = told(&material(&["csv/huge-cell"]), Freedom::Any, |probe| probe.body.0.len() > 70_000);
    assert!(told.best.body.0.len() < 70_100, "{}", told.best.body.0.len());
}

#[test]
fn only_the_defect_that_counts_is_left_of_several() {
    let all = material(&["csv/markup", "csv/formulas", "csv/words"]);
    let mut shrink = Shrink::new(all, Freedom::Any, TRIES).unwrap();
    while let Some(shape) = shrink.smaller() {
        let shows = holds(&render(&shape.draft, Probe::default()), b"IMPORTXML");
        shrink.hear(shows);
    }
    assert_eq!(shrink.best().kept, [1]);
}

#[test]
fn it_ends_and_never_grows_and_asks_the_same_again_whatever_the_answers() {
    for seed in 1_u32..60 {
        let play = || {
            let mut state = seed;
            told(&material(&["csv/valid-random", "csv/commands"]), Freedom::Any, |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 31 == 1
            })
        };
        let (one, other) = (play(), play());
        assert_eq!(one.asked, other.asked);
        let sizes: Vec<u64> = one.shown.iter().map(size).collect();
        assert!(sizes.is_sorted_by(|before, after| before >= after), "{sizes:?}");
        assert_eq!(one.shown.last().unwrap_or(&one.best), &one.best);
    }
}

#[test]
fn what_shows_nothing_stays_as_it_was() {
    let whole = material(&["csv/words"]);
    let told = told(&whole, Freedom::Any, |_| false);
    assert_eq!(told.best, render(&whole.whole().unwrap().draft, Probe::default()));
}

#[test]
fn a_valid_variation_stays_valid_on_its_whole_way() {
    for defect in ["csv/valid-quoted", "csv/valid-unicode", "csv/valid-random", "csv/valid-many-rows"] {
        for pattern in ["\"", "日", "two\r\nlines", "a", ",", "key"] {
            let told = told(&material(&[defect]), Freedom::Owed, |probe| holds(probe, pattern.as_bytes()));
            told.asked.iter().for_each(is_valid);
        }
    }
}

/// Fails where a request is one that a tenant may refuse.
fn is_valid(probe: &Probe) {
    let sent = Sent::of(probe);
    let table = sent.table("sheet").unwrap();
    assert_eq!(sent.table_faults("sheet"), [], "{}", probe.body.text());
    assert!(table.has_columns(&["key".into(), "name".into(), "note".into()]));
    let firsts: BTreeSet<_> = table.rows().iter().map(|row| &row[0]).collect();
    assert!(firsts.len() == table.rows().len() && firsts.iter().all(|cell| !cell.is_empty()));
    assert_eq!((sent.values("quick"), sent.header("accept").count()), (vec![b"true".to_vec()], 1));
}

#[test]
fn a_piece_of_a_valid_cell_is_never_sent_as_a_valid_one() {
    let told = told(&material(&["csv/valid-quoted"]), Freedom::Owed, |_| true);
    for probe in &told.asked {
        let sent = Sent::of(probe);
        let table = sent.table("sheet").unwrap();
        let odd = |cell: &[u8]| cell.starts_with(b"-") || cell.starts_with(b"=") || cell.starts_with(b"irst");
        assert!(!table.rows().iter().flatten().any(|cell| odd(cell)), "{}", probe.body.text());
    }
}

#[test]
fn a_defect_that_is_owed_a_refusal_shows_on_its_whole_way() {
    let short = |probe: &Probe| Sent::of(probe).table_faults("sheet") == [TableFault::ShortRow];
    let told = told(&material(&["csv/short-row"]), Freedom::Owed, short);
    // The first request is the one without any defect, which is owed success.
    assert!(told.asked.iter().skip(1).all(short) && !short(&told.asked[0]));
    assert!(short(&told.best) && told.asked.len() > 1);
}

fn kind(probe: &Probe) -> String {
    probe.target.text().strip_prefix("/widgets/").unwrap().to_owned()
}

#[test]
fn a_path_names_no_other_thing_and_no_other_place() {
    for value in ["bolts%00", "xbolts", "..%2e.a", "nut%73%20", "a%252Fb", "a%2xF"] {
        let mut odd = material(&[]);
        odd.base.path[1] = Segment::Parameter { name: "kind".into(), value: value.into() };
        for asked in told(&odd, Freedom::Any, |_| true).asked.iter().map(kind) {
            let plain = unescaped(&unescaped(asked.as_bytes()));
            let other = asked != value && (plain == b"bolts" || plain == b"nuts" || plain.contains(&b'/'));
            assert!(!other && !plain.is_empty() && plain != b".." && plain != b".", "{value}: {asked}");
        }
        odd.writes = true;
        assert!(told(&odd, Freedom::Any, |_| true).asked.iter().all(|probe| kind(probe) == value));
    }
}

#[test]
fn a_body_is_never_shorter_than_its_length_says() {
    let mut framed = material(&[]);
    framed.base.body = Body::Raw(b"{\"a\":1}".to_vec());
    framed.base.headers.push(("Content-Length".into(), b"7".to_vec()));
    let told = told(&framed, Freedom::Any, |_| true);
    assert!(told.asked.iter().all(Probe::is_complete) && !told.asked.is_empty());
    assert_eq!(told.best.body.0.len(), 7);
}

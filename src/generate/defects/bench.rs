//! What tests of defects stand on: an operation and drafts of made-up words.

use crate::contract::{Field, FieldKind, Operation, RequestBody};
use crate::exchange::Probe;
use crate::generate::{Aid, Body, Content, Defect, Draft, Multipart, Part, Recipe, Spot, Table, draw, render};

fn operation() -> Operation {
    let mode = Field { name: "mode".into(), kind: FieldKind::Listed(vec!["dry".into(), "wet".into()]) };
    let sheet = Field { name: "sheet".into(), kind: FieldKind::File { columns: Some("columns".into()) } };
    let body = |media_type: &str, fields: &[&Field]| RequestBody {
        media_type: media_type.into(),
        fields: fields.iter().copied().cloned().collect(),
    };
    let bodies =
        vec![body("multipart/form-data", &[&sheet, &mode]), body("application/x-www-form-urlencoded", &[&mode])];
    Operation { id: "widgets".into(), bodies, ..Operation::default() }
}

fn drafts() -> [Draft; 2] {
    let table = Table::plain(&["id".into(), "name".into()], 2);
    let part = Part::new("sheet", Some("accounts.csv"), Some("text/csv"), Content::Table(table));
    let multipart = Multipart { parts: vec![part], ..Multipart::new("tenantcheck-0123456789abcdef01234567") };
    let post = |body| Draft { method: "POST".into(), body, ..Draft::default() };
    let form = post(Body::Form(vec![(b"mode".to_vec(), b"dry".to_vec())]));
    let content_types = vec![b"application/x-www-form-urlencoded".to_vec()];
    [post(Body::Multipart(multipart)), Draft { content_types, ..form }]
}

fn aid() -> Aid {
    Aid {
        unknown: "0123456789abcdef".into(),
        listed: vec!["dry".into(), "wet".into()],
        files: vec!["sheet".into()],
        ..Aid::default()
    }
}

/// The draft that a defect fits, and its one spot there.
fn base(defect: &Defect) -> (Draft, Spot) {
    let fitting = drafts().into_iter().map(|draft| (defect.place.spots(&draft, &operation()), draft));
    let (mut spots, draft) = fitting.into_iter().find(|(spots, _)| !spots.is_empty()).unwrap();
    (draft, spots.pop().unwrap())
}

/// Proves every defect: it shows where it was made, and not in the request as it was.
pub fn prove(defects: &'static [Defect]) {
    for defect in defects {
        let (draft, spot) = base(defect);
        let (recipe, aids) = (Recipe { uses: vec![(defect, spot)] }, [aid()]);
        assert!(!recipe.shows(&render(&draft, Probe::default()), &aids), "{} shows before it is made", defect.id);
        let mut broken = draft.clone();
        assert!(recipe.apply(&mut broken, &aids), "{} does not fit", defect.id);
        let probe = render(&broken, Probe::default());
        assert!(recipe.shows(&probe, &aids), "{} does not show in\n{}", defect.id, probe.body.text());
    }
}

/// Proves what so many seeds draw for each variation.
pub fn prove_draws(defects: &'static [Defect], seeds: u64) {
    for defect in defects {
        let (base, spot) = base(defect);
        let recipe = Recipe { uses: vec![(defect, spot)] };
        for seed in 0..seeds {
            let aids = [Aid { draw: draw(seed, defect.id, 0), ..aid() }];
            let mut draft = base.clone();
            assert!(recipe.apply(&mut draft, &aids), "{} does not fit, seed {seed}", defect.id);
            let probe = render(&draft, Probe::default());
            assert!(recipe.shows(&probe, &aids), "{} does not show, seed {seed}, in\n{}", defect.id, probe.body.text());
        }
    }
}

/// How many requests carry all of the defects, where those share one that all show in it.
pub fn pack(defects: impl Iterator<Item = &'static Defect>) -> usize {
    let mut requests: Vec<Recipe> = Vec::new();
    for defect in defects {
        let one = (defect, base(defect).1);
        let joined = |recipe: &Recipe| Recipe { uses: [recipe.uses.clone(), vec![one.clone()]].concat() };
        match requests.iter_mut().find(|recipe| holds(&joined(recipe))) {
            Some(recipe) => recipe.uses.push(one),
            None => requests.push(Recipe { uses: vec![one] }),
        }
    }
    requests.len()
}

fn holds(recipe: &Recipe) -> bool {
    let (mut draft, _) = base(recipe.uses[0].0);
    let aids = vec![aid(); recipe.uses.len()];
    let fits = recipe.apply(&mut draft, &aids);
    let probe = render(&draft, Probe::default());
    fits && recipe.shows(&probe, &aids) && probe.is_complete()
}

//! Every form of a template, and every way to get one wrong.

use super::{plain, read};
use crate::contract::{Alternative, Piece, Template, WorldKey, WorldKind};
use crate::load::problem::Problems;
use crate::load::table::Reader;
use crate::load::text::Text;

fn keys() -> Vec<WorldKey> {
    let key = |name: &str, kind| WorldKey { name: name.into(), kind, description: String::new() };
    let colors = vec!["red".to_owned(), "blue".to_owned()];
    vec![key("store", WorldKind::Id), key("columns", WorldKind::List), key("things", WorldKind::IdsBy(colors))]
}

/// Reads a text, and says what is wrong with it: column, what, advice.
fn asked(written: &str) -> (Template, Vec<(usize, String)>) {
    let content = format!("'{written}'");
    let text = Text::decode("a.toml", content.as_bytes()).unwrap();
    let problems = Problems::default();
    let reader = Reader::new(&text, &problems);
    let phrase = reader.phrase(written, 0..content.len());
    let template = read(&phrase, &reader, &keys());
    let told = problems.finish(()).err().map(|error| error.problems().to_vec()).unwrap_or_default();
    (template, told.into_iter().map(|one| (one.place.column - 1, format!("{} {}", one.what, one.advice))).collect())
}

fn pieces(written: &str) -> Vec<Piece> {
    let (template, told) = asked(written);
    assert_eq!(told, [], "{written}");
    template.0
}

fn literal(text: &str) -> Piece {
    Piece::Literal(text.into())
}

#[test]
fn every_form_of_a_template_is_read() {
    let otherwise = |text: &str| Some(Alternative::Text(text.into()));
    for (written, piece) in [
        ("{{world store}}", Piece::World { key: "store".into(), otherwise: None }),
        ("{{world store else a b}}", Piece::World { key: "store".into(), otherwise: otherwise("a b") }),
        ("{{world things.name else red}}", Piece::WorldName { key: "things".into(), otherwise: otherwise("red") }),
        (
            "{{world things.id else unknown}}",
            Piece::WorldId { key: "things".into(), otherwise: Some(Alternative::Unknown) },
        ),
        ("{{unknown}}", Piece::Unknown),
        ("{{header columns}}", Piece::Header("columns".into())),
        ("{{cells columns}}", Piece::Cells("columns".into(), 1)),
        ("{{cells columns 2}}", Piece::Cells("columns".into(), 2)),
        ("{{jwt wrongly-signed}}", Piece::Jwt("wrongly-signed".into())),
        ("{{jwt unsigned full}}", Piece::Forged { kind: "unsigned".into(), caller: "full".into() }),
        ("{{secret limited}}", Piece::Secret("limited".into())),
        ("{{hex 00 ff}}", Piece::Literal(vec![0, 0xff])),
        ("{{repeat 3 ab}}", literal("ababab")),
    ] {
        assert_eq!(pieces(written), [piece], "{written}");
    }
}

#[test]
fn literal_text_around_and_between_is_kept_and_joined() {
    assert_eq!(pieces("a{{hex 62}}c{{unknown}}d"), [literal("abc"), Piece::Unknown, literal("d")]);
    assert_eq!(pieces("{{{unknown}}}"), [literal("{"), Piece::Unknown, literal("}")]);
    assert_eq!(pieces(""), []);
}

#[test]
fn what_does_not_look_like_a_word_is_literal() {
    for text in [
        "{{7*7}}",
        "{{",
        "{{{{{{",
        "{{\"a\":1}}",
        "{{a.b}}",
        "{{ 7 }}",
        "{{ foo }}",
        "{{}}",
        "{{fo{{7}}",
        "{{x",
        "{{_a}}",
    ] {
        assert_eq!(pieces(text), [literal(text)], "{text}");
    }
}

#[test]
fn a_wrong_template_says_where_it_stands_and_what_to_do() {
    for (written, column, what) in [
        (
            "x {{wrold store}}",
            3,
            "there is no template `{{wrold}}` did you mean `world`? (two literal braces are `{{hex 7b 7b}}`)",
        ),
        ("x{{world}}", 2, "the world has no key ``"),
        ("{{world stroe}}", 1, "the world has no key `stroe` did you mean `store`?"),
        ("{{world store.id}}", 1, "`store` of the world is one id write `{{world store}}`"),
        ("{{world columns}}", 1, "`columns` of the world is a list write `{{header columns}}` or `{{cells columns}}`"),
        ("{{world things}}", 1, "write `{{world things.id}}` or `{{world things.name}}`"),
        ("{{world things.nam}}", 1, "write `{{world things.id}}` or `{{world things.name}}`"),
        ("{{world store els x}}", 1, "`els x` behind `store` means nothing write `else unknown`"),
        ("{{world store else }}", 1, "means nothing"),
        ("{{header store}}", 1, "`store` of the world is no list write `{{world store}}`"),
        ("{{cells columns 0}}", 1, "`0` is no number of a row of cells count from 1"),
        ("{{jwt expird}}", 1, "`{{jwt expird}}` is not known did you mean `expired`?"),
        ("{{jwt expired full}}", 1, "`{{jwt expired}}` is not known known are `unsigned`"),
        ("{{jwt unsigned ful}}", 1, "`{{jwt unsigned ful}}` is not known did you mean `full`?"),
        ("{{secret admin}}", 1, "`{{secret admin}}` is not known known are `full`, `limited`"),
        ("{{unknown id}}", 1, "`{{unknown}}` takes nothing behind it"),
        ("{{ unknown }}", 1, "`{{unknown}}` has a blank before its word write it without"),
        ("{{world store else {{unknown}}", 1, "has another template inside"),
        ("{{unknown", 1, "`{{unknown` has no `}}` behind it"),
        ("{{row a}}", 1, "stands in a file without rows"),
    ] {
        let told = asked(written).1;
        assert_eq!(told.len(), 1, "{written} {told:?}");
        assert_eq!(told[0].0, column, "{written}");
        assert!(told[0].1.contains(what), "{written}\n{}", told[0].1);
    }
}

#[test]
fn a_text_that_is_not_sent_takes_no_template() {
    let written = "a {{unknown}} {{7*7}} {{other}}";
    let text = Text::decode("a.toml", written.as_bytes()).unwrap();
    let problems = Problems::default();
    let reader = Reader::new(&text, &problems);
    assert_eq!(plain(&reader.phrase(written, 0..0), &reader), written);
    assert_eq!(problems.count(), 1);
}

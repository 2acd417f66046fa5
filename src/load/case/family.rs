//! Reads one case file: one case, or one for each of its rows.

use super::ids::{self, plain_name};
use super::scope::Scope;
use super::{expect, request, rows};
use crate::contract::{Case, Each, Operation, WorldKind};
use crate::load::nearest;
use crate::load::problem::{Problem, Problems};
use crate::load::source::File;
use crate::load::table::{Phrase, Reader, Row, Rows, Section};
use crate::load::template::plain;
use crate::load::text::Text;
use toml::de::DeTable;

/// Reads one case file.
pub fn read(file: &File, scope: Scope<'_>, problems: &Problems) -> Vec<Case> {
    let Some(operation) = operation(file, scope, problems) else { return Vec::new() };
    let text = match Text::decode(&file.path, &file.bytes) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(*problem);
            return Vec::new();
        }
    };
    let reader = Reader::new(&text, problems);
    let Some(table) = reader.table() else { return Vec::new() };
    let family = Family { id: ids::family(&file.name), operation, scope, reader, table: &table };
    match &rows::read(&Section::root(reader, &table)) {
        None => vec![family.case(None)],
        Some(rows) => rows.rows.iter().map(|row| family.case(Some((rows, row)))).collect(),
    }
}

/// The operation in whose folder a file lies.
fn operation<'a>(file: &File, scope: Scope<'a>, problems: &Problems) -> Option<&'a Operation> {
    let known = || scope.contract.operations.iter().map(|operation| operation.id.as_str());
    let tell = |path: &str, what: String, advice: String| problems.push(Problem::file(path, what, advice));
    if ids::family(&file.name) == file.name {
        tell(&file.path, "this is no case file".into(), "the folder of cases holds files that end in `.toml`".into());
        return None;
    }
    let Some((folder, rest)) = ids::family(&file.name).split_once('/') else {
        let known: Vec<&str> = known().collect();
        let advice = format!("put it into the folder of an operation: {}", nearest::listed(&known));
        tell(&file.path, "the case belongs to no operation".into(), advice);
        return None;
    };
    if !rest.split('/').all(plain_name) {
        tell(&file.path, "this cannot be the id of a case".into(), "use letters, digits, `-`, `_` and `.`".into());
    }
    let found = scope.contract.operation(folder);
    if found.is_none() {
        let path = file.path.get(..file.path.len() - rest.len() - ".toml".len()).unwrap_or(&file.path);
        tell(path, format!("the contract has no operation `{folder}`"), nearest::advice(folder, known()));
    }
    found
}

struct Family<'a> {
    id: &'a str,
    operation: &'a Operation,
    scope: Scope<'a>,
    reader: Reader<'a>,
    table: &'a DeTable<'a>,
}

impl<'a> Family<'a> {
    fn case(&self, row: Option<(&'a Rows, &'a Row)>) -> Case {
        let reader = Reader { row, ..self.reader };
        let root = Section::root(reader, self.table);
        root.get("row");
        let title = root.need_words("title", "say in one line what the case promises").unwrap_or_default();
        let clause = root.need_words("clause", "cite the sentence of the page that promises it").unwrap_or_default();
        if title.text.contains('\n') {
            reader.problem(title.token.clone(), "the title has more than one line", "say it in one");
        }
        let case = Case {
            id: row.map_or_else(|| self.id.to_owned(), |(_, row)| format!("{}/{}", self.id, row.name)),
            family: self.id.to_owned(),
            operation: self.operation.id.clone(),
            title: plain(&title, &reader),
            clause: plain(&clause, &reader),
            place: row.map_or_else(|| reader.place(&title), |(_, row)| reader.text.place(row.span.clone())),
            control: root.flag("control"),
            each: self.each(&root),
            request: request::read(&root, self.operation, self.scope),
            expect: expect::read(&root, self.operation, self.scope),
        };
        fit_for_control(&root, &case);
        root.close();
        case
    }

    /// The key of the world whose pairs, or whose names, each make one case.
    fn each(&self, root: &Section<'_>) -> Option<Each> {
        let phrase: Phrase = root.text("each")?;
        let (wanted, each): (_, fn(String) -> Each) = match phrase.text.strip_suffix(".name") {
            Some(key) => (key, Each::Name),
            None => (phrase.text.as_str(), Each::Pair),
        };
        let keys = &self.scope.contract.world;
        let fits = keys.iter().filter(|key| matches!(key.kind, WorldKind::IdsBy(_))).map(|key| key.name.as_str());
        if fits.clone().any(|name| name == wanted) {
            return Some(each(wanted.to_owned()));
        }
        let what = match keys.iter().find(|key| key.name == wanted) {
            Some(key) => format!("`{}` of the world does not hold ids by name", key.name),
            None => format!("the world has no key `{wanted}`"),
        };
        root.reader.problem(phrase.token, what, nearest::advice(wanted, fits));
        None
    }
}

/// A control is a request that works: a full caller, and nothing but success.
fn fit_for_control(root: &Section<'_>, case: &Case) {
    let works = case.expect.statuses.iter().all(|status| (200..300).contains(status));
    if case.control && !(works && case.request.caller.as_deref() == Some("full")) {
        let advice = "a control is sent by the caller `full` and expects success";
        if let Some(entry) = root.get("control") {
            root.reader.problem(entry.span, "this request cannot serve as the control", advice);
        }
    }
}

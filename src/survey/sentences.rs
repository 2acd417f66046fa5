//! The sentences of the pages: each is seen where something that cites it was judged or came.

use super::Item;
use super::answers::{Answers, Body};
use super::view::View;
use crate::check::{Feature, Reach, Rule, Trait, rules};
use crate::contract::Operation;
use crate::lint::{listed, plain};

/// One place that cites a sentence.
struct Citation {
    seen: bool,
    obstacle: Option<String>,
}

/// Every promising sentence of every page.
pub fn items(view: &View<'_>, answers: &Answers<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for page in view.material.pages {
        let Some(operation) = view.material.contract.operation(&page.operation) else { continue };
        for sentence in &page.sentences {
            let citations = citations(view, answers, operation, &plain(&sentence.text));
            let allowed = citations.iter().any(|citation| citation.obstacle.is_none());
            let why = citations.iter().find_map(|citation| citation.obstacle.clone());
            items.push(Item {
                name: format!("{}: {}", operation.id, sentence.text),
                seen: citations.iter().any(|citation| citation.seen),
                obstacle: (!allowed).then(|| why.unwrap_or_else(|| "nothing that is sent shows it".to_owned())),
                absent: "nothing that cites it was judged or came",
            });
        }
    }
    items
}

fn citations(view: &View<'_>, answers: &Answers<'_>, operation: &Operation, sentence: &str) -> Vec<Citation> {
    let cites = |words: &str| plain(words).contains(sentence);
    let cases = view
        .of(&operation.id)
        .filter(|intent| cites(&intent.case.clause))
        .map(|intent| Citation { seen: view.was_judged(intent), obstacle: intent.skip.map(ToOwned::to_owned) });
    let statuses = operation.answers.iter().filter(|answer| cites(&answer.clause)).map(|answer| Citation {
        seen: view.came(&operation.id, answer.status),
        obstacle: view.status_obstacle(operation, answer.status),
    });
    let list = listed(sentence);
    let tells = |feature: &&Feature| {
        let own = list.is_some() && feature.listed == list;
        feature.kind == Trait::Property && (own || feature.words.iter().any(|words| cites(words)))
    };
    let shown = |body: &Body<'_>| {
        let shown = |feature: &Feature| Citation { seen: feature.seen, obstacle: body.obstacle.clone() };
        body.features.iter().filter(tells).map(shown).collect::<Vec<_>>()
    };
    let bodies = answers.of(&operation.id).flat_map(shown);
    let applied = rules().iter().filter(|rule| cites(rule.clause)).map(|rule| citation(view, operation, rule));
    cases.chain(statuses).chain(bodies).chain(applied).collect()
}

/// A rule applies where a case of its own is judged, or where any is.
fn citation(view: &View<'_>, operation: &Operation, rule: &Rule) -> Citation {
    let own = |case: &str| rule.reach != Reach::Case || case == rule.id;
    let obstacle = view.unless_sent(operation, |intent| own(&intent.case.expect.rule));
    Citation {
        seen: view.of(&operation.id).any(|intent| own(&intent.case.expect.rule) && view.was_judged(intent)),
        obstacle: obstacle.err().map(|why| why.unwrap_or_else(|| "no case of this operation asks for it".to_owned())),
    }
}

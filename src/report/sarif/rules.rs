//! The rules as SARIF describes them: what each promises, why, and the page's words.

use super::result::{level, plain};
use crate::event::Promise;
use crate::report::grade::Grade;
use crate::report::markdown::prose;
use crate::verdict::Finding;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The rules of a run, in the order of their indices.
#[derive(Debug, Default)]
pub struct Rules {
    listed: Vec<Promise>,
    index: BTreeMap<String, usize>,
}

impl Rules {
    /// The rules that a run lists.
    pub fn new(catalogue: &[Promise]) -> Self {
        let index = catalogue.iter().enumerate().map(|(at, promise)| (promise.id.clone(), at)).collect();
        Self { listed: catalogue.to_vec(), index }
    }

    /// The index of a finding's rule. A rule that the run does not list is described by the finding.
    pub fn index(&mut self, finding: &Finding) -> usize {
        if let Some(at) = self.index.get(&finding.rule) {
            return *at;
        }
        let at = self.listed.len();
        self.index.insert(finding.rule.clone(), at);
        let Finding { level, .. } = *finding;
        let [id, title, clause] = [&finding.rule, &finding.title, &finding.clause].map(Clone::clone);
        self.listed.push(Promise { id, level, title, why: String::new(), clause });
        at
    }

    /// The descriptor of each rule.
    pub fn descriptors(&self) -> Vec<Value> {
        self.listed.iter().map(descriptor).collect()
    }
}

fn descriptor(promise: &Promise) -> Value {
    let why = if promise.why.is_empty() { &promise.title } else { &promise.why };
    let explain = format!("tenantcheck explain {}", promise.id);
    let text = format!("{}\nThe page says: {}\n{}", plain(why), plain(&promise.clause), plain(&explain));
    let (told, said) = (prose(why), prose(&promise.clause));
    let markdown = format!("{told}\n\nThe page says: {said}\n\n{}", crate::report::markdown::code(&explain));
    json!({
        "id": promise.id,
        "shortDescription": {"text": plain(&promise.title)},
        "fullDescription": {"text": plain(why)},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": level(Grade::from(promise.level))},
    })
}

//! What a run could have seen, and what stood in its way.

use super::Material;
use super::intent::{Intent, intents};
use crate::contract::{Answer, AnswerBody, Operation};

const TOO_MANY_REQUESTS: u16 = 429;
const SERVER_ERRORS: u16 = 500;

/// What a run could have seen.
pub struct View<'a> {
    /// What is looked at.
    pub material: Material<'a>,
    /// Every case of the whole plan.
    pub intents: Vec<Intent<'a>>,
}

impl<'a> View<'a> {
    /// Looks at the whole plan.
    pub fn new(material: Material<'a>) -> Self {
        Self { material, intents: intents(material.whole) }
    }

    /// The cases of an operation.
    pub fn of(&self, operation: &str) -> impl Iterator<Item = &Intent<'a>> {
        self.intents.iter().filter(move |intent| intent.case.operation == operation)
    }

    /// Whether a case held or broke.
    pub fn was_judged(&self, intent: &Intent<'_>) -> bool {
        self.material.judged.contains(&intent.case.id)
    }

    /// Whether a status came.
    pub fn came(&self, operation: &str, status: u16) -> bool {
        self.material.statuses.contains(&(operation.to_owned(), status))
    }

    /// Why no request may be answered with a status, if so.
    pub fn status_obstacle(&self, operation: &Operation, status: u16) -> Option<String> {
        if status >= SERVER_ERRORS {
            return Some("only a tenant that fails answers so, and nothing provokes it".to_owned());
        }
        let asks = |intent: &&Intent<'_>| {
            intent.case.expect.statuses.contains(&status) || (intent.floods && status == TOO_MANY_REQUESTS)
        };
        self.unless_sent(operation, asks).err().map(|skip| match (skip, self.material.whole.left_out.first()) {
            (Some(why), _) => why,
            (None, Some(left_out)) if status == TOO_MANY_REQUESTS => left_out.clone(),
            (None, _) => "no case of this operation asks for it".to_owned(),
        })
    }

    /// Why no body of a schema file may come, if so.
    pub fn body_obstacle(&self, operation: &Operation, answer: &Answer, file: &str) -> Option<String> {
        let AnswerBody::ByParameter { parameter, schemas } = &answer.body else {
            return self.status_obstacle(operation, answer.status);
        };
        let is_own = |value: String| schemas.get(&value).is_some_and(|own| own == file);
        let asks = |intent: &&Intent<'_>| intent.case.control && intent.parameter(parameter).is_some_and(is_own);
        self.unless_sent(operation, asks).err().map(|skip| {
            let named: Vec<&str> =
                schemas.iter().filter(|(_, own)| *own == file).map(|(value, _)| value.as_str()).collect();
            skip.unwrap_or_else(|| format!("tenantcheck.toml names no thing of the {parameter} {}", named.join(", ")))
        })
    }

    /// Fails where no case that asks so may be sent: why the first one may not, if there is one.
    pub fn unless_sent(
        &self,
        operation: &Operation,
        asks: impl Fn(&&Intent<'_>) -> bool,
    ) -> Result<(), Option<String>> {
        let asking: Vec<&Intent<'_>> = self.of(&operation.id).filter(|intent| asks(intent)).collect();
        let sent = asking.iter().any(|intent| intent.skip.is_none());
        if sent { Ok(()) } else { Err(asking.first().and_then(|intent| intent.skip).map(ToOwned::to_owned)) }
    }
}

//! What a status means for a case: which one rule it breaks, and whether the body is promised a form.

use super::{expected_status, listed_status, no_redirect, no_server_error};
use crate::check::fault::Fault;
use crate::check::rule::Rule;
use crate::check::scene::Scene;
use crate::contract::Answer as Promise;
use crate::exchange::Answer;

const TOO_MANY_REQUESTS: u16 = 429;
const HTTP_REFUSES_WITH_5XX: [u16; 2] = [501, 505];

/// What a status means for a case.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The one rule that the status breaks.
    pub fault: Option<Fault>,
    /// What headers and body are promised.
    pub form: Form<'a>,
}

/// What headers and body are promised.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// Nothing: any headers and any body are right.
    Free,
    /// What the page says of a server error: only a body that has the page's form is looked at.
    Failed(&'a Promise),
    /// What the page says of this status.
    Promised(&'a Promise),
}

/// Finds what the status of an answer means; `own` is the rule that the case names.
///
/// Precedence: a server error, then what HTTP itself may refuse, then a redirect, then a status that is not listed,
/// then one that the case does not allow. A 2xx that is not listed is told as that, whatever HTTP may refuse. A listed
/// 429 is never wrong by itself: any request may meet the limit.
pub fn standing<'a>(scene: &Scene<'a>, answer: &Answer, own: &'static Rule) -> Standing<'a> {
    let status = answer.status;
    let http = scene.case.expect.http;
    let promise = scene.operation.answer(status);
    let free = |fault| Standing { fault, form: Form::Free };
    match (status, promise) {
        (500..600, _) if http && HTTP_REFUSES_WITH_5XX.contains(&status) => free(None),
        (500..600, _) => {
            let form = promise.filter(|_| !http).map_or(Form::Free, Form::Failed);
            Standing { fault: Some(no_server_error::broken(answer)), form }
        }
        (300..500, _) if http && (status != TOO_MANY_REQUESTS || promise.is_none()) => free(None),
        (200..300, Some(_)) if http && !scene.allows(status) => free(Some(expected_status::broken(own, scene, answer))),
        (_, None) if scene.allows(status) => free(None),
        (300..400, None) => free(Some(no_redirect::broken(answer))),
        (_, None) => free(Some(listed_status::broken(scene, answer))),
        (_, Some(promise)) => {
            let right = status == TOO_MANY_REQUESTS || scene.allows(status);
            let fault = (!right).then(|| expected_status::broken(own, scene, answer));
            Standing { fault, form: Form::Promised(promise) }
        }
    }
}

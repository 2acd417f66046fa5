//! What a status means for a case: which one rule it breaks, and whether the body is promised a form.

use super::{expected_status, listed_status, no_redirect, no_server_error};
use crate::check::fault::Fault;
use crate::check::rule::Rule;
use crate::check::scene::Scene;
use crate::contract::Answer as Promise;
use crate::exchange::Answer;

const UNAUTHORIZED: u16 = 401;
const TOO_MANY_REQUESTS: u16 = 429;
const HTTP_REFUSES_WITH_5XX: [u16; 2] = [501, 505];
/// How HTTP (RFC 9110, 9112 and 6585) refuses a message as such, before anybody asks who sent it.
const MESSAGE: [u16; 8] = [400, 408, 413, 414, 421, 426, 429, 431];
/// How it refuses a method, a media type, a length, a condition or an expectation, and how a router or a gateway in
/// front refuses what it does not pass on.
const REQUEST: [u16; 10] = [401, 403, 404, 405, 406, 411, 412, 415, 416, 417];

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
/// Precedence: a server error, then what HTTP itself may refuse or move elsewhere, then a redirect, then a status that
/// is not listed, then one that the case does not allow. A 2xx that is not listed is told as that, whatever HTTP may
/// refuse. A listed 429 is never wrong by itself: any request may meet the limit.
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
        (300..500, _) if http && is_https_own(scene, status) && (status != TOO_MANY_REQUESTS || promise.is_none()) => {
            free(None)
        }
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

/// Whether a status is HTTP's own for a request that HTTP may refuse. Where only 401 is owed, it is about the caller:
/// another word on the caller, or on what the request asks for, would say that the credential was believed.
fn is_https_own(scene: &Scene<'_>, status: u16) -> bool {
    let about_the_caller = scene.case.expect.statuses == [UNAUTHORIZED];
    scene.allows(status)
        || MESSAGE.contains(&status)
        || (!about_the_caller && ((300..400).contains(&status) || REQUEST.contains(&status)))
}

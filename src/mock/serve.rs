//! From a request to its answer: what is asked of every call, in the tenant's order.

use super::answer::Answer;
use super::authorization;
use super::call::Call;
use super::clock;
use super::detail;
use super::endpoint::Endpoint;
use super::envelope::More;
use super::estate::Estate;
use super::intake;
use super::language::Choice;
use super::refusal::Refusal;
use super::seam::Seam;
use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::any;
use http::HeaderName;
use std::sync::Arc;
use std::time::Instant;

/// Where a request arrived.
#[derive(Debug, Clone, Copy)]
struct Place {
    endpoint: Endpoint,
    version: &'static str,
    template: &'static str,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("slpt-request-id");

/// The tenant as an axum router: every path of every endpoint, and a 404 for the rest.
pub fn router(estate: &Arc<Estate>, seam: &Seam) -> Router {
    let mut router = Router::new().fallback({
        let (estate, seam) = (Arc::clone(estate), seam.clone());
        move |request: Request| async move { serve(&estate, &seam, None, request).await }
    });
    for endpoint in Endpoint::ALL {
        for (version, template) in endpoint.paths() {
            let place = Place { endpoint, version, template };
            let (estate, seam) = (Arc::clone(estate), seam.clone());
            let handler = move |request: Request| async move { serve(&estate, &seam, Some(place), request).await };
            router = router.route(template, any(handler));
        }
    }
    router
}

/// Every request enters and every answer leaves through here; so does the seam, which no other place knows.
async fn serve(estate: &Estate, seam: &Seam, place: Option<Place>, request: Request) -> Response {
    let id = estate.ids.next();
    let (head, body) = request.into_parts();
    let choice = Choice::of(&head.headers);
    let (body, unread) = match intake::whole(body).await {
        Ok(body) => (body, None),
        Err(refusal) => (Bytes::new(), Some(refusal)),
    };
    let endpoint = place.map(|place| place.endpoint);
    let mut call = Call { template: place.map_or("", |place| place.template), head, body };
    seam.misread(estate, endpoint, &mut call);
    let outcome = match (unread, place) {
        (None, Some(place)) => called(estate, place, &call).await,
        (None, None) => Err(Refusal::not_found()),
        (Some(refusal), _) => Err(refusal),
    };
    let mut answer = outcome.unwrap_or_else(|refusal| refusal.answer(choice, &id));
    if let Ok(value) = id.parse() {
        answer.headers.insert(REQUEST_ID, value);
    }
    seam.leave(endpoint, &call, &id, answer).await
}

/// Asks for the method, the caller, the rate limit and the authority, and only then for the rest.
///
/// The limit counts by client, so that a request without a good token is never counted: its 401 needs no wait.
async fn called(estate: &Estate, place: Place, call: &Call) -> Result<Answer, Refusal> {
    if !place.endpoint.takes(&call.head.method) {
        return Err(Refusal::Method(place.endpoint.allowed()));
    }
    if place.endpoint.guarded() {
        let claims = authorization::caller(&call.head.headers, &estate.signer, clock::seconds())?;
        estate.limit.take(&claims.client_id, place.version, Instant::now()).map_err(Refusal::Limited)?;
        if !claims.authority {
            return Err(Refusal::Enveloped(&detail::FORBIDDEN, More::Nothing));
        }
    }
    place.endpoint.answer(estate, call).await
}

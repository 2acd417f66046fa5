//! When a client began to connect and when the connection stood, told by a layer around its connector.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::watch;
use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

/// Where a request stands before its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// On a kept connection, as far as is known.
    Kept,
    /// A connection is made since then.
    Connecting(Instant),
    /// The connection was begun, and stood.
    Connected { began: Instant, stood: Instant },
}

/// The stage of the one request that a client carries.
#[derive(Debug, Clone)]
pub(super) struct Stamp(Arc<watch::Sender<Stage>>);

/// A connector that stamps.
#[derive(Debug, Clone)]
pub(super) struct Stamped<S> {
    inner: S,
    stamp: Stamp,
}

impl Stamp {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Stage::Kept)))
    }

    /// A new request begins.
    pub(super) fn reset(&self) {
        self.0.send_replace(Stage::Kept);
    }

    pub(super) fn stage(&self) -> Stage {
        *self.0.borrow()
    }

    /// Waits until the deadline that the stage of the moment sets has passed.
    pub(super) async fn expired(&self, deadline: impl Fn(Stage) -> Instant) {
        let mut changes = self.0.subscribe();
        loop {
            let stage = *changes.borrow_and_update();
            tokio::select! {
                () = tokio::time::sleep_until(deadline(stage)) => return,
                _ = changes.changed() => {}
            }
        }
    }
}

impl<S> Layer<S> for Stamp {
    type Service = Stamped<S>;

    fn layer(&self, inner: S) -> Stamped<S> {
        Stamped { inner, stamp: self.clone() }
    }
}

impl<S, R> Service<R> for Stamped<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let began = Instant::now();
        let stamp = Arc::clone(&self.stamp.0);
        stamp.send_replace(Stage::Connecting(began));
        let connecting = self.inner.call(request);
        Box::pin(async move {
            let connected = connecting.await;
            if connected.is_ok() {
                stamp.send_replace(Stage::Connected { began, stood: Instant::now() });
            }
            connected
        })
    }
}

//! Takes connections and serves HTTP/1.1 on them until told to stop.

use super::raw::{Line, Raw, Slot};
use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot::Receiver;

/// How long a stopping tenant waits for the answers that are under way, whatever a client leaves open.
const FAREWELL: Duration = Duration::from_millis(500);

/// How long no connection is taken after one could not be, as when there are too many open files.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until told to stop; then what is under way may end.
pub async fn listen(listener: TcpListener, router: Router, mut stopped: Receiver<()>) {
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            // An error means that the tenant is gone, which is a stop as well.
            _ = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(tokio::spawn(converse(stream, router.clone(), graceful.watcher()))),
                Err(_) => tokio::time::sleep(BREATH).await,
            },
        }
    }
    drop(listener);
    // Whoever is not done by then is cut off.
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}

/// Serves one connection. A client may close its sending half and still be answered.
async fn converse(stream: TcpStream, router: Router, watcher: Watcher) {
    // Without this a small answer may wait for the acknowledgement of the one before. Failing costs time alone.
    let _ = stream.set_nodelay(true);
    let slot = Slot::default();
    let line = TokioIo::new(Line::new(stream, slot.clone()));
    let honest = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let (slot, answer) = (slot.clone(), honest.call(request));
        async move {
            let answer = answer.await?;
            slot.lay(answer.extensions().get::<Raw>().cloned());
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = Builder::new().half_close(true).serve_connection(line, service);
    // What breaks a connection is the client's affair; HTTP has answered what it could.
    let _ = watcher.watch(connection).await;
}

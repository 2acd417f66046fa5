//! A server before a tenant that gives tokens of its own, which it may end or take back. Everything else it passes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tenantcheck::mock::Tenant;

/// How long a front lives at most.
const LIFE: Duration = Duration::from_mins(1);

/// What a front does.
#[derive(Clone)]
pub struct Ways {
    /// `expires_in` of its tokens.
    pub life: Option<f64>,
    /// Whether they really end then.
    pub ends: bool,
    /// For how many requests a token of the full caller is good.
    pub uses: Option<usize>,
    /// The same for the limited caller, whose client has the id `limited`.
    pub limited_uses: Option<usize>,
    /// How many tokens it gives; further requests are refused.
    pub tokens: usize,
    /// The answer to a request for a token, instead of a token, for the first so many of them.
    pub instead: Option<(usize, String)>,
}

impl Default for Ways {
    fn default() -> Self {
        Self { life: Some(749.0), ends: true, uses: None, limited_uses: None, tokens: usize::MAX, instead: None }
    }
}

pub struct Front {
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    ways: Ways,
    port: u16,
    real: [String; 2],
    given: Vec<Given>,
    asked: Vec<String>,
}

struct Given {
    since: Instant,
    used: usize,
    limited: bool,
}

const NAME: &str = "front-token-";

impl Front {
    /// Stands before a tenant; its tokens are as good as those of the callers there.
    pub fn before(tenant: &Tenant, ways: Ways) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let port = tenant.url().rsplit(':').next().unwrap().parse().unwrap();
        let real = ["full", "limited"].map(|caller| tenant.token(caller));
        let state = State { ways, port, real, given: Vec::new(), asked: Vec::new() };
        let state = Arc::new(Mutex::new(state));
        let ours = Arc::clone(&state);
        std::thread::spawn(move || {
            let end = Instant::now() + LIFE;
            while Instant::now() < end && Arc::strong_count(&ours) > 1 {
                match listener.accept() {
                    Ok((stream, _)) => {
                        let state = Arc::clone(&ours);
                        std::thread::spawn(move || relay(stream, &state));
                    }
                    Err(_) => std::thread::sleep(Duration::from_millis(1)),
                }
            }
        });
        Self { url, state }
    }

    /// The requests for tokens that came.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }
}

impl State {
    /// The answer to a request for a token.
    fn give(&mut self, request: String) -> String {
        let limited = request.contains("client_id=limited&");
        self.asked.push(request);
        if let Some((_, answer)) = self.ways.instead.as_ref().filter(|(count, _)| self.asked.len() <= *count) {
            return answer.clone();
        }
        if self.given.len() >= self.ways.tokens {
            return answer(401, r#"{"error":"invalid_client"}"#);
        }
        self.given.push(Given { since: Instant::now(), used: 0, limited });
        let life = self.ways.life.map_or_else(String::new, |life| format!(r#","expires_in":{life}"#));
        answer(200, &format!(r#"{{"access_token":"{NAME}{:04}","token_type":"bearer"{life}}}"#, self.given.len()))
    }

    /// The bytes as the tenant gets them: a good token of ours is the tenant's own.
    fn pass(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Some(at) = memchr::memmem::find(bytes, NAME.as_bytes()) else { return bytes.to_vec() };
        let end = at + NAME.len() + 4;
        let number: usize = std::str::from_utf8(&bytes[at + NAME.len()..end]).unwrap().parse().unwrap();
        let given = &mut self.given[number - 1];
        given.used += 1;
        let uses = if given.limited { self.ways.limited_uses } else { self.ways.uses };
        let young = !self.ways.ends || self.ways.life.is_none_or(|life| given.since.elapsed().as_secs_f64() < life);
        let unspent = uses.is_none_or(|uses| given.used <= uses);
        let real = &self.real[usize::from(given.limited)];
        if young && unspent { [&bytes[..at], real.as_bytes(), &bytes[end..]].concat() } else { bytes.to_vec() }
    }
}

/// An answer as bytes.
pub fn answer(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn relay(mut guest: TcpStream, state: &Arc<Mutex<State>>) {
    guest.set_nonblocking(false).unwrap();
    guest.set_nodelay(true).unwrap();
    guest.set_read_timeout(Some(LIFE)).unwrap();
    let Ok(mut tenant) = TcpStream::connect(("127.0.0.1", state.lock().unwrap().port)) else { return };
    tenant.set_nodelay(true).unwrap();
    let (mut back, mut from) = (guest.try_clone().unwrap(), tenant.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut back);
        let _ = back.shutdown(Shutdown::Write);
    });
    let mut piece = vec![0; 1 << 20];
    while let Ok(count @ 1..) = guest.read(&mut piece) {
        let mut bytes = piece[..count].to_vec();
        let written = if bytes.starts_with(b"POST /oauth/token ") {
            while !whole(&bytes) {
                let Ok(count @ 1..) = guest.read(&mut piece) else { return };
                bytes.extend_from_slice(&piece[..count]);
            }
            let answer = state.lock().unwrap().give(String::from_utf8_lossy(&bytes).into_owned());
            guest.write_all(answer.as_bytes())
        } else {
            let passed = state.lock().unwrap().pass(&bytes);
            tenant.write_all(&passed)
        };
        if written.is_err() {
            return;
        }
    }
    let _ = tenant.shutdown(Shutdown::Write);
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

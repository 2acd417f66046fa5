//! What every engine stands on: the contract, its judge, the embedded tenant, and room for deep recursion.

use std::sync::{Arc, LazyLock};
use tenantcheck::check::Judge;
use tenantcheck::contract::{Case, Contract};
use tenantcheck::exchange::{Answer, End, Exchange, Outcome, Probe, Purpose, Secrets, Timing};
use tenantcheck::mock::{Rate, Service};
use tenantcheck::run::contract_and_cases;

/// The stack of a thread in which deep documents are walked.
const STACK: usize = 256 << 20;

/// The embedded contract, its cases and its judge.
pub struct Stage {
    pub contract: Contract,
    pub cases: Vec<Case>,
    pub judge: Judge,
}

/// The embedded contract, its cases and its judge.
pub static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let (contract, cases) = contract_and_cases(None).expect("the embedded contract is readable");
    let judge = Judge::new(&contract).expect("the embedded contract can be judged by");
    Stage { contract, cases, judge }
});

/// An embedded tenant that limits nobody.
pub static TENANT: LazyLock<Service> =
    LazyLock::new(|| Service::new(Rate { requests: u32::MAX, seconds: 1 }, None, Vec::new()).expect("a tenant starts"));

/// The credentials of the embedded tenant.
pub fn secrets() -> Secrets {
    let mut secrets = Secrets::default();
    for caller in ["full", "limited"] {
        secrets.insert(caller, TENANT.token(caller));
    }
    secrets
}

/// Does something on a stack that is large enough for whatever may be read.
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.expect("a thread starts").join().expect("what panics in it has aborted the process")
    })
}

/// A whole answer.
pub fn answer(status: u16, headers: Vec<(String, Vec<u8>)>, body: Vec<u8>) -> Answer {
    let headers = headers.into_iter().map(|(name, value)| (name, value.into())).collect();
    Answer { version: "HTTP/1.1".into(), status, reason: String::new(), headers, body: body.into(), end: End::Complete }
}

/// The first exchange of a run.
pub fn exchange(probe: Probe, outcome: Outcome) -> Exchange {
    let timing = Timing { connect_us: None, first_byte_us: Some(1), total_us: 1 };
    Exchange { number: 1, purpose: Purpose::Case, at_ms: 0, probe: Arc::new(probe), outcome, timing }
}

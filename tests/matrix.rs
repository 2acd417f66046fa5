//! Measures.
#[path = "matrix/bench.rs"]
mod bench;
use tenantcheck::mock::*;
fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let hit = |id: &str| wanted.is_empty() || wanted.iter().any(|w| id.contains(w.as_str()));
    let jobs: Vec<(String, Box<dyn Fn() -> bench::Told + Send + Sync>)> = Variant::all()
        .filter(|v| hit(&format!("v:{}", v.id)))
        .map(|v| (format!("v:{}", v.id), Box::new(move || bench::odd(v)) as Box<dyn Fn() -> bench::Told + Send + Sync>))
        .chain(Fault::all().filter(|v| hit(&format!("f:{}", v.id))).map(|f| {
            (format!("f:{}", f.id), Box::new(move || bench::faulty(Some(f))) as Box<dyn Fn() -> bench::Told + Send + Sync>)
        }))
        .collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                while let Some((id, job)) = jobs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let t = job();
                    println!("{id:34} exit {} {:?} first {:?}/{} {} ms", t.exit, t.rules, t.first, t.requests, t.ms);
                    for u in &t.unjudged { println!("      UNJUDGED {u}"); }
                    if t.cases.len() < 12 { println!("      CASES {:?}", t.cases); }
                }
            });
        }
    });
}

//! Every case as a trial of the Rust test harness.

use crate::event::Event;
use crate::load;
use crate::plan::{Planned, Select};
use crate::report::{Face as _, Keep, Look, default_folder, failure_page};
use crate::run::{Bench, Choice, Environment};
use libtest_mimic::{Arguments, Conclusion, Failed, Trial};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;

/// Where the environment names a configuration for the trials.
pub const CONFIG: &str = "TENANTCHECK_CONFIG";
/// The stack of a trial's thread: deep documents are walked in it.
const STACK: usize = 64 * 1024 * 1024;

/// Runs a trial for each case: against the tenant that the environment names, or the embedded one.
#[must_use = "call `exit()` on the conclusion, or a failing trial goes unnoticed"]
pub fn main(choice: Choice) -> Conclusion {
    let arguments = Arguments::from_args();
    let environment = Environment::of_process();
    let config = environment.get(CONFIG).map(PathBuf::from).or(choice.config.clone());
    match Bench::new(Choice { config, ..choice }, &environment) {
        Ok(bench) => libtest_mimic::run(&arguments, trials(&Arc::new(bench))),
        Err(error) => {
            let failed = Trial::test("set-up", move || Err(Failed::from(error.to_string())));
            libtest_mimic::run(&Arguments::default(), vec![failed])
        }
    }
}

fn trials(bench: &Arc<Bench>) -> Vec<Trial> {
    let plan = bench.plan(&Select::default());
    plan.selected().map(|planned| trial(bench, planned)).collect()
}

fn trial(bench: &Arc<Bench>, planned: &Planned) -> Trial {
    let (bench, id) = (Arc::clone(bench), planned.case.id.clone());
    let case = id.clone();
    let skipped = planned.skip.is_some();
    Trial::test(id, move || {
        let judged = std::thread::Builder::new().stack_size(STACK).spawn(move || judge(&bench, &case));
        judged?.join().unwrap_or_else(|_| Err(Failed::from("the judging thread panicked")))
    })
    .with_ignored_flag(skipped)
}

fn judge(bench: &Bench, case: &str) -> Result<(), Failed> {
    let plan = bench.plan(&Select::exactly(case));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (_never, stop) = watch::channel(false);
    let mut events: Vec<Event> = Vec::new();
    let mut keep = Keep::new(default_folder(), load::findings(&default_folder()), |_| {});
    let summary = runtime.block_on(bench.run(&plan, stop, &mut |event| {
        // Whether a finding can be kept changes no verdict.
        let _ = keep.event(&event);
        events.push(event);
    }));
    if summary.exit == 0 {
        return Ok(());
    }
    let page = failure_page(&events, Look::default());
    if !page.is_empty() {
        return Err(Failed::from(parted(&events, case) + &page));
    }
    // Without a finding the run itself has told why it judged nothing.
    let notes: Vec<String> = events.iter().filter_map(reason).collect();
    Err(Failed::from(notes.join("\n")))
}

/// Which of those that share the trial's request broke when each was sent by itself.
fn parted(events: &[Event], case: &str) -> String {
    let broken = |event: &Event| match event {
        Event::Case(judged) if judged.case != case && judged.verdict == "broken" => {
            Some(format!("  {}\n", judged.case))
        }
        _ => None,
    };
    let members: String = events.iter().filter_map(broken).collect();
    if members.is_empty() {
        return members;
    }
    format!("`{case}` is one request for several. Each was then sent by itself, and these broke:\n{members}\n")
}

fn reason(event: &Event) -> Option<String> {
    match event {
        Event::Note { text } => Some(text.clone()),
        Event::Case(judged) => judged.why.as_ref().map(|why| format!("{}: {why}", judged.verdict)),
        _ => None,
    }
}

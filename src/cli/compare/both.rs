//! Sends the same cases to two tenants, to one after the other, and compares what comes.

use super::Compare;
use super::logs::same;
use super::party::Party;
use crate::cli::fire::Fire;
use crate::cli::named::phases;
use crate::cli::price;
use crate::cli::selection::Selection;
use crate::compare::{Digest, compare};
use crate::plan::{Phase, Select};
use crate::report::{Destination, RUN_LOG, ReportError, default_folder, make_folder, open_comparison};
use crate::run::{ACCESS_TOKEN, BASE_URL, CLIENT_ID, CLIENT_SECRET, Environment, Exit};
use clap::Args;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Which candidates of the fuzz phase go out depends on the answers, so that two tenants get different ones.
const PHASES: [Phase; 3] = [Phase::Cases, Phase::Coverage, Phase::Flood];
/// Where the two runs lie in the run folder, apart from that of `check`.
const FOLDER: &str = "compare";

/// How the same cases are sent to two tenants.
#[derive(Debug, Args)]
pub(super) struct Both {
    /// With --config, the phases to send [default: cases, coverage, and flood where it is allowed]
    #[arg(long = "phase", value_name = "P[,P]", value_delimiter = ',', value_parser = phases(), hide_possible_values = true)]
    phases: Vec<Phase>,
    /// With --config, print what would be sent to each tenant, and the price, without sending anything
    #[arg(long)]
    dry_run: bool,
    /// With --config, the folder for the two runs, compare/old and compare/new below it
    /// [default: target/tenantcheck in a Cargo project, else .tenantcheck]
    #[arg(long, value_name = "DIR")]
    run_dir: Option<PathBuf>,
    #[command(flatten)]
    fire: Fire,
}

impl Both {
    pub(super) fn run(&self, command: &Compare, configs: [&Path; 2], what: &[PathBuf]) -> anyhow::Result<u8> {
        let globs = globs(what)?;
        let [old, new] = configs;
        anyhow::ensure!(
            !same(old, new),
            "--config names `{}` twice: a tenant compared with itself shows nothing; name two configurations",
            old.display()
        );
        let environment = Environment::of_process();
        let parties = self.parties(configs, &globs, environment.clone())?;
        let (benches, plans) =
            (parties.each_ref().map(|party| &party.bench), parties.each_ref().map(|party| &party.plan));
        let selection = Selection { globs: &globs, shard: None, phases: self.phases() };
        if let Some(exit) = selection.obstacle(&benches, &plans)? {
            return Ok(exit);
        }
        if self.dry_run {
            return preview(&parties);
        }
        tell_environment(&environment);
        apart(&parties, &command.report)?;
        let opened = open_comparison(&command.report)?;
        // Git does not see the run folder, which is told at its top. One that cannot be written is told with its log.
        let _ = make_folder(&self.run_folder());
        let outcome = send(&parties)?;
        let mut comparison = compare(&outcome.old, &outcome.new);
        comparison.notes.splice(0..0, outcome.notes);
        command.tell(&comparison, opened, outcome.lack)
    }

    fn phases(&self) -> &[Phase] {
        if self.phases.is_empty() { &PHASES } else { &self.phases }
    }

    fn run_folder(&self) -> PathBuf {
        self.run_dir.clone().unwrap_or_else(default_folder)
    }
}

impl Both {
    fn parties(
        &self,
        [old, new]: [&Path; 2],
        globs: &[String],
        environment: Environment,
    ) -> anyhow::Result<[Party; 2]> {
        let select = Select::new(globs)?;
        let choice = self.fire.choice(self.phases(), None)?;
        let environment = environment.silent();
        let folder = self.run_folder().join(FOLDER);
        let party = |name, config: &Path| Party::new(name, config, choice.clone(), &environment, &select, &folder);
        Ok([party("old", old)?, party("new", new)?])
    }
}

/// What stands beside `--config`: globs, and never a recorded run.
fn globs(what: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let recorded = |path: &&PathBuf| path.is_file() || path.join(RUN_LOG).is_file();
    if let Some(path) = what.iter().find(recorded) {
        anyhow::bail!(
            "`{}` is a file or a run folder, and beside --config stand globs on case ids: \
             name either two recorded runs, OLD and NEW, or two configurations",
            path.display()
        );
    }
    Ok(what.iter().map(|glob| glob.to_string_lossy().into_owned()).collect())
}

/// Prints both plans and what they cost.
fn preview(parties: &[Party; 2]) -> anyhow::Result<u8> {
    for party in parties {
        writeln!(anstream::stdout(), "{}: {}\n", party.name, party.config.display())?;
        price::print(&party.plan, &party.bench.aim.target, None)?;
        writeln!(anstream::stdout())?;
    }
    Ok(Exit::Held.code())
}

/// A target or a token of the environment would be that of both tenants.
fn tell_environment(environment: &Environment) {
    let set =
        [BASE_URL, ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET].into_iter().filter(|name| environment.get(name).is_some());
    let set: Vec<&str> = set.collect();
    if !set.is_empty() {
        anstream::eprintln!(
            "note: {} of the environment: left alone, unless a configuration names it; each configuration has a target \
             and credentials of its own",
            set.join(", ")
        );
    }
}

/// No report goes to a log of the two runs.
fn apart(parties: &[Party; 2], reports: &[Destination]) -> anyhow::Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let logs = parties.each_ref().map(Party::log);
    for report in reports {
        if let Some(log) = logs.iter().find(|log| absolute(log) == absolute(&report.path)) {
            return Err(ReportError::Itself(log.clone()).into());
        }
    }
    Ok(())
}

/// What two runs have come to.
struct Outcome {
    old: Digest,
    new: Digest,
    notes: Vec<String>,
    lack: Option<Exit>,
}

/// Sends to one tenant after the other; to none of them where one cannot be reached.
fn send(parties: &[Party; 2]) -> anyhow::Result<Outcome> {
    let mut notes = unreachable(parties)?;
    let mut goes_on = notes.is_empty();
    let mut exits = Vec::new();
    let mut digests = [Digest::default(), Digest::default()];
    for (party, digest) in parties.iter().zip(&mut digests) {
        if !goes_on {
            *digest = party.unbegun();
            continue;
        }
        let (gathered, exit) = party.fire()?;
        *digest = gathered;
        goes_on = exit != Exit::Usage.code() && !Exit::interrupts(exit);
        notes.extend(told(party.name, exit));
        exits.push(exit);
    }
    let [old, new] = digests;
    Ok(Outcome { old, new, notes, lack: lack(&exits) })
}

/// Which of the tenants cannot be reached, a sentence each.
fn unreachable(parties: &[Party; 2]) -> anyhow::Result<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let lost = runtime.block_on(async {
        let mut lost = Vec::new();
        for party in parties {
            let why = party.bench.unreachable().await;
            lost.extend(why.map(|why| format!("{}, the tenant of {}: {why}", party.name, party.config.display())));
        }
        lost
    });
    // A name lookup that hangs must not keep the process.
    runtime.shutdown_background();
    Ok(lost)
}

/// What the end of a run means for the comparison, where it is no usual one.
fn told(name: &str, exit: u8) -> Option<String> {
    if Exit::interrupts(exit) {
        return Some(format!("the {name} run was interrupted; what it had come to is compared"));
    }
    let ends = [
        (Exit::Usage, "ended early: its configuration is wrong, as its tenant shows"),
        (Exit::Undecided, "could not judge everything that it should have (exit 3)"),
        (Exit::Nothing, "judged nothing (exit 4)"),
    ];
    let end = ends.iter().find(|(end, _)| end.code() == exit);
    end.map(|(_, means)| format!("the {name} run {means}"))
}

/// The exit code of two runs that do not end well; `None` where both do. A run that did not begin has none.
fn lack(exits: &[u8]) -> Option<Exit> {
    let any = |end: Exit| exits.contains(&end.code());
    let all = |end: Exit| exits.len() == 2 && exits.iter().all(|exit| *exit == end.code());
    let outside = Exit::FROM_OUTSIDE.into_iter().find(|end| any(*end));
    match () {
        () if outside.is_some() => outside,
        () if any(Exit::Usage) => Some(Exit::Usage),
        () if all(Exit::Nothing) => Some(Exit::Nothing),
        () if exits.len() < 2 || any(Exit::Undecided) || any(Exit::Nothing) => Some(Exit::Undecided),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, lack};

    #[test]
    fn what_one_run_lacks_the_comparison_lacks() {
        for (exits, ends) in [
            (&[0, 0][..], None),
            (&[0, 1], None),
            (&[0, 3], Some(Exit::Undecided)),
            (&[4, 1], Some(Exit::Undecided)),
            (&[4, 4], Some(Exit::Nothing)),
            (&[2], Some(Exit::Usage)),
            (&[130], Some(Exit::Interrupted)),
            (&[3, 130], Some(Exit::Interrupted)),
            (&[0, 143], Some(Exit::Terminated)),
            (&[129], Some(Exit::HungUp)),
            (&[], Some(Exit::Undecided)),
        ] {
            assert_eq!(lack(exits), ends, "{exits:?}");
        }
    }
}

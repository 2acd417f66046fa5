//! The command line: reads arguments, calls the run, shows what came out.

mod aiming;
mod baseline;
mod beside;
mod check;
mod compare;
mod completions;
mod config_file;
mod explain;
mod fire;
mod flood;
mod fuzz;
mod lint;
mod list;
mod mock;
mod named;
mod output;
mod price;
mod replay;
mod report;
mod save;
mod selection;
mod signals;

use crate::run::Exit;
use clap::{Parser, Subcommand};
use std::io;

/// Checks a tenant against the documented contract of two SailPoint Identity Security Cloud endpoints.
#[derive(Debug, Parser)]
#[command(name = "tenantcheck", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Fuzz(fuzz::Fuzz),
    Flood(flood::Flood),
    Replay(replay::Replay),
    Mock(mock::Mock),
    List(list::List),
    Explain(explain::Explain),
    Compare(compare::Compare),
    Report(report::Report),
    Lint(lint::Lint),
    Completions(completions::Completions),
}

/// The stack of the thread that judges: deep documents are walked in it.
const STACK: usize = 64 * 1024 * 1024;

/// Runs the command line of this process and answers the exit code.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Whether somebody reads the help changes nothing.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.code() } else { Exit::Held.code() };
        }
    };
    let judged = std::thread::Builder::new().stack_size(STACK).spawn(move || run(cli.command));
    let result = match judged.map(std::thread::JoinHandle::join) {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => return Exit::Undecided.code(),
        Err(error) => Err(error.into()),
    };
    result.unwrap_or_else(|error| {
        if error.chain().any(is_unread) {
            return Exit::Held.code();
        }
        anstream::eprintln!("error: {}", told(&error));
        Exit::Usage.code()
    })
}

/// An error with its causes, each told once.
fn told(error: &anyhow::Error) -> String {
    error
        .chain()
        .skip(1)
        .map(ToString::to_string)
        .fold(error.to_string(), |told, cause| if told.contains(&cause) { told } else { format!("{told}: {cause}") })
}

/// Whether somebody, such as `head`, read no further: that is no failure.
fn is_unread(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Check(check) => check.run(),
        Command::Fuzz(fuzz) => fuzz.run(),
        Command::Flood(flood) => flood.run(),
        Command::Replay(replay) => replay.run(),
        Command::Mock(mock) => mock.run(),
        Command::List(list) => list.run(),
        Command::Explain(explain) => explain.run(),
        Command::Compare(compare) => compare.run(),
        Command::Report(report) => report.run(),
        Command::Lint(lint) => lint.run(),
        Command::Completions(completions) => completions.run(),
    }
}

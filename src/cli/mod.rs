//! The command line: reads arguments, calls the run, shows what came out.

mod check;
mod completions;
mod explain;
mod fire;
mod flood;
mod list;
mod mock;
mod price;

use crate::run::Exit;
use clap::{Parser, Subcommand};

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
    Flood(flood::Flood),
    Mock(mock::Mock),
    List(list::List),
    Explain(explain::Explain),
    Completions(completions::Completions),
}

/// The stack of the thread that judges: deep documents are walked in it.
const STACK: usize = 64 * 1024 * 1024;

/// Runs the command line of this process and answers the exit code.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            return match error.print() {
                Ok(()) if !wrong => Exit::Held.code(),
                _ => Exit::Usage.code(),
            };
        }
    };
    let judged = std::thread::Builder::new().stack_size(STACK).spawn(move || run(cli.command));
    let result = match judged.map(std::thread::JoinHandle::join) {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => return Exit::Undecided.code(),
        Err(error) => Err(error.into()),
    };
    result.unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return Exit::Held.code();
        }
        anstream::eprintln!("error: {error:#}");
        Exit::Usage.code()
    })
}

/// Whoever reads our output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Check(check) => check.run(),
        Command::Flood(flood) => flood.run(),
        Command::Mock(mock) => mock.run(),
        Command::List(list) => list.run(),
        Command::Explain(explain) => explain.run(),
        Command::Completions(completions) => Ok(completions.run()),
    }
}

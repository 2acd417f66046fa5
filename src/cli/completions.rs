//! `tenantcheck completions SHELL`.

use super::Cli;
use crate::run::Exit;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Prints the completions for a shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> u8 {
        clap_complete::generate(self.shell, &mut Cli::command(), "tenantcheck", &mut std::io::stdout());
        Exit::Held.code()
    }
}

//! `tenantcheck completions SHELL`.

use super::Cli;
use crate::run::Exit;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write as _;

/// Prints the completions for a shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        // Generated into memory first: the generator panics where its output is closed.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "tenantcheck", &mut script);
        std::io::stdout().write_all(&script)?;
        Ok(Exit::Held.code())
    }
}

//! One of the two tenants that are compared, with its plan and its run folder.

use crate::cli::beside;
use crate::cli::check::{former, keep};
use crate::cli::output::{look, watched};
use crate::compare::Digest;
use crate::event::{Event, Start};
use crate::plan::{Plan, Select};
use crate::report::{Along, Faces, Options, RUN_LOG};
use crate::run::{AimError, Bench, BenchError, Choice, Environment};
use anyhow::Context as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// One of the two tenants.
pub(super) struct Party {
    /// Which side it is: old or new.
    pub(super) name: &'static str,
    /// Its configuration.
    pub(super) config: PathBuf,
    pub(super) bench: Bench,
    pub(super) plan: Plan,
    /// Its own run folder.
    folder: PathBuf,
}

impl Party {
    pub(super) fn new(
        name: &'static str,
        config: &Path,
        choice: Choice,
        environment: &Environment,
        select: &Select,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let folder = folder.join(name);
        let (own, run_dir) = (Some(config.to_owned()), Some(folder.clone()));
        let bench = Bench::new(Choice { config: own, run_dir, ..choice }, environment);
        let bench = match bench {
            // A file that is wrong names itself.
            Err(error @ (BenchError::Load(_) | BenchError::Check(_))) => return Err(error.into()),
            Err(BenchError::Aim(AimError::Forgotten(_))) => anyhow::bail!(
                "{}: it names no target, and a comparison needs two: write `url` below [target]; \
                 `tenantcheck mock --write-config mock.toml` serves a tenant to compare with",
                config.display()
            ),
            bench => bench.with_context(|| config.display().to_string())?,
        };
        let plan = bench.plan(select);
        Ok(Self { name, config: config.to_owned(), bench, plan, folder })
    }

    /// Where its event log is written.
    pub(super) fn log(&self) -> PathBuf {
        self.folder.join(RUN_LOG)
    }

    /// Sends everything and answers what came and the exit code. Its log and its findings are kept in its run folder.
    pub(super) fn fire(&self) -> anyhow::Result<(Digest, u8)> {
        let mut faces = Faces::default();
        let (color, width) = look(&std::io::stderr());
        let options = Options { color, width, progress: std::io::stderr().is_terminal() };
        let config = self.config.display().to_string();
        faces.push("progress", Box::new(Along::new(anstream::stderr(), options, self.name, config)));
        let log = beside::log(&self.folder);
        let written = log.is_some();
        if let Some(log) = log {
            faces.push("beside", log);
        }
        faces.push("findings", keep(self.folder.clone(), former(&self.folder, &self.bench), written));
        let mut digest = Digest::new(if written { self.log().display().to_string() } else { String::new() });
        let exit = watched(faces, async |stop, emit| {
            let mut told = |event: Event| {
                digest.observe(&event, true);
                emit(event);
            };
            self.bench.run(&self.plan, stop, &mut told).await
        })?;
        Ok((digest, exit))
    }

    /// What a run has come to that did not begin.
    pub(super) fn unbegun(&self) -> Digest {
        let mut digest = Digest::new(String::new());
        let start = Start { started: String::new(), ..self.bench.start(&self.plan) };
        digest.observe(&Event::Run(start), true);
        digest
    }
}

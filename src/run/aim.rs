//! Settles which tenant is asked, with which credentials and in which world.

use crate::contract::World;
use crate::exchange::{Secrets, Target, TargetError};
use crate::gate::{Credentials, GateError, Owner, admit};
use crate::load::{Credential, Settings};
use crate::mock::{Options, Rate, Tenant};
use std::collections::BTreeMap;
use std::path::PathBuf;
use thiserror::Error;

/// What the environment says; read once, at the rim.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

/// Where the environment names the tenant.
pub const BASE_URL: &str = "SAIL_BASE_URL";
/// Where the environment holds a token.
pub const ACCESS_TOKEN: &str = "SAIL_ACCESS_TOKEN";

/// The tenant that is asked, and with what.
pub struct Aim {
    /// The base URL.
    pub target: Target,
    /// The credentials that may go there.
    pub secrets: Secrets,
    /// What is known of it.
    pub world: World,
    /// More certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// The version of each operation, where the user chose one.
    pub versions: BTreeMap<String, String>,
    /// The embedded tenant, where it is the one; it lives as long as this.
    pub embedded: Option<Tenant>,
}

/// Why there is no aim.
#[derive(Debug, Error)]
pub enum AimError {
    /// A text is no target.
    #[error("{place}: {source}")]
    Target {
        /// Where the text stands.
        place: &'static str,
        /// What is wrong.
        source: TargetError,
    },
    /// A credential may not go to the target.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// A variable that the configuration names is not set.
    #[error(
        "the environment variable {variable}, which [credentials.{caller}] names, is not set: \
         set it, or take [credentials.{caller}] out"
    )]
    Variable {
        /// The caller.
        caller: String,
        /// The variable.
        variable: String,
    },
    /// A token file cannot be read, or is empty.
    #[error("the token file {path} of [credentials.{caller}] {reason}")]
    TokenFile {
        /// The caller.
        caller: String,
        /// The file.
        path: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The embedded tenant does not start.
    #[error("the embedded tenant cannot listen on a loopback address: {0}")]
    Embedded(std::io::Error),
}

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self { variables: std::env::vars_os().filter_map(text).collect() }
    }

    /// An environment of given variables.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { variables: variables.into_iter().collect() }
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

/// Takes aim: flag before environment before file; without any of them at the embedded tenant.
pub fn aim(flag: Option<&str>, environment: &Environment, settings: Settings) -> Result<Aim, AimError> {
    let read = |place, text| Target::parse(text).map_err(|source| AimError::Target { place, source });
    let flag = flag.map(|text| read("--target", text)).transpose()?;
    let variable = environment.get(BASE_URL).map(|text| read(BASE_URL, text)).transpose()?;
    match flag.or_else(|| variable.clone()).or_else(|| settings.target.clone()) {
        Some(target) => {
            let credentials = credentials(environment, variable, &settings)?;
            let secrets = admit(credentials, &target)?;
            let Settings { ca_file, versions, world, .. } = settings;
            Ok(Aim { target, secrets, world, ca_file, versions, embedded: None })
        }
        None => embedded(settings.versions),
    }
}

fn credentials(
    environment: &Environment,
    variable: Option<Target>,
    settings: &Settings,
) -> Result<Credentials, AimError> {
    let named = |credential: &Credential| matches!(credential, Credential::TokenEnv(name) if name == ACCESS_TOKEN);
    let in_file = settings.credentials.get(FULL).is_some_and(named);
    let mut credentials = Credentials::new();
    let ready = environment.get(ACCESS_TOKEN).filter(|_| !in_file);
    if let Some(token) = ready {
        let owner = Owner { caller: FULL.to_owned(), source: ACCESS_TOKEN.to_owned(), target: variable };
        credentials.push((owner, token.to_owned()));
    }
    for (caller, credential) in &settings.credentials {
        if caller == FULL && ready.is_some() {
            continue;
        }
        let token = token(caller, credential, environment)?;
        let source = format!("[credentials.{caller}] of the configuration");
        credentials.push((Owner { caller: caller.clone(), source, target: settings.target.clone() }, token));
    }
    Ok(credentials)
}

fn token(caller: &str, credential: &Credential, environment: &Environment) -> Result<String, AimError> {
    match credential {
        Credential::TokenEnv(variable) => environment
            .get(variable)
            .map(ToOwned::to_owned)
            .ok_or_else(|| AimError::Variable { caller: caller.to_owned(), variable: variable.clone() }),
        Credential::TokenFile(path) => {
            let wrong = |reason: String| {
                let path = path.display().to_string();
                AimError::TokenFile { caller: caller.to_owned(), path, reason }
            };
            let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
            match text.trim() {
                "" => Err(wrong("is empty: write the token into it, and nothing else".to_owned())),
                token => Ok(token.to_owned()),
            }
        }
    }
}

/// The rate limit of the embedded tenant: fast enough for a first look, slow enough to be met.
const EMBEDDED: Rate = Rate { requests: 100, seconds: 1 };
const FULL: &str = "full";
const LIMITED: &str = "limited";

fn embedded(versions: BTreeMap<String, String>) -> Result<Aim, AimError> {
    let tenant = Tenant::start(Options { rate: EMBEDDED, ..Options::default() }).map_err(AimError::Embedded)?;
    let place = "the embedded tenant";
    let target = Target::parse(&tenant.url()).map_err(|source| AimError::Target { place, source })?;
    let mut secrets = Secrets::default();
    for caller in [FULL, LIMITED] {
        secrets.insert(caller, tenant.token(caller));
    }
    let world = tenant.world();
    Ok(Aim { target, secrets, world, ca_file: None, versions, embedded: Some(tenant) })
}

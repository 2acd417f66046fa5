//! Settles which tenant is asked, with which credentials and in which world.

use super::credentials::{CredentialError, credentials};
use super::environment::{BASE_URL, Environment};
use super::forgotten::{Forgotten, forgotten};
use crate::contract::{CALLERS, World};
use crate::exchange::{Client, Secrets, Target, TargetError};
use crate::gate::{Admitted, GateError, admit};
use crate::load::Settings;
use crate::mock::{Options, Rate, Tenant};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use thiserror::Error;

/// The tenant that is asked, and with what.
pub struct Aim {
    /// The base URL.
    pub target: Target,
    /// The credentials that may go there.
    pub secrets: Secrets,
    /// The clients that fetch tokens there.
    pub clients: Vec<Client>,
    /// What is known of it.
    pub world: World,
    /// More certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// The version of each operation, where the user chose one.
    pub versions: BTreeMap<String, String>,
    /// The embedded tenant, where it is the one; it lives as long as this.
    pub embedded: Option<Tenant>,
    /// What the user should know of all this, a sentence each.
    pub notes: Vec<String>,
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
    /// A credential cannot be had.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// Only a finding names the target.
    #[error(
        "only the finding names {target}, and a file must not choose where the credential `{caller}` from {origin} \
         goes: name the target yourself with --target {target}"
    )]
    Unnamed {
        /// The caller.
        caller: String,
        /// Where the credential came from.
        origin: String,
        /// The target.
        target: String,
    },
    /// Something is there for a tenant that nothing names.
    #[error(transparent)]
    Forgotten(#[from] Forgotten),
    /// The embedded tenant does not start.
    #[error("the embedded tenant cannot listen on a loopback address: {0}")]
    Embedded(std::io::Error),
}

/// The file that is looked for in the working directory.
pub const CONFIG: &str = "tenantcheck.toml";

/// Takes aim: flag before environment before file before where a finding was made; without any of them, and without
/// anything that is for a tenant of the user's, at the embedded tenant, which limits the rate unless it is for a
/// campaign of its own.
pub fn aim(
    flag: Option<&str>,
    environment: &Environment,
    config: Option<&Path>,
    settings: Settings,
    found_at: Option<&str>,
    campaign: bool,
) -> Result<Aim, AimError> {
    let read = |place, text| Target::parse(text).map_err(|source| AimError::Target { place, source });
    let flag = flag.map(|text| read("--target", text)).transpose()?;
    let variable = environment.own(BASE_URL).map(|text| read(BASE_URL, text)).transpose()?;
    let named = flag.or_else(|| variable.clone()).or_else(|| settings.target.clone());
    let found_at = found_at.filter(|_| named.is_none()).map(|text| read("the finding", text)).transpose()?;
    let by_file = found_at.is_some();
    match named.or(found_at) {
        Some(target) => {
            let found = credentials(environment, variable, &settings, &target)?;
            // Whoever sends a file would otherwise choose where the user's token goes.
            let loose = found.credentials.iter().find(|(owner, _)| owner.target.is_none());
            if let Some((owner, _)) = loose.filter(|_| by_file && !target.is_loopback()) {
                let (caller, origin) = (owner.caller.clone(), owner.source.clone());
                return Err(AimError::Unnamed { caller, origin, target: target.to_string() });
            }
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
            let Admitted { secrets, clients } = admit(found.credentials, &target, now)?;
            let Settings { ca_file, versions, world, .. } = settings;
            Ok(Aim { target, secrets, clients, world, ca_file, versions, embedded: None, notes: found.notes })
        }
        None => match forgotten(environment, &settings, config, CONFIG) {
            Some(forgotten) => Err(forgotten.into()),
            None => embedded(settings.versions, if campaign { UNMET } else { EMBEDDED }),
        },
    }
}

/// The rate limit of the embedded tenant: fast enough for a first look, slow enough to be met.
const EMBEDDED: Rate = Rate { requests: 100, seconds: 1 };
/// The rate limit for a campaign: one that it does not meet.
const UNMET: Rate = Rate { requests: 1_000_000, seconds: 1 };

fn embedded(versions: BTreeMap<String, String>, rate: Rate) -> Result<Aim, AimError> {
    let tenant = Tenant::start(Options { rate, ..Options::default() }).map_err(AimError::Embedded)?;
    let place = "the embedded tenant";
    let target = Target::parse(&tenant.url()).map_err(|source| AimError::Target { place, source })?;
    let mut secrets = Secrets::default();
    for caller in CALLERS {
        secrets.insert(caller, tenant.token(caller));
    }
    let (world, clients, notes) = (tenant.world(), Vec::new(), Vec::new());
    Ok(Aim { target, secrets, clients, world, ca_file: None, versions, embedded: Some(tenant), notes })
}

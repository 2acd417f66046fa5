//! Why a token cannot be had: what happened and what to do.

use std::time::Duration;
use thiserror::Error;

/// How much of a tenant's own words is shown, in characters.
const SHOWN: usize = 120;

/// Why a token cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no token for `{caller}` from {url}: {wrong}")]
pub struct TokenError {
    /// The caller.
    pub caller: String,
    /// Where the token was asked for.
    pub url: String,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with an answer to a request for a token, or with the lack of one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Wrong {
    /// The client is refused.
    #[error("the tenant refuses the client ({said}); check the id and the secret of {origin}")]
    Refused {
        /// The status and the tenant's words.
        said: String,
        /// Where id and secret came from.
        origin: String,
    },
    /// Nobody gives tokens there.
    #[error(
        "nothing is there ({0}); the target is the base URL of the API, like https://acme.api.identitynow.com, without a version"
    )]
    Nowhere(u16),
    /// It sends us elsewhere.
    #[error("it redirects ({0}), and a secret follows nowhere; write the URL that the tenant itself answers at")]
    Redirect(u16),
    /// It cannot serve now.
    #[error("it answers {status} at this time; try again later")]
    Busy {
        /// The status.
        status: u16,
        /// The wait that it announces.
        wait: Option<Duration>,
    },
    /// It answers with another status.
    #[error("it answers {0}; is the target a tenant's API?")]
    Status(u16),
    /// The answer did not come whole.
    #[error("its answer did not come whole; try again later")]
    Incomplete,
    /// The answer is no JSON.
    #[error("its answer is no JSON; is the target a tenant's API?")]
    NotJson,
    /// The answer holds no token.
    #[error("its answer holds no text `access_token`; is the target a tenant's API?")]
    NoToken,
    /// The token is of another kind.
    #[error("its token is of the type `{0}`, but only bearer tokens can be sent")]
    Kind(String),
    /// The token holds bytes that no header can carry.
    #[error("its token holds a blank or a control character, which no header can carry")]
    Unsendable,
    /// The secret would go over an unencrypted connection.
    #[error("the secret would go there unencrypted; use https://, or a loopback address")]
    Unencrypted,
    /// No answer came.
    #[error("{0}")]
    Lost(String),
}

impl Wrong {
    /// Whether the configuration, and not the time, is to blame.
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Self::Busy { .. } | Self::Incomplete | Self::Lost(_)) && !matches!(self, Self::Status(500..))
    }
}

/// A tenant's own words as they may be shown: short, in one line, without control characters.
pub(super) fn shown(text: &str) -> String {
    let plain = |character: char| if character.is_control() { char::REPLACEMENT_CHARACTER } else { character };
    text.chars().take(SHOWN).map(plain).collect()
}

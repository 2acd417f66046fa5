//! The endpoints of the tenant: where each lies, what it needs, who answers.

use super::answer::Answer;
use super::call::Call;
use super::estate::Estate;
use super::refusal::Refusal;
use super::{get_document, load_accounts, oauth_token, task_status};
use http::Method;

/// One endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Account Aggregation.
    LoadAccounts,
    /// Get a Document by ID.
    GetDocument,
    /// The status of a task.
    TaskStatus,
    /// A token for client credentials.
    OauthToken,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LoadAccounts, Self::GetDocument, Self::TaskStatus, Self::OauthToken];

    /// The path templates, by version. A version that is not here answers as an unknown path does.
    pub fn paths(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::LoadAccounts => load_accounts::PATHS,
            Self::GetDocument => get_document::PATHS,
            Self::TaskStatus => task_status::PATHS,
            Self::OauthToken => oauth_token::PATHS,
        }
    }

    /// Whether it is only for callers with authority; the one that is not gives tokens to those who have none yet.
    pub fn guarded(self) -> bool {
        self != Self::OauthToken
    }

    /// The methods that it takes, as the header `Allow` lists them.
    pub fn allowed(self) -> &'static str {
        match self {
            Self::LoadAccounts | Self::OauthToken => "POST",
            Self::GetDocument | Self::TaskStatus => "GET, HEAD",
        }
    }

    /// Whether it takes a method.
    pub fn takes(self, method: &Method) -> bool {
        self.allowed().split(", ").any(|allowed| allowed == method.as_str())
    }

    /// Answers a call that may be made.
    pub async fn answer(self, estate: &Estate, call: &Call) -> Result<Answer, Refusal> {
        match self {
            Self::LoadAccounts => load_accounts::answer(estate, call).await,
            Self::GetDocument => get_document::answer(estate, call),
            Self::TaskStatus => task_status::answer(estate, call),
            Self::OauthToken => oauth_token::answer(estate, call).await,
        }
    }
}

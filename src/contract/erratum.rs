//! The known disagreements of the pages with themselves or with recorded tenants.

/// One known disagreement (a table of `errata.toml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erratum {
    /// The id, such as `task-times-as-milliseconds`.
    pub id: String,
    /// Whether a tenant that answers so is tolerated.
    pub kind: ErratumKind,
    /// The operation that it belongs to; `None` for both.
    pub operation: Option<String>,
    /// The status whose body it is about.
    pub status: u16,
    /// JSON pointers into the body, `*` for any one step.
    pub pointers: Vec<String>,
    /// The JSON type that was seen there (`integer`, `string`, `array`, `absent`, …), or `any`.
    pub seen_type: String,
    /// What the page's table says.
    pub page: String,
    /// What was seen.
    pub seen: String,
}

/// Whether an erratum excuses a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErratumKind {
    /// Tenants really answer so: tolerated, told as a note.
    Recorded,
    /// Only the page's example is wrong: a tenant that answers so is broken.
    Page,
}

//! Which engine is loaded, and which if that fails.

use crate::problem::{EngineKind, Problem};

/// The option `engine`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// OpenAI's where a domain key is given, ours as its fallback; ours at once where none is given, because OpenAI's
    /// front end refuses to work without one.
    #[default]
    Auto,
    /// This one and no other.
    Only(EngineKind),
}

/// What to load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// First.
    pub first: EngineKind,
    /// If that fails or takes too long.
    pub fallback: Option<EngineKind>,
}

impl EngineChoice {
    /// The plan that follows from the options.
    #[must_use]
    pub fn plan(self, has_domain_key: bool) -> Plan {
        match self {
            Self::Auto if has_domain_key => {
                Plan { first: EngineKind::OpenAi, fallback: Some(EngineKind::SelfHosted) }
            }
            Self::Auto => Plan { first: EngineKind::SelfHosted, fallback: None },
            Self::Only(kind) => Plan { first: kind, fallback: None },
        }
    }
}

/// The engine of this widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Engine {
    /// The panel was not opened yet.
    #[default]
    NotAsked,
    /// On its way.
    Loading(EngineKind),
    /// The tag is defined.
    Ready(EngineKind),
    /// None could be had.
    Failed(Problem),
}

impl Engine {
    /// The engine that is coming or there. One that failed by taking too long may still arrive.
    #[must_use]
    pub fn kind(&self) -> Option<EngineKind> {
        match self {
            Self::Loading(kind)
            | Self::Ready(kind)
            | Self::Failed(
                Problem::EngineTimedOut { engine: kind, .. }
                | Problem::EngineScriptFailed { engine: kind, .. },
            ) => Some(*kind),
            Self::NotAsked | Self::Failed(_) => None,
        }
    }
}

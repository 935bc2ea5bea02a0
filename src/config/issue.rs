//! What is wrong with options, and where.

use std::fmt;

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The options cannot be used.
    Error,
    /// The options are used; the part at the path is ignored or replaced by its default.
    Warning,
}

/// One thing that is wrong. Shown to the integrator: on the console and through `chatkit.error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigIssue {
    /// Where, for example `$.startScreen.prompts[0].label`.
    pub path: String,
    /// How bad.
    pub severity: Severity,
    /// What was expected, what was given, what to write.
    pub message: String,
}

impl fmt::Display for ConfigIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

//! Workflows and the tasks they consist of.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Extra, Source, open_enum::open_enum};

/// A chain of tasks with an optional summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workflow {
    /// What the chain shows.
    #[serde(rename = "type")]
    pub kind: WorkflowKind,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// The header once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<WorkflowSummary>,
    /// Whether it is shown open.
    #[serde(default)]
    pub expanded: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// What a workflow shows.
    pub enum WorkflowKind {
        /// Steps of the integrator's own.
        Custom = "custom",
        /// The model's thinking.
        Reasoning = "reasoning",
    }
}

/// The header of a workflow that is over. The JSON has no tag: `duration` makes the difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WorkflowSummary {
    /// How long it took.
    Duration(DurationSummary),
    /// Words of the integrator's own.
    Custom(CustomSummary),
    /// A form this version does not know.
    Unknown(Value),
}

/// Body of [`WorkflowSummary::Duration`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DurationSummary {
    /// Whole seconds.
    pub duration: i64,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Body of [`WorkflowSummary::Custom`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomSummary {
    /// Heading.
    pub title: String,
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One step of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Task {
    /// A step in the integrator's own words.
    #[serde(rename = "custom")]
    Custom(CustomTask),
    /// A search of the web.
    #[serde(rename = "web_search")]
    WebSearch(SearchTask),
    /// A thought of the model.
    #[serde(rename = "thought")]
    Thought(ThoughtTask),
    /// A look into files.
    #[serde(rename = "file")]
    File(FileTask),
    /// Work on an image.
    #[serde(rename = "image")]
    Image(ImageTask),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}

/// Declares the body of a task: what every task has, its own fields, and the unknown ones.
macro_rules! task {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$fdoc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            /// How far it is; shown only inside a workflow.
            #[serde(default)]
            pub status_indicator: TaskStatus,
            /// Heading.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub title: Option<String>,
            $($(#[$fdoc])* pub $field: $type,)*
            /// Fields beyond the known ones.
            #[serde(flatten)]
            pub extra: Extra,
        }
    };
}

task! {
    /// Body of [`Task::Custom`].
    pub struct CustomTask {
        /// Icon name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub icon: Option<String>,
        /// Markdown; untrusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub content: Option<String>,
    }
}

task! {
    /// Body of [`Task::WebSearch`].
    pub struct SearchTask {
        /// The query as part of the heading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub title_query: Option<String>,
        /// What was searched for.
        #[serde(default)]
        pub queries: Vec<String>,
        /// What was found.
        #[serde(default)]
        pub sources: Vec<Source>,
    }
}

task! {
    /// Body of [`Task::Thought`].
    pub struct ThoughtTask {
        /// Markdown; untrusted.
        pub content: String,
    }
}

task! {
    /// Body of [`Task::File`].
    pub struct FileTask {
        /// The files.
        #[serde(default)]
        pub sources: Vec<Source>,
    }
}

task! {
    /// Body of [`Task::Image`].
    pub struct ImageTask {}
}

open_enum! {
    /// How far a task is.
    #[derive(Default)]
    pub enum TaskStatus {
        /// Not said.
        #[default]
        None = "none",
        /// Under way.
        Loading = "loading",
        /// Done.
        Complete = "complete",
    }
}

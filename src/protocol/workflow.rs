//! Workflows and the tasks they consist of.

use crate::json::Json;

use super::declare::{object, serde_through_wire, tagged};
use super::wire::{Misfits, Wire};
use super::{Source, words::open_enum};

object! {
    /// A chain of tasks with an optional summary.
    pub struct Workflow {
        /// What the chain shows.
        pub kind as "type": WorkflowKind = default,
        /// Its tasks, in order.
        pub tasks: Vec<Task> = default,
        /// The header once it is over.
        pub summary: Option<WorkflowSummary>,
        /// Whether it is shown open.
        pub expanded: bool = default,
    }
}

open_enum! {
    /// What a workflow shows.
    #[derive(Default)]
    pub enum WorkflowKind {
        /// Steps of the integrator's own.
        #[default]
        Custom = "custom",
        /// The model's thinking.
        Reasoning = "reasoning",
    }
}

/// The header of a workflow that is over. The JSON has no tag: `duration` makes the difference.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkflowSummary {
    /// How long it took.
    Duration(DurationSummary),
    /// Words of the integrator's own.
    Custom(CustomSummary),
    /// A form this version does not know.
    Unknown(Json),
}

impl Wire for WorkflowSummary {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let read = match value.given("duration") {
            Some(_) => Self::Duration(Wire::read(value, misfits)),
            None => Self::Custom(Wire::read(value, misfits)),
        };
        if misfits.give_up() { Self::Unknown(value.clone()) } else { read }
    }

    fn encode(&self) -> Json {
        match self {
            Self::Duration(summary) => summary.encode(),
            Self::Custom(summary) => summary.encode(),
            Self::Unknown(value) => value.clone(),
        }
    }
}

serde_through_wire!(WorkflowSummary);

object! {
    /// Body of [`WorkflowSummary::Duration`].
    pub struct DurationSummary {
        /// Whole seconds.
        pub duration: i64,
    }
}

object! {
    /// Body of [`WorkflowSummary::Custom`].
    pub struct CustomSummary {
        /// Heading.
        pub title: String,
        /// Icon name.
        pub icon: Option<String>,
    }
}

tagged! {
    /// One step of work.
    pub enum Task kind "custom" {
        /// A step in the integrator's own words.
        Custom(CustomTask) = "custom",
        /// A search of the web.
        WebSearch(SearchTask) = "web_search",
        /// A thought of the model.
        Thought(ThoughtTask) = "thought",
        /// A look into files.
        File(FileTask) = "file",
        /// Work on an image.
        Image(ImageTask) = "image",
    }
}

/// Declares the body of a task: what every task has, its own fields, and the unknown ones.
macro_rules! task {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$fdoc:meta])* pub $field:ident: $type:ty $(= $default:ident)?,)*
    }) => {
        object! {
            $(#[$doc])*
            pub struct $name {
                /// How far it is; shown only inside a workflow.
                pub status_indicator: TaskStatus = default,
                /// Heading.
                pub title: Option<String>,
                $($(#[$fdoc])* pub $field: $type $(= $default)?,)*
            }
        }
    };
}

task! {
    /// Body of [`Task::Custom`].
    pub struct CustomTask {
        /// Icon name.
        pub icon: Option<String>,
        /// Markdown; untrusted.
        pub content: Option<String>,
    }
}

task! {
    /// Body of [`Task::WebSearch`].
    pub struct SearchTask {
        /// The query as part of the heading.
        pub title_query: Option<String>,
        /// What was searched for.
        pub queries: Vec<String> = default,
        /// What was found.
        pub sources: Vec<Source> = default,
    }
}

task! {
    /// Body of [`Task::Thought`].
    pub struct ThoughtTask {
        /// Markdown; untrusted.
        pub content: String = default,
    }
}

task! {
    /// Body of [`Task::File`].
    pub struct FileTask {
        /// The files.
        pub sources: Vec<Source> = default,
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

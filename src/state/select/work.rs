//! Work the assistant shows: workflows, reasoning, and their tasks (ChatKit protocol §6.1).

use super::SourceView;
use super::sources::source;
use crate::markdown::Document;
use crate::protocol::{
    FileTask, SearchTask, Source, Task, TaskStatus, Workflow, WorkflowKind, WorkflowSummary,
};
use crate::state::{Entry, EntryStatus, ItemKey};

/// A chain of steps, foldable.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkflowView {
    /// Stable name.
    pub key: ItemKey,
    /// Whether it is the model's thinking.
    pub reasoning: bool,
    /// What stands over it.
    pub header: WorkflowHeader,
    /// Whether more is coming.
    pub running: bool,
    /// Whether the steps are shown.
    pub open: bool,
    /// The steps.
    pub tasks: Vec<TaskView>,
}

/// What stands over a workflow.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkflowHeader {
    /// The server's summary.
    Summary {
        /// Plain text.
        title: String,
        /// ChatKit icon name.
        icon: Option<String>,
    },
    /// "Thought for …": whole seconds.
    Duration(u32),
    /// What the last step is about; `None` where it does not say.
    Latest(Option<String>),
}

/// A step by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRowView {
    /// Stable name.
    pub key: ItemKey,
    /// The step.
    pub task: Box<TaskView>,
}

/// One step of work.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskView {
    /// What kind of work.
    pub kind: TaskKind,
    /// Of the server's choice: ChatKit icon name.
    pub icon: Option<String>,
    /// How far it is.
    pub status: TaskProgress,
    /// Plain text.
    pub title: Option<String>,
    /// The query that is part of the heading.
    pub query: Option<String>,
    /// What was searched for.
    pub queries: Vec<String>,
    /// What was found or read.
    pub sources: Vec<SourceView>,
    /// Its text, parsed; may be empty.
    pub text: Document,
}

/// What kind of work a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// In the server's own words.
    Custom,
    /// A search of the web.
    Search,
    /// A thought.
    Thought,
    /// A look into files.
    File,
    /// Work on an image.
    Image,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskProgress {
    /// Not said.
    Unknown,
    /// Under way.
    Loading,
    /// Done.
    Complete,
}

/// The row of a workflow; `None` for one that is over and has nothing to show.
pub(super) fn workflow(entry: &Entry, workflow: &Workflow) -> Option<WorkflowView> {
    let running = entry.status == EntryStatus::Pending;
    let documents = entry.parts.iter().map(|part| part.document.document());
    let tasks: Vec<TaskView> =
        workflow.tasks.iter().zip(documents).filter_map(|(task, text)| step(task, text, running)).collect();
    let header = match &workflow.summary {
        Some(WorkflowSummary::Custom(summary)) => {
            WorkflowHeader::Summary { title: summary.title.clone(), icon: summary.icon.clone() }
        }
        Some(WorkflowSummary::Duration(summary)) => {
            WorkflowHeader::Duration(u32::try_from(summary.duration).unwrap_or(0))
        }
        Some(WorkflowSummary::Unknown(_)) | None => {
            WorkflowHeader::Latest(workflow.tasks.last().and_then(about))
        }
    };
    if tasks.is_empty() && !running && workflow.summary.is_none() {
        return None;
    }
    let reasoning = workflow.kind == WorkflowKind::Reasoning;
    Some(WorkflowView { key: entry.key, reasoning, header, running, open: entry.is_open(), tasks })
}

/// The row of a step by itself. Its status means nothing there (ChatKit protocol §6.1).
pub(super) fn task(entry: &Entry, task: &Task) -> Option<TaskRowView> {
    let text = entry.parts.first().map(|part| part.document.document().clone()).unwrap_or_default();
    let task = Box::new(TaskView { status: TaskProgress::Unknown, ..step(task, &text, false)? });
    Some(TaskRowView { key: entry.key, task })
}

fn step(task: &Task, text: &Document, running: bool) -> Option<TaskView> {
    let (kind, status, title) = match task {
        Task::Custom(task) => (TaskKind::Custom, &task.status_indicator, &task.title),
        Task::WebSearch(task) => (TaskKind::Search, &task.status_indicator, &task.title),
        Task::Thought(task) => (TaskKind::Thought, &task.status_indicator, &task.title),
        Task::File(task) => (TaskKind::File, &task.status_indicator, &task.title),
        Task::Image(task) => (TaskKind::Image, &task.status_indicator, &task.title),
        Task::Unknown(_) => return None,
    };
    let status = match status {
        TaskStatus::None | TaskStatus::Unknown(_) => TaskProgress::Unknown,
        TaskStatus::Loading if running => TaskProgress::Loading,
        // The work ended before the step did: cut off, or stopped. Nothing goes on any more.
        TaskStatus::Loading => TaskProgress::Unknown,
        TaskStatus::Complete => TaskProgress::Complete,
    };
    let listed = |sources: &[Source]| sources.iter().filter_map(source).collect();
    let mut view = TaskView {
        kind,
        icon: None,
        status,
        title: title.clone(),
        query: None,
        queries: Vec::new(),
        sources: Vec::new(),
        text: text.clone(),
    };
    match task {
        Task::Custom(task) => view.icon = task.icon.clone(),
        Task::WebSearch(SearchTask { title_query, queries, sources, .. }) => {
            view.query = title_query.clone();
            view.queries = queries.clone();
            view.sources = listed(sources);
        }
        Task::File(FileTask { sources, .. }) => view.sources = listed(sources),
        Task::Thought(_) | Task::Image(_) | Task::Unknown(_) => {}
    }
    Some(view)
}

/// What a step is about, in one line: its title, what it searches for, or the heading its text begins with, as thoughts
/// of OpenAI's models do (`**Planning the answer**`).
fn about(task: &Task) -> Option<String> {
    let (title, other) = match task {
        Task::Custom(task) => (&task.title, None),
        Task::WebSearch(task) => (&task.title, task.title_query.as_deref()),
        Task::Thought(task) => (&task.title, lead(&task.content)),
        Task::File(task) => (&task.title, None),
        Task::Image(task) => (&task.title, None),
        Task::Unknown(_) => return None,
    };
    title.as_deref().or(other).filter(|words| !words.trim().is_empty()).map(str::to_owned)
}

/// The bold line that a text begins with.
fn lead(text: &str) -> Option<&str> {
    let (bold, _) = text.trim_start().strip_prefix("**")?.split_once("**")?;
    (!bold.contains('\n')).then_some(bold)
}

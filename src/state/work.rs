//! Work the assistant shows: the tasks of a workflow as they come and change (ChatKit protocol §5.4), and whether the
//! reader has it open.
//!
//! A task's text is markdown and parsed like an answer's: `Entry::parts` has one part a task.

use super::items::{Entry, EntryStatus, Part, part_of};
use super::{ItemKey, State};
use crate::protocol::{Task, ThreadItem};

impl Entry {
    /// `workflow.task.added`: at its place, or at the end where that is beyond it. `false` when the item is no workflow.
    pub(super) fn add_task(&mut self, index: Option<usize>, task: Task) -> bool {
        let ThreadItem::Workflow(item) = &mut self.item else { return false };
        let at = index.unwrap_or(usize::MAX).min(item.workflow.tasks.len()).min(self.parts.len());
        self.parts.insert(at, part_of(task_text(&task)));
        item.workflow.tasks.insert(at, task);
        self.view = None;
        true
    }

    /// `workflow.task.updated`. `false` when there is no such task.
    pub(super) fn set_task(&mut self, index: Option<usize>, task: Task) -> bool {
        let ThreadItem::Workflow(item) = &mut self.item else { return false };
        let index = index.unwrap_or(item.workflow.tasks.len().saturating_sub(1));
        let (Some(old), Some(part)) = (item.workflow.tasks.get_mut(index), self.parts.get_mut(index)) else {
            return false;
        };
        update_part(part, task_text(old), task_text(&task), self.status);
        *old = task;
        self.view = None;
        true
    }

    /// The parts of an item whose tasks are `new` after they were `old`; what goes on where it stood keeps its blocks,
    /// and with them what the reader has selected.
    pub(super) fn update_tasks(&mut self, old: &[Task], new: &[Task]) {
        self.parts.truncate(new.len());
        for (index, task) in new.iter().enumerate() {
            let text = task_text(task);
            match (self.parts.get_mut(index), old.get(index)) {
                (Some(part), Some(old)) => update_part(part, task_text(old), text, self.status),
                _ => self.parts.push(part_of(text)),
            }
        }
    }

    /// Whether a workflow is drawn open: the reader's choice, else the server's.
    pub(crate) fn is_open(&self) -> bool {
        self.opened.unwrap_or(match &self.item {
            ThreadItem::Workflow(item) => item.workflow.expanded,
            _ => false,
        })
    }
}

/// The tasks of an item that shows some.
pub(super) fn tasks_of(item: &ThreadItem) -> Option<&[Task]> {
    match item {
        ThreadItem::Workflow(item) => Some(&item.workflow.tasks),
        ThreadItem::Task(item) => Some(std::slice::from_ref(&item.task)),
        _ => None,
    }
}

/// The markdown of a task; empty for those that have none.
pub(super) fn task_text(task: &Task) -> &str {
    match task {
        Task::Custom(task) => task.content.as_deref().unwrap_or_default(),
        Task::Thought(task) => &task.content,
        Task::WebSearch(_) | Task::File(_) | Task::Image(_) | Task::Unknown(_) => "",
    }
}

/// A thought is streamed by repeating it whole, a few words longer each time: only what is new is parsed.
fn update_part(part: &mut Part, old: &str, new: &str, status: EntryStatus) {
    match new.strip_prefix(old) {
        Some("") => {}
        Some(more) if status == EntryStatus::Pending => part.document.append(more),
        _ => *part = part_of(new),
    }
    if status == EntryStatus::Done {
        part.document.finish();
    }
}

/// The reader opened or closed a workflow. What it already is, is no choice: browsers report it, too, when a new
/// `expanded` of the server opens or closes it.
pub(super) fn fold(state: &mut State, key: ItemKey, open: bool) {
    if let Some(entry) = state.items.get_mut(key)
        && entry.is_open() != open
    {
        entry.opened = Some(open);
        entry.view = None;
    }
}

//! What was streamed of an item, and what the server says of it when it is done. What is done counts; but words that are
//! on screen are not taken away because the end of their item cannot be read.

use crate::protocol::{AssistantMessageContent, ThreadItem};

/// Whether `done` may be the end of what was `streamed`, where one of them has no id that would tell.
pub(super) fn may_be(streamed: &ThreadItem, done: &ThreadItem) -> bool {
    let words = |item: &ThreadItem| -> Option<String> {
        let ThreadItem::AssistantMessage(message) = item else { return None };
        Some(message.content.iter().map(AssistantMessageContent::text).collect())
    };
    match (words(streamed), words(done)) {
        (Some(old), Some(new)) => {
            (streamed.id().is_empty() || done.id().is_empty()) && (new.is_empty() || new.starts_with(&old))
        }
        _ => streamed.id().is_empty() && streamed.kind() == done.kind(),
    }
}

/// Completes `done` with what `streamed` has and `done` has not.
pub(super) fn keep(streamed: &ThreadItem, done: &mut ThreadItem) {
    match (streamed, done) {
        (ThreadItem::Unknown(_), _) => {}
        (known, done @ ThreadItem::Unknown(_)) => *done = known.clone(),
        (ThreadItem::AssistantMessage(old), ThreadItem::AssistantMessage(new)) => {
            if new.content.is_empty() {
                new.content.clone_from(&old.content);
            }
            for (new, old) in new.content.iter_mut().zip(&old.content) {
                if matches!(new, AssistantMessageContent::Unknown(_)) && !old.text().is_empty() {
                    *new = old.clone();
                }
            }
        }
        (ThreadItem::GeneratedImage(old), ThreadItem::GeneratedImage(new)) if new.image.is_none() => {
            new.image.clone_from(&old.image);
        }
        (ThreadItem::Workflow(old), ThreadItem::Workflow(new)) if new.workflow.tasks.is_empty() => {
            new.workflow.tasks.clone_from(&old.workflow.tasks);
        }
        _ => {}
    }
}

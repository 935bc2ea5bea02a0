//! Work the assistant shows: a workflow or its thinking, folded under one line, and single steps. Small and quiet: the
//! answer is what counts.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::icon::icon;
use super::row::Around;
use super::sources::pill;
use crate::state::UserAction;
use crate::state::select::{TaskKind, TaskProgress, TaskRowView, TaskView, WorkflowHeader, WorkflowView};
use crate::text::{ChatKey, Words};
use crate::web::js;

/// A workflow. Its line stands alone while there is nothing to unfold.
pub(super) fn workflow(view: &WorkflowView, around: &Around) -> Html {
    let WorkflowView { key, open, tasks, .. } = view;
    let key = *key;
    let line = line(view, around.words);
    if tasks.is_empty() {
        return html! { <p class="ck-work ck-work-line">{ line }</p> };
    }
    // Whatever opened it (keyboard, pointer, the browser's search in the page), it tells so itself.
    let ontoggle = around.on.reform(move |event: Event| UserAction::Fold {
        key,
        open: event
            .target_dyn_into::<HtmlElement>()
            .is_some_and(|details| js::get(&details, "open").is_truthy()),
    });
    html! {
        <details class="ck-work" open={*open} {ontoggle}>
            <summary class="ck-work-line">{ line }{ icon("chevron-right") }</summary>
            <ol class="ck-steps" role="list">
                { for tasks.iter().enumerate().map(|(index, task)| html! {
                    <li key={index} class="ck-step">{ step(task, around) }</li>
                }) }
            </ol>
        </details>
    }
}

fn line(view: &WorkflowView, words: Words) -> Html {
    let (symbol, text) = match &view.header {
        WorkflowHeader::Summary { title, icon } => (icon.as_deref(), AttrValue::from(title.clone())),
        WorkflowHeader::Duration(seconds) => (None, duration(*seconds, words).into()),
        WorkflowHeader::Latest(Some(latest)) => (None, AttrValue::from(latest.clone())),
        WorkflowHeader::Latest(None) => {
            let key = match (view.running, view.reasoning) {
                (true, true) => ChatKey::Thinking,
                (true, false) => ChatKey::Working,
                (false, true) => ChatKey::Reasoning,
                (false, false) => ChatKey::Steps,
            };
            (None, words.get(key).into())
        }
    };
    let class = classes!("ck-work-text", view.running.then_some("ck-shine"));
    html! { <>{ symbol.map(icon) }<span {class} dir="auto">{ text }</span></> }
}

fn duration(seconds: u32, words: Words) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => words.fill(ChatKey::ThoughtFor, &[("seconds", seconds)]),
        (minutes, seconds) => {
            words.fill(ChatKey::ThoughtForMinutes, &[("minutes", minutes), ("seconds", seconds)])
        }
    }
}

/// A step by itself.
pub(super) fn task_row(view: &TaskRowView, around: &Around) -> Html {
    html! { <div class="ck-work ck-step">{ step(&view.task, around) }</div> }
}

fn step(task: &TaskView, around: &Around) -> Html {
    let words = around.words;
    let title = task.title.clone().or_else(|| kind_name(task, words));
    html! {
        <>
            <span class="ck-step-mark" aria-hidden="true">{ mark(task) }</span>
            <div class="ck-step-body">
                if title.is_some() || task.query.is_some() {
                    <p class="ck-step-title">
                        { title }
                        // Quotation marks are a matter of the language, which <q> knows.
                        { task.query.as_ref().map(|query| html! { <>{ " " }<q>{ query }</q></> }) }
                        { progress(task.status, words) }
                    </p>
                }
                if !task.queries.is_empty() {
                    <ul class="ck-pills" role="list">
                        { for task.queries.iter().map(|query| html! {
                            <li class="ck-pill">{ icon("search") }<span dir="auto">{ query }</span></li>
                        }) }
                    </ul>
                }
                if !task.sources.is_empty() {
                    <ul class="ck-pills" role="list">
                        { for task.sources.iter().map(|source| html! { <li>{ pill(source, words) }</li> }) }
                    </ul>
                }
                if !task.text.is_empty() {
                    { around.prose(&task.text) }
                }
            </div>
        </>
    }
}

/// A spinner while it is under way; then what the server chose, a check mark, or what the kind of work looks like.
fn mark(task: &TaskView) -> Html {
    let kind = match task.kind {
        TaskKind::Custom | TaskKind::Thought => None,
        TaskKind::Search => Some("globe"),
        TaskKind::File => Some("document"),
        TaskKind::Image => Some("images"),
    };
    let done = (task.status == TaskProgress::Complete).then_some("check");
    match (task.status, task.icon.as_deref().or(done).or(kind)) {
        (TaskProgress::Loading, _) => html! { <span class="ck-spinner"></span> },
        (_, Some(name)) => icon(name),
        (_, None) => html! { <span class="ck-step-dot"></span> },
    }
}

/// How far a step is, in words: the mark beside it is only seen.
fn progress(status: TaskProgress, words: Words) -> Option<Html> {
    let key = match status {
        TaskProgress::Unknown => return None,
        TaskProgress::Loading => ChatKey::StepRunning,
        TaskProgress::Complete => ChatKey::TaskDone,
    };
    Some(html! { <span class="ck-hidden">{ format!(" ({})", words.get(key)) }</span> })
}

/// What a step without a title is called.
fn kind_name(task: &TaskView, words: Words) -> Option<String> {
    let key = match task.kind {
        TaskKind::Search => ChatKey::WebSearch,
        TaskKind::File => ChatKey::Files,
        TaskKind::Image => ChatKey::GeneratedImage,
        TaskKind::Custom | TaskKind::Thought => return None,
    };
    Some(words.get(key).to_owned())
}

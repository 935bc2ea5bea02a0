//! Things of the site that answers cite and readers mention: pressing them, and a look at them beforehand. What the site
//! does with them is its own (`entities.onClick`, `entities.onRequestPreview`).

use super::site::{self, SitePurpose};
use super::{Effect, SiteAsk, SiteCallId, SiteError, State};
use crate::json::Json;

/// What a reader can do with an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityAction {
    /// It was pressed.
    Click(Json),
    /// It is looked at: the pointer rests on it, or the focus is there.
    Look(Json),
    /// Not any more.
    Leave,
}

/// The entity that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Which one.
    pub entity: Json,
    /// What the site shows of it, line by line; empty until it came, and if nothing comes.
    pub lines: Vec<String>,
    call: SiteCallId,
}

/// More lines than a card has room for.
const MOST_LINES: usize = 12;
/// Deeper than any tree that a site means.
const DEEPEST: usize = 24;

/// Applies what the reader did.
pub(super) fn user(state: &mut State, action: EntityAction, out: &mut Vec<Effect>) {
    match action {
        EntityAction::Click(entity) => {
            site::ask(state, SiteAsk::EntityClick(entity), SitePurpose::Told, out);
        }
        EntityAction::Look(entity) => {
            let looking = state.preview.as_ref().is_some_and(|preview| preview.entity == entity);
            if looking || !state.config.as_ref().is_some_and(|config| config.entities.on_request_preview) {
                return;
            }
            leave(state);
            let call = site::ask(state, SiteAsk::EntityPreview(entity.clone()), SitePurpose::Preview, out);
            state.preview = Some(Preview { entity, lines: Vec::new(), call });
        }
        EntityAction::Leave => leave(state),
    }
}

fn leave(state: &mut State) {
    if let Some(preview) = state.preview.take() {
        site::forget(state, preview.call);
    }
}

/// The site said what to show: `{ preview: widget | null }`.
pub(super) fn previewed(state: &mut State, answer: Result<Json, SiteError>) {
    if let (Some(preview), Ok(answer)) = (&mut state.preview, answer)
        && let Some(root) = answer.given("preview")
    {
        preview.lines = lines(root);
    }
}

/// What a widget says, without its looks: its texts in reading order.
fn lines(root: &Json) -> Vec<String> {
    let mut lines = Vec::new();
    collect(root, DEEPEST, &mut lines);
    lines
}

fn collect(node: &Json, depth: usize, lines: &mut Vec<String>) {
    if depth == 0 || lines.len() >= MOST_LINES {
        return;
    }
    for name in ["title", "value", "label", "alt"] {
        let text = node.get(name).and_then(Json::as_str).map(str::trim);
        lines.extend(text.filter(|text| !text.is_empty()).map(str::to_owned));
    }
    let children = node.get("children");
    match children.and_then(Json::as_array) {
        Some(children) => children.iter().for_each(|child| collect(child, depth - 1, lines)),
        None => children.into_iter().for_each(|child| collect(child, depth - 1, lines)),
    }
}

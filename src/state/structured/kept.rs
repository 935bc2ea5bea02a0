//! What stands on the sheet, kept in the tab's storage until it is answered: a reload costs no answer.

use super::{Line, Sheet};
use crate::json::{self, Json};
use crate::protocol::{StructuredInputStatus, ThreadItem, Wire};
use crate::state::few::Few;
use crate::state::{Effect, State};

/// Reads what was kept, once, and stores what changed.
pub(in crate::state) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    let Some(key) = key(state) else { return };
    let Some(stored) = &state.stored_sheet else {
        state.stored_sheet = Some(Sheet::default());
        return out.push(Effect::Recall { key });
    };
    if is_answered(state, &state.structured.item_id) {
        state.structured = Sheet::default();
    }
    if *stored != state.structured {
        let value = (!state.structured.item_id.is_empty()).then(|| write(&state.structured));
        out.push(Effect::Keep { key, value });
        state.stored_sheet = Some(state.structured.clone());
    }
}

/// The storage has this. Returns whether it was asked for here.
pub(in crate::state) fn recalled(state: &mut State, asked: &str, value: Option<&str>) -> bool {
    if key(state).as_deref() != Some(asked) {
        return false;
    }
    if state.structured == Sheet::default()
        && let Some(sheet) = value.and_then(read)
    {
        state.structured = sheet.clone();
        state.stored_sheet = Some(sheet);
    }
    true
}

fn is_answered(state: &State, item_id: &str) -> bool {
    state.items.by_id(item_id).is_some_and(|entry| match &entry.item {
        ThreadItem::StructuredInput(item) => item.status != StructuredInputStatus::Pending,
        _ => false,
    })
}

fn key(state: &State) -> Option<String> {
    Some(format!("chatkit-widget:answers:{}", state.config.as_ref()?.api.url))
}

fn write(sheet: &Sheet) -> String {
    let line = |(question, line): (&usize, &Line)| {
        Json::object([
            ("question", question.encode()),
            ("chosen", line.chosen.encode()),
            ("other", Json::Bool(line.other)),
            ("text", line.text.as_str().into()),
            ("skipped", Json::Bool(line.skipped)),
        ])
    };
    let lines = Json::Array(sheet.lines.iter().map(line).collect());
    Json::object([("item", sheet.item_id.as_str().into()), ("lines", lines)]).to_string()
}

/// From text that may have been written by anybody.
fn read(text: &str) -> Option<Sheet> {
    let json = json::read(text).ok()?;
    let item_id = json.given("item")?.as_str()?.to_owned();
    let mut lines = Few::default();
    for line in json.given("lines")?.as_array()? {
        let question: usize = Wire::decode(line.given("question")?).ok()?;
        let yes = |name| line.given(name).and_then(Json::as_bool) == Some(true);
        let chosen = line.given("chosen").and_then(|chosen| Wire::decode(chosen).ok()).unwrap_or_default();
        let text = line.given("text").and_then(Json::as_str).unwrap_or_default().to_owned();
        lines.insert(question, Line { chosen, other: yes("other"), text, skipped: yes("skipped") });
    }
    (!item_id.is_empty()).then_some(Sheet { item_id, lines })
}

//! Client tools: functions of the page that the assistant asks for in the middle of a turn (ChatKit protocol §8.1).
//!
//! A stream that ends with a pending `client_tool_call` has not answered yet: the page's `onClientTool` is called, and
//! what it gives goes back with `threads.add_client_tool_output`, whose stream goes on with the turn. It may end with
//! the next call. A call is run once, whatever becomes of the requests around it, and only where its stream was seen:
//! one found in a thread that was opened anew belongs to a page that is gone.

use super::ask::{Arrival, Ask, Reply};
use super::{Phase, Turn, give_up, request};
use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{ClientToolCallItem, ClientToolCallStatus, ThreadItem};
use crate::state::site::{self, SiteAsk, SiteCallId, SiteError, SitePurpose};
use crate::state::{Effect, HostEvent, State};

/// More calls in one turn are no conversation but a loop between a model and a page.
const MAX_CALLS: u32 = 25;

/// A client tool at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolCall {
    /// The call of the site's function.
    pub site: SiteCallId,
    /// The item that waits for its result.
    pub item_id: String,
    /// The thread of that item.
    pub thread: String,
}

/// The call that the active turn's last stream ended with.
pub(super) fn pending(state: &State) -> Option<ClientToolCallItem> {
    let Turn::Active(turn) = &state.turn else { return None };
    let streamed = |key| turn.rows.values().any(|row| *row == key);
    state.items.iter().rev().filter(|entry| streamed(entry.key)).find_map(|entry| waiting(&entry.item))
}

/// The call an item is, if it waits for its result.
pub(in crate::state) fn waiting(item: &ThreadItem) -> Option<ClientToolCallItem> {
    match item {
        ThreadItem::ClientToolCall(call) if call.status == ClientToolCallStatus::Pending => {
            Some(call.clone())
        }
        _ => None,
    }
}

/// Has the site run `call`; the turn waits for it, and the reader may stop waiting.
pub(in crate::state) fn run(state: &mut State, call: ClientToolCallItem, out: &mut Vec<Effect>) {
    // The item names it, too: a turn that returned here without doing anything would never end.
    let thread = state.thread.id().map_or_else(|| call.thread_id.clone(), str::to_owned);
    let Turn::Active(turn) = &mut state.turn else { return };
    if turn.tools >= MAX_CALLS {
        return give_up(state, Problem::TooManyTools { limit: MAX_CALLS }, false, out);
    }
    turn.tools += 1;
    turn.allow_cancel = Some(true);
    let ask = SiteAsk::ClientTool { name: call.name, params: Json::Object(call.arguments) };
    let site = site::ask(state, ask, SitePurpose::ClientTool, out);
    if let Turn::Active(turn) = &mut state.turn {
        turn.phase = Phase::WaitingForTool(ToolCall { site, item_id: call.id, thread });
    }
}

/// The site's function came to its end: the turn goes on. One that failed is the assistant's to deal with, who gets the
/// message.
pub(in crate::state) fn answered(
    state: &mut State,
    site: SiteCallId,
    answer: Result<Json, SiteError>,
    out: &mut Vec<Effect>,
) {
    let idempotency_key = state.idempotency_key();
    let Turn::Active(turn) = &mut state.turn else { return };
    let call = match &turn.phase {
        Phase::WaitingForTool(call) if call.site == site => call.clone(),
        _ => return,
    };
    let result = match answer {
        // A handler that returns nothing has done what it was asked for.
        Ok(Json::Null) => Json::object([]),
        Ok(result) => result,
        Err(error) => Json::object([("error", Json::String(for_the_assistant(error, out)))]),
    };
    let ToolCall { item_id, thread, .. } = call;
    turn.ask = Ask::Reply { thread, item_id, reply: Reply::Tool(result), arrival: Arrival::No };
    // A request of its own, with attempts of its own.
    turn.attempt = 1;
    turn.started_ms = state.tick.now_ms;
    turn.answered = false;
    turn.allow_cancel = None;
    turn.lost = None;
    turn.idempotency_key = idempotency_key;
    request(state, out);
}

fn for_the_assistant(error: SiteError, out: &mut Vec<Effect>) -> String {
    match error {
        SiteError::NoHandler => {
            let message = error.detail("$.onClientTool");
            out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message }));
            "this page cannot run client tools".to_owned()
        }
        SiteError::TimedOut { .. } => error.detail("$.onClientTool"),
        SiteError::Threw(message) => message,
        SiteError::NotData(why) => format!("the result is no plain data: {why}"),
    }
}

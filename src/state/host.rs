//! What the embedding page asks for: options and methods (ChatKit protocol §2–3).

use std::rc::Rc;

use super::{Draft, Effect, HostAction, HostCall, HostEvent, Rejection, State, history, load, send, thread};
use crate::config::Config;
use crate::protocol::{InferenceOptions, ToolChoice, UserMessageInput};
use crate::text::Words;

/// The rows say some of it, so all are made anew.
fn speak(state: &mut State, words: Words) {
    if state.words == words {
        return;
    }
    state.words = words;
    state.items.iter_mut().for_each(|entry| entry.view = None);
}

/// Applies one call of the page.
pub(super) fn apply(state: &mut State, action: HostAction, out: &mut Vec<Effect>) {
    match action {
        HostAction::Options(config) => options(state, config, out),
        HostAction::Words(words) => speak(state, words),
        HostAction::FocusComposer(call) => {
            out.push(Effect::FocusComposer);
            out.push(Effect::Answer(call, Ok(())));
        }
        HostAction::SetThread(call, id) => set_thread(state, call, id, out),
        HostAction::Send { call, content, quoted_text, attachments, new_thread, tool, model } => {
            let tool_choice = tool.map(|id| ToolChoice { id, extra: Default::default() });
            let inference_options = InferenceOptions { tool_choice, model, ..InferenceOptions::default() };
            let input = UserMessageInput { content, attachments, quoted_text, inference_options };
            send::from_host(state, call, input, new_thread, out);
        }
        HostAction::SetComposer { call, content, reply } => {
            if let Some(content) = content {
                state.composer.write(Draft::from_content(&content));
            }
            if let Some(reply) = reply {
                state.composer.reply(reply);
            }
            out.push(Effect::Answer(call, Ok(())));
        }
        HostAction::ShowHistory(call) => history::show(state, call, out),
        HostAction::HideHistory(call) => history::hide(state, call, out),
        HostAction::FetchUpdates(call) => {
            if busy(state) {
                out.push(Effect::Answer(call, Err(Rejection::Busy)));
            } else {
                load::refresh(state, call, out);
            }
        }
    }
}

/// Whether a thread is loading or an answer streaming: methods that would interfere are refused.
fn busy(state: &State) -> bool {
    state.turn.is_active() || state.thread.is_loading()
}

/// New options replace the old ones whole; thread, draft and stream go on. Only the first ones open
/// `initialThread`: changing it later means nothing (ChatKit protocol §2.2).
fn options(state: &mut State, config: Rc<Config>, out: &mut Vec<Effect>) {
    let first = state.config.is_none();
    let initial = config.initial_thread.clone();
    state.config = Some(config);
    history::configured(state, out);
    if first {
        out.push(Effect::Emit(HostEvent::Ready));
        if let Some(id) = initial {
            load::open(state, id, None, out);
        }
    }
}

fn set_thread(state: &mut State, call: HostCall, id: Option<String>, out: &mut Vec<Effect>) {
    if busy(state) {
        out.push(Effect::Answer(call, Err(Rejection::Busy)));
        return;
    }
    history::close(state, out);
    match id {
        Some(id) => load::open(state, id, Some(call), out),
        None => {
            thread::new_thread(state, out);
            out.push(Effect::Answer(call, Ok(())));
        }
    }
}

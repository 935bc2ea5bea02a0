//! What the embedding page asks for: options and methods (ChatKit protocol §2–3).

use std::collections::VecDeque;
use std::rc::Rc;

use super::{
    Around, Draft, Effect, HostAction, HostCall, HostEvent, Rejection, State, attach, history, load, pick,
    send, thread,
};
use crate::config::Config;
use crate::protocol::{ToolChoice, UserMessageInput};
use crate::text::Words;

/// The rows say some of it, so all are made anew.
fn speak(state: &mut State, words: Words) {
    if state.words == words {
        return;
    }
    state.words = words;
    state.items.iter_mut().for_each(|entry| entry.view = None);
}

/// Applies one call of the page. A method that is called before the chat is ready, or while it opens its first thread,
/// waits: a page cannot know when that is over, and what it asks for should not depend on it.
pub(super) fn apply(state: &mut State, action: HostAction, out: &mut Vec<Effect>) {
    let waits = !matches!(action, HostAction::Options(_) | HostAction::Words(_) | HostAction::Idempotent(_));
    match &mut state.early {
        Some(early) if waits => early.push_back(action),
        _ => perform(state, action, out),
    }
}

/// Performs the first of the methods that wait, where it need not wait any longer. Returns whether there was one.
pub(super) fn catch_up(state: &mut State, out: &mut Vec<Effect>) -> bool {
    if state.config.is_none() || state.thread.is_loading() {
        return false;
    }
    let next = state.early.as_mut().and_then(VecDeque::pop_front);
    match next {
        Some(action) => perform(state, action, out),
        None => state.early = None,
    }
    state.early.is_some()
}

fn perform(state: &mut State, action: HostAction, out: &mut Vec<Effect>) {
    match action {
        HostAction::Options(config) => options(state, config, out),
        HostAction::Words(words) => speak(state, words),
        HostAction::Idempotent(idempotent) => state.idempotent = idempotent,
        HostAction::FocusComposer(call) => {
            out.push(Effect::FocusComposer);
            out.push(Effect::Answer(call, Ok(())));
        }
        HostAction::SetThread(call, id) => set_thread(state, call, id, out),
        HostAction::Send { call, content, quoted_text, attachments, new_thread, tool, model } => {
            let mut inference_options = pick::options(state);
            if let Some(id) = tool {
                inference_options.tool_choice = Some(ToolChoice { id, extra: Default::default() });
            }
            inference_options.model = model.or(inference_options.model);
            let ids = attachments.iter().map(|attachment| attachment.id().to_owned()).collect();
            let quoted_text = quoted_text.filter(|quote| !quote.is_empty());
            let input = UserMessageInput { content, attachments: ids, quoted_text, inference_options };
            send::from_host(state, call, input, attachments, new_thread, out);
        }
        HostAction::SetComposer { call, content, reply, around } => {
            if let Err(why) = around_the_draft(state, around, out) {
                out.push(Effect::Answer(call, Err(why)));
                return;
            }
            if let Some(content) = content {
                state.composer.write(Draft::from_content(&content));
            }
            if let Some(reply) = reply {
                state.composer.reply(reply.filter(|quote| !quote.is_empty()));
            }
            out.push(Effect::Answer(call, Ok(())));
        }
        HostAction::ShowHistory(call) => history::show(state, call, out),
        HostAction::HideHistory(call) => history::hide(state, call, out),
        HostAction::CustomAction { call, action, item_id } => {
            send::custom_action(state, call, action, item_id, out);
        }
        HostAction::FetchUpdates(call) => {
            if busy(state) {
                out.push(Effect::Answer(call, Err(Rejection::Busy)));
            } else {
                load::refresh(state, call, out);
            }
        }
    }
}

/// Files, tool and model of `setComposerValue`: all of them, or none where one of them cannot be.
fn around_the_draft(state: &mut State, around: Around, out: &mut Vec<Effect>) -> Result<(), Rejection> {
    let Around { attachments, files, tool, model } = around;
    if let Err(why) = pick::check(state, tool.as_ref(), model.as_ref()) {
        attach::forget(files, out);
        return Err(why);
    }
    attach::compose(state, attachments, files, out)?;
    pick::compose(state, tool, model, out);
    Ok(())
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
    pick::reconfigured(state, out);
    if first {
        out.push(Effect::Emit(HostEvent::Ready));
        if let Some(id) = initial {
            load::open(state, id, None, out);
        }
    }
}

fn set_thread(state: &mut State, call: HostCall, id: Option<String>, out: &mut Vec<Effect>) {
    // A new chat is always possible: it is the way out of every wait.
    if busy(state) && id.is_some() {
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

//! From what the reader wrote to a turn.

use super::items::EntryStatus;
use super::turn::{self, Ask, Fate, Repeat};
use super::{
    Effect, HostCall, HostEvent, ItemKey, OpenThread, Rejection, Said, ScrollTarget, State, attach, history,
    pick, thread,
};
use crate::json::Json;
use crate::protocol::{
    Action, Attachment, CustomActionParams, Extra, ThreadItem, UserMessageInput, UserMessageItem, Wire,
};

/// Whether a message may be sent now.
pub(super) fn may_send(state: &State) -> bool {
    state.config.is_some()
        && !state.turn.is_active()
        && !state.thread.is_loading()
        && state.thread.is_writable()
}

/// Whether there is anything to send. Files say something by themselves.
fn has_something(state: &State) -> bool {
    !state.composer.draft().is_blank() || !state.attach.chips.is_empty()
}

/// Whether Enter sends now.
pub(super) fn is_ready(state: &State) -> bool {
    may_send(state) && has_something(state) && state.attach.blocked().is_none()
}

/// Enter or the Send button.
pub(super) fn submit(state: &mut State, out: &mut Vec<Effect>) {
    if !may_send(state) {
        return;
    }
    if let Some(blocked) = state.attach.blocked() {
        state.attach.said = Some(Said::Blocked(blocked));
        return;
    }
    if !has_something(state) {
        return;
    }
    let (draft, quoted_text) = state.composer.take();
    let input = UserMessageInput {
        content: draft.message(),
        attachments: attach::take(state, out),
        quoted_text,
        inference_options: pick::options(state),
    };
    pick::submitted(state, out);
    message(state, input, None, out);
}

/// A start-screen prompt: sent at once, the draft stays.
pub(super) fn prompt(state: &mut State, index: usize, out: &mut Vec<Effect>) {
    if !may_send(state) {
        return;
    }
    let Some(prompt) = state.config.as_ref().and_then(|config| config.start_screen.prompts.get(index)) else {
        return;
    };
    let input = UserMessageInput {
        content: prompt.content.clone(),
        attachments: Vec::new(),
        quoted_text: None,
        inference_options: pick::options(state),
    };
    pick::submitted(state, out);
    out.push(Effect::Emit(HostEvent::Log {
        name: "startScreenPrompt.select",
        data: Json::object([("index", index.encode())]),
    }));
    message(state, input, None, out);
}

/// Shows a message at once and sends it.
pub(super) fn message(
    state: &mut State,
    input: UserMessageInput,
    host_call: Option<HostCall>,
    out: &mut Vec<Effect>,
) {
    history::close(state, out);
    let key = ItemKey(state.fresh());
    let thread = state.thread.id().map(str::to_owned);
    if thread.is_none() {
        state.load_problem = None;
        state.thread = OpenThread::New;
    }
    let attachments = state.attach.shown(&input.attachments);
    state.items.push(key, shown(&input, attachments), EntryStatus::Sending);
    let begins = thread.is_none();
    let ask = Ask::Message { key, input, thread, begins, fate: Fate::NotSent };
    turn::begin(state, Repeat::new(ask), host_call, out);
    turn::request(state, out);
    out.push(Effect::Scroll(ScrollTarget::ItemToTop(key)));
}

/// `sendUserMessage`
pub(super) fn from_host(
    state: &mut State,
    call: HostCall,
    input: UserMessageInput,
    attachments: Vec<Attachment>,
    new_thread: bool,
    out: &mut Vec<Effect>,
) {
    let refused = match occupied(state) {
        false if new_thread || state.thread.is_writable() => None,
        false => Some(Rejection::Failed("sendUserMessage: this thread takes no messages any more".into())),
        true => Some(Rejection::Busy),
    };
    if let Some(why) = refused {
        return out.push(Effect::Answer(call, Err(why)));
    }
    if new_thread {
        thread::new_thread(state, out);
    }
    state.attach.sending(attachments);
    message(state, input, Some(call), out);
}

/// `sendCustomAction`
pub(super) fn custom_action(
    state: &mut State,
    call: HostCall,
    action: Action,
    item_id: Option<String>,
    out: &mut Vec<Effect>,
) {
    if occupied(state) {
        return out.push(Effect::Answer(call, Err(Rejection::Busy)));
    }
    let Some(thread_id) = state.thread.id().map(str::to_owned) else {
        let why = "sendCustomAction needs an open thread: open one or send a message first";
        return out.push(Effect::Answer(call, Err(Rejection::Failed(why.into()))));
    };
    let params = CustomActionParams { thread_id, item_id, action };
    turn::begin(state, Repeat::new(Ask::Action(params)), Some(call), out);
    turn::request(state, out);
}

/// Whether the page has to wait with what it wants to send.
fn occupied(state: &State) -> bool {
    state.turn.is_active() || state.thread.is_loading()
}

/// The row of a message that the server has not confirmed.
fn shown(input: &UserMessageInput, attachments: Vec<Attachment>) -> ThreadItem {
    ThreadItem::UserMessage(UserMessageItem {
        id: String::new(),
        thread_id: String::new(),
        created_at: String::new(),
        content: input.content.clone(),
        attachments,
        quoted_text: input.quoted_text.clone(),
        inference_options: input.inference_options.clone(),
        extra: Extra::new(),
    })
}

/// Puts a message that was not stored back into the composer, in front of whatever was written since.
pub(super) fn give_back(
    state: &mut State,
    input: &UserMessageInput,
    attachments: Vec<Attachment>,
    out: &mut Vec<Effect>,
) {
    attach::give_back(state, attachments);
    pick::give_back(state, &input.inference_options, out);
    state.composer.give_back(&input.content, input.quoted_text.clone());
}

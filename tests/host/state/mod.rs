//! The element's state, driven as the browser drives it: actions in, effects out.

mod actions;
mod citations;
mod client_tools;
mod echo;
mod events;
mod field;
mod history;
mod load;
mod methods;
mod never_twice;
mod pace;
mod reloads;
mod structured;
mod turns;
mod unlucky;
mod view;
mod waits;
mod work;

use std::rc::Rc;

use chatkit_widget::config::Config;
use chatkit_widget::protocol::ClientRequest;
use chatkit_widget::state::{
    Action, Around, CallAction, CallId, ComposerAction, Effect, Failure, HostAction, HostCall, HostEvent,
    InputKind, State, StreamAction, Tick, Timer, TurnId, UserAction, reduce, select,
};
use chatkit_widget::text::Key;
use serde_json::{Value, json};

/// An element under test: remembers what it was asked to do.
pub struct Element {
    pub state: State,
    pub effects: Vec<Effect>,
    pub now_ms: f64,
    pub online: bool,
    turn: Option<TurnId>,
}

impl Element {
    /// With options, ready.
    pub fn new() -> Self {
        Self::with(Config::for_url("/chatkit"))
    }

    pub fn with(config: Config) -> Self {
        let mut element = Self::bare();
        element.act(Action::Host(HostAction::Options(Rc::new(config))));
        element
    }

    pub fn bare() -> Self {
        Element { state: State::default(), effects: Vec::new(), now_ms: 1_000.0, online: true, turn: None }
    }

    pub fn act(&mut self, action: Action) -> &mut Self {
        let effects =
            reduce(&mut self.state, action, Tick { now_ms: self.now_ms, jitter: 0.5, online: self.online });
        for effect in &effects {
            if let Effect::Stream { turn, .. } = effect {
                self.turn = Some(*turn);
            }
        }
        self.effects.extend(effects);
        self
    }

    pub fn user(&mut self, action: UserAction) -> &mut Self {
        self.act(Action::User(action))
    }

    pub fn say(&mut self, text: &str) -> &mut Self {
        self.draft(text).user(UserAction::Submit)
    }

    /// The reader replaces what stands in the composer; the caret is behind it.
    pub fn draft(&mut self, text: &str) -> &mut Self {
        let caret = text.encode_utf16().count();
        self.user(UserAction::Composer(ComposerAction::Input {
            text: text.into(),
            caret,
            kind: InputKind::Typed,
        }))
    }

    /// The turn whose request was sent last.
    pub fn turn(&self) -> TurnId {
        self.turn.expect("no request was sent")
    }

    /// The JSON request sent last.
    pub fn call(&self) -> CallId {
        let call = |effect: &Effect| match effect {
            Effect::Call { call, .. } => Some(*call),
            _ => None,
        };
        self.effects.iter().rev().find_map(call).expect("no call was made")
    }

    pub fn stream(&mut self, action: StreamAction) -> &mut Self {
        let turn = self.turn();
        self.act(Action::Stream { turn, action })
    }

    pub fn head(&mut self) -> &mut Self {
        self.stream(StreamAction::Head)
    }

    pub fn event(&mut self, event: Value) -> &mut Self {
        self.frame(&event.to_string())
    }

    /// A frame of the stream, as the driver reads it.
    pub fn frame(&mut self, data: &str) -> &mut Self {
        for action in StreamAction::of_frame("", data) {
            self.stream(action);
        }
        self
    }

    pub fn end(&mut self) -> &mut Self {
        self.stream(StreamAction::End(Ok(())))
    }

    pub fn fail(&mut self, failure: Failure) -> &mut Self {
        self.stream(StreamAction::End(Err(failure)))
    }

    pub fn reply(&mut self, body: Value) -> &mut Self {
        self.reply_text(&body.to_string())
    }

    pub fn reply_text(&mut self, body: &str) -> &mut Self {
        let call = self.call();
        self.act(Action::Call { call, action: CallAction::Done(body.to_owned()) })
    }

    pub fn reply_failed(&mut self, failure: Failure) -> &mut Self {
        let call = self.call();
        self.act(Action::Call { call, action: CallAction::Failed(failure) })
    }

    /// Lets the running pause pass.
    pub fn wait(&mut self) -> &mut Self {
        let timer = self.timer().expect("nobody is waiting");
        self.now_ms += 1_000.0;
        self.act(Action::Timer(timer))
    }

    /// Has every lookup of a lost request fail, or find `found` instead.
    pub fn look_in_vain(&mut self, found: &Value) -> &mut Self {
        while let Some(Timer::Turn(_)) = self.timer() {
            self.wait();
            self.effects.retain(|effect| !matches!(effect, Effect::StartTimer(..)));
            self.reply(found.clone());
        }
        self
    }

    /// The pause that was begun last. Time limits are no pauses.
    pub fn timer(&self) -> Option<Timer> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::StartTimer(Timer::Wait(_), _) => None,
            Effect::StartTimer(timer, _) => Some(*timer),
            _ => None,
        })
    }

    /// Lets the time pass that the newest wait may take, as its timer does: in two steps, where it is said to be slow.
    pub fn time_out(&mut self) -> &mut Self {
        let last = |effects: &[Effect]| {
            effects.iter().rev().find_map(|effect| match effect {
                Effect::StartTimer(Timer::Wait(wait), pause) => Some((*wait, *pause)),
                _ => None,
            })
        };
        let (wait, pause) = last(&self.effects).expect("nobody waits");
        self.now_ms += pause.as_secs_f64() * 1_000.0;
        let before = self.effects.len();
        self.act(Action::Timer(Timer::Wait(wait)));
        match last(&self.effects[before..]) {
            Some((again, _)) if again == wait => self.time_out(),
            _ => self,
        }
    }

    /// Forgets what was asked for so far.
    pub fn fresh(&mut self) -> &mut Self {
        self.effects.clear();
        self
    }

    /// The whole way of a message through a new thread.
    pub fn converse(&mut self, question: &str, answer: &str) -> &mut Self {
        let n = self.state.items.iter().count();
        self.say(question).head();
        if self.state.thread.id().is_none() {
            self.event(created("thr_1"));
        }
        self.event(user_done(&format!("msg_u{n}"), question))
            .event(assistant_done(&format!("msg_a{n}"), answer))
            .end()
    }

    pub fn requests(&self) -> Vec<&ClientRequest> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Stream { request, .. } | Effect::Call { request, .. } => Some(&**request),
                _ => None,
            })
            .collect()
    }

    /// The idempotency keys of the requests of one kind, in order.
    pub fn keys(&self, op: &str) -> Vec<String> {
        let key = |effect: &Effect| match effect {
            Effect::Stream { request, idempotency_key, .. }
            | Effect::Call { request, idempotency_key, .. }
                if request.op() == op =>
            {
                Some(idempotency_key.clone().expect("a key"))
            }
            _ => None,
        };
        self.effects.iter().filter_map(key).collect()
    }

    pub fn ops(&self) -> Vec<&'static str> {
        self.requests().into_iter().map(ClientRequest::op).collect()
    }

    /// Names of the `chatkit.*` events so far, logs left out.
    pub fn emitted(&self) -> Vec<String> {
        self.effects
            .iter()
            .filter_map(|effect| if let Effect::Emit(event) = effect { name(event) } else { None })
            .collect()
    }

    pub fn logs(&self) -> Vec<&'static str> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Emit(HostEvent::Log { name, .. }) => Some(*name),
                _ => None,
            })
            .collect()
    }

    /// What the integrator reads on the console.
    pub fn console(&self) -> Vec<&str> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Console(_, line) => Some(line.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The messages of `chatkit.error` so far.
    pub fn errors(&self) -> Vec<&str> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Emit(HostEvent::Error { message, .. }) => Some(message.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The plain notes in the conversation.
    pub fn notes(&mut self) -> Vec<String> {
        let select::Body::Thread { items, .. } = self.view().body else { return Vec::new() };
        items
            .iter()
            .filter_map(|item| match &**item {
                select::ItemView::Note { text, .. } => Some(text.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn answers(&self) -> Vec<(HostCall, Option<&'static str>)> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Answer(call, result) => {
                    Some((*call, result.as_ref().err().map(|rejection| rejection.name())))
                }
                _ => None,
            })
            .collect()
    }

    pub fn view(&mut self) -> select::View {
        select::view(&mut self.state).expect("options were given")
    }

    /// The reader's messages on screen, with their state.
    pub fn said(&mut self) -> Vec<(String, select::UserItemState)> {
        let select::Body::Thread { items, .. } = self.view().body else { return Vec::new() };
        items
            .iter()
            .filter_map(|item| match &**item {
                select::ItemView::User(user) => Some((user.text(), user.state)),
                _ => None,
            })
            .collect()
    }

    /// The assistant's texts on screen, as Copy takes them.
    pub fn answers_shown(&self) -> Vec<String> {
        self.state
            .items
            .iter()
            .filter_map(|entry| match &entry.item {
                chatkit_widget::protocol::ThreadItem::AssistantMessage(message) => {
                    Some(message.content.iter().map(|part| part.text()).collect::<String>())
                }
                _ => None,
            })
            .collect()
    }
}

fn name(event: &HostEvent) -> Option<String> {
    Some(match event {
        HostEvent::Ready => "ready".into(),
        HostEvent::Error { .. } => "error".into(),
        HostEvent::ResponseStart => "response.start".into(),
        HostEvent::ResponseEnd => "response.end".into(),
        HostEvent::HistoryOpen => "history.open".into(),
        HostEvent::HistoryClose => "history.close".into(),
        HostEvent::ThreadChange(id) => format!("thread.change {}", id.as_deref().unwrap_or("null")),
        HostEvent::ThreadLoadStart(id) => format!("thread.load.start {id}"),
        HostEvent::ThreadLoadEnd(id) => format!("thread.load.end {id}"),
        HostEvent::Effect { name, .. } => format!("effect {name}"),
        HostEvent::Deeplink { name, .. } => format!("deeplink {name}"),
        HostEvent::ToolChange(id) => format!("tool.change {}", id.as_deref().unwrap_or("null")),
        HostEvent::Log { .. } => return None,
    })
}

pub fn thread(id: &str) -> Value {
    json!({"id": id, "created_at": "2026-11-20T23:44:07.463925", "status": {"type": "active"}, "metadata": {},
           "items": {"data": [], "has_more": false}})
}

pub fn created(id: &str) -> Value {
    json!({"type": "thread.created", "thread": thread(id)})
}

pub fn user_item(id: &str, text: &str) -> Value {
    json!({"id": id, "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07.479173", "type": "user_message",
           "content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}})
}

pub fn user_done(id: &str, text: &str) -> Value {
    json!({"type": "thread.item.done", "item": user_item(id, text)})
}

pub fn assistant_item(id: &str, text: &str) -> Value {
    json!({"id": id, "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07.499206", "type": "assistant_message",
           "content": [{"annotations": [], "text": text, "type": "output_text"}]})
}

pub fn assistant_done(id: &str, text: &str) -> Value {
    json!({"type": "thread.item.done", "item": assistant_item(id, text)})
}

pub fn assistant_added(id: &str) -> Value {
    json!({"type": "thread.item.added", "item": {"id": id, "thread_id": "thr_1",
           "created_at": "2026-11-20T23:44:07.499206", "type": "assistant_message", "content": []}})
}

pub fn delta(id: &str, index: usize, text: &str) -> Value {
    json!({"type": "thread.item.updated", "item_id": id,
           "update": {"type": "assistant_message.content_part.text_delta", "content_index": index, "delta": text}})
}

pub fn page(items: Vec<Value>, after: Option<&str>) -> Value {
    match after {
        Some(after) => json!({"data": items, "has_more": true, "after": after}),
        None => json!({"data": items, "has_more": false}),
    }
}

pub fn status(status: u16) -> Failure {
    Failure::Status { status, retry_after: None, body: String::new() }
}

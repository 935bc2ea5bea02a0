//! What the self-hosted element knows and how it changes, without a browser.
//!
//! - A **thread** is one conversation as the ChatKit server stores it; the open one is [`OpenThread`].
//! - An **item** is one entry of a thread (a message, a tool call, …); the shown ones are [`Items`].
//! - A **turn** is one request of the reader and everything streamed in answer to it, see [`Turn`].
//! - An **action** is something that happened outside ([`Action`]); an **effect** is something to be done
//!   outside ([`Effect`]). [`reduce`] is the only way from one to the other.
//!
//! The reducer never awaits, reads a clock or draws a random number: both come with the action, in [`Tick`].
//! It changes the state in place, because the state is owned by exactly one driver and copying a long
//! conversation for each streamed word would make the cost of an answer quadratic. The view never sees the
//! state itself but the snapshot that [`select`] makes of it.

mod action;
mod again;
mod attach;
mod calls;
mod composer;
mod dictate;
mod echo;
mod effect;
mod entity;
mod failure;
mod feedback;
mod few;
mod frame;
mod history;
mod host;
mod items;
mod load;
mod misfits;
mod model;
mod notices;
mod outbox;
pub mod pace;
mod pick;
mod picture;
mod protocol_event;
mod segment;
pub mod select;
mod send;
mod settle;
mod site;
mod streamed;
mod structured;
mod thread;
mod tree;
mod turn;
mod waits;
mod work;

pub use action::{Action, Around, CallAction, HostAction, StreamAction, Tick, Timer, UserAction};
pub use attach::{
    Attach, AttachAction, Blocked, Carry, Chip, ChipKey, Destination, FileEffect, FileId, Limit, News,
    PickedFile, Refusal, Said, Stage, UploadId, takes_files,
};
pub(crate) use composer::offer_label;
pub use composer::{
    Command, Composer, ComposerAction, ComposerSkill, Draft, Edit, Entity, InputKind, Menu, MenuAction,
    MenuStage, Offer, Sign, Tag, Trigger, WhenFound, snapped, to_delete, utf16,
};
pub use dictate::{DictateAction, Dictation, Trouble, VoiceEffect, VoiceFault, VoiceId, VoiceNews};
pub use effect::{CallId, ConsoleLevel, Effect, HostCall, HostEvent, Rejection, ScrollTarget};
pub use entity::{EntityAction, Preview};
pub use failure::Failure;
pub use history::{Doing, History, HistoryAction, HistoryRow, Listing};
pub use items::{Entry, EntryStatus, Items, Part};
pub use load::{LoadProblem, Older};
pub use model::{ItemKey, State, TurnId};
pub use notices::Notice;
pub use pick::{PickAction, Picks, ToolSource};
pub use site::{SiteAsk, SiteCallId, SiteError};
pub use structured::{Choice, StructuredAction};
pub use thread::{OpenThread, ThreadMeta};
pub use turn::{ActiveTurn, Arrival, Ask, FailedTurn, Fate, Phase, Repeat, Reply, ToolCall, Turn};
pub use waits::Wait;

/// Applies one action. Returns what is to be done outside, in that order, after the caller let go of the state.
pub fn reduce(state: &mut State, action: Action, tick: Tick) -> Vec<Effect> {
    let mut out = Vec::new();
    state.tick = tick;
    match action {
        Action::User(action) => match action {
            UserAction::Composer(action) => composer::user(state, action, &mut out),
            UserAction::Attach(action) => attach::apply(state, action, &mut out),
            UserAction::Pick(action) => pick::apply(state, action, &mut out),
            UserAction::Dictate(action) => dictate::apply(state, action, &mut out),
            UserAction::Submit => send::submit(state, &mut out),
            UserAction::Prompt(index) => send::prompt(state, index, &mut out),
            UserAction::Stop => turn::stop(state, &mut out),
            UserAction::RetryTurn => settle::retry_by_hand(state, &mut out),
            UserAction::RetryAfter(key) => turn::retry_after(state, key, &mut out),
            UserAction::RetryUnsent(key) => outbox::retry(state, key, &mut out),
            UserAction::EditUnsent(key) => outbox::edit(state, key, &mut out),
            UserAction::NewThread => history::new_chat(state, &mut out),
            UserAction::History(action) => history::user(state, action, &mut out),
            UserAction::LoadOlder => load::load_older(state, &mut out),
            UserAction::RetryLoad => load::retry_load(state, &mut out),
            UserAction::DismissNotice(key) => notices::dismiss(state, key),
            UserAction::Feedback { key, kind } => feedback::press(state, key, kind, &mut out),
            UserAction::Fold { key, open } => work::fold(state, key, open),
            UserAction::Structured(action) => structured::user(state, action, &mut out),
            UserAction::Entity(action) => entity::user(state, action, &mut out),
            UserAction::Deeplink { name, data } => out.push(Effect::Emit(HostEvent::Deeplink { name, data })),
        },
        Action::Host(action) => host::apply(state, action, &mut out),
        Action::Stream { turn, action } => turn::stream(state, turn, action, &mut out),
        Action::Call { call, action } => calls::ended(state, call, action, &mut out),
        Action::Site { call, answer } => site::answered(state, call, answer, &mut out),
        Action::Recalled { key, value } => {
            if !outbox::recalled(state, &key, value.as_deref(), &mut out)
                && !structured::recalled(state, &key, value.as_deref())
            {
                composer::recalled(state, &key, value.as_deref(), &mut out);
            }
        }
        Action::Upload { upload, action } => attach::answered(state, upload, action, &mut out),
        Action::Voice { voice, news } => dictate::news(state, voice, news, &mut out),
        Action::Timer(timer) => match timer {
            Timer::Turn(turn) => turn::timer(state, turn, &mut out),
            Timer::Call(call) => calls::timer(state, call, &mut out),
            Timer::Wait(wait) => waits::timer(state, wait, &mut out),
            Timer::Draft => composer::store(state, &mut out),
            Timer::Voice => dictate::timer(state, &mut out),
            Timer::Older => load::show_slice(state, &mut out),
        },
    }
    dictate::follow(state, &mut out);
    composer::follow(state, &mut out);
    while host::catch_up(state, &mut out) {
        composer::follow(state, &mut out);
    }
    outbox::follow(state, &mut out);
    structured::follow(state, &mut out);
    out
}

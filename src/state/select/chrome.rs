//! Everything around the conversation: header, composer, banner, notices, small print.

use std::ops::Range;
use std::rc::Rc;

use super::{
    AttachView, BarView, MenuView, MirrorPiece, StructuredView, attach, bar, menu, mirror, structured,
};
use crate::config::{Config, Prompt};
use crate::problem::Problem;
use crate::protocol::{NoticeLevel, ThreadStatus};
use crate::retry;
use crate::state::{ItemKey, LoadProblem, Notice, OpenThread, Phase, State, Turn, Wait, load, send, waits};
use crate::text::{ChatKey, Key};

/// The header bar.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderView {
    /// Fixed title or the thread's; `None` when `header.title.enabled` is false.
    pub title: Option<String>,
    /// `header.leftAction.icon`
    pub left_icon: Option<String>,
    /// `header.rightAction.icon`
    pub right_icon: Option<String>,
    /// Whether a history button makes sense (`history.enabled`).
    pub history: bool,
    /// Whether a New chat button makes sense (there is something to be left).
    pub new_chat: bool,
}

/// One suggestion on the start screen.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptView {
    /// What the button says.
    pub label: String,
    /// ChatKit icon name.
    pub icon: Option<String>,
}

/// What the assistant does right now.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressView {
    /// Plain text.
    pub text: String,
    /// ChatKit icon name.
    pub icon: Option<String>,
}

/// A notice of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeView {
    /// Stable name.
    pub key: ItemKey,
    /// `info`, `warning` or `danger`.
    pub level: &'static str,
    /// Bold first line.
    pub title: Option<String>,
    /// Markdown.
    pub message: String,
}

/// What went wrong, in words for the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct BannerView {
    /// One plain sentence.
    pub text: String,
    /// What the reader can do, in this order.
    pub remedies: Vec<Remedy>,
}

/// A button of a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Sends [`crate::state::UserAction::RetryTurn`].
    RetryTurn,
    /// Sends [`crate::state::UserAction::RetryLoad`].
    RetryLoad,
    /// Sends [`crate::state::UserAction::EditUnsent`] for this row.
    EditMessage(ItemKey),
    /// Sends [`crate::state::UserAction::NewThread`].
    NewThread,
}

/// The composer.
#[derive(Clone, Debug, PartialEq)]
pub struct ComposerView {
    /// The draft's text.
    pub text: String,
    /// Where its tags are, in UTF-16 units.
    pub tags: Vec<Range<usize>>,
    /// Text and tags as they are painted behind the field; empty without tags.
    pub mirror: Vec<MirrorPiece>,
    /// Whether writing can open a menu.
    pub lists: bool,
    /// The menu above the field.
    pub menu: Option<MenuView>,
    /// What is quoted above it.
    pub quote: Option<String>,
    /// Hint in the empty field; the reason when locked.
    pub placeholder: String,
    /// What the reader can do with it.
    pub mode: ComposerMode,
    /// The files it will have.
    pub attach: AttachView,
    /// What stands below or beside the field.
    pub bar: BarView,
    /// The button in its corner.
    pub button: SendButton,
}

/// What the reader can do with the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerMode {
    /// Write.
    Open,
    /// See it, but not write (thread locked).
    Locked,
    /// Answer the questions of the assistant, which stand in its place.
    Structured(StructuredView),
    /// Read why there is none (thread closed).
    Closed {
        /// The server's reason or our sentence.
        reason: String,
    },
}

/// The button in the composer's corner. While an answer streams the reader may go on typing; sending waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendButton {
    /// Send, which needs some text first.
    Send {
        /// Whether there is something to send and it may be sent now.
        enabled: bool,
    },
    /// Stop the answer.
    Stop,
}

/// `disclaimer`
#[derive(Clone, Debug, PartialEq)]
pub struct DisclaimerView {
    /// Markdown.
    pub text: String,
    /// Draw it in the primary text colour.
    pub high_contrast: bool,
}

/// The bar at the top.
pub(super) fn header(state: &State, config: &Config) -> Option<HeaderView> {
    if !config.header.enabled {
        return None;
    }
    let thread_title = || state.thread.meta().and_then(|meta| meta.title.clone());
    let title = config.header.title.enabled.then(|| {
        config.header.title.text.clone().or_else(thread_title).unwrap_or_else(|| config.frame_title.clone())
    });
    Some(HeaderView {
        title,
        left_icon: config.header.left_action.as_ref().map(|action| action.icon.clone()),
        right_icon: config.header.right_action.as_ref().map(|action| action.icon.clone()),
        history: config.history.enabled,
        new_chat: !matches!(state.thread, OpenThread::New) || state.turn.is_active(),
    })
}

/// What the server wants the reader to notice.
pub(super) fn notices(state: &State) -> Vec<NoticeView> {
    let view = |Notice { key, event }: &Notice| NoticeView {
        key: *key,
        level: match event.level {
            NoticeLevel::Warning => "warning",
            NoticeLevel::Danger => "danger",
            NoticeLevel::Info | NoticeLevel::Unknown(_) => "info",
        },
        title: event.title.clone(),
        message: event.message.clone(),
    };
    state.notices.iter().map(view).collect()
}

/// The passing line at the end of the conversation.
pub(super) fn progress(state: &State) -> Option<ProgressView> {
    let progress = state.progress.as_ref()?;
    Some(ProgressView { text: progress.text.clone(), icon: progress.icon.clone() })
}

/// What went wrong. A thread that did not come stands before an answer that did not come: without a thread there
/// is nothing to answer.
pub(super) fn banner(state: &State) -> Option<BannerView> {
    if let Some(LoadProblem { problem, .. }) = &state.load_problem {
        let remedies = match problem {
            Problem::ThreadMissing { .. } => vec![Remedy::NewThread],
            _ => vec![Remedy::RetryLoad, Remedy::NewThread],
        };
        return Some(BannerView { text: sentence(state, problem), remedies });
    }
    let Turn::Failed(failed) = &state.turn else { return None };
    let problem = &failed.problem;
    let remedies = match &failed.again {
        Some(again) => {
            let edit = again.ask.unsent().map(|(key, _)| Remedy::EditMessage(key));
            [Some(Remedy::RetryTurn), edit].into_iter().flatten().collect()
        }
        None if problem.remedy() == crate::problem::Remedy::NewChat => vec![Remedy::NewThread],
        None => Vec::new(),
    };
    Some(BannerView { text: sentence(state, problem), remedies })
}

/// The server's own sentence, or ours in the language spoken.
fn sentence(state: &State, problem: &Problem) -> String {
    problem.server_text().unwrap_or_else(|| state.words.get(problem.key())).to_owned()
}

/// What goes on while there is nothing to see, and whether anything goes on.
pub(super) fn status(state: &State) -> (Option<String>, bool) {
    let Turn::Active(turn) = &state.turn else {
        let slow = state.thread.is_loading() && load::is_slow(state);
        return (slow.then(|| state.words.get(ChatKey::SlowThread).to_owned()), state.thread.is_loading());
    };
    let says = |key: ChatKey| Some(state.words.get(key).to_owned());
    let line = match &turn.phase {
        Phase::Settling(_) | Phase::Waiting { lookup: true, .. } if turn.ask.unsent().is_some() => {
            says(ChatKey::LookingUp)
        }
        Phase::WaitingForTool(call) if waits::is_slow(state, Wait::Site(call.site)) => {
            says(ChatKey::SlowPage)
        }
        Phase::Requesting | Phase::Streaming if waits::is_slow(state, Wait::Stream(turn.id)) => {
            says(ChatKey::SlowAnswer)
        }
        Phase::Streaming => None,
        _ if turn.attempt > 1 => {
            let slots = [("attempt", turn.attempt), ("of", retry::MAX_ATTEMPTS)];
            Some(state.words.fill(Key::Retrying, &slots))
        }
        _ => None,
    };
    (line, true)
}

/// Where the reader writes.
pub(super) fn composer(state: &State, config: &Config) -> ComposerView {
    let reason = |reason: &Option<String>, key: ChatKey| {
        reason.clone().unwrap_or_else(|| state.words.get(key).to_owned())
    };
    let (mode, placeholder) = match state.thread.meta().map(|meta| &meta.status) {
        Some(ThreadStatus::Locked { reason: why, .. }) => {
            (ComposerMode::Locked, reason(why, ChatKey::ThreadLocked))
        }
        Some(ThreadStatus::Closed { reason: why, .. }) => {
            (ComposerMode::Closed { reason: reason(why, ChatKey::ThreadClosed) }, String::new())
        }
        _ => match structured::form(state) {
            Some(form) => (ComposerMode::Structured(form), String::new()),
            None => (ComposerMode::Open, bar::placeholder(state, config)),
        },
    };
    let open = mode == ComposerMode::Open;
    let button = match &state.turn {
        Turn::Active(turn) if turn.allow_cancel.unwrap_or(true) => SendButton::Stop,
        _ => SendButton::Send { enabled: send::is_ready(state) },
    };
    ComposerView {
        text: state.composer.draft().text().to_owned(),
        tags: mirror::tags(state.composer.draft()),
        mirror: mirror::mirror(state.composer.draft()),
        quote: state.composer.quote().map(str::to_owned),
        placeholder,
        mode,
        lists: config.entities.on_tag_search || config.commands.enabled,
        menu: menu::menu(state).filter(|_| open),
        attach: attach::attach(state),
        bar: bar::bar(state, config),
        button,
    }
}

/// The small print.
pub(super) fn disclaimer(config: &Config) -> Option<DisclaimerView> {
    let disclaimer = config.disclaimer.as_ref()?;
    Some(DisclaimerView { text: disclaimer.text.clone(), high_contrast: disclaimer.high_contrast })
}

/// Which hosts may show images.
pub(super) fn allowed_image_domains(state: &State) -> Option<Rc<[String]>> {
    state.thread.meta()?.allowed_image_domains.clone()
}

/// The start screen's suggestions.
pub(super) fn prompts(config: &Config) -> Vec<PromptView> {
    let view = |prompt: &Prompt| PromptView { label: prompt.label.clone(), icon: prompt.icon.clone() };
    config.start_screen.prompts.iter().map(view).collect()
}

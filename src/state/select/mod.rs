//! View models: the state as the view needs it, nothing more. Built once a frame; parts that did not change are
//! shared (`Rc`), so that the view can skip them by pointer.

mod actions;
mod attach;
mod bar;
mod chrome;
mod history;
mod items;
mod menu;
mod mirror;
mod picture;
mod sources;
mod structured;
mod user;
mod work;

pub(super) use actions::KeptActions;
pub use actions::{FeedbackView, RetryView, TurnActionsView};
pub use attach::{AttachView, ChipState, ChipView, ComposerNote};
pub use bar::{BarView, FileInputView, ModelView, ToolView, VoiceView};
pub use chrome::{
    BannerView, ComposerMode, ComposerView, DisclaimerView, HeaderView, NoticeView, ProgressView, PromptView,
    Remedy, SendButton,
};
pub use history::{Day, HistoryEnd, HistoryRowView, HistoryView};
pub use items::{AssistantView, ItemView};
pub use menu::{MenuGroup, MenuRow, MenuView};
pub use mirror::{LONG, MirrorPiece, direction};
pub use picture::ImageView;
pub use sources::SourceView;
pub use structured::{ControlView, QuestionView, SendAnswers, StructuredView, SummaryView};
pub use user::{AttachmentView, Piece, UserItemState, UserView};
pub use work::{TaskKind, TaskProgress, TaskRowView, TaskView, WorkflowHeader, WorkflowView};

use std::rc::Rc;

use super::{Entry, Older, OpenThread, Preview, State};
use crate::config::Config;
use crate::text::{ChatKey, Words};

/// One frame of the element.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The bar at the top; `None` when `header.enabled` is false.
    pub header: Option<HeaderView>,
    /// The middle.
    pub body: Body,
    /// More text is there than is shown: another frame is to follow.
    pub behind: bool,
    /// Bytes of answers that came since the last frame, see [`crate::state::pace`].
    pub arrived: usize,
    /// The list of past threads, over everything else, while it is open.
    pub history: Option<HistoryView>,
    /// A passing line at the end of the conversation ("Looking in the textbook…").
    pub progress: Option<ProgressView>,
    /// Inline notices of the server.
    pub notices: Vec<NoticeView>,
    /// What went wrong and what the reader can do, one thing at a time.
    pub banner: Option<BannerView>,
    /// What a screen reader is told politely now ("Trying again, 2 of 3"); shown as well when the turn waits.
    pub status: Option<String>,
    /// Where the reader writes.
    pub composer: ComposerView,
    /// Small print under the composer.
    pub disclaimer: Option<DisclaimerView>,
    /// Whether an answer is being produced (`aria-busy` of the log).
    pub busy: bool,
    /// Which hosts may show images in this thread (`allowed_image_domains`).
    pub allowed_image_domains: Option<Rc<[String]>>,
    /// The entity that is looked at.
    pub preview: Option<Preview>,
    /// The language of everything we say.
    pub words: Words,
}

/// The middle of the element.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing was said yet.
    Start {
        /// `startScreen.greeting`
        greeting: String,
        /// `startScreen.prompts`
        prompts: Vec<PromptView>,
    },
    /// A stored thread is on its way.
    Loading,
    /// A conversation.
    Thread {
        /// Oldest first.
        items: Vec<Rc<ItemView>>,
        /// What is above the first.
        older: OlderView,
    },
}

/// What the top of the conversation offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderView {
    /// This is the beginning.
    None,
    /// "Load earlier messages".
    Available,
    /// They are on their way.
    Loading,
    /// They did not come; "Try again".
    Failed,
}

/// The frame to draw for this state, or `None` before the first valid options.
pub fn view(state: &mut State) -> Option<View> {
    let config = state.config.clone()?;
    let (status, busy) = chrome::status(state);
    let body = body(state, &config);
    Some(View {
        header: chrome::header(state, &config),
        behind: matches!(body, Body::Thread { .. }) && state.items.entries().iter().any(Entry::is_behind),
        arrived: std::mem::take(&mut state.arrived),
        body,
        progress: chrome::progress(state),
        history: history::history(state, &config),
        notices: chrome::notices(state),
        banner: chrome::banner(state),
        status,
        composer: chrome::composer(state, &config),
        disclaimer: chrome::disclaimer(&config),
        busy,
        allowed_image_domains: chrome::allowed_image_domains(state),
        preview: state.preview.clone(),
        words: state.words,
    })
}

fn body(state: &mut State, config: &Config) -> Body {
    match &state.thread {
        OpenThread::Loading { .. } => Body::Loading,
        OpenThread::New if state.items.is_empty() => {
            let own = config.start_screen.greeting.clone();
            let greeting = own.unwrap_or_else(|| state.words.get(ChatKey::Greeting).to_owned());
            Body::Start { greeting, prompts: chrome::prompts(config) }
        }
        OpenThread::New | OpenThread::Loaded(_) => Body::Thread {
            older: match state.older {
                Older::None => OlderView::None,
                Older::Available(_) => OlderView::Available,
                Older::Loading(_) | Older::Coming { .. } => OlderView::Loading,
                Older::Failed(_) => OlderView::Failed,
            },
            items: actions::rows(state),
        },
    }
}

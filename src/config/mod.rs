//! Options: from what an integrator wrote to what the element works with.
//!
//! * **Raw** options mirror the JavaScript value given to `setOptions`, functions as mere presence.
//! * The **config** is the same with every default filled in and every value known to be of its type.
//! * An **issue** says at which path (`$.startScreen.prompts[0].label`) something is wrong, what was given and
//!   what to write. Errors keep the options from being applied; warnings do not.
//!
//! The option type is ChatKit's own (`@openai/chatkit` 1.9.0). Options replace, they never merge: a key that
//! is absent has its default.

mod api;
mod composer;
mod issue;
pub(crate) mod names;
mod raw;
mod read;
mod sections;
mod start_screen;
mod theme;
mod validate;

pub use api::{Api, Timeouts, UploadStrategy};
pub use composer::{Attachments, Composer, MaxSize, ModelOption, ToolOption};
pub use issue::{ConfigIssue, Severity};
pub use raw::Raw;
pub use sections::{
    Commands, Disclaimer, Entities, Header, HeaderAction, HeaderTitle, History, ThreadItemActions,
    ThreadOptions, Widgets,
};
pub use start_screen::{Prompt, StartScreen};
pub use theme::{
    AccentColor, ColorOptions, ColorScheme, Density, FontObject, GrayscaleOptions, Radius, SurfaceColors,
    Theme, Typography,
};
pub use validate::{Validated, validate};

/// Everything the element can be told, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the ChatKit server is.
    pub api: Api,
    /// A locale ChatKit supports; `None` means the browser's.
    pub locale: Option<String>,
    /// How it looks.
    pub theme: Theme,
    /// Accessible name of the whole; `"Chat"`.
    pub frame_title: String,
    /// The thread to show first; `None` is a new one. Changing it later has no effect.
    pub initial_thread: Option<String>,
    /// Whether the host page runs client tools.
    pub on_client_tool: bool,
    /// The header bar.
    pub header: Header,
    /// The list of past threads.
    pub history: History,
    /// The view of a new thread.
    pub start_screen: StartScreen,
    /// The buttons under an answer.
    pub thread_item_actions: ThreadItemActions,
    /// The conversation.
    pub thread: ThreadOptions,
    /// The input.
    pub composer: Composer,
    /// Markdown below the composer.
    pub disclaimer: Option<Disclaimer>,
    /// Mentions.
    pub entities: Entities,
    /// The `/` menu.
    pub commands: Commands,
    /// Widgets of the assistant.
    pub widgets: Widgets,
}

impl Config {
    /// All defaults, for a ChatKit server at `url`.
    pub fn for_url(url: impl Into<String>) -> Self {
        Self {
            api: Api {
                url: url.into(),
                domain_key: None,
                fetch: false,
                upload_strategy: None,
                idempotent: false,
                timeouts: Timeouts::default(),
            },
            locale: None,
            theme: Theme::default(),
            frame_title: "Chat".to_owned(),
            initial_thread: None,
            on_client_tool: false,
            header: Header::default(),
            history: History::default(),
            start_screen: StartScreen::default(),
            thread_item_actions: ThreadItemActions::default(),
            thread: ThreadOptions::default(),
            composer: Composer::default(),
            disclaimer: None,
            entities: Entities::default(),
            commands: Commands::default(),
            widgets: Widgets::default(),
        }
    }
}

//! Yew components: the floating [`ChatWidget`], and [`ChatKit`], the conversation alone.
//!
//! Everything is drawn by the app's own wasm: no script is loaded, no custom element is defined.
//!
//! * A **handle** is how the app's code calls methods: [`ChatWidgetHandle`], [`ChatKitHandle`]. Make it with
//!   [`use_chat_widget`] or [`use_chat_kit`] and pass it as the property `handle`.
//! * An **event** is a [`ChatKitEvent`]; a **problem** is a [`Problem`] of the widget; an **issue** is an option that
//!   is wrong. All three are values handed to callbacks; nothing here panics on what an app, a server or a reader does.
//!
//! Properties may change at any time and take effect without remounting: the conversation goes on. Unmounting aborts
//! every request and ends every timer and listener.
//!
//! Part of the TypeScript package only, because it works on a site's finished HTML rather than on an app's components:
//! "Ask about this" for selected text, links of answers through the site's router with the cited passage marked, the
//! page's URL and title in a request's metadata, OpenAI's own front end as the engine.

mod chat_kit;
mod chat_widget;

pub use chat_kit::{
    Answer, CallError, ChatKit, ChatKitHandle, ChatKitOptions, ChatKitProps, ComposerValue, Drawn,
    SiteFunctions, UserMessage, use_chat_kit,
};
pub use chat_widget::{ChatWidget, ChatWidgetHandle, ChatWidgetProps, Offset, use_chat_widget};

pub use crate::config::Config;
pub use crate::element::HeaderSide;
pub use crate::problem::Problem;
pub use crate::state::HostEvent as ChatKitEvent;
pub use crate::state::{SiteAsk, SiteError};
pub use crate::text::Key;
pub use crate::widget::{Issue, Position, Scheme, SchemeChoice};

//! The small wasm module: toggle, panel, session, states. What happens is decided in [`crate::widget`]; here it is
//! performed and drawn.
//!
//! * The **parts** are plain elements made by TypeScript; their attributes are set in `dress`.
//! * The **core** holds the widget's state and performs its effects. It outlives every render.
//! * The **view** is one Yew app with two places: the toggle in `.ckw-launcher`, the rest through a portal in
//!   `.ckw-chrome`. `.ckw-body` is never inside either: another Yew module may draw there.
//! * The **surroundings** are who asked for the widget: they load engines and hold the chat.
//! * The **handle** is what TypeScript holds.
//!
//! The boundary is described in `docs/architecture.md`, "What crosses between TypeScript and wasm".

#[cfg(feature = "container")]
mod callbacks;
mod core;
mod dress;
#[cfg(feature = "container")]
mod handle;
mod modal;
mod page;
mod shortcut;
mod surroundings;
mod unread;
mod view;

#[cfg(feature = "components")]
pub(crate) use self::{core::Core, dress::Parts, view::App, view::CoreRef};
#[cfg(feature = "container")]
pub use callbacks::{WidgetCallbacks, WidgetParts};
#[cfg(feature = "container")]
pub use handle::WidgetHandle;
pub use surroundings::{Loading, Surroundings};
pub use view::Toggle;

//! What the reader sees. Every component draws a part of one [`crate::state::select::View`] and answers with a
//! [`UserAction`]; none of them knows why something is shown. What has no state of its own is a plain function: each
//! Yew component is some kilobytes of wasm.
//!
//! - A **frame** is one view with what is to be done once it is drawn, see [`Frame`].
//! - The **log** is the scrolling conversation, the **foot** everything below it.

use std::rc::Rc;

use yew::Callback;

use crate::state::ScrollTarget;
use crate::state::UserAction;
use crate::state::select::View;

mod actions;
mod app;
mod assistant;
mod banner;
mod cards;
pub(super) mod clipboard;
mod composer;
mod disclaimer;
mod foot;
mod header;
mod history;
pub(super) mod icon;
mod img;
mod log;
mod notices;
mod paint;
mod picture;
mod prose;
mod row;
mod scroll;
mod sources;
mod spoken;
mod start;
mod stretch;
mod summary;
mod turns;
mod user;
mod work;

pub use app::{App, AppProps};

/// One drawing of the element. Frames are compared by identity: each is drawn once.
#[derive(Debug)]
pub struct Frame {
    /// What to draw.
    pub view: View,
    /// Where to scroll once it is drawn.
    pub scroll: Option<ScrollTarget>,
    /// Whether the keyboard focus goes into the composer once it is drawn.
    pub focus: bool,
    /// `thread.autoScroll`: follow the answer while the reader is near its end.
    pub auto_scroll: bool,
}

/// A button of the site in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderSide {
    /// `header.leftAction`
    Left,
    /// `header.rightAction`
    Right,
}

/// Where the components send what the reader did.
#[derive(Clone, Debug, PartialEq)]
pub struct Out {
    /// To the reducer.
    pub user: Callback<UserAction>,
    /// To the site's own `onClick`.
    pub header: Callback<HeaderSide>,
}

/// Shared data whose sameness is that of the pointer. Comparing long conversations by value for every streamed
/// word would cost more than drawing them.
#[derive(Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

//! What the container asks of those around it: TypeScript on a web page ([`super::WidgetCallbacks`]), the Yew component
//! in a Yew app.

use std::future::Future;
use std::pin::Pin;

use crate::problem::{EngineKind, Problem};
use crate::text::Texts;
use crate::widget::Issue;

/// The end of [`Surroundings::load_engine`]; an error is one line for the integrator.
pub type Loading = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// The surroundings of one mounted widget. Nothing here may panic or call back into the widget before it returned.
pub trait Surroundings {
    /// Loads an engine; ends when its `<openai-chatkit>` can be shown. Time limit and fallback are the widget's.
    fn load_engine(&self, kind: EngineKind) -> Loading;
    /// Puts `<openai-chatkit>` into the panel's body. Asked once.
    fn show_chat(&self, kind: EngineKind);
    /// The panel was opened or closed.
    fn open_change(&self, open: bool);
    /// Moves the focus into ChatKit's composer.
    fn focus_composer(&self);
    /// Begins a new conversation.
    fn new_thread(&self);
    /// Tells the integrator what went wrong.
    fn problem(&self, problem: &Problem, texts: &Texts);
    /// Tells the integrator what is wrong in the options; called with an empty list when nothing is.
    fn config_issues(&self, issues: &[Issue]);
}

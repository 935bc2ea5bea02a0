//! What a conversation asks of the app that shows it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::json::Json;
use crate::state::{SiteAsk, SiteError};

type Answer = Pin<Box<dyn Future<Output = Result<Json, SiteError>>>>;

/// Answers what a conversation asks of its site: runs client tools, finds and previews entities, offers commands. What it
/// is not made for it refuses with [`SiteError::NoHandler`].
///
/// Two are equal when one is a clone of the other: make it once, not with every drawing.
///
/// ```
/// use chatkit_widget::components::{ChatKitOptions, SiteAsk, SiteError, SiteFunctions};
/// use chatkit_widget::json::Json;
///
/// let site = SiteFunctions::new(|ask| async move {
///     match ask {
///         SiteAsk::ClientTool { name, .. } if name == "page_title" => Ok(Json::from("Servos")),
///         SiteAsk::ClientTool { name, .. } => Err(SiteError::Threw(format!("there is no tool {name}"))),
///         _ => Err(SiteError::NoHandler),
///     }
/// });
/// let options = ChatKitOptions::new("https://chat.example.com/chatkit").with_site(&site);
/// # let _ = options;
/// ```
#[derive(Clone)]
pub struct SiteFunctions(Rc<dyn Fn(SiteAsk) -> Answer>);

impl SiteFunctions {
    /// `answer` is called for every ask. The conversation waits for its future, and keeps no other waiting for it.
    pub fn new<F>(answer: impl Fn(SiteAsk) -> F + 'static) -> Self
    where
        F: Future<Output = Result<Json, SiteError>> + 'static,
    {
        Self(Rc::new(move |ask| Box::pin(answer(ask))))
    }

    pub(crate) fn answer(&self, ask: SiteAsk) -> impl Future<Output = Result<Json, SiteError>> + use<> {
        (self.0)(ask)
    }
}

impl PartialEq for SiteFunctions {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for SiteFunctions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteFunctions").finish_non_exhaustive()
    }
}

//! Functions of the site: callbacks in the options that a page gave, such as `onClientTool`.
//!
//! - An **ask** ([`SiteAsk`]) says which function is wanted and with what. It is performed by the edge, which calls the
//!   function, waits for its promise and reads what it gave as JSON.
//! - A **purpose** says who asked, so that the answer finds its way back. An ask that is no longer wanted is forgotten
//!   ([`forget`]): its answer has nowhere to land. Where the newest of several asks counts (a search while typing),
//!   forgetting the older ones is all there is to do.

use std::time::Duration;

use super::{Effect, HostEvent, State, Wait, composer, entity, turn, waits};
use crate::json::Json;
use crate::millis::millis;

/// Names one call of a function of the site; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteCallId(pub u64);

/// Which function, and with what.
#[derive(Clone, Debug, PartialEq)]
pub enum SiteAsk {
    /// `onClientTool({ name, params })`
    ClientTool {
        /// The tool.
        name: String,
        /// The arguments the model chose; an object.
        params: Json,
    },
    /// `entities.onTagSearch(query)`
    TagSearch(String),
    /// `entities.onClick(entity)`
    EntityClick(Json),
    /// `entities.onRequestPreview(entity)`
    EntityPreview(Json),
    /// `commands.onSearch(query)`
    CommandSearch(String),
    /// `commands.onSelect(command)`
    CommandSelect(Json),
}

impl SiteAsk {
    /// Where the function stands in the options.
    pub fn path(&self) -> &'static str {
        match self {
            SiteAsk::ClientTool { .. } => "$.onClientTool",
            SiteAsk::TagSearch(_) => "$.entities.onTagSearch",
            SiteAsk::EntityClick(_) => "$.entities.onClick",
            SiteAsk::EntityPreview(_) => "$.entities.onRequestPreview",
            SiteAsk::CommandSearch(_) => "$.commands.onSearch",
            SiteAsk::CommandSelect(_) => "$.commands.onSelect",
        }
    }
}

/// Why there is nothing to be had from a function of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteError {
    /// The options do not have it.
    NoHandler,
    /// Nothing came of it within the time that the options allow.
    TimedOut {
        /// That time.
        after: Duration,
    },
    /// It threw, or its promise was rejected, with this message.
    Threw(String),
    /// What it gave cannot be written as JSON; says why.
    NotData(String),
}

impl SiteError {
    /// The same in words for the integrator; `path` says where the function stands, or should, in the options.
    pub fn detail(&self, path: &str) -> String {
        match self {
            SiteError::NoHandler => format!("{path} is asked for, but the options have no such function"),
            SiteError::TimedOut { after } => {
                format!("{path} did not end within {} ms (api.timeouts)", millis(*after))
            }
            SiteError::Threw(message) => format!("{path} failed: {message}"),
            SiteError::NotData(why) => format!("{path} gave something that is no plain data: {why}"),
        }
    }
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SitePurpose {
    /// Nobody waits for an answer: the site was told of something.
    Told,
    /// A turn waits for the result of a client tool.
    ClientTool,
    /// The menu above the composer.
    Menu,
    /// A card waits for what the site shows of an entity.
    Preview,
}

/// An ask without an answer yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PendingAsk {
    purpose: SitePurpose,
    path: &'static str,
}

/// Asks for a function of the site to be called.
pub(super) fn ask(
    state: &mut State,
    ask: SiteAsk,
    purpose: SitePurpose,
    out: &mut Vec<Effect>,
) -> SiteCallId {
    let call = SiteCallId(state.fresh());
    state.site.insert(call, PendingAsk { purpose, path: ask.path() });
    let limits = waits::limits(state);
    match purpose {
        SitePurpose::Told => {}
        SitePurpose::ClientTool => waits::start(state, Wait::Site(call), limits.client_tool, out),
        SitePurpose::Menu | SitePurpose::Preview => {
            waits::start(state, Wait::Site(call), limits.callback, out);
        }
    }
    out.push(Effect::Site { call, ask });
    call
}

/// The answer to this ask is no longer wanted. The function itself cannot be stopped.
pub(super) fn forget(state: &mut State, call: SiteCallId) {
    state.site.remove(&call);
    state.waits.remove(&Wait::Site(call));
}

/// A function of the site came to its end; one that returned nothing gave `null`. What it threw is told to the page
/// whoever asked.
pub(super) fn answered(
    state: &mut State,
    call: SiteCallId,
    answer: Result<Json, SiteError>,
    out: &mut Vec<Effect>,
) {
    let Some(PendingAsk { purpose, path }) = state.site.remove(&call) else { return };
    waits::end(state, Wait::Site(call), out);
    if let Err(error @ (SiteError::Threw(_) | SiteError::NotData(_) | SiteError::TimedOut { .. })) = &answer {
        out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: error.detail(path) }));
    }
    match purpose {
        SitePurpose::Told => {}
        SitePurpose::Menu => composer::menu_answered(state, call, answer, out),
        SitePurpose::Preview => entity::previewed(state, answer),
        SitePurpose::ClientTool => turn::tool_answered(state, call, answer, out),
    }
}

//! Drafts kept: each conversation has its own, and a reload of the tab takes none away.
//!
//! - A **place** is the conversation that the draft on screen belongs to. When another conversation comes on screen,
//!   its own draft does, too.
//! - Drafts of other places are kept here, and all of them in the tab's storage, which may forget or refuse: then they
//!   live as long as the element.

use std::time::Duration;

use super::Draft;
use crate::json::{self, Json};
use crate::problem::Problem;
use crate::protocol::{UserMessageContent, Wire};
use crate::state::{Effect, OpenThread, Picks, State, Timer, Turn, attach, few::Few, pick};

/// The conversation a draft belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// The one that the first message will make.
    New,
    /// A stored thread.
    Thread(String),
}

impl Place {
    /// The thread's id.
    fn thread(&self) -> Option<&str> {
        match self {
            Place::New => None,
            Place::Thread(id) => Some(id),
        }
    }
}

/// What is kept of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    draft: Draft,
    quote: Option<String>,
    picks: Picks,
    /// Files that the server has; those under way end with the page.
    files: Vec<Json>,
}

/// Where the draft on screen belongs, and the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Keeping {
    /// `None` until the first options.
    at: Option<Place>,
    others: Few<Place, Kept>,
    /// How often the draft had changed when it was stored last.
    stored: u64,
    /// What was chosen then.
    stored_picks: Picks,
    /// Ids of the files that it had then.
    stored_files: Vec<String>,
    /// How often it had changed when it came here: since then the reader has written if it changed again.
    came: u64,
    /// Whether the thread here is gone from the server: it cannot have a draft any more.
    gone: bool,
    /// Whether a long draft waits for being stored.
    waiting: bool,
}

/// A draft of more bytes than this is not stored at every key, but once in a while.
const LONG: usize = 50_000;
const WHILE: Duration = Duration::from_millis(400);

/// Goes along with the conversation on screen, and stores what changed.
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    if state.config.is_none() {
        return;
    }
    let place = match &state.thread {
        OpenThread::New => Place::New,
        OpenThread::Loading { id, .. } => Place::Thread(id.clone()),
        OpenThread::Loaded(meta) => Place::Thread(meta.id.clone()),
    };
    if state.composer.keeping.at.as_ref() != Some(&place) {
        arrive(state, place, out);
    }
    state.composer.keeping.gone = matches!(&state.turn, Turn::Failed(failed) if matches!(failed.problem, Problem::ThreadMissing { .. }));
    if is_unstored(state) {
        let long = state.composer.draft.text().len() > LONG;
        if long && !state.composer.keeping.waiting {
            out.push(Effect::StartTimer(Timer::Draft, WHILE));
        }
        state.composer.keeping.waiting = long;
        if !long {
            store(state, out);
        }
    }
}

/// Stores the draft now: a while is over, or the page is being left.
pub(in crate::state) fn store(state: &mut State, out: &mut Vec<Effect>) {
    state.composer.keeping.waiting = false;
    if is_unstored(state)
        && let Some(key) = key_here(state)
    {
        let (draft, quote) = (state.composer.draft.clone(), state.composer.quote.clone());
        let kept = Kept { draft, quote, picks: state.picks.clone(), files: state.attach.kept() };
        out.push(Effect::Keep { key, value: kept.write() });
        stored(state);
    }
}

fn is_unstored(state: &State) -> bool {
    let keeping = &state.composer.keeping;
    keeping.stored != state.composer.changes
        || keeping.stored_picks != state.picks
        || !state.attach.uploaded().eq(keeping.stored_files.iter().map(String::as_str))
}

fn stored(state: &mut State) {
    state.composer.keeping.stored = state.composer.changes;
    state.composer.keeping.stored_picks.clone_from(&state.picks);
    state.composer.keeping.stored_files = state.attach.uploaded().map(str::to_owned).collect();
}

/// Another conversation is on screen, or the one on screen got its name.
fn arrive(state: &mut State, place: Place, out: &mut Vec<Effect>) {
    let keeping = &mut state.composer.keeping;
    let was = keeping.at.replace(place.clone());
    let gone = std::mem::take(&mut keeping.gone);
    let written = keeping.came != state.composer.changes;
    // The first message made the thread; what was typed meanwhile is for it.
    let named = was == Some(Place::New) && matches!(state.thread, OpenThread::Loaded(_));
    // The thread did not come, so the one before is on screen again.
    let turned_back = state.load_problem.is_some() && matches!(was, Some(Place::Thread(_)));
    let along = named || gone || (turned_back && written);
    if let Some(was) = was {
        let quote = state.composer.quote.take();
        let draft = std::mem::take(&mut state.composer.draft);
        let kept = Kept { draft, quote, picks: state.picks.clone(), files: state.attach.kept() };
        if along {
            if let Some(key) = key(state, &was) {
                out.push(Effect::Keep { key, value: None });
            }
            bring(state, place, kept, out);
            return;
        }
        state.attach.put_away(was.thread());
        if is_unstored(state)
            && let Some(key) = key(state, &was)
        {
            out.push(Effect::Keep { key, value: kept.write() });
        }
        state.composer.keeping.others.insert(was, kept);
    }
    bring(state, place, Kept::default(), out);
}

/// Shows the draft of `place`, and behind it `more`.
fn bring(state: &mut State, place: Place, more: Kept, out: &mut Vec<Effect>) {
    let known = state.composer.keeping.others.remove(&place);
    if known.is_none() {
        // Before everything else: what the page asks for in answer to any of it comes after.
        out.splice(0..0, key(state, &place).map(|key| Effect::Recall { key }));
    }
    state.attach.bring_back(place.thread());
    let unstored = !more.is_empty();
    state.composer.write(more.draft);
    state.composer.quote = more.quote;
    if let Some(known) = known {
        precede(state, known, out);
    }
    stored(state);
    state.composer.keeping.came = state.composer.changes;
    state.composer.keeping.stored -= u64::from(unstored);
}

/// What the tab's storage had under `asked`.
pub(in crate::state) fn recalled(state: &mut State, asked: &str, value: Option<&str>, out: &mut Vec<Effect>) {
    let Some(kept) = value.and_then(Kept::read).filter(|_| key_here(state).as_deref() == Some(asked)) else {
        return;
    };
    attach::restore(state, &kept.files);
    let alone = state.composer.draft.text().is_empty() && state.composer.quote.is_none();
    precede(state, kept, out);
    if alone {
        stored(state);
        state.composer.keeping.came = state.composer.changes;
    }
}

/// Puts what was kept before what is written.
fn precede(state: &mut State, kept: Kept, out: &mut Vec<Effect>) {
    let composer = &mut state.composer;
    composer.draft.prepend(kept.draft);
    composer.show(composer.draft.text().len());
    composer.quote = composer.quote.take().or(kept.quote);
    pick::restore(state, kept.picks, out);
}

fn key_here(state: &State) -> Option<String> {
    key(state, state.composer.keeping.at.as_ref()?)
}

/// Under which name a draft is stored. A thread's id comes last, since it may hold anything.
fn key(state: &State, place: &Place) -> Option<String> {
    let url = &state.config.as_ref()?.api.url;
    let place = match place {
        Place::New => "new",
        Place::Thread(id) => id,
    };
    Some(format!("chatkit-widget:draft:{url}:{place}"))
}

impl Kept {
    /// As text; `None` where there is nothing to keep.
    fn write(&self) -> Option<String> {
        if self.is_empty() && self.picks == Picks::default() {
            return None;
        }
        let quote = self.quote.as_deref().map_or(Json::Null, Json::from);
        let [tool, model] = self.picks.kept();
        let files = Json::Array(self.files.clone());
        let content = self.draft.content().encode();
        Some(
            Json::object([("content", content), ("quote", quote), tool, model, ("files", files)]).to_string(),
        )
    }

    fn is_empty(&self) -> bool {
        self.draft.text().is_empty() && self.quote.is_none() && self.files.is_empty()
    }

    /// From text that may have been written by anybody.
    fn read(text: &str) -> Option<Self> {
        let json = json::read(text).ok()?;
        let content = json.given("content").unwrap_or(&Json::Null);
        let content: Vec<UserMessageContent> =
            Wire::decode_leniently(content).map(|decoded| decoded.value).unwrap_or_default();
        let quote = json.given("quote").and_then(Json::as_str).filter(|quote| !quote.is_empty());
        let quote = quote.map(str::to_owned);
        let files = json.given("files").and_then(Json::as_array).unwrap_or_default().to_vec();
        Some(Kept { draft: Draft::from_content(&content), quote, picks: Picks::from_kept(&json), files })
    }
}

//! The menus above the field: entities behind an `@`, commands behind a `/`.
//!
//! - An **offer** is one row of a menu; the **active** one is what Enter chooses.
//! - A menu belongs to one sign in the text. It opens when that is typed, follows what is written behind it, and closes
//!   when the caret leaves it. What is chosen takes the place of both.
//! - Of several searches the newest counts; until its answer is there, what was found before is shown as far as it fits.

use super::offer::{self, Command, ComposerSkill, Entity, Offer};
use super::{Draft, Sign, Trigger, choose, utf16};
use crate::config::Config;
use crate::json::Json;
use crate::state::site::{self, SitePurpose};
use crate::state::{
    ConsoleLevel, Effect, HostEvent, SiteAsk, SiteCallId, SiteError, State, attach, pick, send,
};
use crate::text::ChatKey;

/// An open menu.
#[derive(Clone, Debug)]
pub struct Menu {
    /// Where it belongs.
    pub trigger: Trigger,
    /// What can be chosen, in the order shown.
    pub offers: Vec<Offer>,
    /// Which of them is active.
    pub active: usize,
    /// What is going on.
    pub stage: MenuStage,
    /// Whether the reader moved to the active one.
    moved: bool,
    /// What a command opened instead of the first menu; it is searched here.
    pub(super) sub: Option<Vec<Command>>,
}

/// What is going on in a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuStage {
    /// Everything is there.
    Here,
    /// The site is searching.
    Searching {
        /// Its search.
        call: SiteCallId,
        /// What its answer is waited for.
        then: WhenFound,
    },
    /// The site could not.
    Failed,
    /// The site does what was chosen.
    Running(SiteCallId),
    /// The site could not do what was chosen.
    NotDone,
}

/// What happens once a search is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFound {
    /// What was found is shown.
    Show,
    /// Enter was pressed before there was anything to choose: the first row found is chosen; where none is found, what is
    /// written is sent as it stands. Who types fast would otherwise send half a name.
    Choose,
}

/// What the reader does with a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuAction {
    /// The `@` button: writes one, and opens the menu by it.
    Mention,
    /// To the row with this index.
    To(usize),
    /// So many rows on, or back; behind the last comes the first.
    By(isize),
    /// Chooses the row with this index.
    Choose(usize),
    /// Chooses the active row.
    ChooseActive,
    /// Enter: chooses the active row, or sends where there is none. Which of them it is shows only here: the menu may
    /// have opened or closed since it was drawn.
    Enter,
    /// Puts the menu away.
    Close,
}

/// Applies what the reader does.
pub(super) fn user(state: &mut State, action: MenuAction, out: &mut Vec<Effect>) {
    match action {
        MenuAction::Mention => mention(state, out),
        MenuAction::To(index) => to(state, index),
        MenuAction::By(by) => by_rows(state, by),
        MenuAction::Choose(index) => choose::choose(state, index, out),
        MenuAction::ChooseActive => choose_active(state, out),
        MenuAction::Enter => enter(state, out),
        MenuAction::Close => {
            state.composer.put_away =
                state.composer.menu.as_ref().map(|menu| (menu.trigger.sign, menu.trigger.at));
            close(state);
        }
    }
}

fn choose_active(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(active) = state.composer.menu.as_ref().map(|menu| menu.active) {
        choose::choose(state, active, out);
    }
}

fn enter(state: &mut State, out: &mut Vec<Effect>) {
    match &mut state.composer.menu {
        Some(menu) if !menu.offers.is_empty() => choose_active(state, out),
        // Pressed again it sends: nobody has to wait for a site that does not answer.
        Some(Menu { stage: MenuStage::Searching { then: then @ WhenFound::Show, .. }, .. }) => {
            *then = WhenFound::Choose
        }
        _ => send::submit(state, out),
    }
}

fn mention(state: &mut State, out: &mut Vec<Effect>) {
    if state.composer.menu.is_some() {
        return close(state);
    }
    out.push(Effect::FocusComposer);
    state.composer.insert(Draft::plain("@"));
    state.composer.place_caret();
    follow(state, true, out);
}

pub(super) fn to(state: &mut State, index: usize) {
    if let Some(menu) = &mut state.composer.menu
        && index < menu.offers.len()
    {
        menu.active = index;
        menu.moved = true;
    }
}

fn by_rows(state: &mut State, by: isize) {
    let Some(menu) = &state.composer.menu else { return };
    let (Ok(rows), Ok(active)) = (isize::try_from(menu.offers.len()), isize::try_from(menu.active)) else {
        return;
    };
    if let Some(index) = active.checked_add(by).and_then(|index| index.checked_rem_euclid(rows)) {
        to(state, index.unsigned_abs());
    }
}

/// Closes the menu; answers it was waiting for have nowhere to land.
pub(super) fn close(state: &mut State) {
    if let Some(Menu { stage: MenuStage::Searching { call, .. }, .. }) = state.composer.menu.take() {
        site::forget(state, call);
    }
}

/// Closes the menu if its sign is not before the caret any more, because something else was written.
pub(super) fn check(state: &mut State) {
    let composer = &state.composer;
    if let Some(menu) = &composer.menu {
        let caret = utf16::to_byte(composer.draft.text(), composer.selection.end);
        if Trigger::before(&composer.draft, caret).as_ref() != Some(&menu.trigger) {
            close(state);
        }
    }
}

/// Opens, follows or closes the menu after text or caret changed. Only writing opens one, not moving the caret.
pub(super) fn follow(state: &mut State, typed: bool, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    let composer = &state.composer;
    let offered = |trigger: &Trigger| match trigger.sign {
        Sign::Mention => config.entities.on_tag_search,
        Sign::Command => config.commands.enabled,
    };
    let caret = utf16::to_byte(composer.draft.text(), composer.selection.end);
    let trigger = Some(composer).filter(|composer| composer.selection.is_empty());
    let Some(trigger) = trigger.and_then(|composer| Trigger::before(&composer.draft, caret)).filter(offered)
    else {
        state.composer.put_away = None;
        return close(state);
    };
    let here = (trigger.sign, trigger.at);
    match &mut state.composer.menu {
        Some(menu) if (menu.trigger.sign, menu.trigger.at) == here => {
            let same = menu.trigger.query == trigger.query;
            menu.trigger = trigger;
            if !same && !matches!(menu.stage, MenuStage::Running(_)) {
                search(state, &config, out);
            }
        }
        _ if typed && state.composer.put_away != Some(here) => {
            close(state);
            state.composer.menu = Some(Menu {
                trigger,
                offers: Vec::new(),
                active: 0,
                stage: MenuStage::Here,
                moved: false,
                sub: None,
            });
            search(state, &config, out);
        }
        _ => close(state),
    }
}

/// Looks for what is written behind the sign.
pub(super) fn search(state: &mut State, config: &Config, out: &mut Vec<Effect>) {
    let Some(mut menu) = state.composer.menu.take() else { return };
    if let MenuStage::Searching { call, .. } = menu.stage {
        site::forget(state, call);
    }
    let query = menu.trigger.query.clone();
    let ask = match menu.trigger.sign {
        Sign::Mention => Some(SiteAsk::TagSearch(query.clone())),
        Sign::Command if menu.sub.is_some() => None,
        Sign::Command => config.commands.on_search.then(|| SiteAsk::CommandSearch(query.clone())),
    };
    menu.offers = match &menu.sub {
        Some(commands) => {
            let fitting = commands.iter().filter(|command| fits(&command.label, &query));
            offer::grouped(fitting.cloned().map(Offer::Command).collect())
        }
        None => {
            let found = std::mem::take(&mut menu.offers).into_iter();
            let found =
                found.filter(|offer| !matches!(offer, Offer::Action(_)) && fits(label(state, offer), &query));
            skills(state, config, &menu.trigger).chain(found).collect()
        }
    };
    menu.active = 0;
    menu.moved = false;
    menu.stage = match ask {
        Some(ask) => MenuStage::Searching {
            call: site::ask(state, ask, SitePurpose::Menu, out),
            then: WhenFound::Show,
        },
        None => MenuStage::Here,
    };
    state.composer.menu = Some(menu);
}

/// A function of the site came to its end.
pub(in crate::state) fn answered(
    state: &mut State,
    call: SiteCallId,
    answer: Result<Json, SiteError>,
    out: &mut Vec<Effect>,
) {
    match state.composer.menu.as_ref().map(|menu| menu.stage) {
        Some(MenuStage::Searching { call: waiting, then }) if waiting == call => {
            found(state, answer, out);
            if then == WhenFound::Choose {
                enter(state, out);
            }
        }
        Some(MenuStage::Running(waiting)) if waiting == call => choose::done(state, answer, out),
        _ => {}
    }
}

fn found(state: &mut State, answer: Result<Json, SiteError>, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    let Some(mut menu) = state.composer.menu.take() else { return };
    let offers = answer.ok().and_then(|json| match menu.trigger.sign {
        Sign::Mention => read(&json, "$.entities.onTagSearch", Entity::read, Offer::Entity, out),
        Sign::Command => read(&json, "$.commands.onSearch", Command::read, Offer::Command, out),
    });
    menu.stage = if offers.is_some() { MenuStage::Here } else { MenuStage::Failed };
    let active = Some(menu.active).filter(|_| menu.moved).and_then(|at| menu.offers.get(at)).cloned();
    let skills = skills(state, &config, &menu.trigger);
    menu.offers = skills.chain(offer::grouped(offers.unwrap_or_default())).collect();
    // Where the reader had gone, as long as it is still there.
    menu.active = active.and_then(|offer| menu.offers.iter().position(|other| *other == offer)).unwrap_or(0);
    state.composer.menu = Some(menu);
}

/// Reads what a search gave; what is wrong with it is told on the console, and to the page where none of it is of use.
fn read<T>(
    json: &Json,
    path: &str,
    one: impl Fn(&Json) -> Result<T, &'static str>,
    offer: fn(T) -> Offer,
    out: &mut Vec<Effect>,
) -> Option<Vec<Offer>> {
    let (all, faults) = offer::read_all(json, one);
    for fault in faults {
        let message = format!("{path} gave{fault}");
        out.push(match all {
            Some(_) => Effect::Console(ConsoleLevel::Warn, message),
            None => Effect::Emit(HostEvent::Error { name: "ChatKitError", message }),
        });
    }
    Some(all?.into_iter().map(offer).collect())
}

/// What the composer can do by itself and the query fits.
fn skills(state: &State, config: &Config, trigger: &Trigger) -> std::vec::IntoIter<Offer> {
    let mut skills = Vec::new();
    if trigger.sign == Sign::Command {
        if attach::takes_files(state) {
            skills.push(ComposerSkill::AttachFiles);
        }
        let chosen = pick::tool(state, config).map(|tool| &tool.id);
        let others = config.composer.tools.iter().filter(|tool| Some(&tool.id) != chosen);
        skills.extend(others.map(|tool| ComposerSkill::Tool {
            id: tool.id.clone(),
            label: tool.label.clone(),
            icon: tool.icon.clone(),
        }));
        if config.composer.dictation {
            skills.push(ComposerSkill::Dictate);
        }
    }
    let offers = skills.into_iter().map(Offer::Action);
    let fitting: Vec<Offer> = offers.filter(|offer| fits(label(state, offer), &trigger.query)).collect();
    fitting.into_iter()
}

/// What an offer is called.
pub(crate) fn label<'a>(state: &State, offer: &'a Offer) -> &'a str {
    match offer {
        Offer::Entity(entity) => &entity.tag.text,
        Offer::Command(command) => &command.label,
        Offer::Action(ComposerSkill::Tool { label, .. }) => label,
        Offer::Action(ComposerSkill::AttachFiles) => state.words.get(ChatKey::AddFiles),
        Offer::Action(ComposerSkill::Dictate) => state.words.get(ChatKey::VoiceStart),
    }
}

fn fits(label: &str, query: &str) -> bool {
    label.to_lowercase().contains(&query.to_lowercase())
}

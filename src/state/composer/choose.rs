//! What comes of choosing a row of a menu.

use std::ops::Range;

use super::Draft;
use super::menu::{self, MenuStage};
use super::offer::{self, Command, ComposerSkill, Entity, Offer};
use crate::json::Json;
use crate::state::site::{self, SitePurpose};
use crate::state::{
    ConsoleLevel, DictateAction, Effect, PickAction, SiteAsk, SiteError, State, ToolSource, dictate, pick,
};

/// Chooses the row with this index.
pub(super) fn choose(state: &mut State, index: usize, out: &mut Vec<Effect>) {
    let Some(menu) = &state.composer.menu else { return };
    if matches!(menu.stage, MenuStage::Running(_)) {
        return;
    }
    match menu.offers.get(index).cloned() {
        None => {}
        Some(Offer::Entity(entity)) => insert(state, entity),
        Some(Offer::Command(command)) => run(state, index, command, out),
        Some(Offer::Action(skill)) => {
            take_out(state);
            use_skill(state, skill, out);
        }
    }
}

fn use_skill(state: &mut State, skill: ComposerSkill, out: &mut Vec<Effect>) {
    match skill {
        ComposerSkill::AttachFiles => out.push(Effect::ChooseFiles),
        ComposerSkill::Tool { id, .. } => {
            pick::apply(state, PickAction::Tool { id, from: ToolSource::Commands }, out)
        }
        ComposerSkill::Dictate => dictate::apply(state, DictateAction::Start, out),
    }
}

fn run(state: &mut State, index: usize, command: Command, out: &mut Vec<Effect>) {
    if !state.config.as_ref().is_some_and(|config| config.commands.on_select) {
        return take_out(state);
    }
    let call = site::ask(state, SiteAsk::CommandSelect(command.given), SitePurpose::Menu, out);
    let stage =
        state.composer.menu.as_mut().map(|menu| std::mem::replace(&mut menu.stage, MenuStage::Running(call)));
    if let Some(MenuStage::Searching { call, .. }) = stage {
        site::forget(state, call);
    }
    menu::to(state, index);
}

/// What a command came to: nothing, an entity, or another menu (ChatKit protocol §2.2).
pub(super) fn done(state: &mut State, answer: Result<Json, SiteError>, out: &mut Vec<Effect>) {
    let Ok(json) = answer else {
        if let Some(menu) = &mut state.composer.menu {
            menu.stage = MenuStage::NotDone;
        }
        return;
    };
    match json.get("type").and_then(Json::as_str) {
        Some("entity") => match Entity::read(json.get("entity").unwrap_or(&Json::Null)) {
            Ok(entity) => return insert(state, entity),
            Err(field) => odd(out, &format!("$.commands.onSelect gave an entity whose{field} is missing")),
        },
        Some("menu") => {
            let commands = json.get("commands").unwrap_or(&Json::Null);
            return open_sub(state, offer::read_all(commands, Command::read), out);
        }
        _ if json.is_null() => {}
        _ => odd(
            out,
            "$.commands.onSelect: expected nothing, { type: \"entity\", entity } or { type: \"menu\", commands }",
        ),
    }
    take_out(state);
}

fn odd(out: &mut Vec<Effect>, message: &str) {
    out.push(Effect::Console(ConsoleLevel::Warn, message.to_owned()));
}

fn open_sub(
    state: &mut State,
    (commands, faults): (Option<Vec<Command>>, Vec<String>),
    out: &mut Vec<Effect>,
) {
    let Some(config) = state.config.clone() else { return };
    for fault in faults {
        odd(out, &format!("$.commands.onSelect gave commands{fault}"));
    }
    let Some(mut menu) = state.composer.menu.take() else { return };
    // What was written to find the command is no part of what is looked for now.
    let sign = menu.trigger.at + 1;
    let caret = state.composer.draft.splice(sign..sign + menu.trigger.query.len(), Draft::default());
    state.composer.show(caret);
    state.composer.place_caret();
    menu.trigger.query.clear();
    menu.sub = Some(commands.unwrap_or_default());
    menu.stage = MenuStage::Here;
    state.composer.menu = Some(menu);
    menu::search(state, &config, out);
}

/// Puts a tag in place of the sign and what is written behind it, with a blank to write on.
fn insert(state: &mut State, entity: Entity) {
    let Some(range) = range(state) else { return };
    menu::close(state);
    let behind = state.composer.draft.text().get(range.end..).and_then(|text| text.chars().next());
    let mut piece = Draft::tag(entity.tag);
    if !behind.is_some_and(char::is_whitespace) {
        piece.append(Draft::plain(" "));
    }
    let caret = state.composer.draft.splice(range, piece);
    state.composer.show(caret);
}

/// Takes the sign and what is written behind it out.
fn take_out(state: &mut State) {
    let Some(range) = range(state) else { return };
    menu::close(state);
    let caret = state.composer.draft.splice(range, Draft::default());
    state.composer.show(caret);
}

fn range(state: &State) -> Option<Range<usize>> {
    let trigger = &state.composer.menu.as_ref()?.trigger;
    Some(trigger.at..trigger.at + 1 + trigger.query.len())
}

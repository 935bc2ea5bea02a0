//! The tool and the model chosen for the next message (`composer.tools`, `composer.models`).

use super::{Effect, HostEvent, Rejection, State};
use crate::config::{Config, ModelOption, ToolOption};
use crate::json::Json;
use crate::protocol::{InferenceOptions, ToolChoice};

/// What the reader chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickAction {
    /// The tool with this id; chosen already, it is put back.
    Tool {
        /// Its id.
        id: String,
        /// Where it was pressed.
        from: ToolSource,
    },
    /// No tool.
    NoTool,
    /// The model with this id.
    Model(String),
}

/// Where a tool was chosen, for `chatkit.log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolSource {
    /// In the menu.
    Menu,
    /// On its own button beside the menu.
    Pinned,
    /// Among the commands behind a `/`.
    Commands,
}

impl ToolSource {
    fn name(self) -> &'static str {
        match self {
            ToolSource::Menu => "menu",
            ToolSource::Pinned => "pinned",
            ToolSource::Commands => "commands",
        }
    }
}

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    tool: Option<String>,
    /// `None`: the reader has chosen none, so the default is.
    model: Option<String>,
}

/// The chosen tool, if the options still have it.
pub(super) fn tool<'a>(state: &State, config: &'a Config) -> Option<&'a ToolOption> {
    let id = state.picks.tool.as_deref()?;
    config.composer.tools.iter().find(|tool| tool.id == id)
}

/// The model the next message goes to: the chosen one, else the default, else the first that can be chosen.
pub(super) fn model<'a>(state: &State, config: &'a Config) -> Option<&'a ModelOption> {
    let models = &config.composer.models;
    let chosen = state.picks.model.as_deref().and_then(|id| models.iter().find(|model| model.id == id));
    chosen
        .or_else(|| models.iter().find(|model| model.default))
        .or_else(|| models.iter().find(|model| !model.disabled))
}

impl Picks {
    /// As fields of what is kept with a draft.
    pub(super) fn kept(&self) -> [(&'static str, Json); 2] {
        let id = |id: &Option<String>| id.as_deref().map_or(Json::Null, Json::from);
        [("tool", id(&self.tool)), ("model", id(&self.model))]
    }

    /// From the object that [`Picks::kept`] was put into.
    pub(super) fn from_kept(kept: &Json) -> Self {
        let id = |name| kept.get(name).and_then(Json::as_str).map(str::to_owned);
        Picks { tool: id("tool"), model: id("model") }
    }
}

/// Chooses again what was kept with a draft, as far as the options still have it.
pub(super) fn restore(state: &mut State, kept: Picks, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    if let Some(id) = kept.tool.filter(|id| config.composer.tools.iter().any(|tool| tool.id == *id)) {
        choose(state, Some(id), out);
    }
    if let Some(id) = kept.model {
        apply(state, PickAction::Model(id), out);
    }
}

/// What the reader did.
pub(super) fn apply(state: &mut State, action: PickAction, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    match action {
        PickAction::Tool { id, from } => {
            if !config.composer.tools.iter().any(|tool| tool.id == id) {
                return;
            }
            let id = Some(id).filter(|id| state.picks.tool.as_ref() != Some(id));
            if let Some(id) = &id {
                let data = [("toolId", Json::String(id.clone())), ("source", from.name().into())];
                out.push(Effect::Emit(HostEvent::Log {
                    name: "composer.tool.select",
                    data: Json::object(data),
                }));
            }
            choose(state, id, out);
        }
        PickAction::NoTool => choose(state, None, out),
        PickAction::Model(id) => {
            if config.composer.models.iter().any(|model| model.id == id && !model.disabled) {
                state.picks.model = Some(id);
            }
        }
    }
}

fn choose(state: &mut State, tool: Option<String>, out: &mut Vec<Effect>) {
    if state.picks.tool != tool {
        state.picks.tool.clone_from(&tool);
        out.push(Effect::Emit(HostEvent::ToolChange(tool)));
    }
}

/// What goes along with a message of the reader.
pub(super) fn options(state: &State) -> InferenceOptions {
    let Some(config) = state.config.as_deref() else { return InferenceOptions::default() };
    let tool_choice =
        tool(state, config).map(|tool| ToolChoice { id: tool.id.clone(), extra: Default::default() });
    let model = model(state, config).map(|model| model.id.clone());
    InferenceOptions { tool_choice, model, ..InferenceOptions::default() }
}

/// A message of the reader was sent: a tool that is not persistent was for this one only.
pub(super) fn submitted(state: &mut State, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    if tool(state, &config).is_some_and(|tool| !tool.persistent) {
        choose(state, None, out);
    }
}

/// A message that was not sent comes back with its tool, unless another one was chosen since.
pub(super) fn give_back(state: &mut State, sent: &InferenceOptions, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    if let (Some(choice), None) = (&sent.tool_choice, &state.picks.tool)
        && config.composer.tools.iter().any(|tool| tool.id == choice.id)
    {
        choose(state, Some(choice.id.clone()), out);
    }
}

/// New options came: a tool that they do not have is not chosen any more.
pub(super) fn reconfigured(state: &mut State, out: &mut Vec<Effect>) {
    let Some(config) = state.config.clone() else { return };
    if tool(state, &config).is_none() {
        choose(state, None, out);
    }
}

/// What `setComposerValue` chooses, checked against the options; `None` stays as it is.
///
/// # Errors
/// [`Rejection::Invalid`] for a tool or model that the options do not have.
pub(super) fn check(
    state: &State,
    tool: Option<&Option<String>>,
    model: Option<&String>,
) -> Result<(), Rejection> {
    let composer = state.config.as_deref().map(|config| &config.composer);
    if let Some(Some(id)) = tool
        && !composer.is_some_and(|composer| composer.tools.iter().any(|tool| tool.id == *id))
    {
        return Err(unknown("selectedToolId", id, "composer.tools"));
    }
    if let Some(id) = model
        && !composer.is_some_and(|composer| composer.models.iter().any(|model| model.id == *id))
    {
        return Err(unknown("selectedModelId", id, "composer.models"));
    }
    Ok(())
}

fn unknown(key: &str, id: &str, option: &str) -> Rejection {
    Rejection::Invalid(format!("setComposerValue: $.{key}: {option} has no entry with the id {id:?}"))
}

/// Does what [`check`] allowed.
pub(super) fn compose(
    state: &mut State,
    tool: Option<Option<String>>,
    model: Option<String>,
    out: &mut Vec<Effect>,
) {
    if let Some(tool) = tool {
        choose(state, tool, out);
    }
    if model.is_some() {
        state.picks.model = model;
    }
}

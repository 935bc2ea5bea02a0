//! What stands below the composer's field: tools, models, files to add, the microphone.

use crate::config::{Config, ToolOption};
use crate::state::dictate::clock_words;
use crate::state::{Dictation, State, attach, pick};
use crate::text::ChatKey;

/// The buttons of the composer besides Send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarView {
    /// The `@` button (`entities.showComposerMenu`).
    pub mention: bool,
    /// Files can be added.
    pub files: Option<FileInputView>,
    /// Tools, in the order of the options.
    pub tools: Vec<ToolView>,
    /// Models, in the order of the options.
    pub models: Vec<ModelView>,
    /// The microphone.
    pub voice: VoiceView,
}

/// How the file dialog is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInputView {
    /// The input's `accept`.
    pub accept: Option<String>,
    /// Whether several can be chosen at once.
    pub several: bool,
}

/// A tool to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolView {
    /// Its id.
    pub id: String,
    /// In the menu.
    pub label: String,
    /// On a button.
    pub short: String,
    /// Icon name.
    pub icon: String,
    /// Whether it has a button of its own instead of an entry in the menu.
    pub pinned: bool,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A model to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// A line below it.
    pub description: Option<String>,
    /// Whether it is shown only.
    pub disabled: bool,
    /// Whether the next message goes to it.
    pub chosen: bool,
}

/// What the microphone button does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VoiceView {
    /// There is none.
    #[default]
    None,
    /// Begins a recording.
    Off,
    /// The browser is asked for the microphone.
    Asking,
    /// Ends the recording, which has gone on for so long.
    Listening(String),
    /// What was said is turned into text.
    Working,
}

impl BarView {
    /// Whether there is any button: then they stand below the field, and Send with them.
    pub fn any(&self) -> bool {
        self.mention
            || self.files.is_some()
            || !self.tools.is_empty()
            || !self.models.is_empty()
            || self.voice != VoiceView::None
    }
}

/// The buttons for this state. Where the reader may not write, there are none.
pub(super) fn bar(state: &State, config: &Config) -> BarView {
    if !state.thread.is_writable() {
        return BarView::default();
    }
    let chosen = pick::tool(state, config).map(|tool| tool.id.as_str());
    let model = pick::model(state, config).map(|model| model.id.as_str());
    BarView {
        mention: config.entities.show_composer_menu && config.entities.on_tag_search,
        files: attach::limits(state).map(|limits| FileInputView {
            accept: attach::accept_attribute(&limits.accept),
            several: limits.max_count != 1,
        }),
        tools: config.composer.tools.iter().map(|tool| tool_view(tool, chosen)).collect(),
        models: config
            .composer
            .models
            .iter()
            .map(|option| ModelView {
                id: option.id.clone(),
                label: option.label.clone(),
                description: option.description.clone(),
                disabled: option.disabled,
                chosen: model == Some(option.id.as_str()),
            })
            .collect(),
        voice: voice(state, config),
    }
}

fn tool_view(tool: &ToolOption, chosen: Option<&str>) -> ToolView {
    ToolView {
        id: tool.id.clone(),
        label: tool.label.clone(),
        short: tool.short_label.clone().unwrap_or_else(|| tool.label.clone()),
        icon: tool.icon.clone(),
        pinned: tool.pinned,
        chosen: chosen == Some(tool.id.as_str()),
    }
}

fn voice(state: &State, config: &Config) -> VoiceView {
    if !config.composer.dictation {
        return VoiceView::None;
    }
    match state.dictation {
        Dictation::Off | Dictation::Failed(_) => VoiceView::Off,
        Dictation::Asking(_) => VoiceView::Asking,
        Dictation::Listening { since_ms, .. } => {
            VoiceView::Listening(clock_words(state.tick.since(since_ms)))
        }
        Dictation::Closing(_) | Dictation::Transcribing(_) => VoiceView::Working,
    }
}

/// What the empty field says while a tool is chosen that has words of its own for it.
pub(super) fn placeholder(state: &State, config: &Config) -> String {
    let of_tool = pick::tool(state, config).and_then(|tool| tool.placeholder_override.as_ref());
    let own = of_tool.or(config.composer.placeholder.as_ref());
    own.map_or_else(|| state.words.get(ChatKey::ComposerPlaceholder).to_owned(), Clone::clone)
}

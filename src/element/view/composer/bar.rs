//! What the composer offers besides its field: files, tools, models, the microphone.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::menu::{Menu, MenuItem};
use super::offers::mention_button;
use super::voice::voice;
use crate::element::view::icon::icon;
use crate::element::view::{Frame, Same};
use crate::state::select::{BarView, FileInputView, ToolView, VoiceView};
use crate::state::{PickAction, ToolSource, UserAction};
use crate::text::{ChatKey, Words};
use crate::web::dom;

/// The buttons, and at the end `send`. `field` is the textarea, which has the focus while the reader writes.
pub fn bar(frame: &Same<Frame>, field: &NodeRef, on: &Callback<UserAction>, send: Html) -> Html {
    let view = &frame.0.view;
    let (bar, words) = (&view.composer.bar, view.words);
    // While somebody speaks, nothing else is to be done than to end it.
    let speaking = !matches!(bar.voice, VoiceView::None | VoiceView::Off);
    html! {
        <div class="ck-bar">
            <div class="ck-bar-tools">
                if !speaking {
                    { add(bar, words, field, on) }
                    if bar.mention {
                        { mention_button(words, on) }
                    }
                    { for bar.tools.iter().filter(|tool| tool.pinned).map(|tool| pinned(tool, words, on)) }
                    if let Some(tool) = bar.tools.iter().find(|tool| tool.chosen && !tool.pinned) {
                        { chosen(tool, words, field, on) }
                    }
                }
            </div>
            <div class="ck-bar-end">
                if !speaking {
                    { models(bar, words, on) }
                }
                { voice(&bar.voice, words, field, on) }
                { send }
            </div>
        </div>
    }
}

/// What stands in the menu behind the plus.
#[derive(Clone, PartialEq)]
enum Entry {
    Files,
    Tool(String),
}

/// The plus: a menu, or where files are all there is, the button for them.
fn add(bar: &BarView, words: Words, field: &NodeRef, on: &Callback<UserAction>) -> Html {
    let tools: Vec<&ToolView> = bar.tools.iter().filter(|tool| !tool.pinned).collect();
    let input = bar.files.as_ref().map(file_input).unwrap_or_default();
    if tools.is_empty() {
        if bar.files.is_none() {
            return Html::default();
        }
        let onclick = {
            let field = field.clone();
            Callback::from(move |_: MouseEvent| open_file_dialog(&field))
        };
        let label = words.get(ChatKey::AddFiles);
        return html! {
            <>
                <button type="button" class="ck-icon-button" aria-label={label} title={label} {onclick}>
                    { icon("plus") }
                </button>
                { input }
            </>
        };
    }
    let mut entries = Vec::new();
    let mut items = Vec::new();
    if bar.files.is_some() {
        entries.push(Entry::Files);
        items.push(MenuItem {
            icon: Some("paperclip".to_owned()),
            label: words.get(ChatKey::AddFiles).to_owned(),
            detail: None,
            checked: None,
            disabled: false,
        });
    }
    for tool in tools {
        entries.push(Entry::Tool(tool.id.clone()));
        items.push(MenuItem {
            icon: Some(tool.icon.clone()),
            label: tool.label.clone(),
            detail: None,
            checked: Some(tool.chosen),
            disabled: false,
        });
    }
    let on_pick = {
        let (field, on) = (field.clone(), on.clone());
        Callback::from(move |index: usize| match entries.get(index) {
            Some(Entry::Files) => open_file_dialog(&field),
            Some(Entry::Tool(id)) => {
                on.emit(UserAction::Pick(PickAction::Tool { id: id.clone(), from: ToolSource::Menu }));
                focus(&field);
            }
            None => {}
        })
    };
    html! {
        <>
            <Menu name={words.get(ChatKey::AddMenu)} icon="plus" {items} {on_pick} />
            { input }
        </>
    }
}

/// Not a component's: what is chosen in it is heard by the element's intake, as drops and pastes are.
fn file_input(files: &FileInputView) -> Html {
    html! {
        <input class="ck-file-input" type="file" hidden={true} multiple={files.several} accept={files.accept.clone()} />
    }
}

/// Browsers open the dialog only while the reader's press lasts, so the input is pressed at once.
fn open_file_dialog(field: &NodeRef) {
    let composer = field.cast::<Element>().and_then(|field| field.closest(".ck-composer").ok().flatten());
    let input = composer.and_then(|composer| composer.query_selector(".ck-file-input").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
        input.click();
    }
}

/// Who speaks to the page says what is to be seen, so the name has those words in it.
fn name(tool: &ToolView) -> String {
    match tool.label.contains(&tool.short) {
        true => tool.label.clone(),
        false => format!("{}: {}", tool.short, tool.label),
    }
}

/// A tool with a button of its own, held down while it is chosen.
fn pinned(tool: &ToolView, words: Words, on: &Callback<UserAction>) -> Html {
    let action = UserAction::Pick(PickAction::Tool { id: tool.id.clone(), from: ToolSource::Pinned });
    let name = name(tool);
    let title = match tool.chosen {
        true => words.get(ChatKey::ToolOff).replace("{name}", &name),
        false => name.clone(),
    };
    html! {
        <button key={tool.id.clone()} type="button" class="ck-bar-button ck-tool" aria-label={name}
            {title} aria-pressed={tool.chosen.to_string()} onclick={on.reform(move |_: MouseEvent| action.clone())}>
            { icon(&tool.icon) }
            <span dir="auto">{ &tool.short }</span>
            if tool.chosen {
                { icon("close") }
            }
        </button>
    }
}

/// The tool chosen in the menu; pressing it puts it back.
fn chosen(tool: &ToolView, words: Words, field: &NodeRef, on: &Callback<UserAction>) -> Html {
    let label = words.get(ChatKey::ToolOff).replace("{name}", &name(tool));
    let onclick = {
        let (field, on) = (field.clone(), on.clone());
        Callback::from(move |_: MouseEvent| {
            // The button is about to go, and would take the focus with it.
            focus(&field);
            on.emit(UserAction::Pick(PickAction::NoTool));
        })
    };
    html! {
        <button type="button" class="ck-bar-button ck-tool" data-chosen="" title={label.clone()} aria-label={label} {onclick}>
            { icon(&tool.icon) }
            <span dir="auto">{ &tool.short }</span>
            { icon("close") }
        </button>
    }
}

fn models(bar: &BarView, words: Words, on: &Callback<UserAction>) -> Html {
    if bar.models.is_empty() {
        return Html::default();
    }
    let label =
        bar.models.iter().find(|model| model.chosen).map(|model| model.label.clone()).unwrap_or_default();
    let items: Vec<MenuItem> = bar
        .models
        .iter()
        .map(|model| MenuItem {
            icon: None,
            label: model.label.clone(),
            detail: model.description.clone(),
            checked: Some(model.chosen),
            disabled: model.disabled,
        })
        .collect();
    let on_pick = {
        let ids: Vec<String> = bar.models.iter().map(|model| model.id.clone()).collect();
        let on = on.clone();
        Callback::from(move |index: usize| {
            if let Some(id) = ids.get(index) {
                on.emit(UserAction::Pick(PickAction::Model(id.clone())));
            }
        })
    };
    let name = words.get(ChatKey::Model).replace("{name}", &label);
    html! { <Menu {name} icon="chevron-down" label={Some(AttrValue::from(label))} {items} {on_pick} at_end={true} /> }
}

pub(super) fn focus(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        dom::focus(&field);
    }
}

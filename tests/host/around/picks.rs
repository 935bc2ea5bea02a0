//! Tools and models for the next message.

use chatkit_widget::state::{PickAction, ToolSource};

use super::*;
use crate::state::{assistant_done, created, status, user_done};

fn composer() -> Value {
    json!({
        "placeholder": "Ask",
        "tools": [
            { "id": "search", "label": "Search", "icon": "search", "placeholderOverride": "Search for" },
            { "id": "draw", "label": "Draw", "icon": "images", "persistent": true },
        ],
        "models": [
            { "id": "old", "label": "Old", "disabled": true },
            { "id": "fast", "label": "Fast" },
            { "id": "deep", "label": "Deep", "default": true },
        ],
    })
}

fn with_picks() -> Element {
    element(two_phase(), composer())
}

fn tool(id: &str) -> UserAction {
    UserAction::Pick(PickAction::Tool { id: id.into(), from: ToolSource::Menu })
}

fn model(id: &str) -> UserAction {
    UserAction::Pick(PickAction::Model(id.into()))
}

fn sent_with(element: &Element) -> (Option<String>, Option<String>) {
    let options = element.input().inference_options;
    (options.tool_choice.map(|choice| choice.id), options.model)
}

#[test]
fn a_tool_goes_with_one_message_and_is_put_back_after_it() {
    let mut element = with_picks();
    element.user(tool("search"));
    assert_eq!(element.view().composer.placeholder, "Search for");
    element.say("hi");
    assert_eq!(sent_with(&element), (Some("search".into()), Some("deep".into())));
    assert_eq!(element.view().composer.placeholder, "Ask");
    let tools: Vec<_> = element.emitted().into_iter().filter(|name| name.starts_with("tool")).collect();
    assert_eq!(tools, ["tool.change search", "tool.change null"]);
    assert_eq!(element.logs(), ["composer.tool.select"]);
}

#[test]
fn a_persistent_tool_stays() {
    let mut element = with_picks();
    element
        .user(tool("draw"))
        .say("hi")
        .head()
        .event(created("thr_1"))
        .event(user_done("m", "hi"))
        .end()
        .say("again");
    assert_eq!(sent_with(&element).0, Some("draw".into()));
    assert!(!element.emitted().contains(&"tool.change null".into()));
}

#[test]
fn choosing_a_tool_again_puts_it_back() {
    let mut element = with_picks();
    element.user(tool("search")).user(tool("search")).user(tool("nobody"));
    assert_eq!(element.emitted().last().map(String::as_str), Some("tool.change null"));
    element.user(tool("draw")).user(UserAction::Pick(PickAction::NoTool)).say("hi");
    assert_eq!(sent_with(&element).0, None);
}

#[test]
fn a_message_goes_to_the_chosen_model_else_to_the_default_else_to_the_first() {
    let mut element = with_picks();
    element.user(model("old")).say("a").head();
    assert_eq!(sent_with(&element).1, Some("deep".into()), "a disabled one cannot be chosen");
    element
        .event(created("thr_1"))
        .event(user_done("m", "a"))
        .event(assistant_done("b", "b"))
        .end()
        .user(model("fast"))
        .say("b");
    assert_eq!(sent_with(&element).1, Some("fast".into()));
    let mut options = composer();
    options["models"][2]["default"] = json!(false);
    let mut none_default = super::element(two_phase(), options);
    none_default.say("c");
    assert_eq!(sent_with(&none_default).1, Some("fast".into()));
    let mut no_models = Element::new();
    no_models.say("d");
    assert_eq!(sent_with(&no_models), (None, None));
}

#[test]
fn a_message_of_the_page_overrides_without_changing_what_the_reader_chose() {
    let send = |tool: Option<&str>, model: Option<&str>| {
        Action::Host(HostAction::Send {
            call: HostCall(1),
            content: Vec::new(),
            quoted_text: None,
            attachments: Vec::new(),
            new_thread: false,
            tool: tool.map(str::to_owned),
            model: model.map(str::to_owned),
        })
    };
    let mut element = with_picks();
    element.user(tool("search")).act(send(Some("draw"), None)).head();
    assert_eq!(sent_with(&element), (Some("draw".into()), Some("deep".into())));
    element
        .event(created("thr_1"))
        .event(user_done("m", "a"))
        .event(assistant_done("b", "b"))
        .end()
        .act(send(None, Some("fast")));
    assert_eq!(sent_with(&element), (Some("search".into()), Some("fast".into())));
    assert!(element.view().composer.bar.tools[0].chosen);
    assert!(element.view().composer.bar.models[2].chosen);
}

#[test]
fn the_page_chooses_only_what_there_is() {
    let mut element = with_picks();
    element.compose(Around {
        tool: Some(Some("draw".into())),
        model: Some("fast".into()),
        ..Around::default()
    });
    assert_eq!(element.refused(), None);
    element.compose(Around { tool: Some(Some("nobody".into())), ..Around::default() });
    assert!(
        element
            .refused()
            .unwrap()
            .contains("$.selectedToolId: composer.tools has no entry with the id \"nobody\"")
    );
    element.compose(Around { tool: Some(None), model: Some("nobody".into()), ..Around::default() });
    assert!(element.refused().unwrap().contains("$.selectedModelId"));
    element.say("hi");
    assert_eq!(
        sent_with(&element),
        (Some("draw".into()), Some("fast".into())),
        "a refused call changes nothing"
    );
    element.compose(Around { tool: Some(None), ..Around::default() });
    assert_eq!(element.emitted().last().map(String::as_str), Some("tool.change null"));
}

#[test]
fn a_message_that_was_refused_comes_back_with_its_tool() {
    let mut element = with_picks();
    element.user(tool("search")).say("hi").fail(status(400));
    assert!(element.view().composer.bar.tools[0].chosen);
}

#[test]
fn new_options_without_the_chosen_tool_put_it_back() {
    let mut element = with_picks();
    element.user(tool("search"));
    let options = json!({ "api": { "url": "/chatkit" } });
    element.act(Action::Host(HostAction::Options(config(&options).into())));
    assert_eq!(element.emitted().last().map(String::as_str), Some("tool.change null"));
}

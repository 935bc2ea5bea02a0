//! Each conversation has its draft, and the tab keeps all of them.

use std::collections::BTreeMap;

use chatkit_widget::config::{Config, ModelOption, ToolOption};
use chatkit_widget::protocol::UserMessageContent;
use chatkit_widget::state::{
    Action, Around, ComposerAction, Effect, HostAction, HostCall, HostEvent, InputKind, PickAction, State,
    Timer, ToolSource, UserAction,
};
use serde_json::json;

use super::{entity, written};
use crate::state::{Element, created, user_done};

/// A tab: an element that can be reloaded, and storage that outlives it.
struct Tab {
    element: Element,
    storage: BTreeMap<String, String>,
    /// Storage that takes nothing and has nothing.
    broken: bool,
}

impl Tab {
    fn new() -> Self {
        let mut tab = Tab { element: Element::bare(), storage: BTreeMap::new(), broken: false };
        tab.open(None);
        tab
    }

    /// The page is loaded anew.
    fn reload(&mut self, thread: Option<&str>) {
        self.element = Element::bare();
        self.open(thread);
    }

    fn open(&mut self, thread: Option<&str>) {
        let mut config = Config::for_url("/chatkit");
        config.initial_thread = thread.map(str::to_owned);
        config.composer.tools = vec![ToolOption {
            id: "web".into(),
            label: "Web".into(),
            icon: "search".into(),
            short_label: None,
            placeholder_override: None,
            pinned: false,
            persistent: false,
        }];
        let model = |id: &str| ModelOption {
            id: id.into(),
            label: id.into(),
            description: None,
            disabled: false,
            default: false,
        };
        config.composer.models = vec![model("fast"), model("pro")];
        self.act(Action::Host(HostAction::Options(config.into())));
    }

    fn act(&mut self, action: Action) -> &mut Self {
        self.element.act(action);
        self.settle();
        self
    }

    /// Does what the element asked of the tab.
    fn settle(&mut self) {
        for effect in std::mem::take(&mut self.element.effects) {
            match effect {
                Effect::Keep { key, value: Some(value) } if !self.broken => {
                    drop(self.storage.insert(key, value))
                }
                Effect::Keep { key, value: None } => drop(self.storage.remove(&key)),
                Effect::Recall { key } => {
                    let value = self.storage.get(&key).filter(|_| !self.broken).cloned();
                    self.act(Action::Recalled { key, value });
                }
                other => self.element.effects.push(other),
            }
        }
    }

    fn write(&mut self, text: &str) -> &mut Self {
        let caret = text.encode_utf16().count();
        let input = ComposerAction::Input { text: text.into(), caret, kind: InputKind::Typed };
        self.act(Action::User(UserAction::Composer(input)))
    }

    fn compose(&mut self, content: Vec<UserMessageContent>, reply: Option<&str>) -> &mut Self {
        let reply = Some(reply.map(str::to_owned));
        self.act(Action::Host(HostAction::SetComposer {
            call: HostCall(9),
            content: Some(content),
            reply,
            around: Around::default(),
        }))
    }

    /// Opens a thread; it comes.
    fn go(&mut self, thread: &str) -> &mut Self {
        self.act(Action::Host(HostAction::SetThread(HostCall(1), Some(thread.into()))));
        self.comes(thread)
    }

    fn comes(&mut self, thread: &str) -> &mut Self {
        let body = json!({ "id": thread, "created_at": "2026-01-01T00:00:00", "status": { "type": "active" },
            "metadata": {}, "items": { "data": [], "has_more": false } });
        self.element.reply(body);
        self.settle();
        self
    }

    fn does_not_come(&mut self) -> &mut Self {
        self.element.reply_failed(chatkit_widget::state::Failure::Status {
            status: 404,
            body: String::new(),
            retry_after: None,
        });
        self.settle();
        self
    }

    fn new_chat(&mut self) -> &mut Self {
        self.act(Action::User(UserAction::NewThread))
    }

    fn state(&self) -> &State {
        &self.element.state
    }

    fn draft(&self) -> String {
        written(self.state().composer.draft())
    }
}

#[test]
fn a_reload_of_the_tab_takes_no_draft_away() {
    let mut tab = Tab::new();
    let content = vec![
        UserMessageContent::text("Ask "),
        UserMessageContent::Tag(entity("Ann 👩‍👩‍👧")),
        UserMessageContent::text(" שלום\n"),
    ];
    tab.compose(content, Some("a passage"));
    tab.reload(None);
    assert_eq!(tab.draft(), "Ask [Ann 👩‍👩‍👧] שלום\n");
    assert_eq!(tab.state().composer.quote(), Some("a passage"));
    assert_eq!(tab.element.view().composer.text, "Ask @Ann 👩‍👩‍👧 שלום\n");
}

#[test]
fn each_conversation_has_its_own_draft() {
    let mut tab = Tab::new();
    tab.write("for a new one").go("thr_1").write("for the first").go("thr_2").write("for the second");
    assert_eq!(tab.go("thr_1").draft(), "for the first");
    assert_eq!(tab.new_chat().draft(), "for a new one");
    tab.reload(Some("thr_2"));
    assert_eq!(tab.draft(), "for the second", "while it is loading already");
    assert_eq!(tab.comes("thr_2").draft(), "for the second");
    assert_eq!(tab.go("thr_1").draft(), "for the first");
    assert_eq!(tab.new_chat().draft(), "for a new one");
}

#[test]
fn the_chosen_tool_and_model_are_kept_with_the_draft() {
    let mut tab = Tab::new();
    tab.write("for a new one");
    let pick = |pick| Action::User(UserAction::Pick(pick));
    tab.act(pick(PickAction::Tool { id: "web".into(), from: ToolSource::Menu }));
    tab.act(pick(PickAction::Model("pro".into())));
    tab.reload(None);
    tab.element.fresh();
    tab.act(Action::User(UserAction::Submit));
    let body = tab.element.requests()[0].body();
    assert!(body.contains("{\"tool_choice\":{\"id\":\"web\"},\"model\":\"pro\"}"), "{body}");
}

#[test]
fn a_sent_message_is_no_draft_any_more() {
    let mut tab = Tab::new();
    tab.go("thr_1").write("hello").act(Action::User(UserAction::Submit));
    tab.reload(Some("thr_1"));
    assert_eq!(tab.draft(), "");
    let drafts = tab.storage.keys().filter(|key| key.contains(":draft:"));
    assert_eq!(drafts.count(), 0);
}

#[test]
fn what_is_typed_while_the_first_answer_comes_belongs_to_the_thread_it_makes() {
    let mut tab = Tab::new();
    tab.write("hello").act(Action::User(UserAction::Submit)).write("and then");
    tab.element.head().event(created("thr_1")).event(user_done("msg_1", "hello")).end();
    tab.settle();
    assert_eq!(tab.draft(), "and then");
    assert_eq!(tab.new_chat().draft(), "");
    tab.reload(Some("thr_1"));
    assert_eq!(tab.draft(), "and then");
}

#[test]
fn a_thread_that_does_not_come_takes_nothing_along() {
    let mut tab = Tab::new();
    tab.write("first").act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_gone".into()))));
    assert_eq!(tab.draft(), "");
    tab.does_not_come();
    assert_eq!(tab.draft(), "first", "the conversation before is on screen again, and so is its draft");
    tab.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_gone".into()))));
    tab.write("typed meanwhile").does_not_come();
    assert_eq!(tab.draft(), "first\ntyped meanwhile");
    tab.reload(None);
    assert_eq!(tab.draft(), "first\ntyped meanwhile");
    assert_eq!(tab.storage.len(), 1);
}

#[test]
fn broken_storage_loses_drafts_with_the_tab_only() {
    let mut tab = Tab::new();
    tab.broken = true;
    tab.write("for a new one").go("thr_1").write("for the first");
    assert_eq!(tab.new_chat().draft(), "for a new one");
    assert_eq!(tab.go("thr_1").draft(), "for the first");
}

#[test]
fn what_others_left_in_the_storage_is_no_draft() {
    for junk in ["", "{", "null", "[]", "{\"content\":7}", "{\"content\":[{\"type\":\"input_tag\"}]}"] {
        let mut tab = Tab::new();
        tab.storage.insert("chatkit-widget:draft:/chatkit:thr_1".into(), junk.into());
        tab.go("thr_1");
        assert_eq!(tab.draft(), "", "{junk}");
        tab.write("works");
        tab.reload(Some("thr_1"));
        assert_eq!(tab.draft(), "works", "{junk}");
    }
}

#[test]
fn of_a_draft_that_is_odd_in_part_the_rest_comes_back() {
    let text = r#"{"type":"input_text","text":"words"}"#;
    for kept in [
        format!(r#"{{"content":[{text},{{"type":"?"}},7,null],"quote":7,"files":{{}}}}"#),
        format!(r#"{{"content":{text},"quote":"","files":[{{"attachment":7}}],"tool":[]}}"#),
    ] {
        let mut tab = Tab::new();
        tab.storage.insert("chatkit-widget:draft:/chatkit:thr_1".into(), kept.clone());
        tab.go("thr_1");
        assert_eq!(tab.draft(), "words", "{kept}");
        assert_eq!(tab.element.view().composer.quote, None, "{kept}");
    }
}

#[test]
fn a_page_that_composes_as_soon_as_it_may_finds_the_draft_there() {
    let mut element = Element::bare();
    element.act(Action::Host(HostAction::Options(Config::for_url("/chatkit").into())));
    let recall = |effect: &Effect| matches!(effect, Effect::Recall { key } if key == "chatkit-widget:draft:/chatkit:new");
    let ready = |effect: &Effect| matches!(effect, Effect::Emit(HostEvent::Ready));
    let [recalled, ready] = [element.effects.iter().position(recall), element.effects.iter().position(ready)];
    assert!(recalled.is_some() && recalled < ready, "asked for before the page hears that the chat is ready");
}

#[test]
fn a_long_draft_is_stored_in_a_while_or_when_the_page_is_left() {
    let mut tab = Tab::new();
    let long = "x".repeat(1_000_000);
    tab.write(&long);
    tab.write(&(long.clone() + "y"));
    let timers =
        tab.element.effects.iter().filter(|effect| matches!(effect, Effect::StartTimer(Timer::Draft, _)));
    assert_eq!(timers.count(), 1);
    assert_eq!(tab.storage.len(), 0);
    tab.act(Action::Timer(Timer::Draft));
    assert_eq!(tab.storage.len(), 1);
    tab.write(&(long.clone() + "yz")).act(Action::User(UserAction::Composer(ComposerAction::Leave)));
    tab.reload(None);
    assert_eq!(tab.draft().len(), 1_000_002);
}

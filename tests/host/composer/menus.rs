//! The menus behind `@` and `/`.

use chatkit_widget::config::{Commands, Config, Entities, ToolOption};
use chatkit_widget::json::Json;
use chatkit_widget::state::select::MenuView;
use chatkit_widget::state::{
    Action, ComposerAction, Effect, HostAction, InputKind, MenuAction, SiteAsk, SiteCallId, SiteError,
    UserAction,
};
use serde_json::{Value, json};

use super::{sent, written};
use crate::state::Element;

fn site() -> Element {
    let mut config = Config::for_url("/chatkit");
    config.entities = Entities { on_tag_search: true, ..Entities::default() };
    config.commands = Commands { enabled: true, on_search: true, on_select: true };
    Element::with(config)
}

impl Element {
    /// The field's text becomes this, with the caret at `|`, else at its end.
    fn types(&mut self, text: &str) -> &mut Self {
        let caret = text.split('|').next().unwrap_or_default().encode_utf16().count();
        let input = ComposerAction::Input { text: text.replace('|', ""), caret, kind: InputKind::Typed };
        self.user(UserAction::Composer(input))
    }

    fn menu_does(&mut self, action: MenuAction) -> &mut Self {
        self.user(UserAction::Composer(ComposerAction::Menu(action)))
    }

    fn asks(&self) -> Vec<(SiteCallId, SiteAsk)> {
        let ask = |effect: &Effect| match effect {
            Effect::Site { call, ask } => Some((*call, ask.clone())),
            _ => None,
        };
        self.effects.iter().filter_map(ask).collect()
    }

    fn last_ask(&self) -> (SiteCallId, SiteAsk) {
        self.asks().pop().expect("the site was not asked")
    }

    fn site_gives(&mut self, call: SiteCallId, answer: Value) -> &mut Self {
        let answer: Json = serde_json::from_value(answer).unwrap();
        self.act(Action::Site { call, answer: Ok(answer) })
    }

    /// The newest ask is answered.
    fn gives(&mut self, answer: Value) -> &mut Self {
        self.site_gives(self.last_ask().0, answer)
    }

    fn shown(&mut self) -> MenuView {
        self.view().composer.menu.expect("a menu")
    }

    /// Its rows, headings in brackets, the active row with a star.
    fn rows(&mut self) -> Vec<String> {
        let Some(menu) = self.view().composer.menu else { return vec!["closed".into()] };
        let mut rows = Vec::new();
        for group in menu.groups {
            rows.extend(group.name.map(|name| format!("[{name}]")));
            let row = |row: chatkit_widget::state::select::MenuRow| match menu.active == Some(row.index) {
                true => row.label + " *",
                false => row.label,
            };
            rows.extend(group.rows.into_iter().map(row));
        }
        rows
    }

    fn draft_now(&self) -> String {
        written(self.state.composer.draft())
    }
}

fn people() -> Value {
    json!([
        { "id": "p1", "title": "Ann Lee", "group": "People", "interactive": true, "data": { "mail": "a@x" } },
        { "id": "d1", "title": "Q1 plan", "group": "Documents", "icon": "document" },
        { "id": "p2", "title": "Bob", "group": "People" },
    ])
}

#[test]
fn an_at_sign_searches_at_once_and_with_every_letter() {
    let mut element = site();
    element.types("ask @");
    element.types("ask @a");
    let asks: Vec<SiteAsk> = element.asks().into_iter().map(|(_, ask)| ask).collect();
    assert_eq!(asks, [SiteAsk::TagSearch(String::new()), SiteAsk::TagSearch("a".into())]);
    assert_eq!(element.shown().note, Some("Searching…"));
    assert_eq!(element.shown().active, None, "Enter has nothing to choose yet");
}

#[test]
fn groups_stand_together_and_the_first_row_is_active() {
    let mut element = site();
    element.types("@").gives(people());
    assert_eq!(element.rows(), ["[People]", "Ann Lee *", "Bob", "[Documents]", "Q1 plan"]);
    assert_eq!(element.shown().said, "Suggestions: 3");
    element.menu_does(MenuAction::By(-1));
    assert_eq!(
        element.rows().last().map(String::as_str),
        Some("Q1 plan *"),
        "behind the first comes the last"
    );
    element.menu_does(MenuAction::By(1)).menu_does(MenuAction::By(1));
    assert_eq!(element.shown().active, Some(1));
}

#[test]
fn of_several_searches_the_newest_counts() {
    let mut element = site();
    element.types("@").types("@b");
    let asks = element.asks();
    element.site_gives(asks[1].0, json!([{ "id": "p2", "title": "Bob" }]));
    element.site_gives(asks[0].0, people());
    assert_eq!(element.rows(), ["Bob *"]);
}

#[test]
fn what_was_found_stays_while_it_fits_until_more_is_known() {
    let mut element = site();
    element.types("@").gives(people()).types("@b");
    assert_eq!(element.rows(), ["[People]", "Bob *"]);
    element.types("@bx");
    assert_eq!(element.rows(), Vec::<String>::new());
    element.gives(json!([]));
    assert_eq!(element.shown().note, Some("Nothing found"));
}

#[test]
fn where_the_reader_went_stays_active_when_the_list_changes() {
    let mut element = site();
    element.types("@").gives(people()).types("@b").menu_does(MenuAction::To(0));
    element.gives(json!([{ "id": "p9", "title": "Abe", "group": "People" }, people()[2]]));
    assert_eq!(element.rows(), ["[People]", "Abe", "Bob *"]);
}

#[test]
fn choosing_an_entity_makes_a_tag_of_it_that_is_sent_whole() {
    let mut element = site();
    element.types("ask @an| now").gives(people()).menu_does(MenuAction::ChooseActive);
    assert_eq!(element.draft_now(), "ask [Ann Lee] now");
    assert_eq!(element.rows(), ["closed"]);
    let caret = element.effects.iter().rev().find_map(|effect| match effect {
        Effect::WriteField { text, caret } => Some((text.clone(), *caret)),
        _ => None,
    });
    assert_eq!(caret, Some(("ask @Ann Lee now".into(), 12)));
    element.user(UserAction::Submit);
    let body: Value = serde_json::from_str(&element.requests()[0].body()).unwrap();
    let content = &body["params"]["input"]["content"];
    let tag = json!({ "type": "input_tag", "id": "p1", "text": "Ann Lee", "data": { "mail": "a@x" },
        "group": "People", "interactive": true });
    assert_eq!(content[0], json!({ "type": "input_text", "text": "ask " }));
    assert_eq!(content[1], tag);
    assert_eq!(content[2], json!({ "type": "input_text", "text": " now" }));
}

#[test]
fn an_entity_at_the_end_is_followed_by_a_blank_to_write_on() {
    let mut element = site();
    element.types("@b").gives(people()).menu_does(MenuAction::Choose(1));
    assert_eq!(element.state.composer.draft().text(), "@Bob ");
    assert_eq!(sent(element.state.composer.draft().clone()), ["[Bob]"]);
    element.types("@Bob x");
    assert_eq!(element.rows(), ["closed"], "the sign of a tag opens nothing");
    element.types("@Bob|");
    assert_eq!(element.rows(), ["closed"]);
}

#[test]
fn an_enter_right_after_choosing_sends() {
    let mut element = site();
    element.types("ask @b").gives(people()).menu_does(MenuAction::Enter);
    assert!(element.ops().is_empty());
    // The menu is still drawn when the next key comes.
    element.menu_does(MenuAction::Enter);
    assert_eq!(element.ops(), ["threads.create"]);
}

#[test]
fn an_enter_faster_than_the_search_chooses_what_is_found() {
    let mut element = site();
    element.types("ask @b").menu_does(MenuAction::Enter);
    assert!(element.ops().is_empty(), "half a name is not sent");
    assert_eq!(element.shown().note, Some("Searching…"));
    element.gives(json!([people()[2]]));
    assert_eq!((element.rows(), element.draft_now()), (vec!["closed".into()], "ask [Bob] ".into()));
    assert!(element.ops().is_empty());
    element.menu_does(MenuAction::Enter);
    assert_eq!(element.ops(), ["threads.create"]);
}

#[test]
fn an_enter_faster_than_a_search_without_success_sends_what_is_written() {
    for answer in [Ok(json!([])), Err(SiteError::Threw("no network".into()))] {
        let mut element = site();
        element.types("meet me @home").menu_does(MenuAction::Enter);
        let (call, _) = element.last_ask();
        element.act(Action::Site { call, answer: answer.map(|json| serde_json::from_value(json).unwrap()) });
        assert_eq!(element.ops(), ["threads.create"]);
        assert_eq!((element.rows(), element.draft_now()), (vec!["closed".into()], String::new()));
    }
}

#[test]
fn a_second_enter_does_not_wait_for_a_site_that_does_not_answer() {
    let mut element = site();
    element.types("meet me @home").menu_does(MenuAction::Enter).menu_does(MenuAction::Enter);
    assert_eq!(element.ops(), ["threads.create"]);
    element.gives(people());
    assert_eq!((element.rows(), element.draft_now()), (vec!["closed".into()], String::new()));
}

#[test]
fn who_goes_on_writing_or_puts_the_menu_away_takes_enter_back() {
    let mut element = site();
    element.types("@b").menu_does(MenuAction::Enter).types("@bo").gives(people());
    assert_eq!(element.rows().len(), 5, "shown, not chosen");
    let mut element = site();
    element.types("@b").menu_does(MenuAction::Enter).menu_does(MenuAction::Close).gives(people());
    assert_eq!((element.draft_now(), element.ops().len()), ("@b".into(), 0));
}

#[test]
fn a_sign_within_a_word_is_a_letter() {
    for text in ["mail ann@", "a/", "1/2", "and/or", "https://x.y/", "~/", "a @b c", "see @\n"] {
        let mut element = site();
        element.types(text);
        assert_eq!(element.rows(), ["closed"], "{text}");
    }
    for text in ["@", "see @", "(@", "\n@", "请问@", "ask “@ann", "/", "so /", "\n/sum"] {
        let mut element = site();
        element.types(text);
        assert_ne!(element.rows(), ["closed"], "{text}");
    }
}

#[test]
fn without_functions_of_the_site_signs_are_letters() {
    let mut element = Element::new();
    element.types("@").types("/");
    assert_eq!(element.rows(), ["closed"]);
    assert!(element.asks().is_empty());
}

#[test]
fn a_menu_that_was_put_away_stays_away_until_another_sign() {
    let mut element = site();
    element.types("@").gives(people()).menu_does(MenuAction::Close);
    element.types("@a").types("@an");
    assert_eq!(element.rows(), ["closed"]);
    element.types("@an and @");
    assert_ne!(element.rows(), ["closed"]);
}

#[test]
fn a_menu_follows_the_caret_and_opens_by_writing_only() {
    let select = |at: usize| UserAction::Composer(ComposerAction::Select(at..at));
    let mut element = site();
    element.types("ask @an").gives(people());
    element.user(select(2));
    assert_eq!(element.rows(), ["closed"]);
    element.user(select(7));
    assert_eq!(element.rows(), ["closed"], "walking through a text opens nothing");
    element.types("ask @ann");
    assert_ne!(element.rows(), ["closed"]);
    element.user(UserAction::Composer(ComposerAction::Blur));
    assert_eq!(element.rows(), ["closed"]);
    element.types("ask @ann").types("");
    assert_eq!(element.rows(), ["closed"], "the text is gone");
}

#[test]
fn an_answer_nobody_waits_for_has_nowhere_to_land() {
    let mut element = site();
    element.types("@");
    let (call, _) = element.last_ask();
    element.types("").site_gives(call, people());
    assert_eq!(element.rows(), ["closed"]);
}

#[test]
fn a_search_that_fails_says_so_and_the_site_hears_why() {
    let mut element = site();
    element.types("@");
    let (call, _) = element.last_ask();
    element.act(Action::Site { call, answer: Err(SiteError::Threw("no network".into())) });
    assert_eq!(element.shown().note, Some("The search did not work. Please try again in a moment."));
    assert!(element.emitted().iter().any(|name| name == "error"));
    element.types("@a").gives(people());
    assert_eq!(element.shown().note, None);
}

#[test]
fn what_is_no_entity_is_left_out_and_named_for_the_integrator() {
    let mut element = site();
    element
        .types("@")
        .gives(json!([{ "id": "x" }, 7, { "id": "p2", "title": "Bob", "data": 7 }, people()[0]]));
    assert_eq!(element.rows(), ["[People]", "Ann Lee *"]);
    let warned: Vec<&String> = element
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Console(_, message) => Some(message),
            _ => None,
        })
        .collect();
    assert_eq!(warned.len(), 3);
    assert!(warned[0].starts_with("$.entities.onTagSearch gave[0].title"), "{warned:?}");
    element.types("@a").gives(json!({ "entities": [] }));
    assert!(element.shown().note.is_some_and(|note| note.contains("did not work")));
}

fn commands() -> Value {
    json!([
        { "id": "sum", "label": "Summarize", "description": "In three sentences", "icon": "document" },
        { "id": "files", "label": "File…", "group": "Insert" },
    ])
}

#[test]
fn a_command_that_does_something_elsewhere_leaves_no_trace_in_the_text() {
    let mut element = site();
    element.types("so /su").gives(commands()).menu_does(MenuAction::ChooseActive);
    let (_, ask) = element.last_ask();
    let given: Value = serde_json::from_str(&match ask {
        SiteAsk::CommandSelect(json) => json.to_string(),
        other => panic!("{other:?}"),
    })
    .unwrap();
    assert_eq!(given, commands()[0], "the site gets its own command back");
    assert!(element.shown().running);
    element.menu_does(MenuAction::ChooseActive);
    assert_eq!(element.asks().len(), 2, "once");
    element.gives(Value::Null);
    assert_eq!((element.rows(), element.draft_now()), (vec!["closed".into()], "so ".into()));
}

#[test]
fn a_command_can_insert_an_entity() {
    let mut element = site();
    element.types("see /fi please|").types("see /fi| please").gives(commands());
    element.menu_does(MenuAction::Choose(1)).gives(json!({ "type": "entity", "entity": people()[1] }));
    assert_eq!(element.draft_now(), "see [Q1 plan] please");
}

#[test]
fn a_command_can_open_another_menu_that_is_searched_here() {
    let mut element = site();
    element.types("/fi").gives(commands()).menu_does(MenuAction::Choose(1));
    element.gives(json!({ "type": "menu", "commands": [{ "id": "a", "label": "Alpha" }, { "id": "b", "label": "Beta" }] }));
    assert_eq!(element.rows(), ["Alpha *", "Beta"]);
    assert_eq!(element.draft_now(), "/");
    let asked = element.asks().len();
    element.types("/be");
    assert_eq!((element.rows(), element.asks().len()), (vec!["Beta *".into()], asked));
    element.menu_does(MenuAction::ChooseActive).gives(Value::Null);
    assert_eq!((element.rows(), element.draft_now()), (vec!["closed".into()], String::new()));
}

#[test]
fn a_command_that_fails_says_so_and_can_be_tried_again() {
    let mut element = site();
    element.types("/su").gives(commands()).menu_does(MenuAction::ChooseActive);
    let (call, _) = element.last_ask();
    element.act(Action::Site { call, answer: Err(SiteError::Threw("boom".into())) });
    assert_eq!(element.shown().note, Some("That did not work. Please try again."));
    assert_eq!(element.draft_now(), "/su");
    element.menu_does(MenuAction::ChooseActive).gives(Value::Null);
    assert_eq!(element.draft_now(), "");
}

#[test]
fn commands_without_a_search_are_what_the_composer_can_do() {
    let mut config = Config::for_url("/chatkit");
    config.commands = Commands { enabled: true, on_search: false, on_select: false };
    config.composer.dictation = true;
    let tool = |id: &str, label: &str| ToolOption {
        id: id.into(),
        label: label.into(),
        icon: "search".into(),
        short_label: None,
        placeholder_override: None,
        pinned: false,
        persistent: false,
    };
    config.composer.tools = vec![tool("web", "Search the web"), tool("deep", "Research")];
    let mut element = Element::with(config);
    element.types("/");
    assert_eq!(element.rows(), ["Search the web *", "Research", "Speak instead of typing"]);
    element.types("/res");
    assert_eq!(element.rows(), ["Research *"]);
    element.menu_does(MenuAction::ChooseActive);
    assert_eq!(element.emitted().last().map(String::as_str), Some("tool.change deep"));
    assert_eq!(element.draft_now(), "");
    element.types("/");
    assert_eq!(element.rows(), ["Search the web *", "Speak instead of typing"], "chosen already");
    element.types("/zzz");
    assert_eq!(element.shown().note, Some("Nothing found"));
}

#[test]
fn the_at_button_writes_the_sign_and_opens_the_menu() {
    let mut element = site();
    element.types("ask").menu_does(MenuAction::Mention);
    assert_eq!(element.state.composer.draft().text(), "ask @");
    assert_eq!(element.last_ask().1, SiteAsk::TagSearch(String::new()));
    element.menu_does(MenuAction::Mention);
    assert_eq!(element.rows(), ["closed"], "pressed again it closes");
    assert!(element.effects.contains(&Effect::FocusComposer));
}

#[test]
fn new_options_may_take_a_menu_away() {
    let mut element = site();
    element.types("@").gives(people());
    element.act(Action::Host(HostAction::Options(Config::for_url("/chatkit").into())));
    element.types("@a");
    assert_eq!(element.rows(), ["closed"]);
}

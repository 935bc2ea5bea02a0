//! The list of past threads: reading it, and changing what is in it.

use chatkit_widget::protocol::ClientRequest;
use chatkit_widget::state::select::{Body, HistoryEnd, HistoryView};
use chatkit_widget::state::{Doing, Failure, HistoryAction, HostAction, HostCall, UserAction};
use serde_json::json;

use super::*;

impl Element {
    fn history(&mut self, action: HistoryAction) -> &mut Self {
        self.user(UserAction::History(action))
    }

    fn panel(&mut self) -> HistoryView {
        self.view().history.expect("an open panel")
    }

    fn titles(&mut self) -> Vec<String> {
        self.panel()
            .rows
            .into_iter()
            .map(|row| row.title.unwrap_or_else(|| format!("({})", row.id)))
            .collect()
    }

    fn doing(&mut self, id: &str) -> Doing {
        self.panel().rows.into_iter().find(|row| row.id == id).expect("a row").doing
    }

    /// A conversation in `thr_1`, and the panel open over it with `thr_1` and `thr_2`.
    fn with_history() -> Self {
        let mut element = Element::new();
        element.converse("question", "answer").history(HistoryAction::Open);
        element.reply(page(vec![titled("thr_1", "First"), titled("thr_2", "Second")], None)).fresh();
        element
    }
}

fn titled(id: &str, title: &str) -> Value {
    let mut thread = thread(id);
    thread["title"] = json!(title);
    thread
}

#[test]
fn the_history_opens_with_the_newest_threads_and_says_which_is_open() {
    let mut element = Element::new();
    element.converse("question", "answer").fresh().history(HistoryAction::Open);
    assert_eq!(element.emitted(), ["history.open"]);
    assert_eq!(element.logs(), ["history.open"]);
    assert_eq!(element.panel().end, HistoryEnd::Loading);
    element.reply(page(vec![thread("thr_1"), titled("thr_2", "Servos")], None));
    assert_eq!(element.titles(), ["(thr_1)", "Servos"], "a thread without a title has none");
    let rows = element.panel().rows;
    assert_eq!(rows.iter().map(|row| row.current).collect::<Vec<_>>(), [true, false]);
    assert_eq!(element.panel().end, HistoryEnd::None);
    element.fresh().history(HistoryAction::Close).history(HistoryAction::Close);
    assert_eq!(element.emitted(), ["history.close"], "closed once");
    assert_eq!(element.view().history, None);
}

#[test]
fn all_pages_of_the_history_can_be_reached_and_none_is_shown_twice() {
    let mut element = Element::new();
    element.history(HistoryAction::Open).reply(page(vec![thread("a"), thread("b")], Some("b")));
    assert_eq!(element.panel().end, HistoryEnd::More);
    element.history(HistoryAction::More).history(HistoryAction::More);
    assert_eq!(element.ops(), ["threads.list", "threads.list"], "asking twice reads once");
    element.reply(page(vec![thread("b"), thread("c")], None));
    assert_eq!(element.titles(), ["(a)", "(b)", "(c)"]);
    assert_eq!(element.panel().end, HistoryEnd::None);
}

#[test]
fn an_empty_first_page_of_the_history_is_not_the_end() {
    let mut element = Element::new();
    element.history(HistoryAction::Open).reply(page(vec![], Some("x")));
    let Some(ClientRequest::ThreadsList(params)) = element.requests().last() else { panic!("no list") };
    assert_eq!(params.after.as_deref(), Some("x"));
    element.reply(page(vec![], None));
    assert_eq!(element.panel().end, HistoryEnd::Empty);
}

#[test]
fn a_history_that_does_not_come_says_so_and_can_be_asked_for_again() {
    let mut element = Element::new();
    element.history(HistoryAction::Open).reply_failed(status(500));
    assert_eq!(element.panel().end, HistoryEnd::Failed);
    assert_eq!(element.emitted().last().map(String::as_str), Some("error"));
    element.history(HistoryAction::More).reply(page(vec![thread("a")], None));
    assert_eq!(element.titles(), ["(a)"]);
}

#[test]
fn a_hiccup_of_the_network_does_not_show_in_the_history() {
    let mut element = Element::new();
    element.history(HistoryAction::Open).reply_failed(Failure::NoConnection).wait();
    element.reply(page(vec![thread("a")], None));
    assert_eq!(element.titles(), ["(a)"]);
}

#[test]
fn opening_the_history_again_shows_what_was_known_until_the_news_are_there() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Close).history(HistoryAction::Open);
    assert_eq!(element.titles(), ["First", "Second"]);
    element.reply(page(vec![titled("thr_2", "Second")], None));
    assert_eq!(element.titles(), ["Second"], "deleted elsewhere");
}

#[test]
fn choosing_a_thread_opens_it_and_closes_the_history() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Pick("thr_2".into()));
    assert_eq!(element.emitted(), ["history.close", "thread.load.start thr_2"]);
    assert_eq!(element.view().body, Body::Loading);
    element.reply(thread("thr_2"));
    assert_eq!(
        element.emitted().get(2..),
        Some(&["thread.load.end thr_2".into(), "thread.change thr_2".into()][..])
    );
}

#[test]
fn choosing_the_open_thread_only_closes_the_history() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Pick("thr_1".into()));
    assert_eq!(element.emitted(), ["history.close"]);
    assert_eq!(element.answers_shown(), ["answer"]);
}

#[test]
fn a_new_title_is_shown_at_once_and_in_the_header() {
    let mut element = Element::with_history();
    element
        .history(HistoryAction::Rename("thr_1".into()))
        .history(HistoryAction::Title("  Servo motors ".into()));
    assert_eq!(element.doing("thr_1"), Doing::Renaming { title: "  Servo motors ".into(), failed: false });
    element.history(HistoryAction::Save);
    assert_eq!(element.titles(), ["Servo motors", "Second"]);
    assert!(matches!(element.requests().last(),
        Some(ClientRequest::ThreadsUpdate { thread_id, title }) if thread_id == "thr_1" && title == "Servo motors"));
    element.reply(titled("thr_1", "Servo motors"));
    assert_eq!(element.doing("thr_1"), Doing::Nothing);
    assert_eq!(element.view().header.expect("a header").title.as_deref(), Some("Servo motors"));
}

#[test]
fn a_title_that_could_not_be_saved_is_still_in_its_field() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Rename("thr_2".into())).history(HistoryAction::Title("New".into()));
    element.history(HistoryAction::Save).reply_failed(status(500));
    assert_eq!(element.doing("thr_2"), Doing::Renaming { title: "New".into(), failed: true });
    element.history(HistoryAction::Save).reply(titled("thr_2", "New"));
    assert_eq!(element.titles(), ["First", "New"]);
}

#[test]
fn an_empty_or_unchanged_title_changes_nothing() {
    for title in ["", "   ", "First"] {
        let mut element = Element::with_history();
        element.history(HistoryAction::Rename("thr_1".into())).history(HistoryAction::Title(title.into()));
        element.history(HistoryAction::Save);
        assert_eq!(element.ops(), [""; 0]);
        assert_eq!(element.titles(), ["First", "Second"]);
    }
}

#[test]
fn one_row_asks_at_a_time() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Rename("thr_1".into())).history(HistoryAction::Delete("thr_2".into()));
    assert_eq!(element.doing("thr_1"), Doing::Nothing);
    assert_eq!(element.doing("thr_2"), Doing::Asking { failed: false });
    element.history(HistoryAction::Close).history(HistoryAction::Open);
    assert_eq!(element.doing("thr_2"), Doing::Nothing, "closing takes the question back");
}

#[test]
fn nothing_is_deleted_before_the_reader_says_yes() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Delete("thr_2".into())).history(HistoryAction::Cancel);
    element.history(HistoryAction::Confirm);
    assert_eq!(element.ops(), [""; 0]);
    element.history(HistoryAction::Delete("thr_2".into())).history(HistoryAction::Confirm);
    assert_eq!(element.ops(), ["threads.delete"]);
    assert_eq!(element.doing("thr_2"), Doing::Deleting);
    element.reply(json!({}));
    assert_eq!(element.titles(), ["First"]);
    assert_eq!(element.state.thread.id(), Some("thr_1"), "another thread stays open");
}

#[test]
fn deleting_the_open_thread_leads_to_a_new_one_and_keeps_the_panel() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Delete("thr_1".into())).history(HistoryAction::Confirm).reply(json!({}));
    assert_eq!(element.emitted(), ["thread.change null"]);
    assert!(matches!(element.view().body, Body::Start { .. }));
    assert_eq!(element.titles(), ["Second"]);
}

#[test]
fn an_answer_stops_when_its_thread_is_deleted() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Close).say("more").head().event(user_done("u2", "more"));
    element.history(HistoryAction::Open).reply(page(vec![titled("thr_1", "First")], None)).fresh();
    element.history(HistoryAction::Delete("thr_1".into())).history(HistoryAction::Confirm);
    assert_eq!(element.emitted(), ["response.end"]);
    element.reply(json!({}));
    assert_eq!(element.emitted(), ["response.end", "thread.change null"]);
}

#[test]
fn a_thread_that_could_not_be_deleted_stays_and_says_so() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Delete("thr_1".into())).history(HistoryAction::Confirm);
    element.reply_failed(Failure::NoConnection);
    assert_eq!(element.doing("thr_1"), Doing::Asking { failed: true });
    assert_eq!(element.answers_shown(), ["answer"]);
    assert_eq!(element.ops(), ["threads.delete"], "not repeated by itself");
}

#[test]
fn a_thread_deleted_elsewhere_is_gone() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Delete("thr_2".into())).history(HistoryAction::Confirm);
    element.reply_failed(status(404));
    assert_eq!(element.titles(), ["First"]);
}

#[test]
fn rows_follow_what_the_server_says_of_threads() {
    let mut element = Element::with_history();
    element.history(HistoryAction::Close).say("more").head();
    element.event(json!({"type": "thread.updated", "thread": titled("thr_1", "Servos")}));
    element.event(assistant_done("a2", "yes")).end().user(UserAction::NewThread);
    assert_eq!(element.logs().last(), Some(&"newChat.create"));
    element.say("another").head().event(created("thr_3"));
    element.history(HistoryAction::Open);
    assert_eq!(element.titles(), ["(thr_3)", "Servos", "Second"]);
}

#[test]
fn requests_of_the_history_outlive_the_thread_behind_it() {
    let mut element = Element::new();
    element.converse("question", "answer").history(HistoryAction::Open).user(UserAction::NewThread);
    element.reply(page(vec![thread("thr_1")], None)).history(HistoryAction::Open);
    assert_eq!(element.titles(), ["(thr_1)"]);
}

#[test]
fn the_page_can_show_and_hide_the_history() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::ShowHistory(HostCall(1))));
    element.act(Action::Host(HostAction::ShowHistory(HostCall(2))));
    element.act(Action::Host(HostAction::HideHistory(HostCall(3))));
    assert_eq!(element.answers(), [(HostCall(1), None), (HostCall(2), None), (HostCall(3), None)]);
    assert_eq!(element.emitted(), ["ready", "history.open", "history.close"]);
}

#[test]
fn a_message_of_the_page_brings_the_conversation_back() {
    let mut element = Element::with_history();
    element.act(Action::Host(HostAction::Send {
        call: HostCall(1),
        content: vec![],
        quoted_text: None,
        attachments: vec![],
        new_thread: false,
        tool: None,
        model: None,
    }));
    assert_eq!(element.emitted(), ["history.close", "response.start"]);
}

#[test]
fn history_that_is_switched_off_is_nowhere() {
    let mut config = Config::for_url("/chatkit");
    config.history.enabled = false;
    let mut element = Element::with(config.clone());
    element.act(Action::Host(HostAction::ShowHistory(HostCall(1)))).history(HistoryAction::Open);
    assert_eq!(element.answers(), [(HostCall(1), Some("Error"))]);
    assert!(!element.view().header.expect("a header").history);
    let mut element = Element::with_history();
    element.act(Action::Host(HostAction::Options(Rc::new(config))));
    assert_eq!(element.emitted(), ["history.close"]);
}

#[test]
fn what_the_site_does_not_show_cannot_be_done() {
    let mut config = Config::for_url("/chatkit");
    config.history.show_delete = false;
    config.history.show_rename = false;
    let mut element = Element::with_history();
    element.act(Action::Host(HostAction::Options(Rc::new(config))));
    element.history(HistoryAction::Rename("thr_1".into())).history(HistoryAction::Delete("thr_2".into()));
    assert_eq!(element.doing("thr_1"), Doing::Nothing);
    assert_eq!(element.doing("thr_2"), Doing::Nothing);
    assert!(!element.panel().rename && !element.panel().delete);
}

//! Questions of the assistant: a form in the composer's place, whose answers nothing costs.

use chatkit_widget::protocol::ClientRequest;
use chatkit_widget::state::select::{
    Body, ComposerMode, ControlView, ItemView, Remedy, SendAnswers, StructuredView, SummaryView,
};
use chatkit_widget::state::{Choice, Failure, HostAction, HostCall, StructuredAction, UserAction};
use serde_json::json;

use super::*;

fn inputs() -> Value {
    json!([
        {"id": "prio", "question": "Priority?", "type": "multiple_choice", "multiple": false,
         "options": [{"value": "Low"}, {"value": "High"}]},
        {"id": "days", "question": "Which days?", "type": "multiple_choice", "multiple": true,
         "options": [{"value": "Monday"}, {"value": "Friday"}]},
        {"id": "notes", "question": "Notes?", "type": "freeform", "description": "Optional."},
    ])
}

fn item(id: &str, status: &str, inputs: Value) -> Value {
    json!({"id": id, "thread_id": "thr_1", "created_at": "2026-11-20T23:44:33.635539", "type": "structured_input",
           "status": status, "inputs": inputs})
}

fn done(id: &str) -> Value {
    json!({"type": "thread.item.done", "item": item(id, "pending", inputs())})
}

fn answered(id: &str) -> Value {
    let mut inputs = inputs();
    inputs[0]["answer"] = json!({"values": ["High"], "skipped": false});
    inputs[1]["answer"] = json!({"values": ["Friday", "Sunday"], "skipped": false});
    inputs[2]["answer"] = json!({"values": [], "skipped": true});
    json!({"type": "thread.item.replaced", "item": item(id, "answered", inputs)})
}

/// A conversation in which the assistant asks.
fn asked() -> Element {
    let mut element = Element::new();
    element.say("structured").head().event(created("thr_1")).event(user_done("msg_1", "structured"));
    element.event(done("si_1")).end().fresh();
    element
}

fn form(element: &mut Element) -> Option<StructuredView> {
    match element.view().composer.mode {
        ComposerMode::Structured(form) => Some(form),
        _ => None,
    }
}

fn act(element: &mut Element, action: StructuredAction) {
    element.user(UserAction::Structured(action));
}

fn choose(element: &mut Element, question: usize, option: usize, on: bool) {
    act(element, StructuredAction::Choose { question, choice: Choice::Option(option), on });
}

fn write(element: &mut Element, question: usize, text: &str) {
    act(element, StructuredAction::Write { question, text: text.into() });
}

/// What was sent last: status and answers.
fn sent(element: &Element) -> Value {
    let body = |request: &ClientRequest| serde_json::from_str::<Value>(&request.body()).unwrap();
    let last = element.requests().into_iter().rev().map(body);
    let mut last = last.filter(|body| body["type"] == "threads.add_structured_input");
    last.next().expect("no answers were sent")["params"]["input"].clone()
}

fn summaries(element: &mut Element) -> Vec<SummaryView> {
    let Body::Thread { items, .. } = element.view().body else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| match &**item {
            ItemView::Summary(summary) => Some(summary.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_form_takes_the_composers_place_when_the_answer_is_over() {
    let mut element = Element::new();
    element.say("structured").head().event(created("thr_1")).event(user_done("msg_1", "structured"));
    element.event(done("si_1"));
    assert_eq!(form(&mut element), None, "the answer still streams");
    element.end();
    let form = form(&mut element).expect("a form");
    assert_eq!(form.send, SendAnswers::Disabled);
    assert!(form.skip_each && !form.complete);
    let questions: Vec<&str> = form.questions.iter().map(|question| question.question.as_str()).collect();
    assert_eq!(questions, ["Priority?", "Which days?", "Notes?"]);
    assert_eq!(form.questions[2].control, ControlView::Freeform { description: Some("Optional.".into()) });
}

#[test]
fn answers_of_every_kind_reach_the_server_and_what_has_none_is_skipped() {
    let mut element = asked();
    choose(&mut element, 0, 0, true);
    choose(&mut element, 0, 1, true);
    choose(&mut element, 1, 1, true);
    choose(&mut element, 1, 0, true);
    choose(&mut element, 1, 0, false);
    write(&mut element, 1, " Sunday ");
    act(&mut element, StructuredAction::Submit);
    assert_eq!(
        sent(&element),
        json!({"status": "answered", "answers": {
            "prio": {"values": ["High"], "skipped": false},
            "days": {"values": ["Friday", "Sunday"], "skipped": false},
            "notes": {"values": [], "skipped": true}}})
    );
    assert_eq!(form(&mut element).expect("a form").send, SendAnswers::Sending);
    let options = json!({"type": "stream_options", "stream_options": {"allow_cancel": true}});
    element.head().event(options).event(answered("si_1"));
    assert_eq!(form(&mut element), None);
    element.event(assistant_done("msg_2", "Noted")).end();
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
    let summary = summaries(&mut element).pop().expect("a summary");
    assert_eq!(
        summary.answers,
        [
            ("Priority?".to_owned(), vec!["High".to_owned()]),
            ("Which days?".to_owned(), vec!["Friday".to_owned(), "Sunday".to_owned()]),
            ("Notes?".to_owned(), vec![]),
        ]
    );
}

#[test]
fn own_words_take_the_place_of_a_single_choice_and_stand_beside_several() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    write(&mut element, 0, "Soon");
    choose(&mut element, 1, 0, true);
    write(&mut element, 1, "Sunday");
    act(&mut element, StructuredAction::Submit);
    let answers = &sent(&element)["answers"];
    assert_eq!(answers["prio"]["values"], json!(["Soon"]));
    assert_eq!(answers["days"]["values"], json!(["Monday", "Sunday"]));
    // An offered answer again instead: the words stay on the sheet, and are not sent.
    let mut element = asked();
    write(&mut element, 0, "Soon");
    choose(&mut element, 0, 0, true);
    assert_eq!(form(&mut element).expect("a form").questions[0].text, "Soon");
    act(&mut element, StructuredAction::Submit);
    assert_eq!(sent(&element)["answers"]["prio"]["values"], json!(["Low"]));
}

#[test]
fn a_skipped_question_keeps_what_was_written_in_case_it_is_answered_after_all() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    write(&mut element, 2, "precious");
    act(&mut element, StructuredAction::Skip { question: 2, skipped: true });
    act(&mut element, StructuredAction::Submit);
    assert_eq!(sent(&element)["answers"]["notes"], json!({"values": [], "skipped": true}));
    element.fail(Failure::Session { detail: String::new(), says: Key::NoConnection });
    act(&mut element, StructuredAction::Skip { question: 2, skipped: false });
    act(&mut element, StructuredAction::Submit);
    assert_eq!(sent(&element)["answers"]["notes"], json!({"values": ["precious"], "skipped": false}));
}

#[test]
fn everything_can_be_skipped_at_once() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    act(&mut element, StructuredAction::SkipAll);
    let skipped = json!({"values": [], "skipped": true});
    assert_eq!(
        sent(&element),
        json!({"status": "skipped", "answers": {"prio": skipped, "days": skipped, "notes": skipped}})
    );
}

#[test]
fn an_empty_form_is_not_sent_and_enter_sends_only_a_complete_one() {
    let mut element = asked();
    write(&mut element, 2, "   ");
    act(&mut element, StructuredAction::Submit);
    assert!(element.ops().is_empty());
    write(&mut element, 2, "words");
    choose(&mut element, 0, 0, true);
    assert_eq!(form(&mut element).map(|form| (form.send, form.complete)), Some((SendAnswers::Ready, false)));
    act(&mut element, StructuredAction::SubmitComplete);
    assert!(element.ops().is_empty());
    act(&mut element, StructuredAction::Skip { question: 1, skipped: true });
    assert!(form(&mut element).expect("a form").complete);
    act(&mut element, StructuredAction::SubmitComplete);
    assert_eq!(sent(&element)["status"], "answered");
}

#[test]
fn answers_survive_new_options_and_a_look_at_another_thread() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    write(&mut element, 2, "precious");
    element.act(Action::Host(HostAction::Options(Rc::new(Config::for_url("/other")))));
    element.user(UserAction::NewThread);
    assert_eq!(form(&mut element), None);
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    let mut stored = thread("thr_1");
    stored["items"] = page(vec![user_item("msg_1", "structured"), item("si_1", "pending", inputs())], None);
    element.reply(stored);
    let form = form(&mut element).expect("the form is back");
    assert_eq!(form.questions[2].text, "precious");
    assert_eq!(form.send, SendAnswers::Ready);
}

#[test]
fn answers_that_did_not_arrive_are_kept_and_sent_again_by_either_button() {
    let fill = |element: &mut Element| {
        choose(element, 0, 1, true);
        act(element, StructuredAction::Submit);
        element.fail(Failure::Session { detail: "HTTP 503".into(), says: Key::NoConnection });
    };
    let mut element = asked();
    fill(&mut element);
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    assert_eq!(form(&mut element).expect("the form stays").send, SendAnswers::Ready);
    element.user(UserAction::RetryTurn);
    assert_eq!(element.ops(), ["threads.add_structured_input", "threads.add_structured_input"]);
    let mut element = asked();
    fill(&mut element);
    choose(&mut element, 0, 0, true);
    act(&mut element, StructuredAction::Submit);
    assert_eq!(sent(&element)["answers"]["prio"]["values"], json!(["Low"]));
}

#[test]
fn answers_whose_fate_is_unknown_are_read_back_before_they_are_sent_again() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    act(&mut element, StructuredAction::Submit);
    element.fail(Failure::Cut).wait();
    assert_eq!(element.ops(), ["threads.add_structured_input", "items.list"]);
    element.reply(page(vec![item("si_1", "pending", inputs()), user_item("msg_1", "structured")], None));
    assert_eq!(element.ops().len(), 3, "sent again");
    element.fail(Failure::Cut).wait();
    let stored = answered("si_1")["item"].clone();
    element
        .reply(page(vec![assistant_item("msg_2", "Noted"), stored, user_item("msg_1", "structured")], None));
    assert_eq!(element.ops().len(), 4, "not sent again");
    assert_eq!(form(&mut element), None);
    assert_eq!(element.answers_shown(), ["Noted"]);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
}

#[test]
fn a_form_sent_by_hand_after_an_unknown_fate_is_read_back_first_too() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    act(&mut element, StructuredAction::Submit);
    element.fail(status(500)).fresh();
    act(&mut element, StructuredAction::Submit);
    assert_eq!(element.ops(), ["items.list"]);
}

#[test]
fn answers_the_server_refuses_stay_in_the_form() {
    let mut element = asked();
    write(&mut element, 2, "too long");
    act(&mut element, StructuredAction::Submit);
    element.fail(status(413));
    assert!(element.view().banner.is_some());
    assert_eq!(form(&mut element).expect("the form").questions[2].text, "too long");
}

#[test]
fn a_failure_after_the_answers_arrived_does_not_ask_the_questions_anew() {
    let mut element = asked();
    choose(&mut element, 0, 1, true);
    act(&mut element, StructuredAction::Submit);
    element.head().event(answered("si_1"));
    element.event(json!({"type": "error", "code": "stream.error", "allow_retry": true})).end();
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
    assert_eq!(summaries(&mut element).len(), 1);
    // Another answer to the reader's question would drop what was answered.
    let banner = element.view().banner.expect("a banner");
    assert!(banner.remedies.is_empty() && banner.text.contains("Write a message"), "{banner:?}");
}

#[test]
fn a_server_that_knows_keys_is_asked_for_what_it_said_to_the_answers() {
    let mut element = asked();
    element.act(Action::Host(HostAction::Idempotent(true)));
    choose(&mut element, 0, 1, true);
    act(&mut element, StructuredAction::Submit);
    element.head().event(answered("si_1")).event(assistant_added("msg_9")).event(delta("msg_9", 0, "Tha"));
    element.fail(Failure::Cut);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    element.user(UserAction::RetryTurn);
    let keys = element.keys("threads.add_structured_input");
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
}

#[test]
fn after_a_reload_the_newest_pending_form_is_there_again_and_only_that() {
    let mut config = Config::for_url("/chatkit");
    config.initial_thread = Some("thr_1".into());
    let mut element = Element::with(config);
    let mut stored = thread("thr_1");
    let one = json!([{"id": "q", "question": "Which?", "type": "freeform"}]);
    stored["items"] = page(
        vec![
            item("si_old", "pending", inputs()),
            user_item("msg_1", "hm"),
            item("si_skipped", "skipped", inputs()),
            item("si_new", "pending", one),
        ],
        None,
    );
    element.reply(stored);
    let form = form(&mut element).expect("a form");
    assert_eq!(form.questions.len(), 1);
    assert!(!form.skip_each, "a single question is skipped with the form");
    let summary = summaries(&mut element).pop().expect("the skipped one is read only");
    assert!(summary.answers.iter().all(|(_, values)| values.is_empty()));
}

#[test]
fn a_closed_thread_asks_nothing_and_a_message_that_was_not_sent_is_not_lost_to_a_form() {
    let mut element = asked();
    let mut closed = thread("thr_1");
    closed["status"] = json!({"type": "closed", "reason": "Resolved"});
    element.act(Action::Host(HostAction::FetchUpdates(HostCall(1))));
    closed["items"] = page(vec![item("si_1", "pending", inputs())], None);
    element.reply(closed);
    assert_eq!(form(&mut element), None);

    let mut element = asked();
    choose(&mut element, 0, 1, true);
    let content = vec![chatkit_widget::protocol::UserMessageContent::text("from the page")];
    element.act(Action::Host(HostAction::Send {
        call: HostCall(2),
        content,
        quoted_text: None,
        attachments: Vec::new(),
        new_thread: false,
        tool: None,
        model: None,
    }));
    element.fail(Failure::Session { detail: String::new(), says: Key::NoConnection }).fresh();
    act(&mut element, StructuredAction::Submit);
    assert_eq!(element.ops(), ["threads.add_structured_input"]);
    assert!(element.said().iter().any(|(text, _)| text == "from the page"));
}

#[test]
fn questions_of_a_kind_we_do_not_know_can_still_be_skipped() {
    let mut element = Element::new();
    element.say("x").head().event(created("thr_1")).event(user_done("msg_1", "x"));
    let unknown = item("si_1", "pending", json!([{"type": "hologram", "id": "h"}]));
    element.event(json!({"type": "thread.item.done", "item": unknown})).end();
    assert!(form(&mut element).expect("a form").questions.is_empty());
    act(&mut element, StructuredAction::SkipAll);
    assert_eq!(sent(&element), json!({"status": "skipped", "answers": {}}));
}

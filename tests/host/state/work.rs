//! Workflows, tasks and generated images, as they come and change.

use std::rc::Rc;

use chatkit_widget::protocol::ThreadItem;
use chatkit_widget::state::select::{Body, ImageView, ItemView, TaskProgress, WorkflowHeader, WorkflowView};
use serde_json::{Value, json};

use super::*;

fn asked() -> Element {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_u", "a"));
    element
}

fn item(kind: &str, more: Value) -> Value {
    let mut item = json!({"id": "x", "thread_id": "thr_1", "created_at": "", "type": kind});
    if let (Some(item), Some(more)) = (item.as_object_mut(), more.as_object()) {
        item.extend(more.clone());
    }
    item
}

fn added(item: Value) -> Value {
    json!({"type": "thread.item.added", "item": item})
}

fn done(item: Value) -> Value {
    json!({"type": "thread.item.done", "item": item})
}

fn update(update: Value) -> Value {
    json!({"type": "thread.item.updated", "item_id": "x", "update": update})
}

fn reasoning(tasks: Value, summary: Value) -> Value {
    item("workflow", json!({"workflow": {"type": "reasoning", "tasks": tasks, "summary": summary}}))
}

fn thought(content: &str) -> Value {
    json!({"type": "thought", "content": content})
}

fn rows(element: &mut Element) -> Vec<Rc<ItemView>> {
    let Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    items
}

fn workflow(element: &mut Element) -> WorkflowView {
    let view = rows(element).iter().find_map(|row| match &**row {
        ItemView::Workflow(view) => Some(view.clone()),
        _ => None,
    });
    view.expect("a workflow")
}

fn image(element: &mut Element) -> ImageView {
    let view = rows(element).iter().find_map(|row| match &**row {
        ItemView::Image(view) => Some(view.clone()),
        _ => None,
    });
    view.expect("an image")
}

fn text(view: &WorkflowView, task: usize) -> String {
    format!("{:?}", view.tasks[task].text.entries().map(|entry| entry.block.clone()).collect::<Vec<_>>())
}

#[test]
fn the_line_over_a_thought_says_what_it_is_about_and_in_the_end_how_long_it_took() {
    let mut element = asked();
    element.event(added(reasoning(json!([]), Value::Null)));
    assert_eq!(workflow(&mut element).header, WorkflowHeader::Latest(None));
    element.event(update(
        json!({"type": "workflow.task.added", "task_index": 0, "task": thought("**Planning**\n\nFirst")}),
    ));
    let running = workflow(&mut element);
    assert_eq!(running.header, WorkflowHeader::Latest(Some("Planning".into())));
    assert!(running.running && !running.open);
    element.event(done(reasoning(json!([thought("**Planning**\n\nFirst")]), json!({"duration": 7}))));
    let over = workflow(&mut element);
    assert_eq!(over.header, WorkflowHeader::Duration(7));
    assert!(!over.running);
}

#[test]
fn a_thought_that_is_repeated_a_little_longer_keeps_what_is_drawn_and_selected_of_it() {
    let first = |element: &mut Element| {
        workflow(element).tasks[0].text.entries().next().map(|entry| entry.block.clone())
    };
    let mut element = asked();
    element.event(added(reasoning(json!([thought("Begin.\n\nGo on.\n\n")]), Value::Null)));
    let before = first(&mut element).expect("a paragraph");
    let mut words = String::from("Begin.\n\nGo on.\n\n");
    for number in 0..100 {
        words.push_str(&format!("Thought {number}.\n\n"));
        element.event(update(
            json!({"type": "workflow.task.updated", "task_index": 0, "task": thought(&words)}),
        ));
    }
    assert!(Rc::ptr_eq(&before, &first(&mut element).expect("a paragraph")), "while it streams");
    element.event(done(reasoning(json!([thought(&words)]), Value::Null)));
    assert!(Rc::ptr_eq(&before, &first(&mut element).expect("a paragraph")), "when it is over");
    assert_eq!(workflow(&mut element).tasks[0].text.entries().count(), 102);
}

#[test]
fn a_thought_that_was_rewritten_shows_what_it_says_now() {
    let mut element = asked();
    element.event(added(reasoning(json!([thought("one two")]), Value::Null)));
    element
        .event(update(json!({"type": "workflow.task.updated", "task_index": 0, "task": thought("three")})));
    let shown = text(&workflow(&mut element), 0);
    assert!(shown.contains("three") && !shown.contains("one"), "{shown}");
}

#[test]
fn tasks_come_at_their_place_or_at_the_end_and_updates_of_others_are_told_the_site() {
    let task = |title: &str| json!({"type": "custom", "title": title, "status_indicator": "loading"});
    let mut element = asked();
    element.event(added(item("workflow", json!({"workflow": {"type": "custom", "tasks": [task("a")]}}))));
    element.event(update(json!({"type": "workflow.task.added", "task_index": 0, "task": task("b")})));
    element.event(update(json!({"type": "workflow.task.added", "task_index": 99, "task": task("c")})));
    element.event(update(json!({"type": "workflow.task.updated", "task_index": 99, "task": task("d")})));
    let view = workflow(&mut element);
    assert_eq!(
        view.tasks.iter().map(|task| task.title.clone().unwrap()).collect::<Vec<_>>(),
        ["b", "a", "c"]
    );
    assert!(view.tasks.iter().all(|task| task.status == TaskProgress::Loading));
    assert_eq!(element.logs(), ["update.rejected"]);
}

#[test]
fn what_the_reader_opened_stays_open_when_the_server_closes_it_and_the_other_way_round() {
    let chain = |expanded: bool| {
        item(
            "workflow",
            json!({"workflow": {"type": "custom", "tasks": [{"type": "custom", "title": "a"}],
                                             "expanded": expanded}}),
        )
    };
    let mut element = asked();
    element.event(added(chain(true)));
    let key = workflow(&mut element).key;
    // The browser tells of an element that was drawn open, too. Nobody chose that.
    element.user(UserAction::Fold { key, open: true });
    element.event(added(chain(false)));
    assert!(!workflow(&mut element).open, "the server decides until the reader does");
    element.user(UserAction::Fold { key, open: true });
    element.event(done(chain(false)));
    assert!(workflow(&mut element).open);
    element.user(UserAction::Fold { key, open: false }).event(done(chain(true)));
    assert!(!workflow(&mut element).open);
}

#[test]
fn a_stopped_workflow_does_not_go_on_for_ever() {
    let mut element = asked();
    element.event(added(reasoning(json!([thought("one")]), Value::Null)));
    element.event(assistant_done("msg_a", "and an answer")).user(UserAction::Stop);
    assert!(!workflow(&mut element).running);
}

#[test]
fn an_image_gets_sharper_and_its_progress_goes_when_it_is_there() {
    let step = |url: &str, progress: Value| {
        update(
            json!({"type": "generated_image.updated", "image": {"id": "i", "url": url}, "progress": progress}),
        )
    };
    let mut element = asked();
    element.event(added(item("generated_image", json!({}))));
    assert_eq!((image(&mut element).url, image(&mut element).progress), (None, Some(0)));
    element.event(step("/half.png", json!(0.5)));
    assert_eq!(image(&mut element).url.as_deref(), Some("/half.png"));
    assert_eq!(image(&mut element).progress, Some(50));
    element.event(done(item("generated_image", json!({"image": {"id": "i", "url": "/whole.png"}}))));
    assert_eq!(image(&mut element).url.as_deref(), Some("/whole.png"));
    assert_eq!(image(&mut element).progress, None);
}

#[test]
fn a_progress_line_stays_over_steps_and_goes_for_every_message_not_only_the_first() {
    let progress = |text: &str| json!({"type": "progress_update", "text": text, "icon": "search"});
    let mut element = asked();
    element.event(progress("one")).event(added(reasoning(json!([thought("x")]), Value::Null)));
    assert_eq!(element.view().progress.map(|line| line.text).as_deref(), Some("one"));
    element.event(assistant_done("msg_a", "first"));
    assert_eq!(element.view().progress, None);
    element.event(progress("two")).event(assistant_added("msg_b"));
    assert!(element.view().progress.is_some(), "an empty message has nothing to say yet");
    element.event(delta("msg_b", 0, "second"));
    assert_eq!(element.view().progress, None);
}

#[test]
fn the_tree_of_a_widget_is_right_after_every_update() {
    let body = |value: &str| json!({"type": "Text", "id": "body", "value": value, "streaming": true});
    let card = |value: &str| {
        json!({"type": "Card", "children": [
            {"type": "Button", "onClickAction": {"type": "go", "payload": {"id": "body"}}},
            {"type": "Transition", "children": {"type": "Col", "children": [body(value)]}},
        ]})
    };
    let mut element = asked();
    element.event(added(item("widget", json!({"widget": card("Dear")}))));
    let delta = |id: &str, text: &str, done: bool| {
        update(
            json!({"type": "widget.streaming_text.value_delta", "component_id": id, "delta": text, "done": done}),
        )
    };
    let tree = |element: &Element| match &element.state.items.by_id("x").expect("a widget").item {
        ThreadItem::Widget(item) => serde_json::to_value(&item.widget).expect("JSON"),
        _ => panic!("no widget"),
    };
    element.event(delta("body", " Harry", false));
    assert_eq!(tree(&element), card("Dear Harry"));
    element.event(delta("body", "", true)).event(delta("body", "!", true));
    let text = |tree: Value| tree["children"][1]["children"]["children"][0].clone();
    assert_eq!(
        text(tree(&element)),
        json!({"type": "Text", "id": "body", "value": "Dear Harry!", "streaming": false})
    );
    element.event(delta("nobody", "lost", false));
    element.event(update(
        json!({"type": "widget.component.updated", "component_id": "body", "component": body("new")}),
    ));
    assert_eq!(tree(&element), card("new"));
    element.event(update(json!({"type": "widget.root.updated", "widget": {"type": "Basic"}})));
    assert_eq!(tree(&element), json!({"type": "Basic"}));
    assert_eq!(element.logs(), ["update.rejected"]);
}

#[test]
fn a_widget_nested_into_itself_again_and_again_overflows_nothing() {
    let nest = json!({"type": "Col", "id": "outer", "children": [{"type": "Col", "children": [{"type": "Col", "id": "x"}]}]});
    let mut element = asked();
    element.event(added(item("widget", json!({"widget": {"type": "Col", "id": "x"}}))));
    for _ in 0..5_000 {
        element.event(update(
            json!({"type": "widget.component.updated", "component_id": "x", "component": nest}),
        ));
    }
    assert!(element.logs().contains(&"update.rejected"));
}

#[test]
fn updates_that_do_not_fit_their_item_change_nothing_and_are_told_the_site() {
    let updates = [
        json!({"type": "workflow.task.added", "task_index": 0, "task": thought("x")}),
        json!({"type": "workflow.task.updated", "task_index": 0, "task": thought("x")}),
        json!({"type": "generated_image.updated", "image": {"id": "i", "url": "/x.png"}}),
        json!({"type": "widget.root.updated", "widget": {"type": "Card"}}),
        json!({"type": "widget.component.updated", "component_id": "c", "component": {"type": "Card"}}),
        json!({"type": "widget.streaming_text.value_delta", "component_id": "c", "delta": "x", "done": false}),
    ];
    let mut element = asked();
    element.event(assistant_done("x", "the answer"));
    for change in &updates {
        element.event(update(change.clone()));
    }
    assert_eq!(element.logs(), ["update.rejected"; 6]);
    assert_eq!(element.answers_shown(), ["the answer"]);
}

#[test]
fn text_that_comes_after_its_message_was_finished_is_not_lost() {
    let mut element = asked();
    element.event(assistant_done("x", "the answer")).event(delta("x", 0, " and more"));
    assert_eq!(element.answers_shown(), ["the answer and more"]);
    assert_eq!(element.logs(), ["update.late"]);
}

#[test]
fn a_closed_notice_leaves_the_others_where_they_are() {
    let notice = |text: &str| json!({"type": "notice", "level": "info", "message": text});
    let mut element = asked();
    element.event(notice("one")).event(notice("two")).event(notice("three"));
    let two = element.view().notices[1].key;
    element.user(UserAction::DismissNotice(two));
    let left: Vec<String> = element.view().notices.into_iter().map(|notice| notice.message).collect();
    assert_eq!(left, ["one", "three"]);
    element.end().user(UserAction::NewThread);
    assert!(element.view().notices.is_empty(), "notices belong to the thread they came in");
}

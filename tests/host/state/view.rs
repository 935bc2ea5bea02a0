//! What the view is given, and what it is spared.

use std::rc::Rc;

use chatkit_widget::state::select::{Body, ItemView};
use serde_json::json;

use super::*;

fn rows(element: &mut Element) -> Vec<Rc<ItemView>> {
    let Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    items
}

#[test]
fn rows_that_did_not_change_are_the_same_in_the_next_frame() {
    let mut element = Element::new();
    element.converse("a", "b").say("c").head().event(user_done("m9", "c")).event(assistant_added("m10"));
    element.event(delta("m10", 0, "x"));
    let before = rows(&mut element);
    element.event(delta("m10", 0, "y"));
    let after = rows(&mut element);
    assert_eq!(before.len(), after.len());
    let changed = before.iter().zip(&after).filter(|(before, after)| !Rc::ptr_eq(before, after)).count();
    assert_eq!(changed, 1, "only the streaming answer is drawn again");
}

#[test]
fn copy_takes_what_the_assistant_wrote_and_only_once_it_is_finished() {
    let mut element = Element::new();
    element.converse("my question", "**answer**");
    let copies = |rows: Vec<Rc<ItemView>>| -> Vec<String> {
        rows.iter()
            .filter_map(|row| match &**row {
                ItemView::Actions(actions) => Some(actions.copy_text.clone()),
                _ => None,
            })
            .collect()
    };
    assert_eq!(copies(rows(&mut element)), ["**answer**"]);
    element
        .say("next")
        .head()
        .event(user_done("m9", "next"))
        .event(assistant_added("m10"))
        .event(delta("m10", 0, "x"));
    assert_eq!(
        copies(rows(&mut element)),
        ["**answer**"],
        "none under an answer that is still being written"
    );
}

#[test]
fn sources_are_listed_once_and_dangerous_addresses_are_no_links() {
    let mut element = Element::new();
    let url = |url: &str| json!({"type": "annotation", "source": {"type": "url", "title": url, "url": url}, "index": 1});
    let mut answer = assistant_item("m2", "text");
    answer["content"][0]["annotations"] = json!([
        url("https://a.org/x"),
        url("https://a.org/x"),
        url("javascript:alert(1)"),
        url("/book/servo#what")
    ]);
    element.say("a").head().event(created("thr_1")).event(user_done("m1", "a"));
    element.event(json!({"type": "thread.item.done", "item": answer})).end();
    let sources = rows(&mut element).iter().find_map(|row| match &**row {
        ItemView::Assistant(assistant) => Some(assistant.sources.clone()),
        _ => None,
    });
    let urls: Vec<_> = sources.expect("an answer").iter().map(|source| source.url.clone()).collect();
    assert_eq!(urls, [Some("https://a.org/x".to_owned()), None, Some("/book/servo#what".to_owned())]);
}

#[test]
fn an_item_we_cannot_draw_leaves_a_plain_note_not_a_hole() {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m1", "a"));
    element.event(
        json!({"type": "thread.item.done", "item": {"id": "w", "thread_id": "thr_1", "created_at": "",
        "type": "widget", "widget": {"type": "Card", "children": []}, "copy_text": "A card"}}),
    );
    element.end();
    assert!(
        rows(&mut element)
            .iter()
            .any(|row| matches!(&**row, ItemView::Note { text, .. } if text == "A card"))
    );
}

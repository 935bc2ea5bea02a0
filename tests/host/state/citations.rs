//! Sources are numbered as they are cited, their marks come into the text while it is written, and entities reach the site.

use chatkit_widget::json::Json;
use chatkit_widget::markdown::{Block, Document, Face, Inline, Mark};
use chatkit_widget::protocol::UserMessageContent;
use chatkit_widget::state::select::{AssistantView, Body, ItemView};
use chatkit_widget::state::{EntityAction, SiteAsk, SiteCallId, SiteError};
use serde_json::json;

use super::*;

fn url(title: &str, index: Option<u32>) -> Value {
    let url = format!("https://{title}.example/");
    json!({"type": "annotation", "source": {"type": "url", "title": title, "url": url}, "index": index})
}

fn entity(interactive: bool) -> Value {
    json!({"type": "annotation", "index": 3, "source": {"type": "entity", "id": "ada", "title": "Ada",
           "inline_label": "A.", "label": "Author", "interactive": interactive, "data": {"page": 7}}})
}

fn annotated(at: usize, annotation: Value) -> Value {
    json!({"type": "thread.item.updated", "item_id": "m2", "update": {
        "type": "assistant_message.content_part.annotation_added", "content_index": 0, "annotation_index": at,
        "annotation": annotation}})
}

fn answer(element: &mut Element) -> AssistantView {
    let Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    let view = items.iter().find_map(|row| match &**row {
        ItemView::Assistant(view) => Some(view.clone()),
        _ => None,
    });
    view.expect("an answer")
}

/// The first paragraph, marks by number in brackets.
fn text(document: &Document) -> String {
    let Some(Block::Paragraph(content)) = document.entries().next().map(|entry| &*entry.block) else {
        return String::new();
    };
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.to_string(),
            Inline::Marks(marks) => format!("{:?}", marks.iter().map(|mark| mark.number).collect::<Vec<_>>()),
            other => format!("{other:?}"),
        })
        .collect()
}

fn marks(document: &Document) -> Vec<Mark> {
    let Some(Block::Paragraph(content)) = document.entries().next().map(|entry| &*entry.block) else {
        return Vec::new();
    };
    let marks = content.iter().filter_map(|inline| match inline {
        Inline::Marks(marks) => Some(marks.clone()),
        _ => None,
    });
    marks.flat_map(|marks| marks.iter().map(|mark| (**mark).clone()).collect::<Vec<_>>()).collect()
}

fn streaming() -> Element {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m1", "a"));
    element.event(json!({"type": "thread.item.added", "item": assistant_item("m2", "")}));
    element
}

#[test]
fn sources_are_numbered_in_the_order_of_their_marks_while_the_answer_is_written() {
    let mut element = streaming();
    element.event(delta("m2", 0, "One, two, three"));
    element.event(annotated(0, url("two", Some(8))));
    element.event(annotated(1, url("late", Some(40))));
    let view = answer(&mut element);
    assert_eq!(text(&view.parts[0]), "One, two[1], three");
    assert_eq!(view.sources.len(), 2, "the one whose words are not there yet is known already");

    element.event(annotated(2, url("listed", None)));
    element.event(annotated(3, url("one", Some(3))));
    element.event(annotated(4, url("two", Some(3))));
    element.event(delta("m2", 0, " and more words than there were."));
    let view = answer(&mut element);
    assert_eq!(text(&view.parts[0]), "One[1, 2], two[2], three and more words than ther[3]e were.");
    let titles: Vec<&str> = view.sources.iter().map(|source| source.title.as_str()).collect();
    assert_eq!(titles, ["one", "two", "late", "listed"]);
}

#[test]
fn the_streamed_marks_stay_until_the_item_is_done_and_then_its_own_count() {
    let mut element = streaming();
    element.event(delta("m2", 0, "One, two"));
    element.event(annotated(0, url("one", Some(3))));
    element.event(json!({"type": "thread.item.updated", "item_id": "m2", "update": {
        "type": "assistant_message.content_part.done", "content_index": 0,
        "content": {"type": "output_text", "text": "One, two", "annotations": []}}}));
    assert_eq!(text(&answer(&mut element).parts[0]), "One[1], two");
    let mut done = assistant_item("m2", "One, two");
    done["content"][0]["annotations"] = json!([url("other", Some(8))]);
    element.event(json!({"type": "thread.item.done", "item": done}));
    let view = answer(&mut element);
    assert_eq!(text(&view.parts[0]), "One, two[1]");
    assert_eq!(view.sources[0].title, "other");
}

#[test]
fn an_entity_says_what_it_is_in_its_own_words() {
    let mut element = streaming();
    element.event(delta("m2", 0, "Ada wrote it")).event(annotated(0, entity(false)));
    let view = answer(&mut element);
    let mark = marks(&view.parts[0]).remove(0);
    assert_eq!(mark.face, Face::Label("A.".into()));
    assert_eq!((&*mark.name, mark.href), ("Ada", None));
    assert_eq!(view.sources[0].detail.as_deref(), Some("Author"));
    assert_eq!(view.sources[0].entity, None, "the site did not let it be pressed");
}

fn with_preview() -> Element {
    let mut config = Config::for_url("/chatkit");
    config.entities.on_request_preview = true;
    Element::with(config)
}

fn ada() -> Json {
    serde_json::from_value(json!({"id": "ada", "title": "Ada"})).unwrap()
}

fn asked(element: &Element) -> Vec<(SiteCallId, SiteAsk)> {
    let ask = |effect: &Effect| match effect {
        Effect::Site { call, ask } => Some((*call, ask.clone())),
        _ => None,
    };
    element.effects.iter().filter_map(ask).collect()
}

fn answered(element: &mut Element, call: SiteCallId, answer: Result<Value, SiteError>) {
    let answer = answer.map(|value| serde_json::from_value(value).unwrap());
    element.act(Action::Site { call, answer });
}

#[test]
fn an_entity_that_is_looked_at_shows_what_the_site_says_of_it_in_order() {
    let mut element = with_preview();
    element.user(UserAction::Entity(EntityAction::Look(ada())));
    element.user(UserAction::Entity(EntityAction::Look(ada())));
    let (call, ask) = asked(&element).pop().unwrap();
    assert_eq!((asked(&element).len(), ask), (1, SiteAsk::EntityPreview(ada())));
    assert_eq!(element.view().preview.unwrap().lines, [""; 0]);
    answered(
        &mut element,
        call,
        Ok(json!({"preview": {"type": "Card", "children": [
        {"type": "Title", "value": "Ada Lovelace"},
        {"type": "Row", "children": {"type": "Text", "value": " wrote "}},
        {"type": "Badge", "label": "1843"}, {"type": "Divider"}]}})),
    );
    assert_eq!(element.view().preview.unwrap().lines, ["Ada Lovelace", "wrote", "1843"]);
    element.user(UserAction::Entity(EntityAction::Leave));
    assert_eq!(element.view().preview, None);
}

#[test]
fn a_preview_that_is_late_or_fails_shows_nothing_and_breaks_nothing() {
    let mut element = with_preview();
    element.user(UserAction::Entity(EntityAction::Look(ada())));
    let (late, _) = asked(&element).pop().unwrap();
    element.user(UserAction::Entity(EntityAction::Leave));
    answered(&mut element, late, Ok(json!({"preview": {"value": "late"}})));
    assert_eq!(element.view().preview, None);
    for answer in
        [Err(SiteError::Threw("no".into())), Ok(json!(null)), Ok(json!({"preview": null})), Ok(json!([[1]]))]
    {
        element.user(UserAction::Entity(EntityAction::Look(ada())));
        let (call, _) = asked(&element).pop().unwrap();
        answered(&mut element, call, answer);
        assert_eq!(element.view().preview.unwrap().lines, [""; 0]);
        element.user(UserAction::Entity(EntityAction::Leave));
    }
    let mut without = Element::new();
    without.user(UserAction::Entity(EntityAction::Look(ada())));
    assert_eq!(asked(&without), [], "a site without previews is not asked for one");
}

#[test]
fn a_pressed_entity_is_told_to_the_site() {
    let mut element = Element::new();
    element.user(UserAction::Entity(EntityAction::Click(ada())));
    let (call, ask) = asked(&element).pop().unwrap();
    assert_eq!(ask, SiteAsk::EntityClick(ada()));
    answered(&mut element, call, Err(SiteError::NoHandler));
    assert!(!element.effects.iter().any(|effect| matches!(effect, Effect::Emit(HostEvent::Error { .. }))));
}

#[test]
fn a_mentioned_entity_can_be_pressed_if_the_site_allows_it() {
    let tag = |interactive: bool| -> UserMessageContent {
        serde_json::from_value(json!({"type": "input_tag", "id": "g", "text": "Grace", "data": {"page": "9"},
                                      "group": "People", "interactive": interactive}))
        .unwrap()
    };
    let mut element = Element::new();
    element.act(Action::Host(HostAction::Send {
        call: HostCall(1),
        content: vec![UserMessageContent::text("hi "), tag(true), tag(false)],
        quoted_text: None,
        attachments: Vec::new(),
        new_thread: false,
        tool: None,
        model: None,
    }));
    let Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    let ItemView::User(view) = &*items[0] else { panic!("no question") };
    let entity = view.mentioned(1).unwrap().entity.unwrap();
    let expected =
        json!({"id": "g", "title": "Grace", "interactive": true, "data": {"page": "9"}, "group": "People"});
    assert_eq!(serde_json::to_value(entity).unwrap(), expected);
    assert!(view.mentioned(0).is_none() && view.mentioned(2).is_none() && view.mentioned(9).is_none());
}

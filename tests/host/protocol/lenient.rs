//! What servers leave out, null or write otherwise costs what cannot be shown without it, and nothing else; and what it
//! costs is told. Tried with every field of every kind of recorded frame, one and two at a time.

use std::collections::BTreeSet;

use chatkit_widget::protocol::{DecodedEvent, read_event};
use serde_json::{Value, json};

use super::{contains, encode, one_frame_of_each_kind, recordings};
use crate::state::Element;

/// What an object cannot be shown without, by its `type` or, where it has none, by the name it has in its own object.
const NEEDED: &[(&str, &str)] = &[
    ("thread", "id"),
    ("thread.created", "thread"),
    ("thread.updated", "thread"),
    ("thread.item.added", "item"),
    ("thread.item.done", "item"),
    ("thread.item.replaced", "item"),
    ("thread.item.updated", "update"),
    ("thread.item.removed", "item_id"),
    ("stream_options", "stream_options"),
    ("progress_update", "text"),
    ("client_effect", "name"),
    ("notice", "message"),
    ("assistant_message.content_part.added", "content"),
    ("assistant_message.content_part.done", "content"),
    ("assistant_message.content_part.text_delta", "delta"),
    ("assistant_message.content_part.annotation_added", "annotation"),
    ("widget.streaming_text.value_delta", "component_id"),
    ("widget.streaming_text.value_delta", "delta"),
    ("widget.root.updated", "widget"),
    ("widget.component.updated", "component_id"),
    ("widget.component.updated", "component"),
    ("workflow.task.added", "task"),
    ("workflow.task.updated", "task"),
    ("generated_image.updated", "image"),
    ("client_tool_call", "name"),
    ("widget", "widget"),
    ("structured_input", "inputs"),
    ("task", "task"),
    ("workflow", "workflow"),
    ("input_text", "text"),
    ("input_tag", "text"),
    ("output_text", "text"),
    ("annotation", "source"),
    ("url", "url"),
    ("entity", "title"),
    ("an image", "url"),
    ("upload_descriptor", "url"),
    ("file", "id"),
    ("image", "id"),
    ("multiple_choice", "id"),
    ("multiple_choice", "question"),
    ("freeform", "id"),
    ("freeform", "question"),
    ("options", "value"),
    ("tool_choice", "id"),
    ("summary", "title"),
    ("summary", "duration"),
];

/// What is in the place of a value of another type.
fn wrong() -> Vec<Value> {
    vec![
        json!(true),
        json!(7),
        json!(-1.5),
        json!("x"),
        json!(""),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"x": 1}),
    ]
}

/// JSON pointers of all fields, without those of trees and data that are kept as they come.
fn fields(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| fields(value, &format!("{at}/{i}"), found));
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                let at = format!("{at}/{key}");
                found.push(at.clone());
                let as_it_comes =
                    ["widget", "component", "data", "metadata", "arguments", "output", "headers"];
                let in_page = value.is_array();
                if !as_it_comes.contains(&key.as_str()) || in_page {
                    fields(value, &at, found);
                }
            }
        }
        _ => {}
    }
}

fn split(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').unwrap()
}

/// The word for an object in [`NEEDED`].
fn of<'a>(frame: &'a Value, place: &'a str) -> &'a str {
    let kind = frame.pointer(place).and_then(|object| object.get("type")).and_then(Value::as_str);
    let name = place.rsplit('/').find(|name| name.parse::<usize>().is_err()).unwrap_or_default();
    match name {
        "thread" | "tool_choice" | "summary" | "options" => name,
        "image" => "an image",
        _ => kind.unwrap_or(name),
    }
}

fn is_needed(frame: &Value, pointer: &str) -> bool {
    let (place, key) = split(pointer);
    NEEDED.contains(&(of(frame, place), key)) || key == "type"
}

/// The frame with one field set, or taken out.
fn changed(frame: &Value, pointer: &str, value: Option<&Value>) -> Value {
    let mut changed = frame.clone();
    let (place, key) = split(pointer);
    let Some(object) = changed.pointer_mut(place).and_then(Value::as_object_mut) else { return changed };
    match value {
        Some(value) => drop(object.insert(key.to_owned(), value.clone())),
        None => drop(object.remove(key)),
    }
    changed
}

fn read(frame: &Value) -> DecodedEvent {
    read_event(&frame.to_string()).unwrap()
}

/// Whether something is kept as nobody's: an event, item, part, … that is not shown.
fn has_unknown(event: &DecodedEvent) -> bool {
    // Words that nobody knows are `Unknown("…")`, and cost nothing.
    format!("{:?}", event.event).split("Unknown(").skip(1).any(|after| !after.starts_with('"'))
}

/// A path as it is told: `/item/content/0/text` is `item.content[0].text`.
fn told(pointer: &str) -> String {
    pointer.split('/').skip(1).fold(String::new(), |path, step| match step.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) if path.is_empty() => step.to_owned(),
        Err(_) => format!("{path}.{step}"),
    })
}

#[test]
fn a_field_that_is_missing_or_null_costs_what_needs_it_and_nothing_else() {
    for frame in one_frame_of_each_kind() {
        let mut all = Vec::new();
        fields(&frame, "", &mut all);
        for pointer in all.iter().filter(|pointer| *pointer != "/type") {
            let without = changed(&frame, pointer, None);
            let (absent, null) = (read(&without), read(&changed(&frame, pointer, Some(&Value::Null))));
            if !has_unknown(&absent) {
                // A field that nobody knows is kept as it came.
                let kept = changed(&encode(&null.event), pointer, None);
                assert_eq!(
                    changed(&encode(&absent.event), pointer, None),
                    kept,
                    "{pointer}: null is absence: {frame}"
                );
            }
            assert_eq!(absent.misfits, null.misfits, "{pointer}: {frame}");
            if is_needed(&frame, pointer) {
                let named = absent.misfits.iter().any(|misfit| told(pointer).starts_with(&misfit.path));
                let default_type = split(pointer).1 == "type" && !has_unknown(&absent);
                assert!(named || default_type, "{pointer} is not told: {absent:?}");
            } else {
                assert!(!has_unknown(&absent), "{pointer} is not needed: {absent:?}");
                assert!(absent.misfits.is_empty(), "{pointer}: absence is harmless: {:?}", absent.misfits);
                let given = encode(&absent.event);
                assert!(contains(&given, &without), "{pointer}: {given} lacks something of {without}");
            }
        }
    }
}

#[test]
fn a_field_of_a_wrong_type_costs_no_more_and_is_told() {
    for frame in one_frame_of_each_kind() {
        let mut all = Vec::new();
        fields(&frame, "", &mut all);
        for pointer in all.iter().filter(|pointer| *pointer != "/type") {
            let without = encode(&read(&changed(&frame, pointer, None)).event);
            for value in wrong() {
                let odd = changed(&frame, pointer, Some(&value));
                let read = read(&odd);
                let given = encode(&read.event);
                let is_there = given.pointer(pointer).is_some_and(|there| as_good_as(there, &value));
                let is_nothing = value == "" || read.misfits.is_empty() && value == json!([]);
                assert!(
                    is_there || is_nothing || !read.misfits.is_empty(),
                    "{pointer} is lost in silence: {odd}: {given}"
                );
                if !is_needed(&frame, pointer) && split(pointer).1 != "arguments" {
                    let rest = changed(&given, pointer, None);
                    assert_eq!(rest, changed(&without, pointer, None), "{pointer}: {odd}");
                }
            }
        }
    }
}

#[test]
fn what_servers_write_otherwise_is_read_as_what_it_says() {
    let item = |item: Value| json!({"type": "thread.item.done", "item": item});
    let thread = |status: Value| json!({"type": "thread.updated", "thread": {"id": 4, "status": status, "items": null}});
    let update = |update: Value| json!({"type": "thread.item.updated", "item_id": 8, "update": update});
    for (sent, place, read_as) in [
        (thread(json!("locked")), "/thread/status/type", json!("locked")),
        (thread(json!("locked")), "/thread/id", json!("4")),
        (thread(json!({"type": ""})), "/thread/status/type", json!("active")),
        (item(json!({"type": "assistant_message", "content": "Hi"})), "/item/content/0/text", json!("Hi")),
        (
            item(json!({"type": "assistant_message", "content": {"text": "Hi"}})),
            "/item/content/0/type",
            json!("output_text"),
        ),
        (
            item(json!({"type": "assistant_message", "content": [null, {"type": "text", "text": 5}]})),
            "/item/content/0/text",
            json!("5"),
        ),
        (
            item(json!({"type": "user_message", "content": ["Hi"], "id": 12345678901234567890_u64})),
            "/item/id",
            json!("12345678901234567890"),
        ),
        (
            item(json!({"type": "widget", "widget": "{\"type\": \"Card\"}"})),
            "/item/widget/type",
            json!("Card"),
        ),
        (
            item(json!({"type": "client_tool_call", "name": "f", "status": "Pending"})),
            "/item/status",
            json!("pending"),
        ),
        (
            item(json!({"type": "workflow", "workflow": {"tasks": {"title": "T"}, "expanded": "True"}})),
            "/item/workflow/expanded",
            json!(true),
        ),
        (
            item(json!({"type": "workflow", "workflow": {"summary": {"duration": "3.0"}}})),
            "/item/workflow/summary/duration",
            json!(3),
        ),
        (
            update(json!({"type": "workflow.task.added", "task_index": "2", "task": {"title": "T"}})),
            "/update/task_index",
            json!(2),
        ),
        (
            update(json!({"type": "assistant_message.content_part.text_delta", "delta": 3})),
            "/update/delta",
            json!("3"),
        ),
        (
            json!({"type": "stream_options", "stream_options": {"allow_cancel": 1}}),
            "/stream_options/allow_cancel",
            json!(true),
        ),
        (json!({"type": "error", "code": 429, "allow_retry": "false"}), "/code", json!("429")),
    ] {
        let read = read(&sent);
        assert_eq!(read.misfits, [], "{sent}");
        assert_eq!(encode(&read.event).pointer(place), Some(&read_as), "{sent}");
    }
}

/// Whether a value was taken for what it says.
fn as_good_as(read: &Value, sent: &Value) -> bool {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (read, sent) {
        (Value::Array(read), sent) if !sent.is_array() => read.len() == 1,
        (Value::Bool(read), Value::Number(sent)) => sent.as_i64() == Some(i64::from(*read)),
        (Value::Object(read), Value::String(_)) => read.contains_key("type"),
        (Value::Object(read), Value::Object(sent)) => sent.keys().all(|key| read.contains_key(key)),
        (Value::Number(read), Value::Number(sent)) => {
            [sent.as_f64(), sent.as_f64().map(f64::trunc)].contains(&read.as_f64())
        }
        (read, sent) => text(read) == text(sent),
    }
}

#[test]
fn two_odd_fields_cost_no_more_than_each_of_them() {
    let kinds = [None, Some(json!(true)), Some(json!([[]]))];
    for frame in one_frame_of_each_kind() {
        let mut all = Vec::new();
        fields(&frame, "", &mut all);
        all.retain(|pointer| pointer != "/type");
        for (at, first) in all.iter().enumerate() {
            for second in &all[at + 1..] {
                for (one, other) in kinds.iter().flat_map(|one| kinds.iter().map(move |other| (one, other))) {
                    let odd = changed(&changed(&frame, first, one.as_ref()), second, other.as_ref());
                    let Ok(read) = read_event(&odd.to_string()) else { panic!("{odd}") };
                    let absent =
                        one.as_ref().is_none_or(Value::is_null) && other.as_ref().is_none_or(Value::is_null);
                    if absent && !is_needed(&frame, first) && !is_needed(&frame, second) {
                        assert!(
                            !has_unknown(&read) && read.misfits.is_empty(),
                            "{first}, {second}: {read:?}"
                        );
                    }
                }
            }
        }
    }
}

/// The recorded streams that the element can play: those that answer a first message or a later one.
fn streams() -> Vec<(String, Vec<Value>)> {
    let parse = |bytes: &[u8]| -> Vec<Value> {
        recordings::frames(bytes).iter().map(|frame| serde_json::from_str(&frame.data).unwrap()).collect()
    };
    recordings::streams().into_iter().map(|(name, bytes)| (name, parse(&bytes))).collect()
}

fn played(frames: &[Value]) -> Element {
    let mut element = Element::new();
    element.say("hello").head();
    for frame in frames {
        element.frame(&frame.to_string());
    }
    element.end();
    element
}

#[test]
fn whatever_one_field_of_a_stream_is_no_word_is_lost_in_silence() {
    let mut tried = BTreeSet::new();
    for (name, frames) in streams() {
        let whole = played(&frames).answers_shown();
        for (at, frame) in frames.iter().enumerate() {
            let mut all = Vec::new();
            fields(frame, "", &mut all);
            // Frames of a kind are many: each of its fields once a stream.
            all.retain(|pointer| tried.insert(format!("{name} {} {pointer}", frame["type"])));
            for pointer in all {
                for value in [None, Some(Value::Null), Some(json!(true)), Some(json!([[]]))] {
                    let mut odd = frames.clone();
                    odd[at] = changed(frame, &pointer, value.as_ref());
                    let mut element = played(&odd);
                    let shown = element.answers_shown().concat();
                    let missing = whole.iter().filter(|text| !shown.contains(text.as_str())).count();
                    let what = format!("{name}, frame {at}, {pointer}: {value:?}");
                    assert!(
                        missing == 0 || !element.console().is_empty(),
                        "{what}: {missing} lost in silence"
                    );
                    let is_content = is_needed(frame, &pointer) || pointer.ends_with("/content");
                    assert!(
                        missing == 0 || is_content || value.is_some_and(|value| !value.is_null()),
                        "{what}"
                    );
                    assert_eq!(
                        element.said().iter().filter(|(text, _)| text == "hello").count().max(1),
                        1,
                        "{what}"
                    );
                    element.view();
                }
            }
        }
    }
}

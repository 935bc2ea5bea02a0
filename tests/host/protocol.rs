//! The ChatKit protocol: what servers send is understood, and what is not understood is kept.

mod lenient;
pub mod recordings;

use std::collections::BTreeSet;

use chatkit_widget::protocol::*;
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::json::ours;
use chatkit_widget::json::Json;

/// Every frame of every recording and capture, with where it is from.
fn recorded_frames() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, bytes) in recordings::streams() {
        for frame in recordings::frames(&bytes) {
            all.push((name.clone(), serde_json::from_str(&frame.data).unwrap()));
        }
    }
    all
}

fn decode(frame: &Value) -> ThreadStreamEvent {
    decode_event(&frame.to_string()).unwrap()
}

fn encode(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Nothing in the value is unknown: no variant, and no field but the content of hidden items.
fn is_fully_known(value: &impl std::fmt::Debug) -> bool {
    let text = format!("{value:?}");
    let hidden = text.contains("HiddenContext(");
    !text.contains("Unknown(") && (hidden || !text.replace("extra: {}", "").contains("extra: {"))
}

#[test]
fn every_recorded_frame_is_fully_known_and_survives_the_way_back() {
    let frames = recorded_frames();
    assert!(frames.len() > 300, "{} frames", frames.len());
    for (name, frame) in &frames {
        let event = decode(frame);
        assert!(is_fully_known(&event), "{name}: {event:?}");
        assert_eq!(&encode(&event), frame, "{name}");
    }
}

#[test]
fn the_recordings_hold_every_event_update_item_task_and_source_there_is() {
    let mut seen = BTreeSet::new();
    for (_, frame) in recorded_frames() {
        collect_types(&frame, &mut seen);
    }
    let all = "thread.created thread.updated thread.item.added thread.item.updated thread.item.done \
        thread.item.removed thread.item.replaced stream_options progress_update client_effect error notice \
        assistant_message.content_part.added assistant_message.content_part.text_delta \
        assistant_message.content_part.annotation_added assistant_message.content_part.done \
        widget.streaming_text.value_delta widget.root.updated widget.component.updated workflow.task.added \
        workflow.task.updated generated_image.updated user_message assistant_message client_tool_call widget \
        generated_image structured_input task workflow end_of_turn hidden_context_item input_text input_tag \
        output_text annotation url file entity custom web_search thought image reasoning multiple_choice freeform \
        active locked closed";
    let missing: Vec<_> = all.split_whitespace().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn collect_types(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_types(value, seen)),
        Value::Object(entries) => {
            seen.extend(entries.get("type").and_then(Value::as_str).map(str::to_owned));
            entries.values().for_each(|value| collect_types(value, seen));
        }
        _ => {}
    }
}

fn answer<T: Wire + Serialize + std::fmt::Debug>(name: &str, body: &str) {
    let decoded: T = decode_response(body).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(is_fully_known(&decoded), "{name}: {decoded:?}");
    assert_eq!(encode(&decoded), serde_json::from_str::<Value>(body).unwrap(), "{name}");
}

#[test]
fn every_recorded_answer_is_fully_known_and_survives_the_way_back() {
    let mut ops = BTreeSet::new();
    for recording in recordings::all().iter().filter(|r| !r.is_stream() && r.status == 200) {
        let (name, body, op) = (&recording.name, recording.text(), recording.op.as_deref().unwrap());
        match op {
            "threads.get_by_id" | "threads.update" => answer::<Thread>(name, &body),
            "threads.list" => answer::<Page<Thread>>(name, &body),
            "items.list" => answer::<Page<ThreadItem>>(name, &body),
            "attachments.create" => answer::<Attachment>(name, &body),
            "threads.sync_custom_action" => answer::<SyncCustomActionResponse>(name, &body),
            "input.transcribe" => answer::<TranscriptionResult>(name, &body),
            "threads.delete" | "attachments.delete" | "items.feedback" => answer::<Extra>(name, &body),
            other => panic!("{other} is recorded but not tested"),
        }
        ops.insert(op.to_owned());
    }
    assert_eq!(ops.len(), 10, "{ops:?}");
    for (name, body) in recordings::captured("json") {
        match name.split(['-', '.']).next().unwrap() {
            "threads" => answer::<Page<Thread>>(&name, &body),
            "attachment" => answer::<Attachment>(&name, &body),
            _ => answer::<TranscriptionResult>(&name, &body),
        }
    }
}

/// `whole` has all of `part`; nulls in `part` may be absent, as an optional field is.
pub fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part
            .iter()
            .all(|(key, part)| part.is_null() || whole.get(key).is_some_and(|whole| contains(whole, part))),
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| contains(whole, part))
        }
        // A whole number may come back as a float: the same number in JSON.
        (Value::Number(whole), Value::Number(part)) => whole.as_f64() == part.as_f64(),
        _ => whole == part,
    }
}

#[test]
fn our_requests_are_those_the_server_took() {
    let mut ops = BTreeSet::new();
    let taken = |r: &&recordings::Recording| r.status == 200 && !r.name.starts_with("unknown");
    for recording in recordings::all().iter().filter(taken) {
        let posted: Value = serde_json::from_str(&recording.request()).unwrap();
        let request: ClientRequest = serde_json::from_value(posted.clone()).unwrap();
        let metadata: Extra = posted
            .get("metadata")
            .map_or_else(Extra::new, |metadata| serde_json::from_value(metadata.clone()).unwrap());
        let ours: Value = serde_json::from_str(&request.body_with_metadata(&metadata)).unwrap();
        assert!(contains(&ours, &posted), "{}: {ours} lacks something of {posted}", recording.name);
        let top: Vec<_> = ours.as_object().unwrap().keys().collect();
        assert_eq!(top, ["metadata", "params", "type"]);
        assert_eq!(Some(request.op()), recording.op.as_deref());
        assert_eq!(request.is_streaming(), recording.is_stream(), "{}", recording.name);
        ops.insert(request.op());
    }
    assert_eq!(ops.len(), 16, "an operation is not recorded: {ops:?}");
}

#[test]
fn a_request_always_has_the_fields_whose_absence_the_server_answers_with_500() {
    let tag = UserMessageContent::Tag(UserMessageTagContent {
        id: "e".into(),
        text: "E".into(),
        data: Extra::new(),
        group: None,
        interactive: false,
        extra: Extra::new(),
    });
    let input = UserMessageInput { content: vec![tag], ..UserMessageInput::default() };
    let table = [
        (
            ClientRequest::ThreadsCreate { input },
            json!({"type": "threads.create", "metadata": {}, "params": {"input": {
                "content": [{"type": "input_tag", "id": "e", "text": "E", "data": {}, "interactive": false}],
                "attachments": [], "inference_options": {}}}}),
        ),
        (
            ClientRequest::ThreadsAddClientToolOutput { thread_id: "t".into(), result: Json::Null },
            json!({"type": "threads.add_client_tool_output", "metadata": {},
                   "params": {"thread_id": "t", "result": null}}),
        ),
        (
            ClientRequest::ThreadsList(ListParams::default()),
            json!({"type": "threads.list", "metadata": {}, "params": {"order": "desc"}}),
        ),
        (
            ClientRequest::ItemsList {
                thread_id: "t".into(),
                page: ListParams { limit: Some(20), order: Order::Asc, after: Some("msg_1".into()) },
            },
            json!({"type": "items.list", "metadata": {},
                   "params": {"thread_id": "t", "limit": 20, "order": "asc", "after": "msg_1"}}),
        ),
    ];
    for (request, expected) in table {
        assert_eq!(serde_json::from_str::<Value>(&request.body()).unwrap(), expected);
    }
}

/// One frame of each type of event, update, item and task: enough to change in every way.
fn one_frame_of_each_kind() -> Vec<Value> {
    let mut kinds = BTreeSet::new();
    let mut frames = Vec::new();
    for (_, frame) in recorded_frames() {
        let mut types = BTreeSet::new();
        collect_types(&frame, &mut types);
        if types.iter().any(|kind| kinds.insert(kind.clone())) {
            frames.push(frame);
        }
    }
    frames
}

/// JSON pointers of all objects in `value`.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| objects(value, &format!("{at}/{i}"), found));
        }
        Value::Object(entries) => {
            found.push(at.to_owned());
            entries.iter().for_each(|(key, value)| objects(value, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

/// Calls `check` with every frame in which `change` changed one object, and that object's place.
fn with_each_object_changed(
    mut change: impl FnMut(&mut Map<String, Value>) -> bool,
    mut check: impl FnMut(&Value, &str),
) {
    for frame in one_frame_of_each_kind() {
        let mut places = Vec::new();
        objects(&frame, "", &mut places);
        for place in places {
            let mut changed = frame.clone();
            let Some(Value::Object(object)) = changed.pointer_mut(&place) else { panic!("{place}") };
            if change(object) {
                check(&changed, &place);
            }
        }
    }
}

#[test]
fn a_field_of_a_newer_server_is_kept_at_every_level_and_changes_nothing_else() {
    with_each_object_changed(
        |object| object.insert("x_new".into(), json!({"a": [1, null, 0.5]})).is_none(),
        |frame, place| {
            let event = decode(frame);
            assert!(!format!("{event:?}").contains("Unknown("), "{place}: {event:?}");
            assert_eq!(&encode(&event), frame, "{place}");
        },
    );
}

#[test]
fn a_type_of_a_newer_server_is_kept_at_every_level_and_spoils_nothing_around_it() {
    with_each_object_changed(
        |object| {
            let typed = object.contains_key("type");
            if typed {
                object.insert("type".into(), json!("x.new"));
            }
            typed
        },
        |frame, place| {
            let event = decode(frame);
            assert_eq!(&encode(&event), frame, "{place}");
            let event_is_unknown = matches!(event, ThreadStreamEvent::Unknown(_));
            assert_eq!(event_is_unknown, place.is_empty(), "{place}: {event:?}");
        },
    );
}

#[test]
fn one_broken_item_does_not_hide_the_rest_of_a_page() {
    let good =
        json!({"id": "m", "thread_id": "t", "created_at": "x", "type": "assistant_message", "content": []});
    let body = json!({"data": [good, {"type": "widget"}, {"type": "hologram", "id": 5}, 7, null], "has_more": false});
    let page: Page<ThreadItem> = decode_response(&body.to_string()).unwrap();
    let seen: Vec<_> = page.data.iter().map(|item| (item.kind(), item.id())).collect();
    assert_eq!(seen, [("assistant_message", "m"), ("widget", ""), ("hologram", "5"), ("", "")]);
    let threads =
        json!({"data": [{"id": 1}, {"title": "without an id"}, 7, null, {"id": "2"}], "has_more": true});
    let page: Page<Thread> = decode_response(&threads.to_string()).unwrap();
    assert_eq!(page.data.iter().map(|thread| thread.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn an_answer_without_rows_is_no_page_and_null_is_an_empty_one() {
    for body in [r#"{"status":"ok"}"#, "{}", r#"{"data":{}}"#, r#"{"data":"x"}"#] {
        assert!(decode_response::<Page<ThreadItem>>(body).is_err(), "{body}");
    }
    for body in [r#"{"data":null}"#, r#"{"data":[],"has_more":null}"#] {
        let page: Page<ThreadItem> = decode_response(body).unwrap();
        assert!(page.data.is_empty() && !page.has_more, "{body}");
    }
}

#[test]
fn a_page_that_is_read_exactly_takes_nothing_for_something_else() {
    for (value, path) in [(json!({"type": 7, "payload": 1}), "type"), (json!({"type": null}), "type")] {
        let misfit = Action::decode(&ours(value)).unwrap_err();
        assert_eq!(misfit.path, path);
    }
    assert!(String::decode(&ours(json!(7))).is_err());
    assert!(Vec::<String>::decode(&ours(json!("one"))).is_err());
    assert!(
        UserMessageInput::decode(&ours(json!({"content": [], "attachments": [], "quoted_text": 7,
        "inference_options": {}})))
        .is_err()
    );
}

#[test]
fn what_is_no_event_is_told_apart_and_named() {
    let table: &[(&str, &str)] = &[
        ("", "an empty body"),
        ("  \n", "an empty body"),
        ("<!doctype html><h1>502</h1>", "an HTML page"),
        ("upstream timed out", "line 1 column 1; it begins: upstream timed out"),
        ("{\"type\":\"thread.cre", "expected the end of a string at line 1 column 20, where the text ends"),
        ("[DONE]", "expected a value at line 1 column 2"),
        ("null", "got null"),
        ("[1]", "got an array"),
        ("\"thread.created\"", "got a string"),
        ("3", "got a number"),
        ("true", "got a boolean"),
        ("{}", "a string `type`, got: {}"),
        ("{\"type\":5}", "a string `type`"),
    ];
    for (data, words) in table {
        let error = decode_event(data).unwrap_err().to_string();
        assert!(error.contains(words), "{data:?}: {error:?} should say {words:?}");
    }
    let endless = "[".repeat(100_000);
    assert!(matches!(decode_event(&endless), Err(DecodeError::NotJson { .. })), "nested too deep");
    let long = decode_event(&"é".repeat(10_000)).unwrap_err().to_string();
    assert!(long.chars().count() < 200, "an excerpt, not the whole: {long}");
}

#[test]
fn an_answer_that_is_not_what_was_asked_for_names_the_field() {
    let error = decode_response::<Thread>("{\"created_at\":\"x\"}").unwrap_err();
    assert!(matches!(&error, DecodeError::BadShape { problem } if problem.contains("`id`")), "{error}");
    for recording in recordings::all().iter().filter(|r| r.status == 500) {
        let error = decode_response::<Thread>(&recording.text()).unwrap_err();
        assert!(
            matches!(&error, DecodeError::NotJson { excerpt, .. } if excerpt == "Internal Server Error"),
            "{error}"
        );
    }
}

#[test]
fn what_is_told_of_a_misfit_is_its_place_and_nothing_people_wrote() {
    let told = |value: Value| format!("{:?}", read_event(&value.to_string()).unwrap().misfits);
    assert!(told(json!({"type": "x.new", "text": "private"})).contains("x.new"));
    for value in [
        json!({"type": "x", "text": "private"}),
        json!({"type": "notice", "message": ["private"]}),
        json!({"type": "thread.item.done", "item": "private"}),
        json!({"type": "thread.item.done", "item": {"text": "private"}}),
        json!({"type": "thread.item.done", "item": {"type": "widget", "widget": "private"}}),
    ] {
        assert!(!told(value.clone()).contains("private") || value["item"] == "private", "{value}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| json!(n)),
        // Halves and quarters: serde_json reads other fractions to within one unit in the last place.
        any::<i32>().prop_map(|n| json!(f64::from(n) / 4.0)),
        ".{0,12}".prop_map(Value::String),
        prop::sample::select(vec![
            "thread.item.done",
            "assistant_message",
            "output_text",
            "widget",
            "pending"
        ])
        .prop_map(|word| json!(word)),
    ];
    let key = prop::sample::select(vec![
        "type",
        "item",
        "item_id",
        "update",
        "thread",
        "id",
        "thread_id",
        "created_at",
        "content",
        "text",
        "status",
        "widget",
        "items",
        "data",
        "source",
        "annotations",
        "x",
    ]);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map(key.clone(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_an_event_or_an_error(text in ".{0,200}") {
        if let Err(error) = decode_event(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_json_is_read_or_refused_and_what_was_read_is_read_again(value in any_json()) {
        if let Ok(event) = decode_event(&value.to_string()) {
            let again = decode_event(&encode(&event).to_string()).unwrap();
            prop_assert_eq!(event, again);
        }
    }
}

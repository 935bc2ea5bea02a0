//! The ChatKit protocol: what servers send is understood, and what is not understood is kept.

use chatkit_widget::protocol::*;
use serde_json::{Value, json};

#[test]
fn a_frame_keeps_its_meaning_and_its_unknown_fields() {
    let frame = json!({"type": "thread.item.done", "seq": 7, "item": {
    "id": "msg_1", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07", "type": "assistant_message",
    "mood": "calm", "content": [
        {"type": "output_text", "text": "hi", "annotations": [], "lang": "en"},
        {"type": "output_audio", "data": 1},
    ]}});
    let event = decode_event(&frame.to_string()).unwrap();
    let ThreadStreamEvent::ThreadItemDone { item, .. } = &event else { panic!("{event:?}") };
    assert_eq!((item.id(), item.kind()), ("msg_1", "assistant_message"));
    let ThreadItem::AssistantMessage(message) = item else { panic!("{item:?}") };
    assert_eq!(message.content[0].text(), "hi");
    assert!(matches!(message.content[1], AssistantMessageContent::Unknown(_)));
    assert_eq!(serde_json::to_value(&event).unwrap(), frame);
}

#[test]
fn a_request_has_what_the_server_demands() {
    let request = ClientRequest::ThreadsAddUserMessage {
        thread_id: "thr_1".into(),
        input: UserMessageInput::text("hello"),
    };
    assert_eq!(
        serde_json::from_str::<Value>(&request.body()).unwrap(),
        json!({"type": "threads.add_user_message", "metadata": {}, "params": {"thread_id": "thr_1", "input": {
            "content": [{"type": "input_text", "text": "hello"}], "attachments": [], "inference_options": {}}}})
    );
}

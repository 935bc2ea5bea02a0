//! Our types take everything the SDK's types allow, and give back what they took.

use std::collections::BTreeSet;
use std::fmt::Debug;

use chatkit_widget::protocol::{
    Attachment, ClientRequest, Page, SyncCustomActionResponse, Thread, ThreadItem, ThreadStreamEvent,
    TranscriptionResult, Wire, decode_response,
};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::generate::{Generator, Manner};

/// `PROPTEST_CASES` may ask for more.
fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig { cases: given.cases.max(500), failure_persistence: None, ..given }
}

/// What is read of the SDK's is known whole, and written as it was read.
fn taken_and_given_back<T: Wire + Serialize + PartialEq + Debug>(
    root: &str,
    seed: u64,
    manner: Manner,
) -> Result<(), TestCaseError> {
    let mut sent = Generator::new(seed, manner).of(root);
    if root == "items" || root == "threads" {
        // An answer that has nothing of a page is refused, and servers always write this.
        sent.as_object_mut().unwrap().entry("has_more").or_insert(Value::Bool(false));
    }
    if root == "request" {
        // It is not the client's to choose: whoever sends the request adds the integrator's.
        sent.as_object_mut().unwrap().remove("metadata");
    }
    let read: T = decode_response(&sent.to_string())
        .map_err(|error| TestCaseError::fail(format!("{root} is refused: {error}\n{sent:#}")))?;
    let told = format!("{read:?}");
    prop_assert!(!told.contains("Unknown("), "{root} is not known whole: {told}\n{sent:#}");
    let written: Value = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    if let Some(lost) = lost(&sent, &written, "") {
        prop_assert!(false, "{root} is not written as it was read: {lost}\n{sent:#}\n{written:#}");
    }
    let again: T = decode_response(&written.to_string()).unwrap();
    prop_assert_eq!(read, again);
    Ok(())
}

/// What is missing in or different from `sent`; fields that were absent may be there with their defaults, and a `null` or
/// an empty text may be absent.
fn lost(sent: &Value, written: &Value, path: &str) -> Option<String> {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) => sent.iter().find_map(|(name, value)| {
            let path = format!("{path}/{name}");
            match written.get(name) {
                Some(found) => lost(value, found, &path),
                None if value.is_null() || value == "" => None,
                None => Some(format!("{path} is missing")),
            }
        }),
        (Value::Array(sent), Value::Array(written)) if sent.len() == written.len() => {
            let mut pairs = sent.iter().zip(written).enumerate();
            pairs.find_map(|(index, (sent, written))| lost(sent, written, &format!("{path}/{index}")))
        }
        (Value::Number(sent), Value::Number(written)) if sent.as_f64() == written.as_f64() => None,
        (sent, written) if sent == written => None,
        (sent, written) => Some(format!("{path}: {sent} became {written}")),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_event_of_the_sdk_is_known_and_loses_nothing(seed: u64) {
        taken_and_given_back::<ThreadStreamEvent>("event", seed, Manner::Later)?;
    }

    #[test]
    fn every_item_of_the_sdk_is_known_and_loses_nothing(seed: u64) {
        taken_and_given_back::<ThreadItem>("item", seed, Manner::Later)?;
    }

    #[test]
    fn every_answer_of_the_sdk_is_known_and_loses_nothing(seed: u64) {
        taken_and_given_back::<Thread>("thread", seed, Manner::Later)?;
        taken_and_given_back::<Page<ThreadItem>>("items", seed, Manner::Later)?;
        taken_and_given_back::<Page<Thread>>("threads", seed, Manner::Later)?;
        taken_and_given_back::<Attachment>("attachment", seed, Manner::Later)?;
        taken_and_given_back::<SyncCustomActionResponse>("sync_action", seed, Manner::Later)?;
        taken_and_given_back::<TranscriptionResult>("transcription", seed, Manner::Later)?;
    }

    #[test]
    fn every_request_the_sdk_takes_can_be_made(seed: u64) {
        taken_and_given_back::<ClientRequest>("request", seed, Manner::Whole)?;
    }

    #[test]
    fn what_no_sdk_would_send_is_refused_or_kept_but_never_a_panic(seed: u64) {
        let mut generator = Generator::new(seed, Manner::Hostile);
        for root in ["event", "item", "thread", "items", "request"] {
            let sent = generator.of(root).to_string();
            let _ = decode_response::<ThreadStreamEvent>(&sent);
            let _ = decode_response::<Page<ThreadItem>>(&sent);
            let _ = decode_response::<Thread>(&sent);
            let _ = decode_response::<ClientRequest>(&sent);
        }
    }
}

#[test]
fn the_generator_reaches_every_type_of_the_protocol() {
    let schema: Value = serde_json::from_str(include_str!("../../fixtures/schema.json")).unwrap();
    let mut left = schema["$defs"].as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>();
    for seed in 0..50_000 {
        let mut generator = Generator::new(seed, Manner::Exact);
        for root in ["event", "items", "threads", "attachment", "request", "sync_action", "transcription"] {
            generator.of(root);
        }
        left.retain(|name| !generator.seen.contains(name));
        if left.is_empty() {
            return;
        }
    }
    panic!("never drawn: {left:?}");
}

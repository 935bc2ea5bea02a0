//! Anything a server can send, in any order, at any time: the element goes on, and loses no text.

use chatkit_widget::state::UserAction;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::generate::{Generator, Manner};
use super::storm::Storm;
use crate::state::{assistant_added, assistant_done, created, delta};

/// `PROPTEST_CASES` may ask for more.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig { cases: given.cases.max(cases), failure_persistence: None, ..given }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn events_of_any_kind_in_any_order_at_any_time_leave_a_chat_that_works(
        seeds in prop::collection::vec(any::<u64>(), 1..120),
    ) {
        let mut storm = Storm::new();
        for seed in seeds {
            storm.step(seed);
        }
        // Whatever came, a new conversation can be held.
        storm.user(UserAction::Stop);
        storm.user(UserAction::NewThread);
        storm.remove_files();
        storm.after();
        storm.element.say("after the storm").head();
        storm.element.event(created("thr_after")).event(assistant_done("msg_after", "Good weather.")).end();
        prop_assert!(storm.element.answers_shown().contains(&"Good weather.".to_owned()));
        storm.after();
        prop_assert!(!storm.running);
    }

    #[test]
    fn no_word_of_an_answer_is_lost_among_events_of_other_items(
        seeds in prop::collection::vec(any::<u64>(), 1..60),
    ) {
        let mut storm = Storm::new();
        storm.element.event(assistant_added("msg_ours"));
        let mut said = String::new();
        for (number, seed) in seeds.into_iter().enumerate() {
            let event = Generator::new(seed, Manner::Hostile).of("event");
            // These end the thread's life, as they should, or are about the item that is streamed, as they do not say which.
            let nameless = |id: &serde_json::Value| matches!(id.as_str(), None | Some(""));
            let unnamed = match event["type"].as_str() {
                Some("thread.item.updated") => nameless(&event["item_id"]),
                Some(kind) => kind.starts_with("thread.item.") && nameless(&event["item"]["id"]),
                None => false,
            };
            if event["type"] != "thread.created" && !unnamed {
                storm.event(seed, Manner::Hostile);
            }
            let word = format!("word{number} ");
            storm.element.event(delta("msg_ours", 0, &word));
            said.push_str(&word);
            storm.after();
        }
        prop_assert!(storm.element.answers_shown().contains(&said), "{said:?} in {:?}", storm.element.answers_shown());
    }

    #[test]
    fn what_the_server_stored_is_what_is_shown_whatever_was_streamed_before(
        seeds in prop::collection::vec(any::<u64>(), 1..60),
    ) {
        let mut storm = Storm::new();
        for seed in seeds {
            storm.event(seed, Manner::Hostile);
        }
        storm.element.event(assistant_done("msg_last", "The last word."));
        storm.element.event(assistant_done("msg_last", "The last word."));
        storm.after();
        let shown = storm.element.answers_shown();
        prop_assert_eq!(shown.iter().filter(|text| text.contains("The last word.")).count(), 1);
        prop_assert!(shown.contains(&"The last word.".to_owned()), "{:?}", shown);
    }
}

#[test]
fn indices_far_out_of_range_take_no_memory_and_lose_no_text() {
    let mut storm = Storm::new();
    storm.element.event(assistant_added("msg_1"));
    for index in
        [json!(0), json!(u32::MAX), json!(u64::MAX), json!(-1), json!(1e300), json!("0"), Value::Null]
    {
        storm.element.event(json!({"type": "thread.item.updated", "item_id": "msg_1", "update":
            {"type": "assistant_message.content_part.text_delta", "content_index": index, "delta": "a word "}}));
        storm.element.event(json!({"type": "thread.item.updated", "item_id": "msg_1", "update":
            {"type": "workflow.task.added", "task_index": index, "task": {"type": "thought", "content": "x"}}}));
        storm.after();
    }
    storm.element.event(delta("msg_1", 0, "and another"));
    let shown = storm.element.answers_shown().concat();
    assert!(shown.contains("a word ") && shown.contains("and another"), "{shown}");
}

#[test]
fn words_that_come_after_the_end_of_their_message_are_shown_and_told() {
    let mut storm = Storm::new();
    storm.element.event(assistant_done("msg_1", "Said. *And"));
    storm.element.event(delta("msg_1", 0, " more*\n\n- a list"));
    assert_eq!(storm.element.answers_shown(), ["Said. *And more*\n\n- a list"]);
    assert!(storm.element.logs().contains(&"update.late"), "{:?}", storm.element.logs());
    let drawn = format!("{:?}", storm.element.view().body);
    assert!(drawn.contains("And") && drawn.contains("more") && drawn.contains("a list"), "{drawn}");
}

//! The way of a file from the reader's hand into a message.

use chatkit_widget::protocol::{Attachment, UserMessageContent, Wire};
use chatkit_widget::state::{Carry, select};

use super::*;
use crate::state::{created, status, thread, user_done};

fn with_files(upload: Value) -> Element {
    element(upload, json!({ "attachments": { "enabled": true } }))
}

fn attachment(value: Value) -> Attachment {
    Attachment::decode(&ours(value)).unwrap()
}

#[test]
fn a_direct_upload_makes_the_attachment_that_is_sent() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]);
    let [(_, FileId(1), Destination { url, carry: Carry::Form, headers })] = &element.uploads()[..] else {
        panic!("{:?}", element.uploads())
    };
    assert_eq!((url.as_str(), headers.len()), ("/upload", 0));
    element.uploaded(stored("atc_1", "a.txt")).say("look");
    assert_eq!(element.input().attachments, ["atc_1"]);
    assert_eq!(element.chips(), [], "they went with the message");
    assert_eq!(element.forgotten(), [1], "nobody needs the bytes any more");
}

#[test]
fn a_file_is_announced_and_then_brought_where_the_server_wants_it() {
    let mut element = with_files(two_phase());
    element.add(vec![picked(1, "a", "", 3)]);
    let [ClientRequest::AttachmentsCreate { name, size: 3, mime_type }] = &element.requests()[..] else {
        panic!("{:?}", element.ops())
    };
    assert_eq!((name.as_str(), mime_type.as_str()), ("a", "application/octet-stream"));
    assert_eq!(element.uploads(), []);
    let mut announced = stored("atc_1", "a");
    announced["upload_descriptor"] = json!({ "url": "/u/1", "method": "PUT", "headers": { "X-Up": "1" } });
    element.reply(announced);
    let to = element.uploads().pop().unwrap().2;
    assert_eq!(
        to,
        Destination { url: "/u/1".into(), carry: Carry::Raw, headers: vec![("X-Up".into(), "1".into())] }
    );
    assert_eq!(element.chips(), [("a".into(), "uploading")]);
    element.uploaded(json!("whatever")).say("look");
    assert_eq!(element.input().attachments, ["atc_1"]);
}

#[test]
fn servers_that_want_a_form_get_one_also_those_before_upload_descriptors() {
    for (key, place) in [
        ("upload_descriptor", json!({ "url": "/u", "method": "POST", "headers": {} })),
        ("upload_url", json!("/u")),
    ] {
        let mut element = with_files(two_phase());
        let mut announced = stored("atc_1", "a.txt");
        announced[key] = place;
        element.add(vec![text_file(1, "a.txt")]).reply(announced);
        let to = element.uploads().pop().unwrap().2;
        assert_eq!(to, Destination { url: "/u".into(), carry: Carry::Form, headers: Vec::new() }, "{key}");
    }
}

#[test]
fn an_upload_method_is_put_or_post_or_named() {
    let cases: Value = serde_json::from_str(include_str!("../../fixtures/field/chatkit-22.json")).unwrap();
    let announced = |method: Option<Value>| {
        let mut announced = cases["lower-case method"].clone();
        let descriptor = announced["upload_descriptor"].as_object_mut().unwrap();
        match method {
            Some(method) => drop(descriptor.insert("method".into(), method)),
            None => drop(descriptor.remove("method")),
        }
        let mut element = with_files(two_phase());
        element.add(vec![text_file(1, "a.txt")]).reply(announced);
        element
    };
    for (method, carry) in [("put", Carry::Raw), ("Put", Carry::Raw), ("post", Carry::Form)] {
        let uploads = announced(Some(json!(method))).uploads();
        assert_eq!(uploads.first().map(|(_, _, to)| to.carry), Some(carry), "{method}");
    }
    for (method, named) in [
        (Some(json!("PATCH")), "\"PATCH\""),
        (None, "nothing"),
        (Some(json!([])), "nothing"),
        (Some(json!(7)), "\"7\""),
    ] {
        let mut element = announced(method);
        assert_eq!(element.uploads(), [], "{named}");
        let why = format!("whose method is {named}: it must be \"PUT\" or \"POST\"");
        assert!(element.errors()[0].contains(&why), "{:?}", element.errors());
        assert_eq!(element.chips(), [("a.txt".into(), "failed")]);
    }
}

#[test]
fn a_message_waits_for_its_files_and_says_so() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]).say("look");
    assert_eq!(element.ops(), [] as [&str; 0]);
    assert!(element.note().contains("still being uploaded"), "{}", element.note());
    assert_eq!(element.view().composer.button, select::SendButton::Send { enabled: false });
    element.uploaded(stored("atc_1", "a.txt"));
    assert_eq!(element.note(), "", "nothing to wait for any more");
    element.user(UserAction::Submit);
    assert_eq!(element.input().content, [UserMessageContent::text("look")]);
}

#[test]
fn a_file_says_something_without_words() {
    let mut element = with_files(direct());
    element.user(UserAction::Submit);
    assert_eq!(element.ops(), [] as [&str; 0]);
    element.add(vec![text_file(1, "a.txt")]).uploaded(stored("atc_1", "a.txt"));
    assert_eq!(element.view().composer.button, select::SendButton::Send { enabled: true });
    element.user(UserAction::Submit);
    assert_eq!((element.input().content.len(), element.input().attachments), (0, vec!["atc_1".to_owned()]));
}

#[test]
fn the_message_on_screen_has_its_files_before_the_server_has_the_message() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]).uploaded(stored("atc_1", "a.txt")).say("look");
    let select::Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    let select::ItemView::User(message) = &*items[0] else { panic!("{:?}", items[0]) };
    assert_eq!(message.attachments.len(), 1);
}

#[test]
fn a_file_that_failed_can_be_tried_again_from_the_beginning() {
    let mut element = with_files(two_phase());
    let mut announced = stored("atc_1", "a.txt");
    announced["upload_url"] = json!("/u");
    element.add(vec![text_file(1, "a.txt")]).reply(announced.clone()).fresh_but_uploads();
    element.upload_failed(status(507)).say("look");
    assert_eq!(element.chips(), [("a.txt".into(), "failed")]);
    assert_eq!(element.emitted(), ["error"]);
    assert!(element.note().contains("was not uploaded"), "a message would go without it: {}", element.note());
    assert_eq!(element.forgotten(), [] as [u64; 0], "its bytes are needed again");
    element.effects.clear();
    let key = element.chip(0);
    element.user(UserAction::Attach(AttachAction::Retry(key)));
    assert_eq!(element.ops(), ["attachments.delete", "attachments.create"]);
    announced["id"] = json!("atc_2");
    element.reply(announced).uploaded(json!({})).user(UserAction::Submit);
    assert_eq!(element.input().attachments, ["atc_2"]);
}

#[test]
fn an_answer_that_is_no_attachment_is_a_failure_named_for_the_site() {
    for (upload, answer) in
        [(direct(), json!({ "ok": true })), (two_phase(), stored("atc_1", "no descriptor"))]
    {
        let mut element = with_files(upload);
        element.add(vec![text_file(1, "a.txt")]);
        if element.uploads().is_empty() {
            element.reply(answer)
        } else {
            element.uploaded(answer)
        };
        assert_eq!(element.chips(), [("a.txt".into(), "failed")]);
        assert_eq!(element.emitted().last().map(String::as_str), Some("error"));
    }
}

#[test]
fn what_is_removed_is_stopped_forgotten_and_deleted() {
    let mut element = with_files(direct());
    element
        .add(vec![text_file(1, "a.txt")])
        .uploaded(stored("atc_1", "a.txt"))
        .add(vec![text_file(2, "b.txt")]);
    let (a, b) = (element.chip(0), element.chip(1));
    let upload = element.uploads().pop().unwrap().0;
    element.fresh().user(UserAction::Attach(AttachAction::Remove(b)));
    assert!(element.effects.contains(&Effect::File(FileEffect::Abort(upload))));
    element.act(Action::Upload { upload, action: CallAction::Done(stored("atc_2", "b.txt").to_string()) });
    assert_eq!(element.chips(), [("a.txt".into(), "uploaded")], "a late answer has nowhere to land");
    element.user(UserAction::Attach(AttachAction::Remove(a)));
    assert_eq!(element.ops(), ["attachments.delete"]);
    assert_eq!(element.forgotten(), [2, 1]);
    assert_eq!(element.view().composer.attach.note.spoken, "Removed: a.txt");
}

#[test]
fn an_announcement_of_a_removed_file_uploads_nothing() {
    let mut element = with_files(two_phase());
    element.add(vec![text_file(1, "a.txt")]);
    let key = element.chip(0);
    element.user(UserAction::Attach(AttachAction::Remove(key)));
    let mut announced = stored("atc_1", "a.txt");
    announced["upload_url"] = json!("/u");
    element.reply(announced);
    assert_eq!(element.uploads(), []);
}

#[test]
fn files_of_a_message_that_was_refused_are_in_the_composer_again() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]).uploaded(stored("atc_1", "a.txt")).say("look");
    element.add(vec![text_file(2, "b.txt")]).uploads();
    element.fail(status(400));
    assert_eq!(element.chips(), [("a.txt".into(), "uploaded"), ("b.txt".into(), "uploading")]);
    element.uploaded(stored("atc_2", "b.txt")).user(UserAction::Submit);
    assert_eq!(element.input().attachments, ["atc_1", "atc_2"]);
}

#[test]
fn a_message_that_arrived_leaves_no_file_behind() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]).uploaded(stored("atc_1", "a.txt")).say("look").head();
    element.event(created("thr_1")).event(user_done("msg_1", "look")).end().user(UserAction::NewThread);
    assert_eq!(element.chips(), []);
}

#[test]
fn each_conversation_has_its_files_and_uploads_go_on_meanwhile() {
    let mut element = with_files(direct());
    element.converse("hi", "hello").add(vec![text_file(1, "a.txt")]).user(UserAction::NewThread);
    assert_eq!(element.chips(), []);
    element.uploaded(stored("atc_1", "a.txt")).add(vec![text_file(2, "b.txt")]);
    assert_eq!(element.chips(), [("b.txt".into(), "uploading")]);
    element
        .act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))))
        .reply(thread("thr_1"));
    assert_eq!(element.chips(), [("a.txt".into(), "uploaded")]);
    element.say("look");
    assert_eq!(element.input().attachments, ["atc_1"]);
}

#[test]
fn a_reload_of_the_tab_takes_no_uploaded_file_away() {
    let kept = |element: &Element| {
        let kept = element.effects.iter().rev().find_map(|effect| match effect {
            Effect::Keep { key, value } if key.contains(":draft:") => Some((key.clone(), value.clone())),
            _ => None,
        });
        kept.expect("nothing was kept")
    };
    let mut element = with_files(direct());
    element
        .add(vec![text_file(1, "a.txt")])
        .uploaded(stored("atc_1", "a.txt"))
        .add(vec![text_file(2, "b.txt")]);
    let (key, value) = kept(&element);
    let mut reloaded = with_files(direct());
    reloaded.act(Action::Recalled { key, value });
    assert_eq!(reloaded.chips(), [("a.txt".into(), "uploaded")], "the other one was still on its way");
    reloaded.say("look");
    assert_eq!(reloaded.input().attachments, ["atc_1"]);
    assert_eq!(kept(&reloaded).1, None, "it went with the message");
}

#[test]
fn the_page_can_bring_files_and_attachments() {
    let mut element = with_files(direct());
    element.add(vec![text_file(1, "a.txt")]).uploaded(stored("atc_1", "a.txt")).fresh();
    let files = vec![text_file(2, "b.txt")];
    element.compose(Around { files, ..Around::default() });
    assert_eq!(element.chips(), [("a.txt".into(), "uploaded"), ("b.txt".into(), "uploading")]);
    element.uploaded(stored("atc_2", "b.txt")).fresh();
    let attachments = Some(vec![attachment(stored("atc_9", "mine.txt"))]);
    element.compose(Around { attachments, ..Around::default() });
    assert_eq!(element.chips(), [("mine.txt".into(), "uploaded")]);
    assert_eq!(element.ops(), ["attachments.delete", "attachments.delete"], "what it takes the place of");
    let key = element.chip(0);
    element.fresh().user(UserAction::Attach(AttachAction::Remove(key)));
    assert_eq!(element.ops(), [] as [&str; 0], "what the page brought is the page's");
}

#[test]
fn a_page_whose_files_cannot_be_taken_is_told_and_nothing_changes() {
    let mut element = element(direct(), json!({ "attachments": { "enabled": true, "maxSize": 5 } }));
    let attachments = Some(vec![attachment(stored("atc_9", "mine.txt"))]);
    element.compose(Around { attachments, files: vec![text_file(1, "a.txt")], ..Around::default() });
    assert!(element.refused().unwrap().contains("a.txt is larger than composer.attachments.maxSize"));
    assert_eq!((element.chips().len(), element.forgotten()), (0, vec![1]));

    let mut without = Element::new();
    without.compose(Around { files: vec![text_file(1, "a.txt")], ..Around::default() });
    assert!(without.refused().unwrap().contains("composer.attachments.enabled"));
}

#[test]
fn files_are_let_go_where_none_can_be_added() {
    let mut element = Element::new();
    element.add(vec![text_file(1, "a.txt")]);
    assert_eq!((element.chips().len(), element.forgotten()), (0, vec![1]));
}

impl Element {
    /// Forgets everything but the uploads, which are still to be answered.
    fn fresh_but_uploads(&mut self) -> &mut Self {
        self.effects.retain(|effect| matches!(effect, Effect::File(FileEffect::Upload { .. })));
        self
    }
}

//! The whole element against recordings of a real ChatKit server. Each name says what a reader or a page would lose.

use std::rc::Rc;

use chatkit_widget::element::host::ElementHandle;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, draft, pour, refused, through};

const HELLO: &str = include_str!("../fixtures/wire/hello.sse");
const LOCK: &str = include_str!("../fixtures/wire/lock.sse");
const CLOSE: &str = include_str!("../fixtures/wire/close.sse");
const THREAD: &str = include_str!("../fixtures/wire/thread.json");
const NEWEST: &str = include_str!("../fixtures/wire/items-newest.json");
const OLDER: &str = include_str!("../fixtures/wire/items-older.json");
const SEND: &str = ".ck-send";

#[wasm_bindgen_test]
async fn an_answer_streams_in_and_the_page_hears_of_it_in_order() {
    let stage = Stage::new("{}").await;
    let height = stage.page.find(".ck").unwrap().get_bounding_client_rect().height();
    assert!((height - 600.0).abs() < 1.0, "the element does not fill its place: {height} px");
    let exchange = stage.ask("hello").await;
    assert_eq!(exchange.op(), "threads.create");
    assert!(exchange.headers().contains(r#""Accept":"text/event-stream""#), "{}", exchange.headers());
    assert!(exchange.headers().contains("Accept-Language"), "{}", exchange.headers());
    stage.until("the field is empty again", |page| draft(page).is_empty()).await;
    exchange.stream();
    let begun = through(HELLO, "from ");
    pour(&exchange, begun);
    stage.until_text("Hello from").await;
    assert!(!stage.page.text().contains("scripted"));
    assert_eq!(stage.page.find(".ck-scroll").unwrap().get_attribute("aria-busy").as_deref(), Some("true"));
    pour(&exchange, &HELLO[begun.len()..]);
    exchange.end();
    stage.until_text("Hello from the scripted server.").await;
    stage.until("the answer can be copied", |page| page.find(".ck-actions").is_some()).await;
    assert_eq!(stage.page.log(), "ready, response.start, thread.change thr_00000001, response.end");
    assert_eq!(stage.page.count(".ck-user"), 1, "the question is on screen once");
    let again = stage.ask("and now?").await;
    assert_eq!(again.op(), "threads.add_user_message");
}

#[wasm_bindgen_test]
async fn stop_drops_the_connection_and_keeps_what_was_read() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    pour(&exchange, through(HELLO, "Hello "));
    stage.until_text("Hello").await;
    assert_eq!(stage.button(SEND), "Stop answering");
    stage.page.click(SEND);
    assert!(exchange.aborted());
    stage
        .until("the composer sends again", |page| {
            page.find(SEND).and_then(|button| button.get_attribute("aria-label")).as_deref()
                == Some("Send message")
        })
        .await;
    assert!(stage.page.text().contains("Hello"));
    assert!(stage.page.log().ends_with("response.end"), "{}", stage.page.log());
}

#[wasm_bindgen_test]
async fn a_stream_that_breaks_off_leaves_a_sentence_a_retry_and_every_word() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    pour(&exchange, through(HELLO, "from "));
    stage.until_text("Hello from").await;
    stage.page.write("a half-written thought");
    exchange.cut();
    stage.until("the banner is there", |page| page.find(".ck-banner button").is_some()).await;
    let banner = stage.page.find(".ck-banner").unwrap();
    assert_eq!(banner.get_attribute("role").as_deref(), Some("alert"));
    assert!(stage.page.text().contains("Hello from") && stage.kept("hello"));
    assert_eq!(stage.draft(), "a half-written thought");
    let log = stage.page.log();
    assert!(log.contains("error") && log.ends_with("response.end"), "{log}");

    let look = stage.request().await;
    assert_eq!(look.op(), "items.list", "the server may have finished it alone");
    look.answer(200, "application/json", r#"{"data":[],"has_more":false}"#);
    stage.page.click(".ck-banner button");
    let again = stage.request().await;
    assert_eq!(again.op(), "threads.retry_after_item", "the stored question must not be stored twice");
    stage.until("the banner is gone", |page| page.find(".ck-banner").is_none()).await;
}

#[wasm_bindgen_test]
async fn a_frame_cut_in_two_is_a_broken_stream() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    let begun = through(HELLO, "from ");
    pour(&exchange, &HELLO[..begun.len() + 40]);
    exchange.end();
    stage.until("the banner is there", |page| page.find(".ck-banner").is_some()).await;
    assert!(stage.page.text().contains("Hello from"));
}

#[wasm_bindgen_test]
async fn the_page_of_a_proxy_instead_of_an_answer_is_said_plainly() {
    for content_type in ["text/html", "text/event-stream"] {
        let stage = Stage::new("{}").await;
        let exchange = stage.ask("hello there").await;
        exchange.answer(200, content_type, "  <!doctype html><title>502 Bad Gateway</title>");
        stage.until("the banner is there", |page| page.find(".ck-banner").is_some()).await;
        let text = stage.page.text();
        assert!(!text.contains("502") && !text.contains("doctype"), "{text}");
        assert!(stage.kept("hello there"));
        assert!(stage.page.last_error().unwrap().contains("/chatkit"), "the page is not told where");
    }
}

#[wasm_bindgen_test]
async fn an_empty_answer_is_looked_for_and_the_question_not_sent_twice() {
    let stage = Stage::new("{}").await;
    stage.ask("hello").await.answer(200, "text/event-stream", "");
    let search = stage.request().await;
    assert_eq!(search.op(), "threads.list", "it must find out first whether the question was stored");
    search.answer(
        200,
        "application/json",
        r#"{"data":[{"id":"thr_00000001","created_at":"2026-11-20T23:44:07","status":{"type":"active"}}],"has_more":false}"#,
    );
    let items = stage.request().await;
    assert_eq!(items.op(), "items.list");
    items.answer(
        200,
        "application/json",
        r#"{"data":[{"id":"msg_1","type":"user_message","content":[{"type":"input_text","text":"hello"}]}],"has_more":false}"#,
    );
    let again = stage.request().await;
    assert_eq!(again.op(), "threads.retry_after_item");
    again.stream();
    pour(&again, HELLO);
    again.end();
    stage.until_text("scripted server").await;
    assert_eq!(stage.page.count(".ck-user"), 1);
}

#[wasm_bindgen_test]
async fn without_a_session_nothing_is_repeated_and_nothing_lost() {
    let stage = Stage::new("{}").await;
    stage.ask("hello there").await.refuse("ChatKitSessionError", "no secret for you");
    stage.until("the banner is there", |page| page.find(".ck-banner").is_some()).await;
    assert!(stage.kept("hello there"));
    assert!(!stage.page.text().contains("secret"));
    assert_eq!(stage.page.unread(), 0, "it was retried where it arose");
}

#[wasm_bindgen_test]
async fn a_locked_thread_shows_its_reason_and_takes_no_text() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("lock").await;
    exchange.stream();
    pour(&exchange, LOCK);
    exchange.end();
    stage.until("the field is disabled", |page| page.find("textarea:disabled").is_some()).await;
    let field = stage.page.find("textarea").unwrap();
    assert_eq!(field.get_attribute("placeholder").as_deref(), Some("Escalated"));
}

#[wasm_bindgen_test]
async fn a_closed_thread_has_a_reason_instead_of_a_field() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("close").await;
    exchange.stream();
    pour(&exchange, CLOSE);
    exchange.end();
    stage.until_text("This conversation has ended.").await;
    assert!(stage.page.find("textarea").is_none());
}

#[wasm_bindgen_test]
async fn a_stored_thread_opens_at_its_end_and_pages_back_without_jumping() {
    let stage = Stage::bare();
    stage.page.host().style().set_property("height", "320px").unwrap();
    stage.element.set_options(stage.page.options(r#"{"initialThread":"thr_00000018"}"#));
    let meta = stage.request().await;
    assert_eq!(meta.op(), "threads.get_by_id");
    meta.answer(200, "application/json", THREAD);
    stage.request().await.answer(200, "application/json", NEWEST);
    stage.until_text("Item 25").await;
    assert_eq!(
        stage.page.log(),
        "ready, thread.load.start thr_00000018, thread.load.end thr_00000018, thread.change thr_00000018"
    );
    let bottom = stage.page.root().get_bounding_client_rect().bottom();
    stage.until("the newest is in view", move |page| page.top_of("Item 25") < bottom).await;

    stage
        .until("scrolling up asks for more", |page| {
            page.find(".ck-scroll").unwrap().set_scroll_top(0);
            page.unread() == 1
        })
        .await;
    let older = stage.request().await;
    assert!(older.text().contains(r#""after":"#), "{}", older.text());
    let before = stage.page.top_of("Item 18");
    older.answer(200, "application/json", OLDER);
    stage.until_text("Item 6").await;
    stage.until("there is more to page back to", |page| page.find(".ck-older button").is_some()).await;
    let moved = (stage.page.top_of("Item 18") - before).abs();
    assert!(moved < 4.0, "the reader's place moved by {moved} px");
}

#[wasm_bindgen_test]
async fn options_that_cannot_be_used_name_their_fault_and_break_nothing() {
    let stage = Stage::bare();
    stage.element.set_options(JsValue::UNDEFINED);
    assert!(stage.page.log().starts_with("error"), "{}", stage.page.log());
    assert!(stage.page.text().contains("not set up correctly"), "{}", stage.page.text());

    stage.element.set_options(stage.page.options(r#"{"header":{"enabled":"yes"}}"#));
    assert!(stage.page.last_error().unwrap().contains("$.header.enabled"));
    assert!(!stage.page.log().contains("ready"));

    stage.element.set_options(stage.page.options("{}"));
    stage.until("the composer is there", |page| page.find("textarea").is_some()).await;
    assert!(stage.page.log().ends_with("ready"));
    assert!(!stage.page.text().contains("not set up correctly"));

    stage.element.set_options(JsValue::NULL);
    assert!(stage.page.find("textarea").is_some(), "the options before stay in force");
}

#[wasm_bindgen_test]
async fn new_options_keep_the_draft_and_the_conversation() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    pour(&exchange, through(HELLO, "from "));
    stage.until_text("Hello from").await;
    stage.page.write("a half-written thought");
    let restyled = r##"{"theme":{"colorScheme":"dark","color":{"accent":{"primary":"#0a7","level":2}}}}"##;
    stage.element.set_options(stage.page.options(restyled));
    assert_eq!(stage.page.find(".ck").unwrap().get_attribute("data-scheme").as_deref(), Some("dark"));
    assert_eq!(
        stage.page.find(".ck").unwrap().style().get_property_value("--ck-accent-primary").unwrap(),
        "#0a7"
    );
    pour(&exchange, &HELLO[through(HELLO, "from ").len()..]);
    exchange.end();
    stage.until_text("scripted server").await;
    assert_eq!(stage.draft(), "a half-written thought");
    stage.element.set_options(stage.page.options("{}"));
    assert_eq!(
        stage.page.find(".ck").unwrap().style().get_property_value("--ck-accent-primary").unwrap(),
        ""
    );
}

#[wasm_bindgen_test]
async fn taken_down_it_leaves_nothing_and_can_be_put_up_again() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    pour(&exchange, through(HELLO, "Hello "));
    stage.until_text("Hello").await;
    assert_eq!(stage.page.sheets(), 1);
    let before = stage.page.log();
    stage.element.destroy();
    assert!(exchange.aborted() && stage.page.empty());
    assert_eq!(stage.page.sheets(), 0);
    assert_eq!(stage.page.log(), before, "an event after the end");
    // Whatever a page still calls must neither throw nor wake it.
    stage.element.set_options(stage.page.options("{}"));
    let _ = stage.element.focus_composer();

    for _ in 0..3 {
        let element = ElementHandle::new(stage.page.host(), stage.page.root());
        element.set_options(stage.page.options("{}"));
        stage.until("it is there again", |page| page.count("textarea") == 1 && page.sheets() == 1).await;
        element.destroy();
        assert!(stage.page.empty());
    }
}

#[wasm_bindgen_test]
async fn a_listener_may_call_back_at_once() {
    let stage = Stage::bare();
    let element = Rc::clone(&stage.element);
    let send = Closure::once_into_js(move || {
        let params = js_sys::JSON::parse(r#"{"text":"from the page","reply":"a passage"}"#).unwrap();
        let _ = element.send_user_message(params);
    });
    stage.page.on("ready", send.unchecked_ref());
    stage.element.set_options(stage.page.options("{}"));
    let exchange = stage.request().await;
    assert!(exchange.text().contains(r#""quoted_text":"a passage""#), "{}", exchange.text());

    let element = Rc::clone(&stage.element);
    let take_down = Closure::once_into_js(move || element.destroy());
    stage.page.on("thread.change", take_down.unchecked_ref());
    exchange.stream();
    pour(&exchange, HELLO);
    stage.until("it is gone", |page| page.empty()).await;
    assert!(exchange.aborted());
}

#[wasm_bindgen_test]
async fn a_page_that_hears_of_an_abort_may_take_the_element_out() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("hello").await;
    exchange.stream();
    pour(&exchange, through(HELLO, "Hello "));
    stage.until_text("Hello").await;
    let element = Rc::clone(&stage.element);
    let take_down = Closure::once_into_js(move || element.destroy());
    stage.page.on("abort", take_down.unchecked_ref());
    stage.page.click(SEND);
    assert!(exchange.aborted() && stage.page.empty());
}

#[wasm_bindgen_test]
async fn methods_do_what_they_say_or_say_why_not() {
    let stage = Stage::new("{}").await;
    let json = |text: &str| js_sys::JSON::parse(text).unwrap();
    JsFuture::from(stage.element.set_composer_value(json(r#"{"text":"a draft","reply":"a quote"}"#)))
        .await
        .unwrap();
    JsFuture::from(stage.element.focus_composer()).await.unwrap();
    stage.until("draft and quote are there", |page| page.text().contains("a quote")).await;
    assert_eq!((stage.draft().as_str(), stage.page.focused().as_str()), ("a draft", "ck-field"));

    let error = refused(stage.element.send_user_message(json(r#"{"text":1}"#))).await;
    assert!(error.is_instance_of::<js_sys::TypeError>());
    assert!(String::from(error.message()).contains("$.text"));
    let error = refused(stage.element.set_thread_id(JsValue::from(7))).await;
    assert!(error.is_instance_of::<js_sys::TypeError>());

    let sent = stage.element.send_user_message(json(r#"{"text":"hello"}"#));
    let exchange = stage.request().await;
    let error = refused(stage.element.send_user_message(json(r#"{"text":"too soon"}"#))).await;
    assert_eq!(String::from(error.name()), "ChatKitBusyError");
    exchange.stream();
    JsFuture::from(sent).await.unwrap();
    assert_eq!(stage.draft(), "a draft", "a message of the page took the reader's draft");
}

#[wasm_bindgen_test]
async fn enter_sends_unless_it_breaks_the_line_or_ends_a_composition() {
    let stage = Stage::new("{}").await;
    stage.page.write("にほん");
    assert!(stage.page.press("Enter", r#"{"isComposing":true}"#));
    assert!(stage.page.press("Enter", r#"{"shiftKey":true}"#));
    stage.page.write("   ");
    stage.page.press("Enter", "{}");
    stage.page.write("日本語 🙂");
    stage.until("it can be sent", |page| page.find(".ck-send[aria-disabled]").is_none()).await;
    stage.page.click(SEND);
    assert!(stage.request().await.text().contains("日本語 🙂"), "something else was sent before");
}

#[wasm_bindgen_test]
async fn raw_html_in_an_answer_is_text_and_a_question_is_never_markdown() {
    let stage = Stage::new("{}").await;
    let exchange = stage.ask("**not bold** <b>me neither</b>").await;
    stage.until_text("**not bold** <b>me neither</b>").await;
    exchange.stream();
    pour(&exchange, &HELLO.replace("**scripted**", "<img src=x onerror=alert(1)>"));
    exchange.end();
    stage.until_text("<img src=x").await;
    assert!(stage.page.find("img").is_none());
}

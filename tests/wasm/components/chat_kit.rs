//! `<ChatKit>` alone.

use chatkit_widget::components::{
    CallError, ChatKit, ChatKitHandle, ChatKitOptions, SiteAsk, SiteError, SiteFunctions,
};
use chatkit_widget::json::Json;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::app::{App, Told, document, hello};
use super::counts::Counts;
use super::stand_in::{Answer, Server, beside, held, turn, until};

fn options() -> ChatKitOptions {
    ChatKitOptions::new("http://backend.test/chatkit")
}

#[wasm_bindgen_test]
async fn a_message_of_the_apps_code_is_answered_and_the_app_hears_of_it() {
    let server = Server::new([hello()]);
    let (chat, told) = (ChatKitHandle::default(), Told::default());
    // Before there is anything that could send it.
    let sent = beside(chat.send_user_message("What is a servo?"));
    let app = App::new(html! { <ChatKit options={options()} handle={chat} on_event={told.callback()} /> });
    app.until_chat_says("Hello from the scripted server.").await;
    assert!(server.calls()[0].body.contains("What is a servo?"));
    until("the call ended", || sent.borrow().is_some()).await;
    assert_eq!(*sent.borrow(), Some(Ok(())));
    until("the answer ended", || told.all().contains(&"ResponseEnd".to_owned())).await;
    assert_eq!(told.all(), ["Ready", "ResponseStart", "ThreadChange(Some(\"thr_00000001\"))", "ResponseEnd"]);
}

#[wasm_bindgen_test]
async fn a_reader_can_write_and_press_inside_another_yew_app() {
    let server = Server::new([hello()]);
    let pressed = Told::default();
    let onclick = {
        let told = pressed.callback::<&str>();
        Callback::from(move |_: MouseEvent| told.emit("outside"))
    };
    let app = App::new(html! { <div {onclick}><ChatKit options={options()} /></div> });
    until("the composer is there", || app.in_chat("textarea").is_some()).await;
    app.ask("What is a servo?");
    until("it can be sent", || app.in_chat(".ck-send:not([aria-disabled])").is_some()).await;
    app.in_chat(".ck-send").unwrap().click();
    app.until_chat_says("Hello from the scripted server.").await;
    assert_eq!(server.calls().len(), 1, "one press is one message");
}

#[wasm_bindgen_test]
async fn a_function_of_the_app_answers_what_the_assistant_asks_of_it() {
    let stream = |body: &str| Answer::Now { status: 200, kind: "text/event-stream", body: body.to_owned() };
    let server = Server::new([
        stream(include_str!("../../fixtures/wire/tool.sse")),
        stream(include_str!("../../fixtures/wire/tool-output.sse")),
    ]);
    let site = SiteFunctions::new(|ask| async move {
        match ask {
            SiteAsk::ClientTool { name, params } => Ok(Json::object([
                ("name", Json::String(name)),
                ("project", params.get("project").unwrap().clone()),
            ])),
            _ => Err(SiteError::NoHandler),
        }
    });
    let (chat, told) = (ChatKitHandle::default(), Told::default());
    let options = options().with_site(&site);
    let app = App::new(html! { <ChatKit {options} handle={chat.clone()} on_event={told.callback()} /> });
    drop(chat.send_user_message("tool"));
    app.until_chat_says("resumed after client_tool_call").await;
    let output: Json = serde_json::from_str(&server.calls()[1].body).unwrap();
    let result = output.get("params").and_then(|params| params.get("result")).unwrap();
    assert_eq!(result.to_string(), r#"{"name":"get_selection","project":"p1"}"#);
    until("the answer ended", || told.all().contains(&"ResponseEnd".to_owned())).await;
    let starts = told.all().iter().filter(|event| *event == "ResponseStart").count();
    assert_eq!(starts, 1, "one response, over both requests");
}

#[wasm_bindgen_test]
async fn new_options_are_taken_without_losing_the_conversation() {
    let _server = Server::new([hello()]);
    let chat = ChatKitHandle::default();
    let with = |greeting: &'static str, title: &'static str| {
        let options = options().with(|config| {
            config.start_screen.greeting = Some(greeting.to_owned());
            config.frame_title = title.to_owned();
        });
        html! { <ChatKit {options} handle={chat.clone()} /> }
    };
    let mut app = App::new(with("Ask the book", "one"));
    app.until_chat_says("Ask the book").await;
    app.show(with("Ask the other book", "one"));
    app.until_chat_says("Ask the other book").await;
    drop(chat.send_user_message("hello"));
    app.until_chat_says("Hello from the scripted server.").await;
    app.show(with("Ask the other book", "two"));
    until("the title is new", || {
        app.in_chat(".ck").unwrap().get_attribute("aria-label").as_deref() == Some("two")
    })
    .await;
    assert!(app.chat_text().contains("Hello from the scripted server."));
}

#[wasm_bindgen_test]
async fn a_chat_that_goes_in_the_middle_of_an_answer_leaves_nothing_and_comes_again() {
    // The test before may still be going.
    turn().await;
    let counts = Counts::start();
    let server = Server::new([]);
    let before = (counts.now(), document().query_selector_all("*").unwrap().length());
    for round in 0..2 {
        let (answer, _open) = held(hello());
        server.then(answer);
        let chat = ChatKitHandle::default();
        let mut app = App::new(html! { <ChatKit options={options()} handle={chat.clone()} /> });
        let sent = beside(chat.send_user_message("hello"));
        until("it asks", || server.calls().len() == round + 1).await;
        app.show(html! {});
        until("it is gone", || app.place().child_element_count() == 0).await;
        assert!(server.calls()[round].aborted());
        // Whether it was taken before the end is the conversation's business; that it ends is the app's.
        until("the call ended", || sent.borrow().is_some()).await;
        let late = chat.set_thread_id(None);
        drop((app, chat));
        assert_eq!(late.await, Err(CallError::Gone));
        turn().await;
        until("all is as before", || {
            (counts.now(), document().query_selector_all("*").unwrap().length()) == before
        })
        .await;
    }
}

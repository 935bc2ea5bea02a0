//! `<ChatWidget>`.

use chatkit_widget::components::{ChatWidget, ChatWidgetHandle, Key, Position};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::app::{App, Told, document, hello};
use super::counts::Counts;
use super::stand_in::{Server, held, secret, turn, until};

const BACKEND: &str = "http://backend.test";

/// The container's toggle. Before it stands a placeholder, which Yew may leave there for a while: when the page is busy, its
/// scheduler lets the browser have its turn between drawing and mounting.
async fn toggle(app: &App) -> web_sys::HtmlElement {
    const MOUNTED: &str = ".ckw-launcher:has(.ckw-live) .ckw-toggle";
    until("the toggle is drawn", || app.find(MOUNTED).is_some()).await;
    app.find(MOUNTED).unwrap()
}

fn state(app: &App) -> String {
    app.find(".ckw").and_then(|host| host.get_attribute("data-panel")).unwrap_or_default()
}

fn sheets() -> u32 {
    let sheets = js_sys::Reflect::get(&document(), &"adoptedStyleSheets".into()).unwrap();
    js_sys::Reflect::get(&sheets, &"length".into()).unwrap().as_f64().unwrap() as u32
}

#[wasm_bindgen_test]
async fn a_press_opens_the_chat_and_escape_gives_the_page_back() {
    let server = Server::new([secret("one"), hello()]);
    let told = Told::default();
    let app = App::new(html! {
        <ChatWidget backend_url={BACKEND} on_open_change={told.callback()} on_ready={told.callback()} />
    });
    toggle(&app).await.click();
    until("the composer is there", || app.in_chat("textarea").is_some()).await;
    until("it has the focus", || {
        app.in_chat(".ck").unwrap().query_selector("textarea:focus").unwrap().is_some()
    })
    .await;
    app.ask("What is a servo?");
    until("it can be sent", || app.in_chat(".ck-send:not([aria-disabled])").is_some()).await;
    app.in_chat(".ck-send").unwrap().click();
    app.until_chat_says("Hello from the scripted server.").await;
    let calls = server.calls();
    assert_eq!(calls[1].path(), "/chatkit");
    assert_eq!(calls[1].authorization.as_deref(), Some("Bearer one"));
    app.key(&app.in_chat("textarea").unwrap(), "Escape");
    until("it is closed", || state(&app) == "closed").await;
    assert_eq!(document().active_element().as_ref(), Some(toggle(&app).await.as_ref()));
    assert_eq!(told.all(), ["true", "()", "false"]);
    assert!(app.chat_text().contains("Hello"), "the conversation stays");
}

#[wasm_bindgen_test]
async fn it_looks_like_a_widget_without_a_stylesheet_of_the_site() {
    let _server = Server::new([]);
    let app = App::new(html! { <ChatWidget backend_url={BACKEND} accent="rgb(1, 2, 3)" width="321px" /> });
    let toggle = toggle(&app).await;
    let style = |name: &str| {
        let computed = web_sys::window().unwrap().get_computed_style(&toggle).unwrap().unwrap();
        computed.get_property_value(name).unwrap()
    };
    assert_eq!(style("background-color"), "rgb(1, 2, 3)");
    assert_eq!(style("--ckw-width"), "321px");
    let host = app.find(".ckw").unwrap();
    let position = web_sys::window().unwrap().get_computed_style(&host).unwrap().unwrap();
    assert_eq!(position.get_property_value("position").unwrap(), "fixed");
}

#[wasm_bindgen_test]
async fn changed_properties_take_effect_under_an_open_chat() {
    let _server = Server::new([secret("one"), hello()]);
    let chat = ChatWidgetHandle::default();
    let with = |title: &'static str, position: Position, label: &'static str| {
        let labels = vec![(Key::CloseChat, label.into())];
        html! { <ChatWidget backend_url={BACKEND} handle={chat.clone()} {title} {position} {labels} /> }
    };
    let mut app = App::new(with("One", Position::BottomRight, "Fermer"));
    toggle(&app).await;
    drop(chat.send_message("hello"));
    app.until_chat_says("Hello from the scripted server.").await;
    assert_eq!(app.find(".ckw-title").unwrap().text_content().as_deref(), Some("One"));
    let element = app.in_chat(".ck");
    app.show(with("Two", Position::TopLeft, "Schließen"));
    until("the title is new", || app.find(".ckw-title").unwrap().text_content().as_deref() == Some("Two"))
        .await;
    assert_eq!(app.find(".ckw").unwrap().get_attribute("data-position").as_deref(), Some("top-left"));
    assert_eq!(toggle(&app).await.get_attribute("aria-label").as_deref(), Some("Schließen"));
    assert_eq!(app.in_chat(".ck"), element, "it is the same conversation");
    assert!(app.chat_text().contains("Hello from the scripted server."));
}

#[wasm_bindgen_test]
async fn an_app_with_control_is_asked_and_obeyed() {
    let _server = Server::new([secret("one")]);
    let told = Told::default();
    let with = |open: bool| {
        html! { <ChatWidget backend_url={BACKEND} open={Some(open)} on_open_change={told.callback()} /> }
    };
    let mut app = App::new(with(false));
    toggle(&app).await.click();
    until("the app is asked", || told.all() == ["true"]).await;
    assert_eq!(state(&app), "closed");
    app.show(with(true));
    until("it is open", || state(&app).starts_with("open")).await;
    toggle(&app).await.click();
    until("the app is asked again", || told.all() == ["true", "false"]).await;
    assert!(state(&app).starts_with("open"));
    app.show(with(false));
    until("it is closed", || state(&app).starts_with("clos")).await;
}

#[wasm_bindgen_test]
async fn a_wrong_address_is_told_and_can_be_put_right() {
    let _server = Server::new([secret("one")]);
    let (issues, problems) = (Told::default(), Told::default());
    let with = |backend_url: &'static str| {
        html! {
            <ChatWidget {backend_url} default_open=true on_issue={issues.callback()} on_problem={problems.callback()} />
        }
    };
    let mut app = App::new(with("chat.example.com"));
    until("the app is told", || !issues.all().is_empty() && !problems.all().is_empty()).await;
    assert!(issues.all()[0].contains("backend_url"), "{:?}", issues.all());
    assert!(problems.all()[0].starts_with("Misconfigured"), "{:?}", problems.all());
    app.show(with(BACKEND));
    until("the chat is there", || app.in_chat("textarea").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_second_widget_on_the_page_is_not_shown() {
    let _server = Server::new([]);
    let app = App::new(html! {
        <><ChatWidget backend_url={BACKEND} /><ChatWidget backend_url="http://other.test" /></>
    });
    toggle(&app).await;
    until("one is drawn", || app.place().query_selector_all(".ckw").unwrap().length() == 1).await;
    assert_eq!(app.place().query_selector_all(".ckw-toggle").unwrap().length(), 1);
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_in_the_middle_of_everything_leaves_nothing_and_comes_again() {
    // The test before may still be going.
    turn().await;
    let counts = Counts::start();
    let server = Server::new([]);
    let before = (counts.now(), sheets(), document().query_selector_all("*").unwrap().length());
    for round in 1..=3 {
        server.then(secret("one"));
        let (answer, _open) = held(hello());
        server.then(answer);
        let chat = ChatWidgetHandle::default();
        let mut app = App::new(html! { <ChatWidget backend_url={BACKEND} handle={chat.clone()} /> });
        toggle(&app).await;
        assert!(counts.now().0 > before.0.0, "it does listen while it is there");
        drop(chat.send_message("hello"));
        until("it asks", || server.calls().len() >= 2 * round).await;
        app.show(html! {});
        until("it is gone", || app.place().child_element_count() == 0).await;
        assert!(server.calls().last().unwrap().aborted());
        chat.open();
        drop(app);
        turn().await;
        until("all is as before", || {
            (counts.now(), sheets(), document().query_selector_all("*").unwrap().length()) == before
        })
        .await;
        web_sys::window().unwrap().session_storage().unwrap().unwrap().clear().unwrap();
    }
}

#[wasm_bindgen_test]
async fn the_apps_own_content_of_the_toggle_can_be_pressed_and_taken_back() {
    let _server = Server::new([secret("one")]);
    let mut app = App::new(html! { <ChatWidget backend_url={BACKEND}><b>{ "Ask" }</b></ChatWidget> });
    until("it is in the button", || app.find("button.ckw-toggle b").is_some()).await;
    let content = app.find("button.ckw-toggle b").unwrap().get_bounding_client_rect();
    let (x, y) = (content.x() + content.width() / 2.0, content.y() + content.height() / 2.0);
    let hit = document().element_from_point(x as f32, y as f32).unwrap();
    assert_eq!(hit.class_name(), "ckw-toggle", "a press goes to the button");
    hit.unchecked_into::<web_sys::HtmlElement>().click();
    until("it is open", || state(&app).starts_with("open")).await;
    app.show(html! { <ChatWidget backend_url={BACKEND} /> });
    until("the icon is back", || app.find("button.ckw-toggle .ckw-icon").is_some()).await;
    assert!(app.find("b").is_none());
}

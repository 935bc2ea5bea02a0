//! The mounted widget, as its reader, its keyboard and its page meet it.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::page::{Page, document};
use super::stand_in::{Answer, Server, held, secret, status, turn, until};

const OPTIONS: &str = r#"{"backendUrl":"http://backend.test","engine":"selfhosted"}"#;

async fn mounted(options: &str) -> Page {
    let page = Page::new(options);
    until("it is drawn", || page.find(".ckw-toggle").is_some() && page.find(".ckw-header").is_some()).await;
    page
}

/// Opened, with engine, session and a chat that is ready.
async fn ready(options: &str) -> Page {
    let page = mounted(options).await;
    page.toggle().click();
    until("the engine is asked for", || page.loads() == 1).await;
    page.engine_arrives(0);
    until("the chat is shown", || page.told.count("engineReady") == 1).await;
    page.event("ready", "null");
    until("nothing covers it", || page.find(".ckw-cover").is_none()).await;
    page
}

fn focused() -> Option<HtmlElement> {
    document().active_element().map(JsCast::unchecked_into)
}

fn button(page: &Page, text: &str) -> Option<HtmlElement> {
    let buttons = page.place.element().query_selector_all("button").unwrap();
    (0..buttons.length())
        .filter_map(|index| buttons.get(index))
        .map(JsCast::unchecked_into::<HtmlElement>)
        .find(|button| button.text_content().as_deref() == Some(text))
}

#[wasm_bindgen_test]
async fn session_and_engine_start_together_on_the_first_opening_only() {
    let (answer, open) = held(secret("one"));
    let server = Server::new([answer]);
    let page = mounted(OPTIONS).await;
    assert_eq!((server.calls().len(), page.loads()), (0, 0));
    page.toggle().click();
    until("both are asked for", || server.calls().len() == 1 && page.loads() == 1).await;
    until("it says so", || page.chrome().contains("Connecting…")).await;
    page.engine_arrives(0);
    turn().await;
    assert_eq!(page.told.count("engineReady"), 0, "not before there is a session");
    open.call0(&JsValue::UNDEFINED).unwrap();
    until("the chat is shown", || page.told.count(r#"engineReady "selfhosted""#) == 1).await;
    page.toggle().click();
    page.toggle().click();
    turn().await;
    assert_eq!((server.calls().len(), page.loads(), page.told.count("engineReady")), (1, 1, 1));
}

#[wasm_bindgen_test]
async fn the_toggle_says_what_it_is_and_does() {
    let _server = Server::new([secret("one")]);
    let page = mounted(OPTIONS).await;
    let attribute = |name: &str| page.toggle().get_attribute(name).unwrap();
    assert_eq!((attribute("aria-expanded"), attribute("aria-label")), ("false".into(), "Open chat".into()));
    page.toggle().click();
    until("it is expanded", || attribute("aria-expanded") == "true").await;
    assert_eq!(attribute("aria-label"), "Close chat");
    assert_eq!(attribute("aria-controls"), page.panel().id());
    let title = page.panel().get_attribute("aria-labelledby").unwrap();
    assert_eq!(document().get_element_by_id(&title).unwrap().text_content().as_deref(), Some("Chat"));
    assert_eq!(page.panel().get_attribute("role").as_deref(), Some("dialog"));
    until("the opening is over", || page.state() == "open").await;
}

#[wasm_bindgen_test]
async fn a_closed_panel_is_out_of_reach_but_keeps_what_is_in_it() {
    let _server = Server::new([secret("one")]);
    let page = ready(OPTIONS).await;
    let composer: web_sys::HtmlInputElement = page.find("#composer").unwrap().unchecked_into();
    composer.set_value("half a question");
    assert!(!page.panel().has_attribute("inert"));
    page.toggle().click();
    until("it is closed", || page.state() == "closed").await;
    assert!(page.panel().has_attribute("inert"));
    page.toggle().click();
    until("it is open", || page.state() == "open").await;
    let again: web_sys::HtmlInputElement = page.find("#composer").unwrap().unchecked_into();
    assert_eq!(again.value(), "half a question");
}

#[wasm_bindgen_test]
async fn escape_closes_from_anywhere_in_it_and_gives_the_focus_back() {
    let _server = Server::new([secret("one")]);
    let page = ready(OPTIONS).await;
    for selector in ["#composer", ".ckw-header-button", ".ckw-toggle"] {
        page.handle.open(None);
        let element = page.find(selector).unwrap();
        element.focus().unwrap();
        assert_eq!(focused().as_ref(), Some(&element), "{selector}");
        page.key(&element, "a");
        assert!(page.state().starts_with("open"), "{selector}: other keys are not ours");
        page.key(&element, "Escape");
        assert_eq!(page.state(), "closing", "{selector}");
        assert_eq!(focused(), Some(page.toggle()), "{selector}");
    }
}

#[wasm_bindgen_test]
async fn an_escape_that_somebody_in_the_chat_took_is_not_taken_twice() {
    let _server = Server::new([secret("one")]);
    let page = ready(OPTIONS).await;
    let menu = gloo_events::EventListener::new_with_options(
        &page.find(".ckw-body").unwrap(),
        "keydown",
        gloo_events::EventListenerOptions::enable_prevent_default(),
        |event| event.prevent_default(),
    );
    page.key(&page.find("#composer").unwrap(), "Escape");
    assert!(page.state().starts_with("open"));
    drop(menu);
    page.key(&page.find("#composer").unwrap(), "Escape");
    assert_eq!(page.state(), "closing");
}

#[wasm_bindgen_test]
async fn closing_by_code_does_not_steal_the_focus_of_the_page() {
    let _server = Server::new([secret("one")]);
    let page = ready(OPTIONS).await;
    let elsewhere = super::page::Place::new();
    elsewhere.element().set_inner_html("<button>elsewhere</button>");
    elsewhere.button().focus().unwrap();
    page.handle.close();
    assert_eq!(focused(), Some(elsewhere.button()));
}

#[wasm_bindgen_test]
async fn opening_moves_the_focus_in_and_on_to_the_composer_when_it_can() {
    let _server = Server::new([secret("one")]);
    let page = mounted(OPTIONS).await;
    page.toggle().click();
    assert_eq!(focused(), Some(page.panel()));
    until("the engine is asked for", || page.loads() == 1).await;
    page.engine_arrives(0);
    until("the chat is shown", || page.told.count("engineReady") == 1).await;
    assert_eq!(page.told.count("focusComposer"), 0);
    page.event("ready", "null");
    assert_eq!(page.told.count("focusComposer"), 1);
    page.toggle().click();
    page.toggle().click();
    assert_eq!(page.told.count("focusComposer"), 2);
}

#[wasm_bindgen_test]
async fn a_reader_who_went_elsewhere_meanwhile_keeps_the_focus() {
    let _server = Server::new([secret("one")]);
    let page = mounted(OPTIONS).await;
    page.toggle().click();
    until("the engine is asked for", || page.loads() == 1).await;
    page.engine_arrives(0);
    until("the chat is shown", || page.told.count("engineReady") == 1).await;
    let elsewhere = super::page::Place::new();
    elsewhere.element().set_inner_html("<button>elsewhere</button>");
    elsewhere.button().focus().unwrap();
    page.event("ready", "null");
    assert_eq!(page.told.count("focusComposer"), 0);
}

#[wasm_bindgen_test]
async fn a_session_that_fails_is_told_plainly_and_the_button_works() {
    let server = Server::new([Answer::NoConnection, Answer::NoConnection, Answer::NoConnection]);
    let page = mounted(OPTIONS).await;
    page.toggle().click();
    until("it gave up", || button(&page, "Try again").is_some()).await;
    let alert = page.find("[role=alert]").unwrap().text_content().unwrap();
    assert_eq!(alert, "The chat cannot be reached right now. Check your connection and try again.");
    assert_eq!(server.calls().len(), 3);
    let told = page.told.all();
    let problem = told.iter().find(|line| line.starts_with("problem")).unwrap();
    for part in [r#""key":"noConnection""#, r#""retryable":true"#, "POST /api/chatkit/session"] {
        assert!(problem.contains(part), "{problem}");
    }
    server.then(secret("one"));
    page.engine_arrives(0);
    let retry = button(&page, "Try again").unwrap();
    retry.focus().unwrap();
    retry.click();
    assert_eq!(focused(), Some(page.panel()), "the focus must not fall out with the button");
    until("the chat is shown", || page.told.count("engineReady") == 1).await;
    page.event("ready", "null");
    until("nothing covers it", || page.find(".ckw-cover").is_none()).await;
    assert_eq!(page.loads(), 1, "an engine that is there is not loaded again");
}

#[wasm_bindgen_test]
async fn automatic_retries_are_shown_as_such() {
    let (answer, open) = held(secret("one"));
    let _server = Server::new([status(503, ""), answer]);
    let page = mounted(OPTIONS).await;
    page.toggle().click();
    until("it says so", || page.chrome().contains("Trying again (2 of 3)…")).await;
    let live = page.find(".ckw-chrome [role=status]").unwrap().text_content().unwrap();
    assert_eq!(live, "Trying again (2 of 3)…", "also aloud");
    open.call0(&JsValue::UNDEFINED).unwrap();
    until("it goes on", || page.chrome().contains("Loading the chat…")).await;
}

#[wasm_bindgen_test]
async fn trouble_with_the_session_does_not_cover_a_conversation() {
    let server = Server::new([secret("one"), status(401, "{}")]);
    let page = ready(&OPTIONS.replace("selfhosted", "openai")).await;
    let request = page.handle.fetch("http://backend.test/chatkit".into(), JsValue::UNDEFINED);
    JsFuture::from(request).await.unwrap_err();
    until("it says so", || page.find(".ckw-notice [role=alert]").is_some()).await;
    assert!(page.find(".ckw-cover").is_none());
    server.then(secret("two"));
    button(&page, "Try again").unwrap().click();
    until("it is gone", || page.find(".ckw-notice").is_none()).await;
}

#[wasm_bindgen_test]
async fn our_own_chat_is_given_the_sentence_for_a_missing_session_and_nothing_stands_above_it() {
    let _server = Server::new([secret("one"), status(401, "{}"), status(400, "{}"), status(400, "{}")]);
    let page = ready(OPTIONS).await;
    let request = page.handle.fetch("http://backend.test/chatkit".into(), JsValue::UNDEFINED);
    let rejection = JsFuture::from(request).await.unwrap_err();
    let key = js_sys::Reflect::get(&rejection, &"key".into()).unwrap();
    assert_eq!(key.as_string().as_deref(), Some("notAccepted"));
    until("the site owner can see it", || {
        page.place.element().get_attribute("data-state").as_deref() == Some("failed")
    })
    .await;
    assert!(page.find(".ckw-notice").is_none() && page.find(".ckw-cover").is_none());
}

#[wasm_bindgen_test]
async fn where_openais_script_does_not_come_ours_takes_over() {
    let _server = Server::new([secret("one")]);
    let page = mounted(r#"{"backendUrl":"http://backend.test","domainKey":"key"}"#).await;
    page.toggle().click();
    until("it is asked for", || page.told.count(r#"loadEngine "openai""#) == 1).await;
    page.engine_fails(0);
    until("ours is asked for", || page.told.count(r#"loadEngine "selfhosted""#) == 1).await;
    page.engine_arrives(1);
    until("ours is shown", || page.told.count(r#"engineReady "selfhosted""#) == 1).await;
    assert_eq!((page.told.count("problem"), page.told.count(r#"problem {"key":"fellBack""#)), (1, 1));
    assert!(!page.chrome().contains("built-in"), "the reader has a chat: nothing is wrong");
}

#[wasm_bindgen_test]
async fn where_openais_script_hangs_ours_takes_over() {
    let _server = Server::new([secret("one")]);
    let page = mounted(r#"{"backendUrl":"http://backend.test","domainKey":"key","engineTimeout":1}"#).await;
    page.toggle().click();
    until("ours is asked for", || page.told.count(r#"loadEngine "selfhosted""#) == 1).await;
    assert_eq!(page.told.count(r#"loadEngine "openai""#), 1);
}

#[wasm_bindgen_test]
async fn without_a_domain_key_nobody_asks_for_openais_script() {
    let _server = Server::new([secret("one")]);
    let page = mounted(r#"{"backendUrl":"http://backend.test"}"#).await;
    page.toggle().click();
    until("ours is asked for", || page.told.count(r#"loadEngine "selfhosted""#) == 1).await;
    assert_eq!(page.told.count(r#"loadEngine "openai""#), 0);
}

#[wasm_bindgen_test]
async fn an_engine_that_fails_is_told_plainly_and_the_button_loads_it_again() {
    let _server = Server::new([secret("one")]);
    let page = mounted(r#"{"backendUrl":"http://backend.test","engine":"openai"}"#).await;
    page.toggle().click();
    until("it is asked for", || page.loads() == 1).await;
    page.engine_fails(0);
    until("it says so", || button(&page, "Try again").is_some()).await;
    assert!(page.chrome().contains("The chat could not be loaded."));
    button(&page, "Try again").unwrap().click();
    until("it is asked for again", || page.loads() == 2).await;
    page.engine_arrives(1);
    until("it is shown", || page.told.count(r#"engineReady "openai""#) == 1).await;
}

#[wasm_bindgen_test]
async fn an_answer_on_its_way_is_shown_and_said_once() {
    for (engine, said) in [("openai", ["Answering…", "The answer is complete."]), ("selfhosted", ["", ""])]
    {
        let _server = Server::new([secret("one")]);
        let page = ready(&OPTIONS.replace("selfhosted", engine)).await;
        let aloud = || page.find(".ckw-chrome [role=status]").unwrap().text_content().unwrap();
        assert!(page.find(".ckw-busy").is_none());
        page.event("response.start", "null");
        until("it is shown", || page.find(".ckw-busy").is_some()).await;
        assert_eq!(aloud(), said[0], "{engine}: our own element says it itself");
        page.event("response.end", "null");
        until("it is over", || page.find(".ckw-busy").is_none()).await;
        assert_eq!(aloud(), said[1], "{engine}");
    }
}

#[wasm_bindgen_test]
async fn the_next_page_opens_where_the_last_one_was_left() {
    let _server = Server::new([secret("one"), secret("one")]);
    let page = ready(OPTIONS).await;
    page.event("thread.change", r#"{"threadId":"thr_1"}"#);
    drop(page);
    let elsewhere = super::page::Place::new();
    elsewhere.element().set_inner_html("<button>elsewhere</button>");
    elsewhere.button().focus().unwrap();
    let page = mounted(OPTIONS).await;
    until("it is open again", || page.state().starts_with("open")).await;
    assert_eq!(page.handle.initial_thread().as_deref(), Some("thr_1"));
    assert_eq!(focused(), Some(elsewhere.button()), "a page that loads leaves the focus alone");
    page.event("thread.change", r#"{"threadId":null}"#);
    page.toggle().click();
    let stored = web_sys::window().unwrap().session_storage().unwrap().unwrap();
    assert_eq!(
        stored.get_item("chatkit-widget:http://backend.test").unwrap().as_deref(),
        Some(r#"{"v":1,"open":false,"thread":null,"secret":"one"}"#)
    );
}

#[wasm_bindgen_test]
async fn new_chat_is_there_once_there_is_a_chat() {
    let _server = Server::new([secret("one")]);
    let page = mounted(OPTIONS).await;
    let new_chat = || page.find(".ckw-header-button[aria-label='New chat']").unwrap();
    assert!(new_chat().has_attribute("disabled"));
    drop(page);
    let _server = Server::new([secret("one")]);
    let page = ready(OPTIONS).await;
    page.find(".ckw-header-button[aria-label='New chat']").unwrap().click();
    assert_eq!(page.told.count("newThread"), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_backend_url_is_named_to_the_integrator_and_plain_to_the_reader() {
    let server = Server::new([]);
    let page = mounted(r#"{"backendUrl":"localhost:8000"}"#).await;
    let told = page.told.all();
    assert!(told[0].starts_with("configIssues"), "{told:?}");
    assert!(told[0].contains(r#""path":"backendUrl""#) && told[0].contains("localhost:8000"), "{told:?}");
    page.toggle().click();
    until("it says so", || page.chrome().contains("The chat is not set up correctly on this page.")).await;
    assert_eq!((server.calls().len(), page.loads()), (0, 0));
    assert_eq!(page.told.count("problem"), 1);
    let rejection = JsFuture::from(page.handle.fetch("/x".into(), JsValue::UNDEFINED)).await.unwrap_err();
    assert_eq!(String::from(rejection.unchecked_into::<js_sys::Error>().name()), "ChatKitSessionError");
    // Put right while it is open, it goes on.
    server.then(secret("one"));
    page.handle.set_options(&js_sys::JSON::parse(OPTIONS).unwrap());
    until("it connects", || server.calls().len() == 1 && page.loads() == 1).await;
    until("it says so", || !page.chrome().contains("not set up correctly")).await;
}

#[wasm_bindgen_test]
async fn a_site_has_its_own_words_corner_and_colours() {
    let _server = Server::new([]);
    let page = mounted(
        r#"{"backendUrl":"http://backend.test","title":"Frag das Buch","labels":{"openChat":"Chat öffnen"},
            "position":"top-left","colorScheme":"dark"}"#,
    )
    .await;
    assert_eq!(page.toggle().get_attribute("aria-label").as_deref(), Some("Chat öffnen"));
    assert_eq!(page.find(".ckw-title").unwrap().text_content().as_deref(), Some("Frag das Buch"));
    let host = page.place.element();
    assert_eq!(host.get_attribute("data-position").as_deref(), Some("top-left"));
    assert_eq!(host.get_attribute("data-scheme").as_deref(), Some("dark"));
}

#[wasm_bindgen_test]
async fn the_colour_scheme_follows_the_page_as_it_changes() {
    let _server = Server::new([]);
    let page = mounted(OPTIONS).await;
    let html = document().document_element().unwrap();
    let scheme = || page.place.element().get_attribute("data-scheme").unwrap();
    for name in ["dark", "light"] {
        html.set_attribute("data-theme", name).unwrap();
        until("it follows", || scheme() == name).await;
    }
    html.remove_attribute("data-theme").unwrap();
}

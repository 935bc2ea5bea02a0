//! Mounting, unmounting and mounting again leaves nothing behind.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::counts::Counts;
use super::page::{Page, document};
use super::stand_in::{Server, held, secret, turn, until};

const OPTIONS: &str = r#"{"backendUrl":"http://backend.test","engine":"selfhosted"}"#;

async fn use_it(page: &Page) {
    until("it is drawn", || page.find(".ckw-toggle").is_some()).await;
    page.toggle().click();
    until("the engine is asked for", || page.loads() == 1).await;
    page.engine_arrives(0);
    until("the chat is shown", || page.told.count("engineReady") == 1).await;
    page.event("ready", "null");
    page.event("response.start", "null");
    until("it is busy", || page.find(".ckw-busy").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_widget_that_went_leaves_nothing_and_comes_again() {
    let counts = Counts::start();
    let server = Server::new([]);
    let before = (counts.now(), document().query_selector_all("*").unwrap().length());
    for _ in 0..3 {
        server.then(secret("one"));
        let page = Page::new(OPTIONS);
        use_it(&page).await;
        assert!(counts.now().0 > before.0.0, "it does listen while it is there");
        page.handle.destroy();
        until("both places are empty", || {
            [".ckw-launcher", ".ckw-chrome"]
                .iter()
                .all(|place| page.find(place).unwrap().child_element_count() == 0)
        })
        .await;
        assert!(page.find("#composer").is_some(), "what others put there is theirs");
        // After its end it is deaf, not broken.
        page.handle.open(None);
        page.event("ready", "null");
        page.handle.set_options(&JsValue::UNDEFINED);
        page.handle.destroy();
        drop(page);
        until("all is as before", || {
            (counts.now(), document().query_selector_all("*").unwrap().length()) == before
        })
        .await;
    }
    assert_eq!(server.calls().len(), 3);
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_while_everything_is_under_way_leaves_nothing_either() {
    let counts = Counts::start();
    let (answer, open) = held(secret("late"));
    let server = Server::new([answer]);
    let before = counts.now();
    let page = Page::new(OPTIONS);
    until("it is drawn", || page.find(".ckw-toggle").is_some()).await;
    page.toggle().click();
    until("both are asked for", || page.loads() == 1 && server.calls().len() == 1).await;
    page.handle.destroy();
    assert_eq!(counts.now(), before);
    assert!(server.calls()[0].aborted());
    let told = page.told.all().len();
    open.call0(&JsValue::UNDEFINED).unwrap();
    page.engine_arrives(0);
    turn().await;
    turn().await;
    assert_eq!(page.told.all().len(), told, "nobody is called after the end");
}

#[wasm_bindgen_test]
async fn a_chat_that_is_never_opened_asks_for_nothing() {
    let server = Server::new([]);
    let counts = Counts::start();
    let page = Page::new(OPTIONS);
    until("it is drawn", || page.find(".ckw-toggle").is_some()).await;
    turn().await;
    assert_eq!(server.calls().len(), 0);
    assert_eq!(page.told.all(), Vec::<String>::new());
    assert_eq!(counts.now().1, 0, "no timer runs for a closed chat");
}

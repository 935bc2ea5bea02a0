//! The widget and the page around it, as a reader's keyboard and screen reader meet them.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::page::{Page, Place, document};
use super::stand_in::{Server, secret, turn, until};

const OPTIONS: &str = r#"{"backendUrl":"http://backend.test","engine":"selfhosted"}"#;
const SHORTCUT: &str = r#"{"backendUrl":"http://backend.test","engine":"selfhosted","shortcut":"?"}"#;
const WITH_CONTROL: &str =
    r#"{"backendUrl":"http://backend.test","engine":"selfhosted","shortcut":"Control+Shift+K"}"#;

fn js(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::UNDEFINED).unwrap()
}

/// Something of the page's own that the test takes the place of, until it is dropped.
struct Instead(&'static str);

impl Drop for Instead {
    fn drop(&mut self) {
        js(self.0);
    }
}

/// A window as narrow as a phone's, or as wide as a desk's.
fn window(narrow: bool) -> Instead {
    js(&format!(
        "const own = window.ckwOwnMatchMedia ??= window.matchMedia;
         const phone = window.ckwPhone = Object.assign(new EventTarget(), {{ matches: {narrow} }});
         window.matchMedia = query => query.includes('max-width') ? phone : own.call(window, query);"
    ));
    Instead("window.matchMedia = window.ckwOwnMatchMedia")
}

fn turn_window(narrow: bool) {
    js(&format!("window.ckwPhone.matches = {narrow}; window.ckwPhone.dispatchEvent(new Event('change'))"));
}

/// A tab in the background, or in front.
fn hide_page(hidden: bool) -> Instead {
    let state = if hidden { "hidden" } else { "visible" };
    js(&format!(
        "Object.defineProperty(document, 'visibilityState', {{ get: () => '{state}', configurable: true }});
         document.dispatchEvent(new Event('visibilitychange'))"
    ));
    Instead("delete document.visibilityState")
}

async fn mounted(options: &str) -> Page {
    let page = Page::new(options);
    until("it is drawn", || page.find(".ckw-toggle").is_some() && page.find(".ckw-header").is_some()).await;
    page
}

fn beside(html: &str) -> (Place, HtmlElement) {
    let place = Place::new();
    place.element().set_inner_html(html);
    let element = place.element().unchecked_into();
    (place, element)
}

/// Puts one element into an open shadow root of `owner`.
fn in_shadow_of(owner: &Element, html: &str) -> Element {
    let body = "const shadow = owner.attachShadow({ mode: 'open' });
                shadow.innerHTML = html;
                return shadow.firstElementChild";
    let attach = Function::new_with_args("owner, html", body);
    attach.call2(&JsValue::UNDEFINED, owner, &html.into()).unwrap().unchecked_into()
}

fn is_inert(element: &Element) -> bool {
    element.has_attribute("inert")
}

fn focused() -> Option<HtmlElement> {
    document().active_element().map(JsCast::unchecked_into)
}

fn html_style() -> String {
    document().document_element().unwrap().get_attribute("style").unwrap_or_default()
}

#[wasm_bindgen_test]
async fn on_a_phone_the_page_behind_is_out_of_reach_until_the_panel_closes() {
    let (_server, _narrow) = (Server::new([secret("one")]), window(true));
    let (_place, other) = beside("<button>of the page</button>");
    let (_kept, inert_before) = beside("");
    inert_before.set_attribute("inert", "").unwrap();
    let (_dialog, _) = beside("");
    let dialog = document().create_element("dialog").unwrap();
    document().body().unwrap().append_child(&dialog).unwrap();
    let before = html_style();
    let page = mounted(OPTIONS).await;
    assert!(!page.panel().has_attribute("aria-modal") && !is_inert(&other));
    page.toggle().click();
    assert_eq!(page.panel().get_attribute("aria-modal").as_deref(), Some("true"));
    assert!(is_inert(&other) && is_inert(&inert_before));
    assert!(!is_inert(&page.place.element()) && !is_inert(&document().body().unwrap()));
    assert!(!is_inert(&dialog), "a dialog of the page lies above the panel");
    assert!(!is_inert(&document().head().unwrap()));
    assert!(html_style().contains("overflow: hidden !important"), "it does not scroll either");
    let (_late, late) = beside("<button>a banner that comes late</button>");
    until("what comes late is held too", || is_inert(&late)).await;
    page.handle.close();
    assert!(!page.panel().has_attribute("aria-modal"));
    assert!(!is_inert(&other) && !is_inert(&late));
    assert!(is_inert(&inert_before), "what was inert before stays so");
    assert_eq!(html_style(), before);
    dialog.remove();
}

#[wasm_bindgen_test]
async fn a_site_that_forbade_scrolling_itself_finds_it_as_it_was() {
    let (_server, _narrow) = (Server::new([secret("one")]), window(true));
    let html: HtmlElement = document().document_element().unwrap().unchecked_into();
    html.style().set_property("overflow", "clip").unwrap();
    let page = mounted(OPTIONS).await;
    page.handle.open(None);
    assert!(html_style().contains("hidden !important"));
    page.handle.destroy();
    assert_eq!(html.style().get_property_value("overflow").unwrap(), "clip");
    html.style().remove_property("overflow").unwrap();
}

#[wasm_bindgen_test]
async fn a_window_that_gets_narrow_or_wide_changes_it_at_once() {
    let (_server, _wide) = (Server::new([secret("one")]), window(false));
    let (_place, other) = beside("<button>of the page</button>");
    let page = mounted(OPTIONS).await;
    page.toggle().click();
    assert!(!page.panel().has_attribute("aria-modal") && !is_inert(&other));
    let button: HtmlElement = other.first_element_child().unwrap().unchecked_into();
    button.focus().unwrap();
    turn_window(true);
    assert!(page.panel().has_attribute("aria-modal") && is_inert(&other));
    assert_eq!(focused(), Some(page.panel()), "the focus does not stay where nothing can be reached");
    turn_window(false);
    assert!(!page.panel().has_attribute("aria-modal") && !is_inert(&other));
}

#[wasm_bindgen_test]
async fn the_page_around_a_shadow_root_is_held_as_well() {
    let (_server, _narrow) = (Server::new([secret("one")]), window(true));
    let (_place, other) = beside("");
    let (_shadowed, owner) = beside("");
    let inner = in_shadow_of(&owner, "<div></div>");
    let shadow = inner.parent_node().unwrap();
    let page = mounted(OPTIONS).await;
    shadow.append_child(&page.place.element()).unwrap();
    page.handle.open(None);
    assert!(is_inert(&other) && is_inert(&inner) && !is_inert(&owner));
    page.handle.close();
    assert!(!is_inert(&other) && !is_inert(&inner));
}

#[wasm_bindgen_test]
async fn escape_closes_a_modal_panel_also_when_nothing_has_the_focus() {
    let (_server, _narrow) = (Server::new([secret("one")]), window(true));
    let page = mounted(OPTIONS).await;
    let body = document().body().unwrap();
    page.handle.open(None);
    page.panel().blur().unwrap();
    page.key(&body, "Escape");
    assert_eq!(page.state(), "closing");
    turn_window(false);
    page.handle.open(None);
    page.key(&body, "Escape");
    assert!(page.state().starts_with("open"), "beside an open panel the page's Escape is the page's");
}

#[wasm_bindgen_test]
async fn escape_that_ends_a_composition_closes_nothing() {
    let _server = Server::new([secret("one")]);
    let page = mounted(OPTIONS).await;
    page.handle.open(None);
    let composing =
        "const init = { key: 'Escape', isComposing: true, bubbles: true, composed: true, cancelable: true };
         document.querySelector('#composer').dispatchEvent(new KeyboardEvent('keydown', init))";
    js(composing);
    assert!(page.state().starts_with("open"));
}

#[wasm_bindgen_test]
async fn an_answer_nobody_saw_is_on_the_toggle_in_the_title_and_said_aloud() {
    let _server = Server::new([secret("one")]);
    document().set_title("Servo motors");
    let page = mounted(OPTIONS).await;
    let name = || page.toggle().get_attribute("aria-label").unwrap();
    let aloud = || page.find(".ckw-launcher [role=status]").unwrap().text_content().unwrap();
    for (count, expected) in [(1, "Open chat, 1 new answer"), (2, "Open chat, 2 new answers")] {
        page.event("response.start", "null");
        page.event("response.end", "null");
        until("the name says so", || name() == expected).await;
        assert_eq!(page.find(".ckw-badge").unwrap().text_content(), Some(count.to_string()));
        assert_eq!(document().title(), format!("({count}) Servo motors"));
        assert!(expected.ends_with(&aloud()) && !aloud().is_empty());
    }
    page.toggle().click();
    assert_eq!(document().title(), "Servo motors");
    until("the badge is gone", || page.find(".ckw-badge").is_none()).await;
    assert_eq!((name().as_str(), aloud().as_str()), ("Close chat", ""));
}

#[wasm_bindgen_test]
async fn a_router_keeps_the_title_it_writes_meanwhile() {
    let _server = Server::new([secret("one")]);
    document().set_title("Servo motors");
    let page = mounted(OPTIONS).await;
    page.event("response.start", "null");
    page.event("response.end", "null");
    assert_eq!(document().title(), "(1) Servo motors");
    document().set_title("Steppers");
    until("the new one carries the mark", || document().title() == "(1) Steppers").await;
    // As frameworks do that manage the head: the element itself is exchanged.
    js("const title = document.createElement('title'); title.textContent = 'Gears';
        document.querySelector('title').replaceWith(title)");
    until("that one as well", || document().title() == "(1) Gears").await;
    // And as React does: another one comes before it, and goes again.
    js(
        "const title = document.createElement('title'); title.textContent = 'Sensors'; document.head.prepend(title)",
    );
    until("that one as well", || document().title() == "(1) Sensors").await;
    page.handle.open(None);
    assert_eq!(document().title(), "Sensors");
    js("document.querySelector('title').remove()");
    assert_eq!(document().title(), "Gears");
    document().set_title("Motors");
    turn().await;
    assert_eq!(document().title(), "Motors");
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_takes_its_mark_along() {
    let _server = Server::new([]);
    document().set_title("Servo motors");
    let page = mounted(OPTIONS).await;
    page.event("response.start", "null");
    page.event("response.end", "null");
    page.handle.destroy();
    assert_eq!(document().title(), "Servo motors");
}

#[wasm_bindgen_test]
async fn an_answer_in_a_tab_in_the_background_is_unread_until_the_tab_is_looked_at() {
    let _server = Server::new([secret("one")]);
    document().set_title("Servo motors");
    let page = mounted(OPTIONS).await;
    page.handle.open(None);
    page.event("response.start", "null");
    let hidden = hide_page(true);
    page.event("response.end", "null");
    assert_eq!(document().title(), "(1) Servo motors");
    drop(hidden);
    hide_page(false);
    assert_eq!(document().title(), "Servo motors");
}

/// Presses keys on the focused element; whether the page may still use them.
fn press(target: &Element, init: &str) -> bool {
    let press = Function::new_with_args(
        "target",
        &format!(
            "return target.dispatchEvent(new KeyboardEvent('keydown', {{ bubbles: true, composed: true, cancelable: true, {init} }}))"
        ),
    );
    press.call1(&JsValue::UNDEFINED, target).unwrap().is_truthy()
}

const QUESTION_MARK: &str = "key: '?', code: 'Slash', shiftKey: true";
const CONTROL_SHIFT_K: &str = "key: 'K', code: 'KeyK', shiftKey: true, ctrlKey: true";

#[wasm_bindgen_test]
async fn the_shortcut_opens_and_closes_from_anywhere() {
    let _server = Server::new([secret("one")]);
    let page = mounted(SHORTCUT).await;
    assert_eq!(page.toggle().get_attribute("aria-keyshortcuts").as_deref(), Some("?"));
    let body = document().body().unwrap();
    assert!(!press(&body, QUESTION_MARK), "it is taken");
    assert_eq!(focused(), Some(page.panel()));
    assert!(page.state().starts_with("open"));
    press(&page.panel(), QUESTION_MARK);
    assert_eq!(page.state(), "closing");
    assert_eq!(focused(), Some(page.toggle()));
}

#[wasm_bindgen_test]
async fn nobody_who_types_loses_a_key_to_the_shortcut() {
    let _server = Server::new([secret("one")]);
    let page = mounted(SHORTCUT).await;
    let (_place, form) = beside(
        "<input><textarea></textarea><select></select><div contenteditable><b>x</b></div><div role='textbox'></div><x-field></x-field><div class='open'></div>",
    );
    let open = form.last_element_child().unwrap();
    let fields = ["input", "textarea", "select", "[contenteditable]", "b", "[role=textbox]", "x-field"];
    let mut fields: Vec<_> =
        fields.iter().map(|field| form.query_selector(field).unwrap().unwrap()).collect();
    fields.push(in_shadow_of(&open, "<input>"));
    for field in &fields {
        assert!(press(field, QUESTION_MARK), "{}", field.outer_html());
        assert_eq!(page.state(), "closed", "{}", field.outer_html());
    }
    // With Control it is a command everywhere.
    page.handle.set_options(&js_sys::JSON::parse(WITH_CONTROL).unwrap());
    for field in &fields {
        press(field, CONTROL_SHIFT_K);
        assert!(page.state().starts_with("open"), "{}", field.outer_html());
        press(field, CONTROL_SHIFT_K);
        assert_eq!(page.state(), "closing", "{}", field.outer_html());
    }
}

#[wasm_bindgen_test]
async fn a_key_the_page_took_or_that_is_held_down_opens_nothing() {
    let _server = Server::new([secret("one")]);
    let page = mounted(SHORTCUT).await;
    let (_place, taken) = beside("<button>of the page</button>");
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let _taker = gloo_events::EventListener::new_with_options(&taken, "keydown", options, |event| {
        event.prevent_default();
    });
    press(&taken, QUESTION_MARK);
    let body = document().body().unwrap();
    press(&body, &format!("{QUESTION_MARK}, repeat: true"));
    press(&body, &format!("{QUESTION_MARK}, isComposing: true"));
    assert_eq!(page.state(), "closed");
    page.handle.set_options(&js_sys::JSON::parse(OPTIONS).unwrap());
    press(&body, QUESTION_MARK);
    assert_eq!(page.state(), "closed", "taken back with the option");
    until("nobody is told of it", || !page.toggle().has_attribute("aria-keyshortcuts")).await;
}

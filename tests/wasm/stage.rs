//! A page with one element and a server that answers when the test says so; the JavaScript half is `page.js`.

use std::rc::Rc;

use chatkit_widget::element::host::ElementHandle;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement};

#[wasm_bindgen(module = "/tests/wasm/page.js")]
extern "C" {
    pub type Page;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Page;
    #[wasm_bindgen(method, getter)]
    pub fn host(this: &Page) -> HtmlElement;
    #[wasm_bindgen(method, getter)]
    pub fn root(this: &Page) -> HtmlElement;
    #[wasm_bindgen(method)]
    pub fn options(this: &Page, extra: &str) -> JsValue;
    #[wasm_bindgen(method)]
    pub fn request(this: &Page) -> Promise;
    #[wasm_bindgen(method, getter)]
    pub fn unread(this: &Page) -> usize;
    #[wasm_bindgen(method, getter)]
    pub fn text(this: &Page) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn log(this: &Page) -> String;
    #[wasm_bindgen(method, getter, js_name = lastError)]
    pub fn last_error(this: &Page) -> Option<String>;
    #[wasm_bindgen(method)]
    pub fn find(this: &Page, selector: &str) -> Option<HtmlElement>;
    #[wasm_bindgen(method)]
    pub fn count(this: &Page, selector: &str) -> usize;
    #[wasm_bindgen(method, getter)]
    pub fn sheets(this: &Page) -> usize;
    #[wasm_bindgen(method, getter)]
    pub fn empty(this: &Page) -> bool;
    #[wasm_bindgen(method, getter)]
    pub fn focused(this: &Page) -> String;
    #[wasm_bindgen(method)]
    pub fn click(this: &Page, selector: &str);
    #[wasm_bindgen(method, js_name = type)]
    pub fn write(this: &Page, text: &str);
    #[wasm_bindgen(method)]
    pub fn press(this: &Page, key: &str, init: &str) -> bool;
    #[wasm_bindgen(method)]
    pub fn on(this: &Page, name: &str, then: &Function);
    #[wasm_bindgen(method)]
    pub fn until(this: &Page, what: &str, wanted: &Function) -> Promise;
    #[wasm_bindgen(method, js_name = topOf)]
    pub fn top_of(this: &Page, text: &str) -> f64;
    #[wasm_bindgen(method)]
    pub fn remove(this: &Page);

    pub type Exchange;
    #[wasm_bindgen(method, getter)]
    pub fn op(this: &Exchange) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn text(this: &Exchange) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn headers(this: &Exchange) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn aborted(this: &Exchange) -> bool;
    #[wasm_bindgen(method)]
    pub fn stream(this: &Exchange);
    #[wasm_bindgen(method)]
    pub fn chunk(this: &Exchange, bytes: &Uint8Array);
    #[wasm_bindgen(method)]
    pub fn end(this: &Exchange);
    #[wasm_bindgen(method)]
    pub fn cut(this: &Exchange);
    #[wasm_bindgen(method)]
    pub fn answer(this: &Exchange, status: u16, content_type: &str, text: &str);
    #[wasm_bindgen(method)]
    pub fn refuse(this: &Exchange, name: &str, message: &str);
}

/// A page with one element that has options; taken down when dropped, so that a failing test leaves nothing behind.
pub struct Stage {
    pub page: Rc<Page>,
    pub element: Rc<ElementHandle>,
}

impl Stage {
    /// The element before its options.
    pub fn bare() -> Self {
        let page = Page::new();
        let element = ElementHandle::new(page.host(), page.root());
        Self { page: Rc::new(page), element: Rc::new(element) }
    }

    pub async fn new(options: &str) -> Self {
        let stage = Self::bare();
        stage.element.set_options(stage.page.options(options));
        stage.until("the composer is there", |page| page.find("textarea").is_some()).await;
        stage
    }

    pub async fn until(&self, what: &str, wanted: impl Fn(&Page) -> bool + 'static) {
        let page = Rc::clone(&self.page);
        let wanted = Closure::<dyn FnMut() -> bool>::new(move || wanted(&page));
        JsFuture::from(self.page.until(what, wanted.as_ref().unchecked_ref())).await.expect(what);
    }

    pub async fn until_text(&self, text: &'static str) {
        self.until(text, move |page| page.text().contains(text)).await;
    }

    pub async fn request(&self) -> Exchange {
        JsFuture::from(self.page.request()).await.unwrap().unchecked_into()
    }

    /// Asks as a reader does.
    pub async fn ask(&self, text: &str) -> Exchange {
        self.page.write(text);
        assert!(!self.page.press("Enter", "{}"), "Enter would also break the line");
        self.request().await
    }

    pub fn draft(&self) -> String {
        draft(&self.page)
    }

    /// Whether the reader still has what they wrote, in the conversation or in the field.
    pub fn kept(&self, text: &str) -> bool {
        self.page.text().contains(text) || self.draft().contains(text)
    }

    pub fn button(&self, selector: &str) -> String {
        self.page.find(selector).and_then(|button| button.get_attribute("aria-label")).unwrap_or_default()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.element.destroy();
        self.page.remove();
    }
}

/// Sends `text` in chunks that respect neither frames nor characters.
pub fn pour(exchange: &Exchange, text: &str) {
    for chunk in text.as_bytes().chunks(37) {
        exchange.chunk(&Uint8Array::from(chunk));
    }
}

/// A recording up to and including the frame with `mark`.
pub fn through<'a>(recording: &'a str, mark: &str) -> &'a str {
    let at = recording.find(mark).expect(mark);
    let end = recording[at..].find("\n\n").unwrap() + at + 2;
    &recording[..end]
}

/// What a Promise was refused with.
pub async fn refused(promise: Promise) -> js_sys::Error {
    JsFuture::from(promise).await.expect_err("the promise was kept").unchecked_into()
}

/// What stands in the field.
pub fn draft(page: &Page) -> String {
    page.find("textarea").unwrap().unchecked_into::<HtmlTextAreaElement>().value()
}

//! The markdown view in a browser: what is drawn stays drawn, and nothing in a text becomes live by itself.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chatkit_widget::element::markdown::{Markdown, MarkdownProps};
use chatkit_widget::markdown::Document;
use chatkit_widget::markdown::link::Deeplink;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

fn mount(props: &MarkdownProps) -> (Element, yew::AppHandle<Markdown>) {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let app = yew::Renderer::<Markdown>::with_root_and_props(root.clone(), props.clone()).render();
    (root, app)
}

/// Yew renders in a microtask; a timer of no time comes after all of them.
async fn drawn() {
    yew::platform::time::sleep(Duration::ZERO).await;
}

fn of(text: &str) -> MarkdownProps {
    let document = Rc::new(Document::parse(text));
    yew::props!(MarkdownProps { document })
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|i| found.get(i).unwrap().unchecked_into()).collect()
}

#[wasm_bindgen_test]
async fn a_selection_outlives_the_rest_of_the_answer() {
    let mut props = of("");
    let (root, mut app) = mount(&props);
    let mut kept = None;
    let mut selected = None;
    for i in 0..120 {
        Rc::make_mut(&mut props.document).append(&format!("Paragraph {i}.\n\n- one\n- two {i}\n\n"));
        app.update(props.clone());
        drawn().await;
        if i == 3 {
            let paragraph = all(&root, "p").remove(0);
            let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
            selection.select_all_children(&paragraph).unwrap();
            selected = Some(selection);
            kept = Some(paragraph);
        }
    }
    assert_eq!(String::from(selected.unwrap().to_string()), "Paragraph 0.");
    assert!(kept.unwrap().is_same_node(Some(&all(&root, "p")[0])));
    assert_eq!(all(&root, ".ck-md-group").len(), 40);
    app.destroy();
    root.remove();
}

#[wasm_bindgen_test]
async fn settled_items_rows_and_lines_are_not_drawn_again() {
    let cases = [
        ("", "- an item of some length\n", "li"),
        ("|a|b|\n|-|-|\n", "|some cell|another|\n", "td"),
        ("> x\n>\n", "> quoted words\n>\n", "p"),
    ];
    for (head, line, selector) in cases {
        let mut props = of("");
        let (root, mut app) = mount(&props);
        Rc::make_mut(&mut props.document).append(head);
        let mut first: Option<Element> = None;
        for i in 0..150 {
            Rc::make_mut(&mut props.document).append(line);
            app.update(props.clone());
            drawn().await;
            if i == 5 {
                let element = all(&root, selector).remove(0);
                element.set_attribute("data-mine", "").unwrap();
                first = Some(element);
            }
        }
        Rc::make_mut(&mut props.document).finish();
        app.update(props.clone());
        drawn().await;
        assert!(first.unwrap().is_same_node(Some(&all(&root, selector)[0])), "{head}{line}");
        app.destroy();
        root.remove();
    }
}

#[wasm_bindgen_test]
async fn nothing_in_a_text_becomes_live_by_itself() {
    let (root, app) = mount(&of(
        "# One\n\n<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://b.example)\n\n\
        ![c](https://evil.example/?q) [![d](https://evil.example)](https://e.example)\n\n<script>x</script>\n\n- [x] f\n",
    ));
    drawn().await;
    assert_eq!(all(&root, "img, script").len(), 0);
    assert_eq!(all(&root, "a a").len(), 0);
    let links = all(&root, "a");
    assert_eq!(links.len(), 3);
    for link in links {
        assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
        assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
    }
    let text = root.text_content().unwrap();
    assert!(text.contains("<img src=x onerror=alert(1)>") && text.contains("<script>x</script>"), "{text}");
    assert_eq!(all(&root, "h3")[0].text_content().as_deref(), Some("One"));
    assert!(all(&root, "input[type=checkbox][disabled]")[0].get_attribute("aria-label").is_some());
    app.destroy();
    root.remove();
}

#[wasm_bindgen_test]
async fn copy_gives_the_code_and_says_so_and_a_deeplink_goes_to_the_page() {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true,
        value: { writeText: async (text) => { globalThis.copied = text; } } })";
    js_sys::Function::new_no_args(clipboard).call0(&wasm_bindgen::JsValue::NULL).unwrap();
    let followed: Rc<RefCell<Vec<Deeplink>>> = Rc::default();
    let mut props = of("```rust\nlet a = 1;\n```\n\n[go](chatkit-link://page?id=2)\n");
    props.on_link = Callback::from({
        let followed = followed.clone();
        move |link| followed.borrow_mut().push(link)
    });
    let (root, app) = mount(&props);
    drawn().await;
    for button in all(&root, "button") {
        button.unchecked_into::<HtmlElement>().click();
    }
    drawn().await;
    let copied = js_sys::Reflect::get(&js_sys::global(), &"copied".into()).unwrap();
    assert_eq!(copied.as_string().as_deref(), Some("let a = 1;\n"));
    assert_eq!(all(&root, ".ck-md-copy")[0].text_content().as_deref(), Some("Copied"));
    assert_eq!(&*followed.borrow()[0].name, "page");
    app.destroy();
    root.remove();
}

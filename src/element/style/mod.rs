//! How the element looks: one stylesheet for all elements of a page, and a theme for each.
//!
//! The rules stand beside the components they are for (`view/*.css`) and are joined here. They are adopted as a
//! constructable stylesheet, which works under a Content-Security-Policy that forbids inline styles.

mod theme;

pub use theme::apply;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element, Node};

use crate::element::markdown;
use crate::web::{dom, js};

const RULES: [&str; 8] = [
    include_str!("tokens.css"),
    include_str!("base.css"),
    markdown::STYLES,
    include_str!("../view/header.css"),
    include_str!("../view/start.css"),
    include_str!("../view/log.css"),
    include_str!("../view/messages.css"),
    include_str!("../view/foot.css"),
];

/// The rules in the tree one element lives in; taken out again when dropped.
#[derive(Debug)]
pub struct Adopted {
    home: Node,
    sheet: Sheet,
}

#[derive(Debug)]
enum Sheet {
    Constructed(CssStyleSheet),
    /// For browsers before constructable stylesheets (Safari before 16.4).
    Inline(Element),
}

impl Adopted {
    /// Brings the rules into the shadow root (or document) that `node` is in.
    #[must_use]
    pub fn new(node: &Node) -> Option<Self> {
        let home = node.get_root_node();
        let rules = RULES.concat();
        let sheet = match constructed(&home, &rules) {
            Some(sheet) => Sheet::Constructed(sheet),
            None => Sheet::Inline(inline(node, &rules)?),
        };
        Some(Self { home, sheet })
    }
}

impl Drop for Adopted {
    fn drop(&mut self) {
        match &self.sheet {
            Sheet::Constructed(sheet) => {
                let ours: &JsValue = sheet.as_ref();
                let others =
                    Array::from(&js::get(&self.home, ADOPTED)).filter(&mut |other, _, _| other != *ours);
                js::set(&self.home, ADOPTED, others);
            }
            Sheet::Inline(style) => style.remove(),
        }
    }
}

const ADOPTED: &str = "adoptedStyleSheets";

fn constructed(home: &Node, rules: &str) -> Option<CssStyleSheet> {
    let sheets = js::get(home, ADOPTED);
    if sheets.is_undefined() {
        return None;
    }
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(rules).ok()?;
    // Assigned, not pushed to: the list was frozen in the first browsers that had it.
    let all = Array::from(&sheets);
    all.push(&sheet);
    js_sys::Reflect::set(home, &JsValue::from_str(ADOPTED), &all).ok().filter(|set| *set)?;
    Some(sheet)
}

fn inline(node: &Node, rules: &str) -> Option<Element> {
    let style = dom::document()?.create_element("style").ok()?;
    style.set_text_content(Some(rules));
    let parent = node.parent_node()?;
    parent.insert_before(style.unchecked_ref(), Some(node)).ok()?;
    Some(style)
}

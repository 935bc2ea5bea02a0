//! Stylesheets that belong to a part of the page and go with it.
//!
//! They are adopted as constructable stylesheets, which works under a Content-Security-Policy that forbids inline
//! styles.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, Node, ShadowRoot};

use crate::web::{dom, js};

/// Rules in one tree of nodes, a document or a shadow root; taken out again when dropped.
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
    /// Brings `rules` into the shadow root or document that `node` is in.
    #[must_use]
    pub fn new(node: &Node, rules: &str) -> Option<Self> {
        let home = node.get_root_node();
        let sheet = match constructed(&home, rules) {
            Some(sheet) => Sheet::Constructed(sheet),
            None => Sheet::Inline(inline(&home, rules)?),
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

fn inline(home: &Node, rules: &str) -> Option<Element> {
    let style = dom::document()?.create_element("style").ok()?;
    style.set_text_content(Some(rules));
    let parent = match home.dyn_ref::<Document>() {
        Some(document) => document.head()?.into(),
        None => home.dyn_ref::<ShadowRoot>()?.clone().unchecked_into::<Node>(),
    };
    parent.append_child(&style).ok()?;
    Some(style)
}

//! The toggle as it stands in a page before any wasm is there: `pkg-template/src/internal/toggle-markup.ts`, rendered
//! here from the container's own view. Run with `CKW_WRITE=1` this writes the file; run without, it fails where the file is
//! not what the view draws.

// wasm-pack builds all tests of the crate before it runs those of the browser.
#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write;
use std::path::Path;

use chatkit_widget::container::Toggle;
use roxmltree::{Document, Node};
use yew::prelude::*;

const FILE: &str = "pkg-template/src/internal/toggle-markup.ts";

const HEAD: &str = "\
// Generated from src/container/view/toggle.rs by tests/toggle. Do not edit.
import type { Markup } from \"./toggle.js\";

/** The toggle of a closed panel, as the container draws it. */
export const TOGGLE: Markup = ";

#[component]
fn Placeholder() -> Html {
    Toggle::placeholder().draw(Callback::noop())
}

fn html() -> String {
    let renderer = yew::LocalServerRenderer::<Placeholder>::new().hydratable(false);
    pollster::block_on(renderer.render())
}

/// The element as the tuple `[tag, attributes, ...children]`.
fn write_markup(out: &mut String, node: Node<'_, '_>, indent: usize) {
    let pad = "  ".repeat(indent);
    let _ = writeln!(out, "{pad}[");
    let _ = writeln!(out, "{pad}  {:?},", node.tag_name().name());
    let _ = writeln!(out, "{pad}  {{");
    for attribute in node.attributes() {
        let _ = writeln!(out, "{pad}    {:?}: {:?},", attribute.name(), attribute.value());
    }
    let _ = writeln!(out, "{pad}  }},");
    for child in node.children() {
        assert!(child.is_element(), "the placeholder has elements only, not {child:?}");
        write_markup(out, child, indent + 1);
    }
    let _ = writeln!(out, "{pad}],");
}

fn module() -> String {
    let html = html();
    let document = Document::parse(&html).unwrap_or_else(|error| unreachable!("{error}: {html}"));
    let mut markup = String::new();
    write_markup(&mut markup, document.root_element(), 0);
    format!("{HEAD}{};\n", markup.trim_end().trim_end_matches(','))
}

#[test]
fn the_toggle_in_the_page_is_the_one_that_the_container_draws() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let drawn = module();
    if std::env::var_os("CKW_WRITE").is_some() {
        let same = std::fs::read_to_string(&path).is_ok_and(|written| written == drawn);
        // An untouched file is not built again.
        assert!(same || std::fs::write(&path, &drawn).is_ok(), "cannot write {FILE}");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        written, drawn,
        "{FILE} is stale: run `CKW_WRITE=1 cargo test --test toggle --features container,element` and commit it"
    );
}

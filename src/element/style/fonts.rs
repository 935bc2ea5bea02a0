//! The fonts a site brings along (`theme.typography.fontSources`).
//!
//! They belong to the document, not to our shadow root, in which `@font-face` is without effect. The browser loads one
//! when text needs it.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FontFace, FontFaceDescriptors, FontFaceSet};

use crate::config::FontObject;
use crate::web::{dom, js, log};

/// The fonts of one element. Dropping them takes them out of the document.
#[derive(Debug, Default)]
pub struct Fonts {
    wanted: Vec<FontObject>,
    faces: Vec<FontFace>,
}

impl Fonts {
    /// Has the document know `fonts` and none of those before. The same ones again change nothing.
    pub fn bring(&mut self, fonts: &[FontObject]) {
        if self.wanted == fonts {
            return;
        }
        self.forget();
        self.wanted = fonts.to_vec();
        let Some(set) = document_fonts() else { return };
        for (index, font) in fonts.iter().enumerate() {
            match face(font) {
                // Fails only for a font of a stylesheet.
                Ok(face) if set.add(&face).is_ok() => {
                    tell_when_missing(&face, index);
                    self.faces.push(face);
                }
                Ok(_) => {}
                Err(thrown) => complain(index, &js::describe(&thrown)),
            }
        }
    }

    fn forget(&mut self) {
        if let Some(set) = document_fonts() {
            for face in self.faces.drain(..) {
                set.delete(&face);
            }
        }
    }
}

impl Drop for Fonts {
    fn drop(&mut self) {
        self.forget();
    }
}

fn document_fonts() -> Option<FontFaceSet> {
    Some(dom::document()?.fonts())
}

fn face(font: &FontObject) -> Result<FontFace, wasm_bindgen::JsValue> {
    let descriptors = FontFaceDescriptors::new();
    if let Some(weight) = &font.weight {
        descriptors.set_weight(weight);
    }
    if let Some(style) = font.style {
        descriptors.set_style(style);
    }
    if let Some(display) = font.display {
        descriptors.set_display(display);
    }
    if let Some(range) = &font.unicode_range {
        descriptors.set_unicode_range(range);
    }
    FontFace::new_with_str_and_descriptors(&font.family, &source(&font.src), &descriptors)
}

/// An address as CSS writes it. In quotes, it may hold anything but these.
fn source(address: &str) -> String {
    let mut source = String::from("url(\"");
    for character in address.chars() {
        match character {
            '"' => source.push_str("%22"),
            '\\' => source.push_str("%5C"),
            character if character.is_control() => {}
            character => source.push(character),
        }
    }
    source + "\")"
}

fn tell_when_missing(face: &FontFace, index: usize) {
    let Ok(loaded) = face.loaded() else { return };
    spawn_local(async move {
        if let Err(thrown) = JsFuture::from(loaded).await {
            complain(index, &js::describe(&thrown));
        }
    });
}

fn complain(index: usize, what: &str) {
    log::warn(&format!("$.theme.typography.fontSources[{index}]: the font could not be loaded: {what}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_end_its_quotes() {
        assert_eq!(source("/fonts/inter.woff2"), "url(\"/fonts/inter.woff2\")");
        assert_eq!(source("a\") , url(\"b\\\n"), "url(\"a%22) , url(%22b%5C\")");
    }
}

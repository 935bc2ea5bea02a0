//! A code block: its language, a button that copies it, the code, what is cited in it.

use std::rc::Rc;

use yew::prelude::*;

use super::later::{DRAWN_CODE, use_later};
use super::{Look, inline, keyed};
use crate::element::view::clipboard::use_copy;
use crate::markdown::{CodeText, Marks, Parts};
use crate::text::ChatKey;

/// Properties of [`Code`].
#[derive(Properties, Clone)]
pub(super) struct CodeProps {
    pub(super) lang: Rc<str>,
    pub(super) text: CodeText,
    pub(super) marks: Parts<Marks>,
    pub(super) look: Look,
}

impl PartialEq for CodeProps {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Rc<str>, &Rc<str>)| Rc::ptr_eq(a, b);
        let (ours, theirs) = (self.text.chunks(), other.text.chunks());
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(same)
            && self.lang == other.lang
            && self.marks == other.marks
            && self.look == other.look
    }
}

/// Draws it. Colours come later and change no node, so what is selected in the code stays selected.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let CodeProps { lang, text, marks, look } = props;
    let node = use_later(DRAWN_CODE);
    let (copy, said) = use_copy();
    let onclick = {
        let text = text.clone();
        copy.reform(move |_: MouseEvent| text.to_string().into())
    };
    // A box of lines a chunk: the settled ones are left alone, and with them what is selected in them; and the browser
    // lays out the one that grows, not all the lines before it.
    let lines = text
        .chunks()
        .iter()
        .map(|chunk| html! { <span class="ck-md-lines">{ AttrValue::from(chunk.clone()) }</span> });
    let words = look.words;
    let name = if lang.is_empty() {
        words.get(ChatKey::Code).to_owned()
    } else {
        format!("{}, {lang}", words.get(ChatKey::Code))
    };
    let label = match said {
        None => ChatKey::Copy,
        Some(said) => said,
    };
    html! {
        <div class="ck-md-code">
            <div class="ck-md-code-bar">
                <span class="ck-md-code-lang">{ AttrValue::from(lang.clone()) }</span>
                <button type="button" class="ck-md-copy" data-said={said.map(|_| "")}
                    aria-label={said.is_none().then(|| words.get(ChatKey::CopyCode))} {onclick}>
                    { words.get(label) }
                </button>
                <span class="ck-hidden" role="status">{ said.map(|said| words.get(said)) }</span>
            </div>
            // Focusable so that the keyboard can scroll it; a group and no region, of which a page of answers
            // would have dozens of landmarks with one name.
            <pre tabindex="0" role="group" aria-label={name}>
                <code ref={node} data-lang={AttrValue::from(lang.clone())}>{ keyed(lines) }</code>
            </pre>
            if marks.iter().next().is_some() {
                <p class="ck-md-code-marks">{ for marks.iter().map(|marks| inline::marks(marks, look)) }</p>
            }
        </div>
    }
}

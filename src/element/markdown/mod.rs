//! A [`Document`] as Yew nodes.
//!
//! Three levels keep the cost of a frame at what changed: a *group* of blocks, which the browser skips
//! while it is off screen (`content-visibility`; its text stays in the accessibility tree and in the page's
//! find), a *block*, and the settled *parts* of a long block. Each is a component whose properties compare by
//! pointer. A block never moves to another parent, so a selection in settled text outlives every frame.

mod block;
mod code;
mod inline;
mod later;

pub use later::{DRAWN_CODE, DRAWN_FORMULA};

use std::rc::Rc;

use yew::prelude::*;

use crate::markdown::link::Deeplink;
use crate::markdown::{Block, Document, Entry, GROUP};
use crate::text::Words;

/// The styles of everything drawn here, for the element's shadow root.
pub const STYLES: &str = include_str!("markdown.css");

/// Which images may load; see [`crate::markdown::image::policy`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImagePolicy {
    /// Scheme, host and port of the page; empty shows no image but `data:` ones and those of allowed hosts.
    pub page_origin: AttrValue,
    /// The thread's `allowed_image_domains`.
    pub allowed_image_domains: Option<Rc<[String]>>,
}

/// Properties of [`Markdown`]. Pass the same callbacks at every render: a new one draws all anew.
#[derive(Properties, Clone)]
pub struct MarkdownProps {
    /// What to draw. Compared by pointer: `Rc::make_mut(..).append(..)` in the state makes a new one.
    pub document: Rc<Document>,
    /// Which images may load.
    #[prop_or_default]
    pub policy: ImagePolicy,
    /// The heading element (1 to 6) a level-one heading becomes; deeper ones follow, down to `h6`.
    #[prop_or(3)]
    pub heading_base: u8,
    /// The language of the words around the text.
    #[prop_or_default]
    pub words: Words,
    /// Gets a `chatkit-link:` that was activated. All other links are ordinary links.
    #[prop_or_default]
    pub on_link: Callback<Deeplink>,
}

impl PartialEq for MarkdownProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document, &other.document) && self.look() == other.look()
    }
}

impl MarkdownProps {
    fn look(&self) -> Look {
        Look {
            policy: self.policy.clone(),
            heading_base: self.heading_base,
            words: self.words,
            on_link: self.on_link.clone(),
        }
    }
}

/// Everything but the content; the same for every block of a document.
#[derive(Clone, PartialEq)]
struct Look {
    policy: ImagePolicy,
    heading_base: u8,
    words: Words,
    on_link: Callback<Deeplink>,
}

/// Draws a document; see the module.
#[component]
pub fn Markdown(props: &MarkdownProps) -> Html {
    let look = props.look();
    // Not the newest complete one: it may have grown with this frame, and the browser knows the height of the last.
    let settled = (props.document.settled() / GROUP).saturating_sub(1);
    let groups = props.document.groups().enumerate().map(|(index, entries)| {
        html! { <Group key={index} {entries} complete={index < settled} look={look.clone()} /> }
    });
    // An answer runs in the direction of its own language, lists and quotes with it.
    html! { <div class="ck-md" dir="auto">{ for groups }</div> }
}

#[derive(Properties, Clone, PartialEq)]
struct GroupProps {
    /// Entries compare by the pointer of their block.
    entries: Rc<[Entry]>,
    /// No more blocks will come, and those that are there stay.
    complete: bool,
    look: Look,
}

#[component]
fn Group(props: &GroupProps) -> Html {
    // The browser knows the height of what it has shown growing: it may skip it also where it may not guess one.
    let grew = use_mut_ref(|| false);
    if !props.complete {
        grew.replace(true);
    }
    let known = props.complete && *grew.borrow();
    let blocks = props.entries.iter().map(|entry| {
        html! { <OneBlock key={entry.key} block={entry.block.clone()} look={props.look.clone()} /> }
    });
    html! { <div class={classes!("ck-md-group", known.then_some("ck-md-known"))}>{ for blocks }</div> }
}

#[derive(Properties, Clone)]
struct BlockProps {
    block: Rc<Block>,
    look: Look,
}

impl PartialEq for BlockProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.block, &other.block) && self.look == other.look
    }
}

#[component]
fn OneBlock(props: &BlockProps) -> Html {
    block::draw(&props.block, &props.look)
}

/// Nodes that grow at their end. Yew matches children without keys from the last one backwards: one more at the
/// end would shift every node before it to another element, and end a selection in them.
fn keyed(nodes: impl Iterator<Item = Html>) -> Html {
    nodes.enumerate().map(|(index, node)| html! { <key={index}>{ node }</> }).collect()
}

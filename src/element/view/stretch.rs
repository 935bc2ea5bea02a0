//! A stretch of the conversation: some turns that are drawn, measured and left alone together, so that what a word
//! of an answer costs does not grow with what was said before it.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::assistant::thinking;
use super::icon::{icon, is_known};
use super::paint::Paints;
use super::row::{Row, row_key};
use super::turns::{Turn, turns};
use super::{Frame, Same};
use crate::state::select::{ItemView, View};
use crate::state::{ItemKey, UserAction};
use crate::text::Words;
use crate::web::dom;

/// Properties of [`Stretch`].
#[derive(PartialEq, Properties)]
pub struct StretchProps {
    /// Its rows, oldest first.
    pub rows: Vec<Same<ItemView>>,
    /// Which hosts may show images.
    pub images: Option<Rc<[String]>>,
    /// The language spoken.
    pub words: Words,
    /// Where the reader's doings go.
    pub on: Callback<UserAction>,
    /// For the last stretch: what goes on at its end.
    pub live: Option<Live>,
}

/// What goes on at the end of the conversation.
#[derive(Clone, PartialEq)]
pub struct Live {
    /// The frame at work.
    pub frame: Same<Frame>,
    /// The question that stands at the top of the view, with room below for its answer.
    pub asked: Option<ItemKey>,
}

/// Draws a stretch. It is skipped whole when its rows are those drawn before.
#[component]
pub fn Stretch(props: &StretchProps) -> Html {
    let node = use_node_ref();
    let rows: Vec<Rc<ItemView>> = props.rows.iter().map(|row| Rc::clone(&row.0)).collect();
    let turns = turns(&rows);
    let last = turns.len().saturating_sub(1);
    // A page of the server, or a slice of one, may begin in the middle of a turn.
    let goes_on = turns.first().is_some_and(|turn| turn.question.is_none());
    let paints = use_mut_ref(|| None);
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            *paints.borrow_mut() = node.cast::<Element>().map(rest_once_measured);
            move || drop(paints.take())
        });
    }
    html! {
        <div class={classes!("ck-stretch", goes_on.then_some("ck-stretch-on"))} ref={node}>
            { for turns.iter().enumerate().map(|(index, turn)| {
                let live = props.live.as_ref().filter(|_| index == last);
                let asked = turn.question.is_some() && live.is_some_and(|live| live.asked == turn.question);
                html! {
                    <div key={turn.question.map_or(0, |key| key.0)} class={classes!("ck-turn", asked.then_some("ck-turn-asked"))}>
                        // In a list of its own: beside one unkeyed node all rows would be matched from the end, and the whole
                        // turn be made anew when its action bar comes.
                        <>
                        { for turn.rows.iter().map(|item| html! {
                            <Row key={row_key(item)} item={Same(Rc::clone(item))} words={props.words} on={props.on.clone()}
                                images={props.images.clone()} />
                        }) }
                        </>
                        if let Some(live) = live {
                            { waiting(&live.frame.0.view, turn) }
                        }
                    </div>
                }
            }) }
        </div>
    }
}

/// Lets the browser leave it out while it is off screen, from the moment it knows how high it is: a guess would move
/// what the reader is looking at.
fn rest_once_measured(stretch: Element) -> Paints {
    let painted = Cell::new(false);
    Paints::new(move || {
        if painted.replace(true) {
            dom::set_attribute(&stretch, "data-rests", Some(""));
        }
    })
}

/// What stands for an answer that has not begun.
fn waiting(view: &View, turn: &Turn) -> Html {
    if let Some(progress) = &view.progress {
        return html! {
            <p class="ck-progress">
                { match progress.icon.as_deref().filter(|name| is_known(name)) {
                    Some(name) => icon(name),
                    None => html! { <span class="ck-spinner" aria-hidden="true"></span> },
                } }
                <span class="ck-shine" dir="auto">{ &progress.text }</span>
            </p>
        };
    }
    let answering = turn.rows.last().is_some_and(|row| shows_life(row));
    if view.busy && view.status.is_none() && !answering { thinking(view.words) } else { Html::default() }
}

/// Whether a row itself shows that more is coming, as an answer without words does with dots of its own.
fn shows_life(row: &ItemView) -> bool {
    match row {
        ItemView::Assistant(answer) => answer.streaming,
        ItemView::Workflow(work) => work.running,
        ItemView::Image(image) => image.progress.is_some(),
        _ => false,
    }
}

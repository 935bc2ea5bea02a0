//! Blocks as nodes.

use std::rc::Rc;

use yew::prelude::*;

use super::code::Code;
use super::{Look, inline, keyed};
use crate::markdown::{Align, Block, Inlines, Item, Parts, Row, Task};
use crate::text::ChatKey;

pub(super) fn draw(block: &Block, look: &Look) -> Html {
    match block {
        Block::Paragraph(content) => html! { <p>{ inline::all(content.iter(), look) }</p> },
        Block::Heading { level, content } => {
            let level = look.heading_base.saturating_add(level.saturating_sub(1)).clamp(1, 6);
            html! { <@{format!("h{level}")} class="ck-md-heading">{ inline::all(content.iter(), look) }</@> }
        }
        Block::Code { lang, text, marks } => html! {
            <Code lang={lang.clone()} text={text.clone()} marks={marks.clone()} look={look.clone()} />
        },
        Block::Quote(blocks) => html! { <blockquote>{ parts(blocks, look) }</blockquote> },
        Block::List { start, loose, items } => {
            let class = classes!((!loose).then_some("ck-md-tight"));
            match start {
                Some(start) => html! { <ol {class} start={start.to_string()}>{ parts(items, look) }</ol> },
                None => html! { <ul {class}>{ parts(items, look) }</ul> },
            }
        }
        Block::Table { columns, head, rows } => table(columns, head, rows, look),
        Block::Rule => html! { <hr /> },
        Block::Html(text) => html! { <p class="ck-md-html">{ AttrValue::from(text.clone()) }</p> },
        // A fragment does not lead into a shadow root: reference and note find each other by their label.
        Block::Footnote { label, content } => html! {
            <div class="ck-md-note" role="note" tabindex="-1" data-note={AttrValue::from(label.clone())}
                aria-label={format!("{} {label}", look.words.get(ChatKey::Footnote))}>
                <sup aria-hidden="true">{ AttrValue::from(label.clone()) }</sup>
                <div>{ blocks(content, look) }</div>
                <button type="button" class="ck-md-back" aria-label={look.words.get(ChatKey::BackToText)}>
                    { "↩" }
                </button>
            </div>
        },
    }
}

fn blocks(content: &[Block], look: &Look) -> Html {
    keyed(content.iter().map(|block| draw(block, look)))
}

fn table(columns: &[Align], head: &[Inlines], rows: &Parts<Row>, look: &Look) -> Html {
    let head = head.iter().zip(columns).map(|(cell, column)| {
        html! { <th scope="col" class={align(*column)}>{ inline::all(cell.iter(), look) }</th> }
    });
    let aligned: Rc<[Align]> = columns.into();
    let body = rows.chunks().iter().enumerate().map(|(index, rows)| {
        html! { <Rows key={index} rows={rows.clone()} columns={aligned.clone()} look={look.clone()} /> }
    });
    html! {
        <div class="ck-md-table" tabindex="0" role="group" aria-label={look.words.get(ChatKey::Table)}>
            <table>
                <thead><tr>{ for head }</tr></thead>
                <tbody>{ for body }</tbody>
            </table>
        </div>
    }
}

fn align(column: Align) -> Option<&'static str> {
    match column {
        Align::Default => None,
        Align::Left => Some("ck-md-left"),
        Align::Center => Some("ck-md-center"),
        Align::Right => Some("ck-md-right"),
    }
}

#[derive(Properties, Clone)]
struct RowsProps {
    rows: Rc<[Row]>,
    columns: Rc<[Align]>,
    look: Look,
}

impl PartialEq for RowsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.rows, &other.rows) && self.columns == other.columns && self.look == other.look
    }
}

#[component]
fn Rows(props: &RowsProps) -> Html {
    let row = |row: &Row| {
        let cells = row.iter().zip(props.columns.iter()).map(|(cell, column)| {
            html! { <td class={align(*column)}>{ inline::all(cell.iter(), &props.look) }</td> }
        });
        html! { <tr>{ for cells }</tr> }
    };
    keyed(props.rows.iter().map(row))
}

/// What stands in a sequence that settles part by part.
trait Element: Sized + 'static {
    fn draw(&self, look: &Look) -> Html;
}

impl Element for Block {
    fn draw(&self, look: &Look) -> Html {
        draw(self, look)
    }
}

impl Element for Item {
    fn draw(&self, look: &Look) -> Html {
        let content = blocks(&self.blocks, look);
        let Some(task) = self.task else { return html! { <li>{ content }</li> } };
        let (done, name) = match task {
            Task::Done => (true, ChatKey::TaskDone),
            Task::Open => (false, ChatKey::TaskOpen),
        };
        html! {
            <li class="ck-md-task">
                <input type="checkbox" disabled=true checked={done} aria-label={look.words.get(name)} />
                <div>{ content }</div>
            </li>
        }
    }
}

fn parts<T: Element>(sequence: &Parts<T>, look: &Look) -> Html {
    let part = |(index, part): (usize, &Rc<[T]>)| {
        html! { <Part<T> key={index} part={part.clone()} look={look.clone()} /> }
    };
    sequence.chunks().iter().enumerate().map(part).collect()
}

#[derive(Properties)]
struct PartProps<T: Element> {
    part: Rc<[T]>,
    look: Look,
}

impl<T: Element> PartialEq for PartProps<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.part, &other.part) && self.look == other.look
    }
}

#[component]
fn Part<T: Element>(props: &PartProps<T>) -> Html {
    keyed(props.part.iter().map(|element| element.draw(&props.look)))
}

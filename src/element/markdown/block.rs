//! Blocks as nodes.

use std::rc::Rc;

use yew::prelude::*;

use super::{Look, inline, keyed};
use crate::markdown::{Align, Block, CodeText, Inlines, Item, Parts, Row, Task};
use crate::text::ChatKey;

pub(super) fn draw(block: &Block, look: &Look) -> Html {
    match block {
        Block::Paragraph(content) => html! { <p>{ inline::all(content.iter(), look) }</p> },
        Block::Heading { level, content } => {
            let level = look.heading_base.saturating_add(level.saturating_sub(1)).clamp(1, 6);
            html! { <@{format!("h{level}")} class="ck-md-heading">{ inline::all(content.iter(), look) }</@> }
        }
        Block::Code { lang, text, .. } => code(lang, text, look),
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
        Block::Footnote { label, content } => html! {
            <div class="ck-md-note" role="note" aria-label={format!("{} {label}", look.words.get(ChatKey::Footnote))}>
                <sup aria-hidden="true">{ AttrValue::from(label.clone()) }</sup>
                <div>{ blocks(content, look) }</div>
            </div>
        },
    }
}

fn blocks(content: &[Block], look: &Look) -> Html {
    keyed(content.iter().map(|block| draw(block, look)))
}

fn code(lang: &Rc<str>, text: &CodeText, look: &Look) -> Html {
    let copy = {
        let (text, on_copy) = (text.clone(), look.on_copy.clone());
        move |_: MouseEvent| on_copy.emit(text.to_string().into())
    };
    // A text node a chunk: the settled ones are left alone, and with them what is selected in them.
    let chunks = text.chunks().iter().map(|chunk| html! { { AttrValue::from(chunk.clone()) } });
    let name = if lang.is_empty() {
        look.words.get(ChatKey::Code).to_owned()
    } else {
        format!("{}, {lang}", look.words.get(ChatKey::Code))
    };
    html! {
        <div class="ck-md-code">
            <div class="ck-md-code-bar">
                <span class="ck-md-code-lang">{ AttrValue::from(lang.clone()) }</span>
                <button type="button" class="ck-md-copy" aria-label={look.words.get(ChatKey::CopyCode)} onclick={copy}>
                    { look.words.get(ChatKey::Copy) }
                </button>
            </div>
            // Focusable so that the keyboard can scroll it; a group and no region, of which a page of answers
            // would have dozens of landmarks with one name.
            <pre tabindex="0" role="group" aria-label={name}><code>{ keyed(chunks) }</code></pre>
        </div>
    }
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

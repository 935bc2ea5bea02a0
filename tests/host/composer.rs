//! What the reader writes, without a browser: text, tags, caret.

mod drafts;
mod kept;
mod menus;

mod offsets;

mod random;

use chatkit_widget::protocol::{UserMessageContent, UserMessageTagContent, Wire};
use chatkit_widget::state::Draft;
use serde_json::json;

/// What is sent for an entity.
pub fn entity(title: &str) -> UserMessageTagContent {
    let json = json!({ "type": "input_tag", "id": format!("id-{title}"), "text": title, "data": {} });
    match UserMessageContent::decode(&serde_json::from_value(json).unwrap()) {
        Ok(UserMessageContent::Tag(tag)) => tag,
        other => panic!("no tag: {other:?}"),
    }
}

/// A draft written as a test reads best: tags in brackets.
pub fn draft(written: &str) -> Draft {
    let mut parts = Vec::new();
    for (index, piece) in written.split(['[', ']']).enumerate() {
        match index % 2 {
            0 => parts.push(UserMessageContent::text(piece)),
            _ => parts.push(UserMessageContent::Tag(entity(piece))),
        }
    }
    Draft::from_content(&parts)
}

/// The same the other way round.
pub fn written(draft: &Draft) -> String {
    let mut written = String::new();
    let mut at = 0;
    for tag in draft.tags() {
        written += &draft.text()[at..tag.range.start];
        assert_eq!(draft.text()[tag.range.clone()], format!("@{}", tag.entity.text).replace('\n', " "));
        written += &format!("[{}]", &draft.text()[tag.range.clone()][1..]);
        at = tag.range.end;
    }
    written + &draft.text()[at..]
}

/// What is sent, one line a part.
pub fn sent(draft: Draft) -> Vec<String> {
    let part = |part: UserMessageContent| match part {
        UserMessageContent::Tag(tag) => format!("[{}]", tag.text),
        part => part.as_text().to_owned(),
    };
    draft.message().into_iter().map(part).collect()
}

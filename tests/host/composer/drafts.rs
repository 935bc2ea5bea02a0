//! One draft, one change.

use chatkit_widget::protocol::{UserMessageContent, Wire};
use chatkit_widget::state::{Draft, InputKind};
use serde_json::Value;

use super::{draft, entity, sent, written};

/// The field's text becomes `text`, with the caret at `|`.
fn input(draft: &mut Draft, text: &str, kind: InputKind) -> Option<usize> {
    let caret = text.split('|').next().unwrap().encode_utf16().count();
    draft.input(text.replace('|', ""), caret, kind)
}

fn typed(before: &str, text: &str) -> String {
    let mut draft = draft(before);
    let corrected = input(&mut draft, text, InputKind::Typed);
    assert_eq!(corrected.is_some(), draft.text() != text.replace('|', ""));
    written(&draft)
}

#[test]
fn text_and_tags_are_sent_in_the_order_written() {
    assert_eq!(
        sent(draft("Compare [Q1] with [Q2], please")),
        ["Compare ", "[Q1]", " with ", "[Q2]", ", please"]
    );
    assert_eq!(sent(draft("[a][b]")), ["[a]", "[b]"]);
    assert_eq!(sent(draft("  two\n spaces  ")), ["  two\n spaces  "]);
    assert_eq!(
        sent(draft("Ask [Ann] ")),
        ["Ask ", "[Ann]"],
        "the blank that follows a tag by itself is not sent"
    );
    assert_eq!(sent(draft("")), Vec::<String>::new());
}

#[test]
fn a_tag_is_sent_with_data_even_if_the_site_gave_none() {
    let part = UserMessageContent::Tag(entity("Ann")).encode();
    let sent: Value = serde_json::from_str(&part.to_string()).unwrap();
    assert_eq!(sent["data"], serde_json::json!({}));
}

#[test]
fn writing_around_a_tag_leaves_it_alone() {
    assert_eq!(typed("see [Ann]", "please |see @Ann"), "please see [Ann]");
    assert_eq!(typed("see [Ann]", "see @Ann.|"), "see [Ann].");
    assert_eq!(typed("[Ann]", "x|@Ann"), "x[Ann]");
    assert_eq!(typed("[n]", "@nn|"), "[n]n", "the same letter behind it is behind it");
    assert_eq!(typed("[a] [b]", "@a and| @b"), "[a] and [b]");
    assert_eq!(typed("[a] x [b]", "@a | @b"), "[a]  [b]");
}

#[test]
fn deleting_a_part_of_a_tag_deletes_all_of_it() {
    assert_eq!(typed("see [Ann Lee]!", "see @Ann Le|!"), "see !");
    assert_eq!(typed("see [Ann Lee]!", "see |Ann Lee!"), "see !");
    assert_eq!(typed("see [Ann Lee]!", "see @Ann |!"), "see !");
    assert_eq!(typed("see [Ann] and [Bob]!", "see @A|b!"), "see !", "from within one to within another");
    assert_eq!(typed("see [Ann] and [Bob]!", "see |!"), "see !");
    assert_eq!(typed("[👩‍👩‍👧] x", "@👩‍👩‍| x"), " x");
}

#[test]
fn what_is_written_into_a_tag_is_text_again_and_none_of_it_is_lost() {
    assert_eq!(typed("see [Ann]", "see @Aon|n"), "see @Aonn");
    assert_eq!(typed("see [Ann]", "see @Anja|"), "see @Anja");
}

#[test]
fn undoing_brings_a_deleted_tag_back() {
    let mut draft = draft("see [Ann] now");
    input(&mut draft, "see | now", InputKind::Typed);
    input(&mut draft, "see @Ann| now", InputKind::History);
    assert_eq!(written(&draft), "see [Ann] now");
    // Redone and undone again, in two steps as some browsers do.
    input(&mut draft, "see | now", InputKind::History);
    input(&mut draft, "see @A| now", InputKind::History);
    assert_eq!(written(&draft), "see @A now");
    input(&mut draft, "see @Ann| now", InputKind::History);
    assert_eq!(written(&draft), "see [Ann] now");
}

#[test]
fn undoing_brings_a_sent_message_back_with_its_tags() {
    let mut draft = draft("see [Ann] now").emptied();
    assert_eq!(written(&draft), "");
    input(&mut draft, "see @Ann now|", InputKind::History);
    assert_eq!(written(&draft), "see [Ann] now");
}

#[test]
fn a_tag_that_was_cut_is_one_again_where_it_is_pasted() {
    let mut draft = draft("[Ann] and Bob");
    input(&mut draft, "| and Bob", InputKind::Typed);
    input(&mut draft, " and Bob met @Ann|", InputKind::Typed);
    assert_eq!(written(&draft), " and Bob met [Ann]");
    input(&mut draft, " and Bob met |", InputKind::Typed);
    input(&mut draft, " and Bob met @Annabel|", InputKind::Typed);
    assert_eq!(written(&draft), " and Bob met @Annabel", "somebody else");
}

#[test]
fn a_refused_message_comes_back_before_what_was_written_since() {
    let mut now = draft("and [Bob]?");
    now.prepend(draft("What of [Ann]"));
    assert_eq!(written(&now), "What of [Ann]\nand [Bob]?");
    let mut empty = Draft::default();
    empty.prepend(draft("What of [Ann]"));
    assert_eq!(written(&empty), "What of [Ann]");
}

#[test]
fn what_is_put_in_stands_apart_from_the_word_before() {
    let mut draft = draft("tell ann");
    let caret = draft.insert(5..8, Draft::tag(entity("Ann")));
    assert_eq!((written(&draft).as_str(), caret), ("tell [Ann]", 9));
    let end = draft.text().len();
    let caret = draft.insert(end..end, Draft::plain("hello"));
    assert_eq!((written(&draft).as_str(), caret), ("tell [Ann] hello", 15));
}

#[test]
fn line_ends_are_those_of_a_field() {
    assert_eq!(draft("a\r\nb\rc").text(), "a\nb\nc");
    assert_eq!(draft("[two\r\nlines]").text(), "@two lines");
}

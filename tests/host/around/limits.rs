//! Which files may come, and how it is said of the others.

use super::*;

fn note(attachments: Value, files: Vec<PickedFile>) -> (String, usize) {
    let mut element = element(direct(), json!({ "attachments": attachments }));
    element.add(files);
    (element.note(), element.uploads().len())
}

#[test]
fn a_refused_file_and_its_limit_are_named_and_nothing_of_it_is_sent() {
    let large = || vec![picked(1, "film.mov", "video/quicktime", 3 * 1024 * 1024)];
    let (said, sent) = note(json!({ "enabled": true, "maxSize": 1536 * 1024 }), large());
    assert_eq!((said.as_str(), sent), ("Larger than 1.5 MB, so not added: film.mov", 0));
    let (said, sent) = note(json!({ "enabled": true, "accept": { "image/*": [".png"] } }), large());
    assert_eq!((said.as_str(), sent), ("Files of this kind cannot be added: film.mov", 0));
    let (said, sent) =
        note(json!({ "enabled": true, "maxSize": { "video/*": 5 * 1024 * 1024, "*": 1 } }), large());
    assert_eq!((said.as_str(), sent), ("", 1), "films may be larger");
}

#[test]
fn of_too_many_files_the_first_ones_come_and_the_others_are_one_sentence() {
    let files = (1..=9).map(|n| text_file(n, &format!("{n}.txt"))).collect();
    let (said, sent) = note(json!({ "enabled": true, "maxCount": 3 }), files);
    assert_eq!(sent, 3);
    assert_eq!(said, "Files per message, at most: 3. Not added: 4.txt, 5.txt, 6.txt, …");
}

#[test]
fn a_long_name_does_not_fill_the_composer() {
    let name = "the-minutes-of-the-annual-meeting-of-the-society-part-1.mov";
    let (said, _) = note(json!({ "enabled": true, "accept": { "image/*": [] } }), vec![text_file(1, name)]);
    assert_eq!(said, "Files of this kind cannot be added: the-minutes-of-the-annua…-part-1.mov");
}

#[test]
fn the_default_is_ten_files_of_100_mb() {
    let mib = 1024 * 1024;
    let files = (1..=11).map(|n| picked(n, &format!("{n}.bin"), "", 100 * mib)).collect();
    assert_eq!(note(json!({ "enabled": true }), files).1, 10);
    let (said, sent) = note(json!({ "enabled": true }), vec![picked(1, "a.bin", "", 100 * mib + 1)]);
    assert_eq!((said.as_str(), sent), ("Larger than 100 MB, so not added: a.bin", 0));
}

#[test]
fn a_file_is_of_the_right_kind_by_its_type_or_by_its_name() {
    let takes = |accept: Value, name: &str, mime: &str| {
        note(json!({ "enabled": true, "accept": accept }), vec![picked(1, name, mime, 1)]).1 == 1
    };
    assert!(takes(json!({}), "a", ""));
    assert!(takes(json!({ "image/*": [] }), "a.png", "image/png"));
    assert!(takes(json!({ "image/png": [] }), "a", "IMAGE/PNG"));
    assert!(takes(json!({ "text/plain": [".txt"] }), "a.txt", "text/plain;charset=utf-8"));
    assert!(takes(json!({ "*/*": [] }), "a", ""));
    assert!(takes(json!({ "text/markdown": [".md"] }), "NOTES.MD", ""), "browsers know no type for it");
    assert!(!takes(json!({ "text/markdown": [".md"] }), "cmd", ""));
    assert!(!takes(json!({ "image/*": [".png"] }), "a.pdf", "application/pdf"));
    assert!(!takes(json!({ "image/*": [] }), "a", "imagery/png"));
}

#[test]
fn the_file_dialog_offers_what_may_come() {
    let accept = |accept: Value| {
        let mut element =
            element(direct(), json!({ "attachments": { "enabled": true, "accept": accept, "maxCount": 1 } }));
        let files = element.view().composer.bar.files.unwrap();
        assert!(!files.several);
        files.accept
    };
    assert_eq!(
        accept(json!({ "image/*": [".png", "jpg"], "text/plain": [] })),
        Some("image/*,text/plain,.png,.jpg".into())
    );
    assert_eq!(accept(json!({})), None);
    assert_eq!(accept(json!({ "*/*": [".txt"] })), None);
}

#[test]
fn a_name_is_cut_between_characters_and_keeps_its_end() {
    let halves = |name: &str| {
        let mut element = element(direct(), json!({ "attachments": { "enabled": true } }));
        element.add(vec![text_file(1, name)]);
        element.view().composer.attach.chips.remove(0).name
    };
    let cut = |head: &str, tail: &str| (head.to_owned(), tail.to_owned());
    assert_eq!(halves("annual-report-2026-final.pdf"), cut("annual-report-202", "6-final.pdf"));
    assert_eq!(halves("a.txt"), cut("a.txt", ""));
    assert_eq!(halves("no-extension-at-all-here"), cut("no-extension-at-a", "ll-here"));
    assert_eq!(halves("photo-of-the-family-👨‍👩‍👧‍👦👨‍👩‍👧‍👦.png"), cut("photo-of-the-family-👨‍👩‍👧‍👦👨‍👩‍👧‍👦", ".png"));
    assert_eq!(halves("re\u{301}sume\u{301}re\u{301}sume\u{301}.doc").1, "e\u{301}sume\u{301}.doc");
    assert_eq!(halves(""), cut("", ""));
    assert_eq!(halves("...............").1.len() + halves("...............").0.len(), 15);
}

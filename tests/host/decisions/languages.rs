//! The languages: every one says everything, with the same numbers and names in it.

use std::collections::BTreeSet;
use std::path::Path;

use chatkit_widget::text::language::LANGUAGES;
use chatkit_widget::text::{self, ChatKey, Key, Words};
use serde_json::{Map, Value};

/// What TypeScript says on the page.
const PAGE: &[&str] = &["ask", "askHint"];

fn file(tag: &str) -> Map<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/locales").join(format!("{tag}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn section<'a>(file: &'a Map<String, Value>, name: &str) -> Vec<(&'a str, &'a str)> {
    let wordings = file[name].as_object().unwrap();
    wordings.iter().map(|(key, wording)| (key.as_str(), wording.as_str().unwrap())).collect()
}

/// `{count}` and the like, in any order: languages differ in it.
fn slots(wording: &str) -> BTreeSet<&str> {
    wording.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot).collect()
}

#[test]
fn nothing_is_said_in_english_to_who_reads_another_language() {
    for tag in LANGUAGES {
        let file = file(tag);
        let names = |name: &str| section(&file, name).iter().map(|(key, _)| *key).collect::<BTreeSet<_>>();
        assert_eq!(names("page"), PAGE.iter().copied().collect(), "{tag}.json: page");
        assert_eq!(names("widget"), Key::ALL.iter().map(|key| key.name()).collect(), "{tag}.json: widget");
        assert_eq!(names("chat"), ChatKey::ALL.iter().map(|key| key.name()).collect(), "{tag}.json: chat");
        for (key, wording) in ["page", "widget", "chat"].iter().flat_map(|name| section(&file, name)) {
            assert!(!wording.trim().is_empty(), "{tag}.json: {key}");
        }
    }
}

#[test]
fn numbers_and_names_have_their_place_in_every_language() {
    for tag in LANGUAGES {
        let file = file(tag);
        for (name, wording) in section(&file, "widget") {
            let english = Key::from_name(name).map(text::get).unwrap();
            assert_eq!(slots(wording), slots(english), "{tag}.json: widget.{name}");
        }
        for (name, wording) in section(&file, "chat") {
            let english = ChatKey::from_name(name).map(text::get).unwrap();
            assert_eq!(slots(wording), slots(english), "{tag}.json: chat.{name}");
        }
    }
}

#[test]
fn every_file_is_a_language_and_both_halves_know_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("src/text/locales")).unwrap();
    let files: BTreeSet<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(files, LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect());
    for (half, pattern) in [
        ("pkg-template/src/internal/language.ts", "import(\"../locales/{}.js\")"),
        ("src/components/chat_kit/language.rs", "(\"{}\", include_str!"),
    ] {
        let source = std::fs::read_to_string(root.join(half)).unwrap();
        for tag in LANGUAGES {
            assert!(source.contains(&pattern.replace("{}", tag)), "{half} does not know {tag}");
        }
    }
}

#[test]
fn arabic_and_urdu_run_from_right_to_left() {
    let right_to_left = LANGUAGES.iter().filter(|tag| Words::read(tag, |_| None).right_to_left());
    assert_eq!(right_to_left.copied().collect::<Vec<_>>(), ["ar", "ur"]);
}

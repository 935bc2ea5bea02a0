//! The texts and a site's own labels.

use std::collections::BTreeSet;

use chatkit_widget::text::{self, ChatKey, Key, Texts, Words, language};

use super::problems::technical;

#[test]
fn no_text_is_technical() {
    let widget = Key::ALL.iter().map(|key| (key.name(), text::get(*key)));
    let chat = ChatKey::ALL.iter().map(|key| (key.name(), text::get(*key)));
    for (name, wording) in widget.chain(chat) {
        // The reader of an answer with code in it knows the word; the placeholder is ChatKit's own.
        let known = [ChatKey::Code, ChatKey::CopyCode, ChatKey::ComposerPlaceholder];
        if known.iter().any(|key| key.name() == name) {
            continue;
        }
        assert_eq!(technical(wording), None, "{name}");
        assert!(!wording.trim().is_empty(), "{name}");
    }
}

#[test]
fn every_key_has_a_name_of_its_own() {
    let chat = ChatKey::ALL.iter().map(|key| key.name());
    let names: BTreeSet<_> = Key::ALL.iter().map(|key| key.name()).chain(chat).collect();
    assert_eq!(names.len(), Key::ALL.len() + ChatKey::ALL.len());
    for &key in Key::ALL {
        assert_eq!(Key::from_name(key.name()), Some(key));
    }
    assert_eq!(Key::from_name("nothing"), None);
}

#[test]
fn a_site_can_word_things_its_own_way_and_hears_about_typos() {
    let labels = [("openChat", "Frag uns"), ("openchat", "typo"), ("newChat", " ")];
    let (texts, unknown) = Texts::new(labels.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(texts.get(Key::OpenChat), "Frag uns");
    assert_eq!(texts.get(Key::NewChat), "New chat", "a button must keep a name");
    assert_eq!(texts.get(Key::CloseChat), "Close chat");
    assert_eq!(unknown, ["openchat"]);
}

#[test]
fn numbers_find_their_place() {
    let texts = Texts::default();
    assert_eq!(texts.retrying(2, 3), "Trying again (2 of 3)…");
    assert_eq!(texts.next_try_in(2), "Next try in 2 seconds.");
    assert_eq!(texts.next_try_in(1), "Next try in 1 second.");
    let (german, _) = Texts::new([("retrying".to_owned(), "Versuch {attempt} von {of} {huh}".to_owned())]);
    assert_eq!(german.retrying(2, 3), "Versuch 2 von 3 {huh}");
}

#[test]
fn a_language_says_what_it_has_and_english_what_it_lacks() {
    let german = |name: &str| match name {
        "send" => Some("Nachricht senden".to_owned()),
        "retrying" => Some("Versuch {attempt} von {of}…".to_owned()),
        "stop" => Some(" ".to_owned()),
        _ => None,
    };
    let words = Words::read("x-german", german);
    assert_eq!(words.get(ChatKey::Send), "Nachricht senden");
    assert_eq!(words.get(ChatKey::Stop), "Stop answering", "a button must keep a name");
    assert_eq!(words.get(Key::TryAgain), "Try again");
    assert_eq!(words.fill(Key::Retrying, &[("attempt", 2), ("of", 3)]), "Versuch 2 von 3…");
    assert_eq!(words, Words::read("x-german", |_| None), "a language is read once");
    assert_ne!(words, Words::default());
    assert!(!words.right_to_left() && Words::read("ar", |_| None).right_to_left());
}

#[test]
fn a_language_is_found_for_its_dialects() {
    let found = ["pt-BR", "DE-at", "zh-CN", "zh-Hans-HK", "ur", "en-GB"].map(language::of);
    assert_eq!(found, [Some("pt"), Some("de"), Some("zh"), Some("zh"), Some("ur"), Some("en")]);
    assert_eq!(["zh-TW", "zh-Hant", "sv", "", "not a tag"].map(language::of), [None; 5]);
}

/// The TypeScript half says a few things itself, where the wasm that has the texts is not there. Integrators are talked
/// to there, too: on the console and in thrown errors.
#[test]
fn no_text_of_the_typescript_half_is_technical() {
    let mut sentences = 0;
    for (path, line) in typescript() {
        let to_integrators = ["logError", "logWarning", "new Error"].iter().any(|call| line.contains(call));
        let is_comment = line.starts_with(['*', '/']);
        if to_integrators || is_comment {
            continue;
        }
        // Every second piece between quotation marks is inside of them.
        for literal in line.split('"').skip(1).step_by(2) {
            let is_drawing = !literal.contains("e");
            if literal.starts_with(|letter: char| letter.is_ascii_uppercase())
                && literal.contains(' ')
                && !is_drawing
            {
                assert_eq!(technical(literal), None, "{path}: {literal}");
                sentences += usize::from(literal.ends_with('.'));
            }
        }
    }
    assert!(sentences >= 3, "only {sentences} sentences were found: this test looks in the wrong place");
}

fn typescript() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg-template/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                // The plugin talks to who builds a site, the readers of which hear nothing of it.
                folders.extend(Some(path).filter(|path| !path.ends_with("docusaurus")));
            } else if name.ends_with(".ts") || name.ends_with(".tsx") {
                let text = std::fs::read_to_string(&path).unwrap();
                // `d` is the drawing of an icon.
                let code = text.lines().map(str::trim).filter(|line| !line.starts_with("\"d\":"));
                lines.extend(code.map(|line| (name.clone(), line.to_owned())));
            }
        }
    }
    lines
}

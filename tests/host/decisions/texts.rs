//! The texts and a site's own labels.

use std::collections::BTreeSet;

use chatkit_widget::text::{self, Key, Texts};

use super::problems::technical;

#[test]
fn no_text_is_technical() {
    for &key in Key::ALL {
        assert_eq!(technical(text::get(key)), None, "{key:?}");
        assert!(!text::get(key).trim().is_empty(), "{key:?}");
    }
}

#[test]
fn every_key_has_a_name_of_its_own() {
    let names: BTreeSet<_> = Key::ALL.iter().map(|key| key.name()).collect();
    assert_eq!(names.len(), Key::ALL.len());
    for &key in Key::ALL {
        assert_eq!(Key::from_name(key.name()), Some(key));
    }
    assert_eq!(Key::from_name("nothing"), None);
}

#[test]
fn a_site_can_word_things_its_own_way_and_hears_about_typos() {
    let labels = [("openChat", "Frag uns"), ("openchat", "typo"), ("send", " ")];
    let (texts, unknown) = Texts::new(labels.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(texts.get(Key::OpenChat), "Frag uns");
    assert_eq!(texts.get(Key::Send), "Send message", "a button must keep a name");
    assert_eq!(texts.get(Key::CloseChat), "Close chat");
    assert_eq!(unknown, ["openchat"]);
}

#[test]
fn numbers_find_their_place() {
    let texts = Texts::default();
    assert_eq!(texts.retrying(2, 3), "Trying again (2 of 3)…");
    assert_eq!(texts.next_try_in(2), "Next try in 2 seconds.");
    assert_eq!(texts.next_try_in(1), "Next try in 1 second.");
    assert_eq!(texts.source_count(1), "1 source");
    assert_eq!(texts.source_count(4), "4 sources");
    let (german, _) = Texts::new([("retrying".to_owned(), "Versuch {attempt} von {of} {huh}".to_owned())]);
    assert_eq!(german.retrying(2, 3), "Versuch 2 von 3 {huh}");
}

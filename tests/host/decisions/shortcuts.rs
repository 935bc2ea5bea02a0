//! Which keys open the panel, and which never do.

use chatkit_widget::widget::{Modifiers, Press, Shortcut};

/// A press as a keyboard reports it: what is held (c, a, s, m; g for AltGr), the key, its place.
fn press(held: &str, key: &str, code: &str) -> Press {
    let has = |letter| held.contains(letter);
    Press {
        key: key.into(),
        code: code.into(),
        held: Modifiers { control: has('c'), alt: has('a'), shift: has('s'), meta: has('m') },
        alt_graph: has('g'),
        ..Press::default()
    }
}

fn is(shortcut: &str, press: &Press, apple: bool) -> bool {
    Shortcut::parse(shortcut).unwrap().matches(press, apple)
}

#[test]
fn a_shortcut_is_its_keys_and_no_others() {
    for (shortcut, held, key, code, expected) in [
        ("Control+Shift+K", "cs", "K", "KeyK", true),
        ("Control+Shift+k", "cs", "K", "KeyK", true),
        (" Control + Shift + K ", "cs", "K", "KeyK", true),
        ("Control+K", "c", "k", "KeyK", true),
        ("Control+K", "cs", "K", "KeyK", false),
        ("Control+K", "ca", "k", "KeyK", false),
        ("Control+K", "", "k", "KeyK", false),
        ("Control+K", "c", "j", "KeyJ", false),
        ("k", "", "k", "KeyK", true),
        ("k", "s", "K", "KeyK", false),
        ("?", "s", "?", "Slash", true),
        ("?", "", "?", "KeyM", true),
        ("?", "c", "?", "Slash", false),
        ("Control+/", "c", "/", "Slash", true),
        ("Control+/", "cs", "/", "Digit7", true),
        ("Control++", "c", "+", "BracketRight", true),
        ("Control+Plus", "cs", "+", "Equal", true),
        ("Control+Space", "c", " ", "Space", true),
        ("F2", "", "F2", "F2", true),
        ("Shift+F2", "", "F2", "F2", false),
        ("F2", "", "F", "KeyF", false),
    ] {
        assert_eq!(is(shortcut, &press(held, key, code), false), expected, "{shortcut} by {held} {key}");
    }
}

#[test]
fn mod_is_command_on_a_mac_and_control_elsewhere() {
    let (control, command) = (press("c", "k", "KeyK"), press("m", "k", "KeyK"));
    assert!(is("Mod+K", &control, false) && !is("Mod+K", &command, false));
    assert!(is("Mod+K", &command, true) && !is("Mod+K", &control, true));
}

#[test]
fn a_keyboard_that_types_something_else_on_the_key_still_works() {
    assert!(is("Alt+K", &press("a", "˚", "KeyK"), true), "Option types a sign");
    assert!(is("Alt+K", &press("ag", "˚", "KeyK"), true), "Option, as Firefox reports it");
    assert!(is("Control+K", &press("c", "л", "KeyK"), false), "Russian");
    assert!(is("Control+Shift+1", &press("cs", "!", "Digit1"), false), "Shift types a sign");
    assert!(!is("Control+K", &press("c", "t", "KeyK"), false), "Dvorak has a K of its own, elsewhere");
    assert!(!is("k", &press("", "л", "KeyK"), false), "without a modifier it is text");
}

#[test]
fn alt_gr_types_a_character_and_opens_nothing() {
    // Windows, German keyboard: AltGr+E is "€", reported with Control and Alt.
    assert!(!is("Control+Alt+E", &press("cag", "€", "KeyE"), false));
    assert!(!is("Control+Alt+Q", &press("cag", "@", "KeyQ"), false));
    assert!(is("@", &press("cag", "@", "KeyQ"), false), "unless that character is the shortcut");
}

#[test]
fn text_that_is_being_typed_stays_text() {
    let typing = |held, key, code| Press { into_text: true, ..press(held, key, code) };
    assert!(!is("?", &typing("s", "?", "Slash"), false));
    assert!(!is("k", &typing("", "k", "KeyK"), false));
    assert!(!is("Shift+K", &typing("s", "K", "KeyK"), false));
    assert!(!is("Alt+K", &typing("a", "˚", "KeyK"), true), "Option types on a Mac");
    assert!(is("Alt+K", &typing("a", "k", "KeyK"), false));
    assert!(is("Control+K", &typing("c", "k", "KeyK"), false));
    assert!(is("Mod+K", &typing("m", "k", "KeyK"), true));
}

#[test]
fn a_key_held_down_or_used_by_an_input_method_counts_once_or_not_at_all() {
    let continued = Press { continued: true, ..press("c", "k", "KeyK") };
    assert!(!is("Control+K", &continued, false));
}

#[test]
fn what_is_no_shortcut_says_why() {
    for (text, says) in [
        ("", "\"\" is not one character"),
        ("Ctrl+K", "\"Ctrl\" is not Control, Alt, Shift, Meta or Mod"),
        ("control+K", "\"control\" is not Control"),
        ("K+Control", "\"Control\" is not one character"),
        ("Control+Escape", "\"Escape\" is not one character, Space, Plus or F1 to F12"),
        ("F13", "\"F13\""),
        ("F0", "\"F0\""),
        ("Space", "Space alone scrolls the page"),
        ("Shift+Space", "Space alone scrolls the page"),
    ] {
        let why = Shortcut::parse(text).unwrap_err();
        assert!(why.contains(says), "{text}: {why}");
    }
}

#[test]
fn screen_readers_are_told_the_keys_in_arias_words() {
    for (text, apple, expected) in [
        ("shift", false, None),
        ("Shift+Control+k", false, Some("Control+Shift+K")),
        ("Mod+K", true, Some("Meta+K")),
        ("Mod+K", false, Some("Control+K")),
        ("Control++", false, Some("Control+Plus")),
        ("Alt+Space", false, Some("Alt+Space")),
        ("?", false, Some("?")),
        ("F2", false, Some("F2")),
    ] {
        let aria = Shortcut::parse(text).ok().map(|shortcut| shortcut.aria(apple));
        assert_eq!(aria.as_deref(), expected, "{text}");
    }
}

//! The option `shortcut`: keys that open and close the panel.
//!
//! Written as in ARIA's `aria-keyshortcuts`: modifiers and one key, joined by `+`. **Mod** is ours: Command on Apple's
//! systems, Control elsewhere. A **press** is a `keydown` as the browser reports it; whether it is the shortcut is
//! decided here.

/// Keys that open and close the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcut {
    modifiers: Modifiers,
    /// Command on Apple's systems, Control elsewhere.
    platform: bool,
    key: Key,
}

/// Keys that are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "ARIA's names; Meta is Command or the Windows key, Alt is Option")]
#[expect(clippy::struct_excessive_bools, reason = "four keys, each held or not")]
pub struct Modifiers {
    pub control: bool,
    pub alt: bool,
    pub shift: bool,
    pub meta: bool,
}

const FUNCTIONS: [&str; 12] = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// One character; letters in upper case.
    Character(char),
    /// `F1` to `F12`.
    Function(String),
}

/// A `keydown`.
#[derive(Clone, Debug, Default)]
pub struct Press {
    /// `KeyboardEvent.key`: what the key means with everything that is held.
    pub key: String,
    /// `KeyboardEvent.code`: where the key is.
    pub code: String,
    /// What is held.
    pub held: Modifiers,
    /// Whether AltGr is held, which types characters. Windows reports Control and Alt along with it.
    pub alt_graph: bool,
    /// Part of an input method's composition, or of a key that is held down.
    pub continued: bool,
    /// Whether it goes to something that takes text.
    pub into_text: bool,
}

impl Shortcut {
    /// Reads the option.
    ///
    /// # Errors
    /// What is wrong with it, without an end to the sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (modifiers, key) = match text.trim().rsplit_once('+') {
            // "Control++" means the plus key.
            Some((before, "")) => (before.strip_suffix('+').unwrap_or(before), "+"),
            Some((before, key)) => (before, key.trim()),
            None => ("", text.trim()),
        };
        let key = Key::parse(key)?;
        let mut shortcut = Self { modifiers: Modifiers::default(), platform: false, key };
        for name in modifiers.split('+').map(str::trim).filter(|name| !name.is_empty()) {
            let modifiers = &mut shortcut.modifiers;
            *match name {
                "Control" => &mut modifiers.control,
                "Alt" => &mut modifiers.alt,
                "Shift" => &mut modifiers.shift,
                "Meta" => &mut modifiers.meta,
                "Mod" => &mut shortcut.platform,
                _ => return Err(format!("\"{name}\" is not Control, Alt, Shift, Meta or Mod")),
            } = true;
        }
        let held = &shortcut.modifiers;
        if shortcut.key == Key::Character(' ')
            && !(held.control || held.alt || held.meta || shortcut.platform)
        {
            return Err("Space alone scrolls the page and presses buttons".to_owned());
        }
        Ok(shortcut)
    }

    /// Whether `press` is this shortcut and may be taken.
    #[must_use]
    pub fn matches(&self, press: &Press, apple: bool) -> bool {
        let wanted = self.wanted(apple);
        let mut held = press.held;
        // Firefox calls Option AltGr, which Apple's keyboards do not have.
        if press.alt_graph && !apple {
            (held.control, held.alt) = (false, false);
        }
        // What it takes to type a character such as "?" differs from keyboard to keyboard.
        let typed = matches!(self.key, Key::Character(key) if !key.is_ascii_alphanumeric() && key != ' ');
        if typed {
            held.shift = wanted.shift;
        }
        // On Apple's keyboards Option types characters, as AltGr does elsewhere.
        let command = wanted.control || wanted.meta || wanted.alt && !apple;
        !press.continued && held == wanted && (command || !press.into_text) && self.key.is(press, wanted)
    }

    /// As `aria-keyshortcuts` wants it.
    #[must_use]
    pub fn aria(&self, apple: bool) -> String {
        let held = self.wanted(apple);
        let names =
            [(held.control, "Control+"), (held.alt, "Alt+"), (held.shift, "Shift+"), (held.meta, "Meta+")];
        let mut text: String = names.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
        match &self.key {
            Key::Character(' ') => text.push_str("Space"),
            Key::Character('+') => text.push_str("Plus"),
            Key::Character(key) => text.push(*key),
            Key::Function(name) => text.push_str(name),
        }
        text
    }

    fn wanted(&self, apple: bool) -> Modifiers {
        Modifiers {
            control: self.modifiers.control || self.platform && !apple,
            meta: self.modifiers.meta || self.platform && apple,
            ..self.modifiers
        }
    }
}

impl Key {
    fn parse(name: &str) -> Result<Self, String> {
        let mut characters = name.chars();
        match (characters.next(), characters.next()) {
            (Some(key), None) => Ok(Self::Character(key.to_ascii_uppercase())),
            _ if name == "Space" => Ok(Self::Character(' ')),
            _ if name == "Plus" => Ok(Self::Character('+')),
            _ if FUNCTIONS.contains(&name) => Ok(Self::Function(name.to_owned())),
            _ => Err(format!("\"{name}\" is not one character, Space, Plus or F1 to F12")),
        }
    }

    fn is(&self, press: &Press, held: Modifiers) -> bool {
        let key = match self {
            Self::Function(name) => return *name == press.key,
            Self::Character(key) => *key,
        };
        let mut typed = press.key.chars();
        let typed = typed.next().filter(|_| typed.next().is_none());
        if typed.is_some_and(|typed| typed.to_ascii_uppercase() == key) {
            return true;
        }
        // Held modifiers change what a key types (Option+K is "˚", Shift+1 is "!"), and a Greek or Russian keyboard
        // types no Latin letter at all: then it is the place that counts.
        let place = press.code.strip_prefix("Key").or_else(|| press.code.strip_prefix("Digit"));
        let elsewhere = key.is_ascii_digit() || typed.is_none_or(|typed| !typed.is_ascii());
        let command = held.control || held.alt || held.meta;
        command && elsewhere && place.is_some_and(|place| place.chars().eq([key]))
    }
}

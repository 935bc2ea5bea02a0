//! Offsets: the browser counts a text in UTF-16 units, Rust in bytes.

/// The byte at which the unit `units` begins. A place inside a surrogate pair is that before the pair, one behind the
/// end is the end.
#[must_use]
pub fn to_byte(text: &str, units: usize) -> usize {
    let (mut byte, mut left) = (0, units);
    for char in ascii_ahead(text, &mut byte, &mut left).chars() {
        if left < char.len_utf16() {
            break;
        }
        left -= char.len_utf16();
        byte += char.len_utf8();
    }
    byte
}

/// How many units come before `byte`. A place inside a character is that before it.
#[must_use]
pub fn from_byte(text: &str, byte: usize) -> usize {
    let byte = floor(text, byte);
    let before = text.get(..byte).unwrap_or(text);
    before.chars().map(char::len_utf16).sum()
}

/// The last place between two characters that is not behind `byte`.
#[must_use]
pub fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Skips what is plain ASCII by the block: drafts of a megabyte are mostly that. Gives the rest.
fn ascii_ahead<'a>(text: &'a str, byte: &mut usize, left: &mut usize) -> &'a str {
    const BLOCK: usize = 256;
    while *left >= BLOCK && text.as_bytes().get(*byte..*byte + BLOCK).is_some_and(<[u8]>::is_ascii) {
        *byte += BLOCK;
        *left -= BLOCK;
    }
    text.get(*byte..).unwrap_or_default()
}

//! What the reader changed, read off the text before and the text after: the browser says less, and says it
//! differently for typing, input methods, spelling, dropping and undoing.

use std::ops::Range;

use super::utf16::floor;

/// One piece of a text that became another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The piece before, in bytes.
    pub old: Range<usize>,
    /// The piece after; begins where the piece before began.
    pub new: Range<usize>,
}

impl Edit {
    /// The smallest piece that turns `old` into `new`. Where that is ambiguous ("aa" became "aaa"), `caret`, a byte of
    /// `new`, tells: what stands behind it was there before.
    #[must_use]
    pub fn between(old: &str, new: &str, caret: usize) -> Edit {
        let (was, is) = (old.as_bytes(), new.as_bytes());
        let behind = floor(new, caret);
        let mut suffix = common_suffix(was, is.get(behind..).unwrap_or_default());
        let end = |suffix: usize| (was.len() - suffix, is.len() - suffix);
        let (old_end, new_end) = end(suffix);
        let prefix =
            common_prefix(was.get(..old_end).unwrap_or_default(), is.get(..new_end).unwrap_or_default());
        // All of it is equal up to here, so a place between two characters of one is one of the other, unless the
        // characters behind differ.
        let prefix = floor(old, floor(new, prefix));
        suffix += common_suffix(
            was.get(prefix..old_end).unwrap_or_default(),
            is.get(prefix..new_end).unwrap_or_default(),
        );
        let (mut old_end, mut new_end) = end(suffix);
        while !(old.is_char_boundary(old_end) && new.is_char_boundary(new_end)) {
            old_end += 1;
            new_end += 1;
        }
        Edit { old: prefix..old_end, new: prefix..new_end }
    }
}

/// Compared by the block first: byte by byte, a long draft would be felt at every key.
const BLOCK: usize = 1024;

fn common_prefix(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK));
    let same = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = one.iter().zip(other).skip(same);
    same + rest.take_while(|(a, b)| a == b).count()
}

fn common_suffix(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK));
    let same = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = one.iter().rev().zip(other.iter().rev()).skip(same);
    same + rest.take_while(|(a, b)| a == b).count()
}

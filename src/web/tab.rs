//! `sessionStorage`: lives as long as the tab. It may be absent (blocked by settings), full, or hold what others
//! wrote; none of that is an error for a chat, it only remembers less.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    // The getter throws a SecurityError when storage is blocked.
    web_sys::window()?.session_storage().ok().flatten()
}

/// The text stored under `key`.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores `text` under `key`; returns whether that worked.
pub fn write(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets `key`.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Cannot throw once the storage is at hand.
        let _ = storage.remove_item(key);
    }
}

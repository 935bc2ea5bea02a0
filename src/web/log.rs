//! The console: where integrators look.

use web_sys::console;

const PREFIX: &str = "chatkit-widget:";

/// Something is wrong.
pub fn error(message: &str) {
    console::error_2(&PREFIX.into(), &message.into());
}

/// Something could be better.
pub fn warn(message: &str) {
    console::warn_2(&PREFIX.into(), &message.into());
}

/// Something worth knowing.
pub fn info(message: &str) {
    console::info_2(&PREFIX.into(), &message.into());
}

/// Names a panic on the console. Set through Yew, which overwrites any other hook when it renders. Not after a panic:
/// std forbids it, and the page may well mount another widget then.
pub fn panic_to_console() {
    if !std::thread::panicking() {
        yew::set_custom_panic_hook(Box::new(|info| error(&format!("a bug in chatkit-widget: {info}"))));
    }
}

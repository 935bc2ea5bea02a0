//! Doing something again after the browser has painted.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The first paint brings what came into view, the second what that made room for.
const TIMES: u8 = 3;

/// Calls a function before each of the next few paints. Ends when dropped.
pub struct Paints(Rc<RefCell<Waiting>>);

struct Waiting {
    left: u8,
    frame: Option<i32>,
    on_frame: Option<Closure<dyn FnMut()>>,
}

impl Paints {
    /// Begins.
    pub fn new(then: impl Fn() + 'static) -> Self {
        let waiting = Rc::new(RefCell::new(Waiting { left: TIMES, frame: None, on_frame: None }));
        let weak = Rc::downgrade(&waiting);
        let on_frame = Closure::<dyn FnMut()>::new(move || {
            then();
            if let Some(waiting) = weak.upgrade() {
                waiting.borrow_mut().next();
            }
        });
        waiting.borrow_mut().on_frame = Some(on_frame);
        waiting.borrow_mut().next();
        Self(waiting)
    }
}

impl Waiting {
    fn next(&mut self) {
        self.frame = None;
        if let (Some(left), Some(on_frame)) = (self.left.checked_sub(1), &self.on_frame) {
            self.left = left;
            self.frame = web_sys::window()
                .and_then(|window| window.request_animation_frame(on_frame.as_ref().unchecked_ref()).ok());
        }
    }
}

impl Drop for Paints {
    fn drop(&mut self) {
        if let (Some(frame), Some(window)) = (self.0.borrow_mut().frame.take(), web_sys::window()) {
            // Never throws for a number it gave out itself.
            let _ = window.cancel_animation_frame(frame);
        }
    }
}

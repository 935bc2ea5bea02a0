//! A future that runs in the background until it ends or its owner is dropped.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;

type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Ends its future when dropped. `spawn_local` alone would let a removed widget go on fetching.
#[must_use = "dropping the task ends it"]
pub struct Task {
    live: Rc<Cell<bool>>,
    slot: Rc<RefCell<Option<Running>>>,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Task").field("live", &self.live.get()).finish_non_exhaustive()
    }
}

/// Starts `future`; it is polled for the first time after the caller has returned to the event loop.
pub fn spawn(future: impl Future<Output = ()> + 'static) -> Task {
    let task = Task {
        live: Rc::new(Cell::new(true)),
        slot: Rc::new(RefCell::new(Some(Box::pin(future) as Running))),
    };
    let (live, slot) = (task.live.clone(), task.slot.clone());
    spawn_local(poll_fn(move |context| {
        // Out of the slot while it runs: it may drop its own task.
        let Some(mut running) = slot.borrow_mut().take() else { return Poll::Ready(()) };
        if running.as_mut().poll(context).is_pending() && live.get() {
            *slot.borrow_mut() = Some(running);
            return Poll::Pending;
        }
        Poll::Ready(())
    }));
    task
}

impl Drop for Task {
    fn drop(&mut self) {
        self.live.set(false);
        let ended = self.slot.borrow_mut().take();
        drop(ended);
    }
}

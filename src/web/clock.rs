//! Time and chance.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use gloo_timers::callback::Timeout;

use crate::millis::{from_js, millis};

/// Milliseconds since 1970 by the device's clock, which may jump.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// A random number in `0.0..1.0`, for jitter; not for secrets.
#[must_use]
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// Reads an HTTP or ISO 8601 date into milliseconds since 1970.
#[must_use]
pub fn parse_date_ms(date: &str) -> Option<f64> {
    Some(js_sys::Date::parse(date)).filter(|ms| ms.is_finite())
}

/// Time that passed since `since_ms`; zero if the clock went back.
#[must_use]
pub fn elapsed(since_ms: f64) -> Duration {
    from_js(now_ms() - since_ms)
}

/// Calls `then` once after `wait`. The timer ends when the returned value is dropped. Waits beyond 24 days are cut to
/// that: `setTimeout` would fire them at once.
#[must_use = "dropping the timer ends it"]
pub fn after(wait: Duration, then: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(whole(wait), then)
}

fn whole(wait: Duration) -> u32 {
    u32::try_from(millis(wait)).unwrap_or(u32::MAX).min(i32::MAX.cast_unsigned())
}

/// Waits. Dropping the future clears the timer.
#[must_use]
pub fn sleep(wait: Duration) -> Sleep {
    let state = Rc::new(RefCell::new((false, None::<Waker>)));
    let fired = state.clone();
    let timer = after(wait, move || {
        let waker = {
            let mut state = fired.borrow_mut();
            state.0 = true;
            state.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    Sleep { state, _timer: timer }
}

/// See [`sleep`].
#[derive(Debug)]
pub struct Sleep {
    state: Rc<RefCell<(bool, Option<Waker>)>>,
    _timer: Timeout,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.borrow_mut();
        if state.0 {
            return Poll::Ready(());
        }
        state.1 = Some(context.waker().clone());
        Poll::Pending
    }
}

//! `use_error_retry`.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::rc::Rc;

use yew::prelude::*;

use super::retrying::{Attempt, RetryState, with_retry};
use crate::problem::Problem;
use crate::retry::Request;
use crate::web::task::{self, Task};

/// What [`use_error_retry`] gives to the view.
pub struct ErrorRetry<T> {
    /// Where it stands: attempt, time to the next one, given up.
    pub state: RetryState,
    /// The value of the last run that worked.
    pub value: Option<Rc<T>>,
    start: Rc<dyn Fn()>,
}

impl<T> ErrorRetry<T> {
    /// Starts a run, with all its attempts. While one is under way this does nothing.
    pub fn start(&self) {
        (self.start)();
    }

    /// The same under the name of the button: "Try again".
    pub fn retry(&self) {
        self.start();
    }
}

impl<T> Clone for ErrorRetry<T> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), value: self.value.clone(), start: self.start.clone() }
    }
}

impl<T> fmt::Debug for ErrorRetry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorRetry").field("state", &self.state).finish_non_exhaustive()
    }
}

/// Runs `operation` on demand, with the retry policy of [`crate::retry`], and shows how far it is.
///
/// Nothing runs before [`ErrorRetry::start`]. At most one run is under way. When the component goes, the run is
/// dropped, and with it what it was doing. Always the `operation` of the latest render is called.
///
/// `request` says how safe repeating is; a [`Request::Write`] is repeated only if the server surely did not act on it.
///
/// ```
/// use chatkit_widget::hooks::{RetryState, use_error_retry};
/// use chatkit_widget::problem::{At, Problem};
/// use chatkit_widget::retry::{MAX_ATTEMPTS, Request};
/// use yew::prelude::*;
///
/// async fn load() -> Result<String, Problem> {
///     Err(Problem::NoConnection { at: At::get("/weather") })
/// }
///
/// #[component]
/// fn Weather() -> Html {
///     let weather = use_error_retry(Request::Read, |_attempt| load());
///     let press = { let weather = weather.clone(); Callback::from(move |_: MouseEvent| weather.retry()) };
///     match &weather.state {
///         RetryState::Idle => html! { <button onclick={press}>{ "Load" }</button> },
///         RetryState::Running { attempt } | RetryState::Waiting { attempt, .. } => {
///             html! { <p>{ format!("Attempt {attempt} of {MAX_ATTEMPTS}…") }</p> }
///         }
///         RetryState::Offline => html! { <p>{ "You are offline." }</p> },
///         RetryState::Done => html! { <p>{ weather.value.as_deref().cloned() }</p> },
///         RetryState::GivenUp(problem) => {
///             html! { <p>{ problem.message() }<button onclick={press}>{ "Try again" }</button></p> }
///         }
///     }
/// }
/// ```
#[hook]
pub fn use_error_retry<T, Running>(
    request: Request,
    operation: impl Fn(Attempt) -> Running + 'static,
) -> ErrorRetry<T>
where
    T: 'static,
    Running: Future<Output = Result<T, Problem>> + 'static,
{
    let state = use_state_eq(RetryState::default);
    let value = use_state(|| None::<Rc<T>>);
    let run = use_memo((), |()| RefCell::new(None::<Task>));
    let latest = use_memo((), |()| RefCell::new(None::<Rc<dyn Fn(Attempt) -> Running>>));
    *latest.borrow_mut() = Some(Rc::new(operation));

    // The run sits in the memo, the memo in the run's closures: broken here, when the component goes.
    use_effect_with((), {
        let (run, latest) = (run.clone(), latest.clone());
        move |()| {
            move || {
                let ended = run.borrow_mut().take();
                drop(ended);
                latest.borrow_mut().take();
            }
        }
    });

    let start: Rc<dyn Fn()> = {
        let (set_state, set_value) = (state.setter(), value.setter());
        let under_way = use_mut_ref(|| false);
        Rc::new(move || {
            if under_way.replace(true) {
                return;
            }
            let Some(operation) = latest.borrow().clone() else { return };
            let (set_state, set_value, under_way) = (set_state.clone(), set_value.clone(), under_way.clone());
            let running = task::spawn(async move {
                let watch = |step: RetryState| {
                    // `Done` is shown together with its value, below.
                    if step != RetryState::Done {
                        if matches!(step, RetryState::GivenUp(_)) {
                            under_way.replace(false);
                        }
                        set_state.set(step);
                    }
                };
                if let Ok(got) = with_retry(request, |attempt| operation(attempt), watch).await {
                    under_way.replace(false);
                    set_value.set(Some(Rc::new(got)));
                    set_state.set(RetryState::Done);
                }
            });
            *run.borrow_mut() = Some(running);
        })
    };

    ErrorRetry { state: (*state).clone(), value: (*value).clone(), start }
}

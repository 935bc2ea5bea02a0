//! The retry policy, performed.

use std::future::Future;
use std::time::Duration;

use crate::problem::Problem;
use crate::retry::{self, BUDGET, Decision, Request};
use crate::web::{clock, listen};

/// One attempt, as the operation sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// From 1 to [`retry::MAX_ATTEMPTS`].
    pub number: u32,
    /// What is left of [`BUDGET`]: an attempt that takes longer is not worth waiting for.
    pub left: Duration,
}

/// Where a retried operation stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RetryState {
    /// Not started.
    #[default]
    Idle,
    /// This attempt is running.
    Running {
        /// From 1.
        attempt: u32,
    },
    /// The last attempt failed; this one begins after `wait`.
    Waiting {
        /// The attempt that comes next.
        attempt: u32,
        /// From when this state began.
        wait: Duration,
    },
    /// The device has no network. When it has one again, attempt 1 begins by itself.
    Offline,
    /// It worked.
    Done,
    /// It failed for good; only a press on "Try again" repeats it.
    GivenUp(Problem),
}

/// Runs `operation` until it works or [`retry::decide`] gives up, telling `watch` each step. Dropping the future ends
/// it, waits included.
///
/// A [`Request::Write`] that would have to be settled first is given up here: settling needs the conversation.
///
/// # Errors
/// The problem of the last attempt.
pub async fn with_retry<T, Running>(
    request: Request,
    mut operation: impl FnMut(Attempt) -> Running,
    watch: impl Fn(RetryState),
) -> Result<T, Problem>
where
    Running: Future<Output = Result<T, Problem>>,
{
    let mut began = clock::now_ms();
    let mut number = 1;
    let mut may_oversleep = true;
    loop {
        watch(RetryState::Running { attempt: number });
        let left = BUDGET.saturating_sub(clock::elapsed(began));
        let begun = clock::now_ms();
        let problem = match operation(Attempt { number, left }).await {
            Ok(value) => {
                watch(RetryState::Done);
                return Ok(value);
            }
            Err(problem) => problem,
        };
        // Once in a run: the timers of a hidden tab are late as if it slept, and must not keep a run going all night.
        if retry::slept(left, clock::elapsed(begun)) && std::mem::take(&mut may_oversleep) {
            (began, number) = (clock::now_ms(), 0);
        }
        match retry::decide(&problem.cause(), request, number, clock::random(), clock::elapsed(began)) {
            Decision::After(wait) => {
                number += 1;
                watch(RetryState::Waiting { attempt: number, wait });
                let begun = clock::now_ms();
                clock::sleep(wait).await;
                if retry::slept(wait, clock::elapsed(begun)) && std::mem::take(&mut may_oversleep) {
                    (began, number) = (clock::now_ms(), 1);
                }
            }
            Decision::Online => {
                watch(RetryState::Offline);
                listen::online().await;
                (began, number) = (clock::now_ms(), 1);
            }
            Decision::Settle(_) | Decision::GiveUp => {
                watch(RetryState::GivenUp(problem.clone()));
                return Err(problem);
            }
        }
    }
}

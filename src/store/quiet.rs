//! Catches what sled throws instead of returning, without a word on the screen.

use std::cell::Cell;
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Whether this thread is inside [`quietly`]: a panic hook that draws on the screen should then do nothing.
pub fn is_quiet() -> bool {
    QUIET.with(Cell::get)
}

/// By how much a thread that sled starts may be late when it only looks whether there is something to do: in nanoseconds.
const LATE: Option<NonZeroU64> = NonZeroU64::new(600_000_000_000);

/// Does `work`, in which sled starts its threads. They look round once a second, each, for ever, even where there is nothing
/// to do; who gives them work wakes them at once. A late timer lets a program at rest be at rest.
pub fn unhurried<T>(work: impl FnOnce() -> T) -> T {
    // A thread takes the slack of the one that starts it.
    be_late_by(LATE);
    let done = work();
    be_late_by(None);
    done
}

#[cfg(target_os = "linux")]
fn be_late_by(slack: Option<NonZeroU64>) {
    // Where that is not allowed, the threads are only less quiet.
    let _ = rustix::thread::set_current_timer_slack(slack);
}

#[cfg(not(target_os = "linux"))]
const fn be_late_by(_slack: Option<NonZeroU64>) {}

/// Does `work`; `Err` with what it said when it panicked. A panic inside is printed nowhere.
pub fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    if !std::thread::panicking() {
        HOOK.call_once(|| {
            let loud = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                if !is_quiet() {
                    loud(panic);
                }
            }));
        });
    }
    let before = QUIET.with(|quiet| quiet.replace(true));
    let done = catch_unwind(AssertUnwindSafe(work));
    QUIET.with(|quiet| quiet.set(before));
    done.map_err(|said| {
        let text = said.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panicked".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::{is_quiet, quietly, unhurried};

    #[test]
    #[cfg(target_os = "linux")]
    fn only_threads_started_inside_may_be_late() {
        let slack = || {
            let thread = rustix::thread::gettid().as_raw_nonzero();
            std::fs::read_to_string(format!("/proc/{thread}/timerslack_ns")).unwrap().trim().to_owned()
        };
        let before = slack();
        let inside = unhurried(|| std::thread::spawn(slack).join().unwrap());
        assert_eq!(inside, super::LATE.unwrap().to_string());
        assert_eq!(slack(), before);
    }

    #[test]
    fn what_panics_inside_is_told_and_the_thread_goes_on() {
        assert_eq!(quietly(|| 7), Ok(7));
        assert_eq!(quietly(|| panic!("no page {}", 3)), Err::<(), _>("no page 3".to_owned()));
        assert!(quietly(is_quiet).unwrap());
        assert!(!is_quiet());
    }
}

//! Catches what sled throws instead of returning, without a word on the screen.

use std::cell::Cell;
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
    use super::{is_quiet, quietly};

    #[test]
    fn what_panics_inside_is_told_and_the_thread_goes_on() {
        assert_eq!(quietly(|| 7), Ok(7));
        assert_eq!(quietly(|| panic!("no page {}", 3)), Err::<(), _>("no page 3".to_owned()));
        assert!(quietly(is_quiet).unwrap());
        assert!(!is_quiet());
    }
}

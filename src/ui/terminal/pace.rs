//! All waiting input first, then a frame, and over a network not too many of them.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvError};
use std::time::{Duration, Instant};

/// The least time between two frames over a network: twenty a second.
const SSH_FRAME: Duration = Duration::from_millis(50);
/// The longest that input may keep a frame back.
const LONGEST_ROUND: Duration = Duration::from_millis(100);

/// When frames may be drawn.
#[derive(Debug)]
pub struct Pace {
    least: Duration,
    last: Option<Instant>,
}

impl Pace {
    /// At most twenty frames a second over ssh, as many as there is input for otherwise.
    pub const fn new(over_ssh: bool) -> Self {
        Self { least: if over_ssh { SSH_FRAME } else { Duration::ZERO }, last: None }
    }

    /// How long the next frame has still to wait.
    pub fn due_in(&self, now: Instant) -> Duration {
        self.last.map_or(Duration::ZERO, |last| (last + self.least).saturating_duration_since(now))
    }

    /// Notes that a frame was drawn.
    pub const fn drawn(&mut self, now: Instant) {
        self.last = Some(now);
    }

    /// Waits for something to come, handles it and all else that waits, and
    /// returns when a frame is due. `handle` breaks to have that frame, or the
    /// end, at once.
    ///
    /// # Errors
    /// When every sender is gone.
    pub fn round<T>(
        &self,
        inbox: &Receiver<T>,
        handle: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, RecvError> {
        inbox.recv().map(|first| self.round_from(first, inbox, handle))
    }

    /// As [`Pace::round`], for who has waited already and has `next`.
    pub fn round_from<T>(
        &self,
        mut next: T,
        inbox: &Receiver<T>,
        mut handle: impl FnMut(T) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let began = Instant::now();
        loop {
            if handle(next).is_break() {
                return ControlFlow::Break(());
            }
            let now = Instant::now();
            if now.duration_since(began) > LONGEST_ROUND {
                return ControlFlow::Continue(());
            }
            let wait = self.due_in(now);
            let waiting = if wait.is_zero() { inbox.try_recv().ok() } else { inbox.recv_timeout(wait).ok() };
            match waiting {
                Some(message) => next = message,
                None => return ControlFlow::Continue(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_local_screen_never_waits() {
        let mut pace = Pace::new(false);
        let now = Instant::now();
        pace.drawn(now);
        assert_eq!(pace.due_in(now), Duration::ZERO);
    }

    #[test]
    fn over_ssh_a_frame_waits_for_its_twentieth_of_a_second() {
        let mut pace = Pace::new(true);
        let now = Instant::now();
        assert_eq!(pace.due_in(now), Duration::ZERO);
        pace.drawn(now);
        assert_eq!(pace.due_in(now + Duration::from_millis(20)), Duration::from_millis(30));
        assert_eq!(pace.due_in(now + Duration::from_millis(70)), Duration::ZERO);
    }

    #[test]
    fn everything_waiting_is_handled_before_a_frame() {
        let (sender, inbox) = channel();
        (0..500).for_each(|n| sender.send(n).unwrap());
        let mut seen = 0;
        let round = Pace::new(false).round(&inbox, |_| {
            seen += 1;
            ControlFlow::Continue(())
        });
        assert_eq!((seen, round), (500, Ok(ControlFlow::Continue(()))));
    }

    #[test]
    fn the_end_is_not_kept_waiting() {
        let (sender, inbox) = channel();
        (0..5).for_each(|n| sender.send(n).unwrap());
        let mut seen = 0;
        let round = Pace::new(true).round(&inbox, |n| {
            seen += 1;
            if n == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((seen, round), (3, Ok(ControlFlow::Break(()))));
    }
}

//! Two clocks: the wall clock, by which credentials are checked, and virtual time, for everything
//! else.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Milliseconds since 1970.
pub(crate) type Millis = u64;

/// The last millisecond of the year 9999: virtual time ends there, as HTTP's dates do.
pub(crate) const LATEST: Millis = 253_402_300_799_999;

/// The source of the wall clock.
#[derive(Clone)]
pub(crate) struct TimeSource(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl TimeSource {
    pub(crate) fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where this crate reads the clock"
        )]
        Self::new(SystemTime::now)
    }

    pub(crate) fn new(read: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }

    fn millis(&self) -> Millis {
        to_millis(self.now())
    }
}

impl fmt::Debug for TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TimeSource")
    }
}

pub(crate) fn to_millis(time: SystemTime) -> Millis {
    whole_millis(time.duration_since(UNIX_EPOCH).unwrap_or_default())
}

pub(crate) fn whole_millis(duration: Duration) -> Millis {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

pub(crate) fn to_time(millis: Millis) -> SystemTime {
    UNIX_EPOCH
        .checked_add(Duration::from_millis(millis))
        .unwrap_or(UNIX_EPOCH)
}

/// Virtual time: it starts at the wall clock's time, then runs with it or stands still, and leaps
/// on request.
#[derive(Debug)]
pub(crate) struct Clock {
    source: TimeSource,
    /// Virtual time at the anchor.
    virtual_anchor: Millis,
    /// Wall time at the anchor; `None` while the clock stands still.
    wall_anchor: Option<Millis>,
    leaps: Vec<Leap>,
}

/// All leaps up to one moment.
#[derive(Debug)]
struct Leap {
    wall: Millis,
    /// Virtual minus wall time just after it; negative when an older state was imported.
    ahead: i64,
}

/// Most leaps that are remembered; then the oldest are forgotten.
const MOST_LEAPS: usize = 10_000;

impl Clock {
    pub(crate) fn new(source: TimeSource, runs: bool) -> Self {
        let now = source.millis();
        Self {
            source,
            virtual_anchor: now,
            wall_anchor: runs.then_some(now),
            leaps: Vec::new(),
        }
    }

    /// The wall clock.
    pub(crate) fn wall(&self) -> SystemTime {
        self.source.now()
    }

    /// The virtual time, which [`advance`](Self::advance) moves forward.
    pub(crate) fn now(&self) -> Millis {
        let ran = self
            .wall_anchor
            .map_or(0, |anchor| self.source.millis().saturating_sub(anchor));
        self.virtual_anchor.saturating_add(ran)
    }

    pub(crate) fn runs(&self) -> bool {
        self.wall_anchor.is_some()
    }

    /// Makes virtual time run or stand still from now on.
    pub(crate) fn set_running(&mut self, runs: bool) {
        self.virtual_anchor = self.now();
        self.wall_anchor = runs.then(|| self.source.millis());
    }

    /// Leaps to a later virtual time; an earlier one is ignored.
    pub(crate) fn leap_to(&mut self, time: Millis) {
        let leap = time.saturating_sub(self.now());
        if leap == 0 {
            return;
        }
        self.virtual_anchor = self.virtual_anchor.saturating_add(leap);
        let wall = self.source.millis();
        let ahead = ahead(self.now(), wall);
        match self.leaps.last_mut() {
            Some(last) if last.wall == wall => last.ahead = ahead,
            _ => {
                if self.leaps.len() >= MOST_LEAPS {
                    self.leaps.remove(0);
                }
                self.leaps.push(Leap { wall, ahead });
            }
        }
    }

    /// The virtual time of a wall-clock time in whole seconds, such as the `iat` of a token.
    ///
    /// A token that was signed after a leap is as fresh as it would be without the leap. A leap
    /// within the same second counts as made before.
    pub(crate) fn of_wall_second(&self, second: u64) -> Millis {
        let begin = second.saturating_mul(1000);
        let end = begin.saturating_add(999);
        let ahead = self
            .leaps
            .iter()
            .rev()
            .find(|leap| leap.wall <= end)
            .map_or(0, |leap| leap.ahead);
        begin.saturating_add_signed(ahead)
    }

    /// Continues at a virtual time, which may be an earlier one. Everything that was signed before
    /// counts as signed at that time's pace: as far from it as it is from the present wall time.
    pub(crate) fn set(&mut self, time: Millis, runs: bool) {
        let wall = self.source.millis();
        self.virtual_anchor = time;
        self.wall_anchor = runs.then_some(wall);
        self.leaps = vec![Leap {
            wall: 0,
            ahead: ahead(time, wall),
        }];
    }
}

fn ahead(virtual_time: Millis, wall: Millis) -> i64 {
    let signed = |time: Millis| i64::try_from(time).unwrap_or(i64::MAX);
    signed(virtual_time).saturating_sub(signed(wall))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn clock(runs: bool) -> (Arc<AtomicU64>, Clock) {
        let wall = Arc::new(AtomicU64::new(1_000_000));
        let read = Arc::clone(&wall);
        let source = TimeSource::new(move || to_time(read.load(Ordering::Relaxed)));
        (wall, Clock::new(source, runs))
    }

    #[test]
    fn a_running_clock_follows_the_wall_and_leaps() {
        let (wall, mut clock) = clock(true);
        wall.fetch_add(5, Ordering::Relaxed);
        assert_eq!(clock.now(), 1_000_005);
        clock.leap_to(1_060_000);
        wall.fetch_add(7, Ordering::Relaxed);
        assert_eq!(clock.now(), 1_060_007);
        clock.leap_to(3);
        assert_eq!(clock.now(), 1_060_007, "time does not go back");
    }

    #[test]
    fn a_clock_continues_at_an_earlier_time_and_tokens_of_now_are_fresh_then() {
        let (wall, mut clock) = clock(true);
        clock.leap_to(9_000_000);
        clock.set(500_000, true);
        assert_eq!(clock.now(), 500_000);
        assert_eq!(clock.of_wall_second(1_000), 500_000);
        wall.fetch_add(3_000, Ordering::Relaxed);
        assert_eq!(clock.now(), 503_000);
        assert_eq!(clock.of_wall_second(1_003), 503_000);
        clock.leap_to(600_000);
        assert_eq!(clock.of_wall_second(1_003), 600_000);
        clock.set(700_000, false);
        wall.fetch_add(3_000, Ordering::Relaxed);
        assert_eq!(clock.now(), 700_000, "it stands still");
    }

    #[test]
    fn a_still_clock_only_leaps_until_it_is_made_to_run() {
        let (wall, mut clock) = clock(false);
        wall.fetch_add(5, Ordering::Relaxed);
        assert_eq!(clock.now(), 1_000_000);
        clock.leap_to(1_000_100);
        assert_eq!(clock.now(), 1_000_100);
        clock.set_running(true);
        wall.fetch_add(5, Ordering::Relaxed);
        assert_eq!(clock.now(), 1_000_105);
        clock.set_running(false);
        wall.fetch_add(5, Ordering::Relaxed);
        assert_eq!(clock.now(), 1_000_105);
    }

    #[test]
    fn what_was_made_before_a_leap_ages_by_it_and_what_is_made_after_does_not() {
        let (wall, mut clock) = clock(true);
        wall.fetch_add(10_000, Ordering::Relaxed);
        clock.leap_to(clock.now() + 3_600_000);
        assert_eq!(
            clock.of_wall_second(1_000),
            1_000_000,
            "before: an hour old by now"
        );
        assert_eq!(
            clock.of_wall_second(1_010),
            1_010_000 + 3_600_000,
            "after: fresh"
        );
        assert_eq!(clock.now(), 1_010_000 + 3_600_000);
    }
}

//! Time and chance: the one seam through which this crate takes either.

use std::{
    fmt,
    future::Future,
    hash::{BuildHasher, Hasher, RandomState},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

/// Time and chance, for tests that want to rule both. A client uses the system's unless it is given another with
/// [`ClientBuilder::clock`](crate::ClientBuilder::clock).
///
/// Under tokio's paused time the system's clock stands still too, except for [`now`](Self::now).
pub trait Clock: Send + Sync + 'static {
    /// The time of day, for signatures and for comparing with the server's.
    fn now(&self) -> SystemTime;

    /// Time since some moment that never changes; never goes back.
    fn elapsed(&self) -> Duration;

    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// A number from 0 to 1, with which waits between attempts are spread.
    fn jitter(&self) -> f64 {
        random()
    }
}

/// The clock of a client.
#[derive(Clone, Default)]
pub(crate) enum Time {
    #[default]
    System,
    Other(Arc<dyn Clock>),
}

impl Time {
    pub(crate) fn now(&self) -> SystemTime {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one seam through which this crate reads the time of day"
            )]
            Self::System => SystemTime::now(),
            Self::Other(clock) => clock.now(),
        }
    }

    pub(crate) fn elapsed(&self) -> Instant {
        match self {
            Self::System => Instant::System(tokio::time::Instant::now()),
            Self::Other(clock) => Instant::Other(clock.elapsed()),
        }
    }

    pub(crate) fn since(&self, start: Instant) -> Duration {
        self.elapsed().since(start)
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        match self {
            Self::System => Sleep(Timer::Unset(duration)),
            Self::Other(clock) => Sleep(Timer::Other(clock.sleep(duration))),
        }
    }

    pub(crate) fn jitter(&self) -> f64 {
        match self {
            Self::System => random(),
            Self::Other(clock) => clock.jitter(),
        }
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Other(_) => "Other",
        })
    }
}

/// A moment on a client's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Instant {
    System(tokio::time::Instant),
    Other(Duration),
}

impl Instant {
    pub(crate) fn since(self, start: Self) -> Duration {
        match (self, start) {
            (Self::System(now), Self::System(start)) => now.saturating_duration_since(start),
            (Self::Other(now), Self::Other(start)) => now.saturating_sub(start),
            // A client keeps its clock for life.
            _ => Duration::ZERO,
        }
    }
}

/// A wait. The timer is only set when it is first asked for, so that an answer which is already there costs none.
pub(crate) struct Sleep(Timer);

enum Timer {
    Unset(Duration),
    Tokio(Pin<Box<tokio::time::Sleep>>),
    Other(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let Timer::Unset(duration) = self.0 {
            self.0 = Timer::Tokio(Box::pin(tokio::time::sleep(duration)));
        }
        match &mut self.0 {
            Timer::Unset(_) => {}
            Timer::Tokio(sleep) => ready!(sleep.as_mut().poll(cx)),
            Timer::Other(sleep) => ready!(sleep.as_mut().poll(cx)),
        }
        Poll::Ready(())
    }
}

/// A number from 0 to 1. The standard library seeds its hashers from the system's randomness, which is all that spreading waits needs.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let fraction = bits as f64 / (1_u64 << 53) as f64;
    fraction
}

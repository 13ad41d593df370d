//! Time and randomness: the one place through which this crate obtains either.

use std::{
    fmt,
    future::{Future, poll_fn},
    hash::{BuildHasher, Hasher, RandomState},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

/// A source of time and randomness, for tests that control both. A client uses the system's unless
/// another is set with [`ClientBuilder::clock`](crate::ClientBuilder::clock).
///
/// With tokio's paused time the system's clock is paused too, except for [`now`](Self::now).
pub trait Clock: Send + Sync + 'static {
    /// The time of day, for signatures and for comparing with the server's.
    fn now(&self) -> SystemTime;

    /// The time since a fixed moment; it never decreases.
    fn elapsed(&self) -> Duration;

    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;

    /// A random number from 0 to 1, by which waits between attempts are spread.
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
                reason = "the one place in which this crate reads the time of day"
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

    /// Awaits a future for at most `timeout`; `None` when that is over.
    pub(crate) async fn timeout<F: Future>(
        &self,
        timeout: Duration,
        future: F,
    ) -> Option<F::Output> {
        let (mut future, mut timer) = (pin!(future), pin!(self.sleep(timeout)));
        poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Some(output));
            }
            timer.as_mut().poll(cx).map(|()| None)
        })
        .await
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

/// An instant on a client's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Instant {
    System(tokio::time::Instant),
    Other(Duration),
}

impl Instant {
    /// The same on the clock of the runtime; now, if it is another one.
    pub(crate) fn of_runtime(self) -> tokio::time::Instant {
        match self {
            Self::System(instant) => instant,
            Self::Other(_) => tokio::time::Instant::now(),
        }
    }

    pub(crate) fn since(self, start: Self) -> Duration {
        match (self, start) {
            (Self::System(now), Self::System(start)) => now.saturating_duration_since(start),
            (Self::Other(now), Self::Other(start)) => now.saturating_sub(start),
            // A client never changes its clock.
            _ => Duration::ZERO,
        }
    }
}

/// A wait. The timer is set when it is first polled, so that a response that is already there needs
/// none.
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

/// A random number from 0 to 1. The standard library seeds its hashers from the system's
/// randomness, which is enough to spread waits.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let fraction = bits as f64 / (1_u64 << 53) as f64;
    fraction
}

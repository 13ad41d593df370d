//! Why a wait failed.

use std::{fmt, time::Duration};

use vonage_video_core::Error;

/// Why a wait failed. `T` is the resource: an archive, a broadcast, …
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// It will never be ready.
    #[non_exhaustive]
    Failed {
        /// Its state, as in "the archive is expired".
        state: String,
        /// The resource as last read.
        output: Box<T>,
    },
    /// It was not ready in time.
    #[non_exhaustive]
    TimedOut {
        /// The timeout of the wait.
        within: Duration,
        /// The last state, as in "the archive is paused", where there is a name for it.
        state: Option<String>,
        /// The resource as last read; `None` if no read succeeded.
        last_output: Option<Box<T>>,
        /// The failure of the last read, if that failed.
        last_error: Option<Error>,
    },
    /// Reading it failed.
    Call(Error),
}

impl<T> WaitError<T> {
    /// The resource as last read, if it was read at all.
    pub fn output(&self) -> Option<&T> {
        match self {
            Self::Failed { output, .. } => Some(output),
            Self::TimedOut { last_output, .. } => last_output.as_deref(),
            Self::Call(_) => None,
        }
    }

    /// Whether the timeout was reached.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::TimedOut { .. })
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { state, .. } => write!(f, "it will never be ready: {state}"),
            Self::TimedOut {
                within,
                state,
                last_error,
                ..
            } => {
                write!(f, "not ready within {within:?}")?;
                if let Some(state) = state {
                    write!(f, ": {state}")?;
                }
                if last_error.is_some() {
                    f.write_str("; the last read failed")?;
                }
                Ok(())
            }
            Self::Call(_) => f.write_str("cannot read how far it is"),
        }
    }
}

impl<T: fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { .. } => None,
            Self::TimedOut { last_error, .. } => last_error.as_ref().map(|error| error as _),
            Self::Call(error) => Some(error),
        }
    }
}

impl<T> From<Error> for WaitError<T> {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

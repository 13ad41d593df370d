//! What ends the program unhappily, and the exit code it has.

mod hint;
mod json;
mod text;

pub(crate) use self::json::with_causes;
use std::process::ExitCode;

use vonage_video::{Error, ErrorKind, Sent};

/// A failure.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that cannot be done.
    Usage(String),
    /// The credentials are missing or wrong, or a token cannot be made of them.
    Auth(String),
    /// A check found a fault, which has been printed.
    Check(String),
    /// A file or stream cannot be read or written.
    Io(String),
    /// The reader of standard output has left.
    ClosedPipe,
    /// There is nothing of that name.
    NotFound(String),
    /// A wait ended without the state that was waited for.
    Wait(String),
    /// The emulator cannot be reached, or refused a control call.
    Emulator(String),
    /// The call failed.
    Call(Box<Error>),
}

/// What scripts decide by; `vonage-video help exit-codes` explains them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub(crate) enum Exit {
    Done = 0,
    Refused = 1,
    Usage = 2,
    NotFound = 3,
    Credentials = 4,
    State = 5,
    TooMany = 6,
    NoEffect = 7,
    Unknown = 8,
    NotReached = 9,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl From<vonage_video::auth::Error> for Failure {
    fn from(error: vonage_video::auth::Error) -> Self {
        Self::Auth(error.to_string())
    }
}

impl Failure {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Auth(_) => Exit::Credentials,
            Self::Check(_) | Self::Io(_) => Exit::Refused,
            Self::ClosedPipe => Exit::Done,
            Self::NotFound(_) => Exit::NotFound,
            Self::Wait(_) => Exit::NotReached,
            Self::Emulator(_) => Exit::NoEffect,
            Self::Call(error) => exit_of(error),
        }
    }
}

fn exit_of(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::Invalid(_) => Exit::Usage,
        ErrorKind::Credentials => Exit::Credentials,
        ErrorKind::Connect => Exit::NoEffect,
        ErrorKind::Api(_) => match error.status().map_or(0, |status| status.as_u16()) {
            401 | 403 => Exit::Credentials,
            404 | 408 => Exit::NotFound,
            405 | 409 => Exit::State,
            429 => Exit::TooMany,
            500.. => uncertain(error),
            _ => Exit::Refused,
        },
        // It took effect; only the response cannot be read.
        ErrorKind::Decode(_) => Exit::Refused,
        _ => uncertain(error),
    }
}

/// A failure after which a second attempt cannot repeat an effect, or one after which it can.
fn uncertain(error: &Error) -> Exit {
    if error.sent() == Sent::No || error.is_retryable() {
        Exit::NoEffect
    } else {
        Exit::Unknown
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use vonage_video::{Phase, Replay};

    use super::*;

    #[test]
    fn an_unknown_outcome_has_a_code_of_its_own() {
        let timeout = |sent, replay| {
            let error = Error::timeout(Phase::Total, Duration::from_secs(1), sent);
            Failure::from(error.replayable(replay)).exit()
        };
        assert_eq!(timeout(Sent::No, Replay::IfUnsent), Exit::NoEffect);
        assert_eq!(timeout(Sent::Maybe, Replay::Safe), Exit::NoEffect);
        assert_eq!(timeout(Sent::Maybe, Replay::IfUnsent), Exit::Unknown);
    }
}

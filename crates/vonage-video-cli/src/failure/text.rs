//! A failure as people read it: what it means, what was seen, and what to do.

use std::fmt::Write as _;

use vonage_video::{Error, ErrorKind, Reason};

use crate::failure::{Exit, Failure, exit_of, json::with_causes};

impl Failure {
    /// Several lines; the first begins with `error:`.
    pub(crate) fn to_text(&self) -> String {
        let mut text = match self {
            // What was looked at has a line of its own.
            Self::Auth(text) => format!("error: {}", text.replacen("; ", "\n  ", 1)),
            Self::Usage(text)
            | Self::Check(text)
            | Self::Io(text)
            | Self::NotFound(text)
            | Self::Wait(text)
            | Self::Emulator(text) => format!("error: {text}"),
            Self::ClosedPipe => String::new(),
            Self::Call(error) => call(error),
        };
        if let Some(hint) = self.hint() {
            let _ = write!(text, "\n\nhint: {}", hint.replace('\n', "\n      "));
        }
        text
    }
}

fn call(error: &Error) -> String {
    let mut text = format!("error: {}", meaning(error));
    let operation = error.operation().unwrap_or("the request");
    if let (Some(api), Some(status)) = (error.api_error(), error.status()) {
        let said = if api.message.is_empty() {
            String::new()
        } else {
            format!(", \"{}\"", api.message)
        };
        let _ = write!(
            text,
            "\n  {operation} was answered with {}{said}",
            status.as_u16()
        );
        if let Some(description) = api.description.as_ref().filter(|it| **it != api.message) {
            let _ = write!(text, "\n  {description}");
        }
        let times = match error.attempts() {
            1 => "sent once".to_owned(),
            times => format!("sent {times} times"),
        };
        let request = api.request_id.as_ref().map(|id| format!("request {id}, "));
        let _ = write!(text, "\n  {}{times}", request.unwrap_or_default());
    } else if exit_of(error) == Exit::Unknown {
        let _ = write!(text, "\n  {}", with_causes(error));
    }
    text
}

/// What it means for the user.
fn meaning(error: &Error) -> String {
    if exit_of(error) == Exit::Unknown {
        let operation = error.operation().unwrap_or("the request");
        return format!("it is not known whether {operation} took effect");
    }
    if let ErrorKind::Api(api) = error.kind() {
        let meaning = error.reason().and_then(of_reason).unwrap_or(&api.message);
        if !meaning.is_empty() {
            return meaning.to_owned();
        }
    }
    with_causes(error)
}

fn of_reason(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::ClientNotConnected => "the client is not in the session",
        Reason::NoClientsConnected => "nobody is in the session",
        Reason::SessionIsRelayed => "the session is relayed, and this needs a routed one",
        Reason::AlreadyStarted => "it has started already",
        Reason::CaptionsAlreadyOn => "the session has captions already",
        Reason::NotInManualStreamMode => "it was not started with --stream-mode manual",
        Reason::WrongState => "it is not in a state in which this can be done",
        Reason::Unauthorized => "the credentials are not accepted",
        Reason::NotFound => "there is no such thing",
        Reason::TooLarge => "a part of the request is too large",
        Reason::RateLimited => "too many requests",
        _ => return None,
    })
}

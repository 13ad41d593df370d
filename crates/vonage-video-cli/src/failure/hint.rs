//! The next step after a failure, to paste into a terminal where it can be.

use vonage_video::{ErrorKind, Reason};

use crate::failure::{Exit, Failure, exit_of};

impl Failure {
    pub(crate) fn hint(&self) -> Option<String> {
        let Self::Call(error) = self else {
            return match self {
                Self::Auth(text) if text.contains("missing") => Some(
                    "vonage-video profiles add        to store them once\n\
                     vonage-video -e archives list    to use a running emulator"
                        .to_owned(),
                ),
                Self::Emulator(text) if text.contains("no emulator") => {
                    Some("start one:  vonage-video emulator".to_owned())
                }
                _ => None,
            };
        };
        if exit_of(error) == Exit::Unknown {
            return Some(format!(
                "look before you repeat it:  vonage-video {}",
                look(error.operation().unwrap_or_default())
            ));
        }
        if let ErrorKind::Api(api) = error.kind() {
            if let Some(skew) = api.clock_skew {
                return Some(format!(
                    "this machine's clock differs from the server's by {} s: set it right",
                    skew.seconds.abs()
                ));
            }
            let hint = match error.reason()? {
                Reason::NoClientsConnected => {
                    "let somebody in first; with the emulator:\n\
                     vonage-video emulator join SESSION"
                }
                Reason::SessionIsRelayed => {
                    "a session cannot be changed; make another:\n\
                     vonage-video sessions create"
                }
                Reason::AlreadyStarted => "a second one at the same time needs a tag of its own",
                Reason::Unauthorized => "vonage-video doctor    says what is wrong with them",
                _ => return None,
            };
            return Some(hint.to_owned());
        }
        error
            .is_connect()
            .then(|| "vonage-video doctor    looks at each step of the way".to_owned())
    }
}

/// The command that shows whether an operation took effect.
fn look(operation: &str) -> &'static str {
    match operation {
        "start_broadcast" => "broadcasts list",
        "start_render" => "renders list",
        "dial" | "connect_websocket" => "connections list SESSION",
        _ if operation.contains("stream") => "streams list SESSION",
        _ => "archives list",
    }
}

//! What can be said to the emulator.

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use crate::emulator::{environment::Env, start::Start};

/// Run a local Video API until it is interrupted; or, behind `--`, for as long as a command runs
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  vonage-video emulator\n  vonage-video emulator -- npm test\n  \
                  eval \"$(vonage-video emulator env)\""
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) start: Start,
    /// A command to run with the variables set that point an SDK at the emulator
    #[arg(last = true, value_name = "COMMAND")]
    pub(super) command: Vec<String>,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Print what points an SDK at the running emulator, to be evaluated by a shell
    Env(Env),
    /// Open the running emulator's page in a browser
    Open,
    #[command(flatten)]
    Steer(Steer),
}

/// Commands for a running emulator.
///
/// A session is named by its id, or by the six characters that lists show.
#[derive(Subcommand)]
pub(super) enum Steer {
    /// List the sessions, newest first, with their short names
    Sessions,
    /// Let simulated clients join a session; their connection ids are printed
    Join(Join),
    /// Let a client leave
    Leave {
        session: String,
        connection: String,
        /// As its network fails, instead of saying goodbye
        #[arg(long)]
        drop_off: bool,
    },
    /// Let a client publish a stream; its id is printed
    Publish {
        session: String,
        connection: String,
        /// camera, screen, custom or audio
        #[arg(long, default_value = "camera")]
        video: String,
        /// The stream's name
        #[arg(long)]
        name: Option<String>,
    },
    /// Let a client end one of its streams
    Unpublish {
        session: String,
        connection: String,
        stream: String,
    },
    /// Let a client send a signal
    Signal {
        session: String,
        connection: String,
        data: String,
        /// The signal's type
        #[arg(long = "type")]
        kind: Option<String>,
        /// The connection to send it to; all unless given
        #[arg(long)]
        to: Option<String>,
    },
    /// Print what a client has received: signals, mutes, tones
    Inbox { session: String, connection: String },
    /// Let a stream say something, as live captions
    Caption {
        session: String,
        stream: String,
        text: String,
    },
    /// Move a session to another server, as the service does
    Rotate {
        session: String,
        /// Only announce it
        #[arg(long)]
        announce: bool,
    },
    /// Let virtual time pass, such as 72h
    Advance {
        #[arg(value_parser = crate::duration::parse)]
        duration: Duration,
    },
    /// Stop virtual time
    Pause,
    /// Let virtual time run
    Resume,
    /// Set the wall clock off by seconds, which may be negative; tokens are checked by it
    Skew {
        #[arg(allow_hyphen_values = true)]
        seconds: i64,
    },
    /// Add a fault: what happens to calls of an operation
    Fault(Fault),
    /// Show the requests and their statuses
    Requests(Requests),
    /// Write the state to a file, to be imported later or elsewhere; `-` is standard output
    Export { file: PathBuf },
    /// Continue from a state that was exported
    Import { file: PathBuf },
    /// Forget requests, faults and webhook targets
    Reset,
}

#[derive(Args)]
pub(super) struct Join {
    pub(super) session: String,
    /// The number of clients
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) count: u32,
    /// subscriber, publisher, publisheronly or moderator
    #[arg(long, default_value = "publisher")]
    pub(super) role: String,
    /// What each publishes: camera, screen, custom, audio or none
    #[arg(long, default_value = "camera")]
    pub(super) publish: String,
    /// The name of each stream
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Join with this token, as a real client does
    #[arg(long, conflicts_with = "role")]
    pub(super) token: Option<String>,
    /// Stay until Ctrl-C, print what reaches the clients, and then leave
    #[arg(long, short)]
    pub(super) follow: bool,
}

#[derive(Args)]
#[command(after_help = "Faults:\n  \
    503, 429…              responds with this status; with --after-effect the call has its effect\n  \
    delay=2s, delay-body=2s\n  \
    reset, lose-response   breaks the connection before, or after the call has its effect\n  \
    truncate, html         cuts the response off, or replaces it by a page\n  \
    foreign=404, echo=400  responds as another server does, or repeats what was sent\n  \
    date=TEXT              sends another header Date\n  \
    ignore-offset, repeat-last-page\n  \
    refuse, expired-certificate\n\n\
    Examples:\n  vonage-video emulator fault start_archive 503 --times 2\n  \
    vonage-video emulator fault any delay=300ms --chance 0.1")]
pub(super) struct Fault {
    /// The operation, such as `start_archive`; `any` for all; `download` for files
    #[arg(required_unless_present = "clear")]
    pub(super) operation: Option<String>,
    /// What happens
    #[arg(required_unless_present = "clear")]
    pub(super) what: Option<String>,
    /// How often; always unless given, but once for refuse and expired-certificate
    #[arg(long)]
    pub(super) times: Option<u32>,
    /// How many calls to skip first
    #[arg(long, value_name = "CALLS")]
    pub(super) skip: Option<u32>,
    /// The probability for each call, from 0 to 1
    #[arg(long)]
    pub(super) chance: Option<f64>,
    /// The seconds of a Retry-After header
    #[arg(long, value_name = "SECONDS")]
    pub(super) retry_after: Option<u32>,
    /// The body of a status
    #[arg(long, value_name = "TEXT")]
    pub(super) body: Option<String>,
    /// The call has its effect before
    #[arg(long)]
    pub(super) after_effect: bool,
    /// Remove all faults
    #[arg(long, conflicts_with_all = ["operation", "what"])]
    pub(super) clear: bool,
}

#[derive(Args)]
pub(super) struct Requests {
    /// Print new requests as they arrive
    #[arg(long, short)]
    pub(super) follow: bool,
    /// Only refused ones
    #[arg(long)]
    pub(super) refused: bool,
    /// Only this operation
    #[arg(long)]
    pub(super) operation: Option<String>,
    /// At most this many, the latest
    #[arg(long, default_value_t = 20)]
    pub(super) latest: u32,
    /// Print one as a curl command
    #[arg(long = "as-curl", value_name = "NUMBER", conflicts_with_all = ["follow", "refused", "operation"])]
    pub(super) as_curl: Option<u64>,
}

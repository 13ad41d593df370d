//! What can be said to the emulator.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Subcommand, ValueEnum};

/// The address that an emulator has unless another is asked for.
pub(super) const PORT: u16 = 8843;

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

#[derive(Args, Clone)]
pub(super) struct Start {
    /// The address to listen at; a port alone is one of this machine
    #[arg(long, value_parser = address, value_name = "ADDR", conflicts_with = "port")]
    pub(super) listen: Option<SocketAddr>,
    /// The port to listen at, 0 for any [default: 8843, or the next free one]
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Allow an address that other machines can reach
    #[arg(long)]
    pub(super) allow_remote: bool,
    /// The URL by which clients reach the emulator, such as http://emulator:8843 between containers
    #[arg(long, value_name = "URL")]
    pub(super) public_url: Option<String>,
    /// Serve requests for this host too, besides addresses and names of this machine
    #[arg(long, value_name = "HOST")]
    pub(super) allow_host: Vec<String>,
    /// End when standard input is closed, and so with the program that started this
    #[arg(long)]
    pub(super) exit_with_stdin: bool,
    /// Print the variables that point an SDK at the emulator, to paste into a shell; as `json`, in
    /// one line for programs
    #[arg(
        long,
        value_name = "SYNTAX",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "posix"
    )]
    pub(super) print_env: Option<Syntax>,
    /// Print how each official SDK is pointed at the emulator, to paste into a program
    #[arg(long)]
    pub(super) print_snippets: bool,
    /// Speak HTTPS, with a certificate authority that is made at the start and written to this file
    #[arg(long, value_name = "CA-FILE")]
    pub(super) tls: Option<PathBuf>,
    /// Projects: a JSON array of `{"apiKey", "apiSecret"}` and `{"applicationId", "publicKey"}`
    #[arg(long, value_name = "FILE")]
    pub(super) projects: Option<PathBuf>,
    /// A Vonage application to know
    #[arg(long, value_name = "ID", requires = "public_key")]
    pub(super) application_id: Option<String>,
    /// The public key of that application, a PEM file
    #[arg(long, value_name = "FILE", requires = "application_id")]
    pub(super) public_key: Option<PathBuf>,
    /// An OpenTok project to know
    #[arg(long, value_name = "KEY", requires = "api_secret")]
    pub(super) api_key: Option<String>,
    /// The secret of that project
    #[arg(long, value_name = "SECRET", requires = "api_key")]
    pub(super) api_secret: Option<String>,
}

/// Reads an address; a port alone, and `localhost`, are on this machine.
fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text
        .strip_prefix("localhost")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1{port}"));
    if let Ok(port) = text.trim_start_matches(':').parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    text.parse()
        .map_err(|_| "an address is like 127.0.0.1:8843, [::1]:8843 or 8843".to_owned())
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

#[derive(Args)]
pub(super) struct Env {
    /// Who evaluates it
    #[arg(long, default_value = "posix")]
    pub(super) shell: Syntax,
    /// Only the OpenTok project
    #[arg(long, conflicts_with = "vonage")]
    pub(super) opentok: bool,
    /// Only the Vonage application
    #[arg(long)]
    pub(super) vonage: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Syntax {
    #[value(alias = "sh", alias = "bash", alias = "zsh")]
    Posix,
    Fish,
    Powershell,
    Dotenv,
    Json,
}

/// Commands for a running emulator.
#[derive(Subcommand)]
pub(super) enum Steer {
    /// Let simulated clients join a session; their connection ids are printed
    Join(Join),
    /// Let a client leave
    Leave { session: String, connection: String },
    /// Let a client publish a stream; its id is printed
    Publish {
        session: String,
        connection: String,
        /// camera, screen or custom
        #[arg(long, default_value = "camera")]
        video: String,
        /// The stream's name
        #[arg(long)]
        name: Option<String>,
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
    /// Let virtual time pass, such as 72h
    Advance {
        #[arg(value_parser = crate::duration::parse)]
        duration: Duration,
    },
    /// Stop virtual time
    Pause,
    /// Let virtual time run
    Resume,
    /// Add a fault: what happens to calls of an operation
    Fault(Fault),
    /// Show the requests and their statuses
    Requests(Requests),
    /// Forget requests, faults and webhook targets
    Reset,
}

#[derive(Args)]
pub(super) struct Join {
    pub(super) session: String,
    /// The number of clients
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) count: u32,
    /// subscriber, publisher or moderator
    #[arg(long, default_value = "publisher")]
    pub(super) role: String,
    /// What each publishes: camera, screen, or none
    #[arg(long, default_value = "camera")]
    pub(super) publish: String,
    /// The name of each stream
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Join with this token, as a real client does
    #[arg(long, conflicts_with = "role")]
    pub(super) token: Option<String>,
}

#[derive(Args)]
pub(super) struct Fault {
    /// The operation, such as `start_archive`; `any` for all
    #[arg(required_unless_present = "clear")]
    pub(super) operation: Option<String>,
    /// A status such as 503, `delay=2s`, reset, lose-response, truncate, html or refuse
    #[arg(required_unless_present = "clear")]
    pub(super) what: Option<String>,
    /// How often; always unless given
    #[arg(long)]
    pub(super) times: Option<u32>,
    /// The seconds of a Retry-After header
    #[arg(long)]
    pub(super) retry_after: Option<u32>,
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
}

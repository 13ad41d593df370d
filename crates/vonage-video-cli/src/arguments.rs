//! What can be said on the command line, apart from the commands that the contract describes.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::{doctor::Doctor, emulator, profile::Profiles, webhooks::Webhooks};

/// The Vonage Video API (formerly OpenTok) at a terminal, and an emulator of it.
#[derive(Parser)]
#[command(
    name = "vonage-video",
    version,
    propagate_version = true,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Topics: vonage-video help-topic environment | output | exit-codes | profiles"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Call any operation by its name, JSON in and out, for programs
    Call(Call),
    /// Mint client tokens, and explain tokens
    #[command(subcommand)]
    Token(Token),
    /// Verify and send webhooks
    #[command(subcommand)]
    Webhooks(Webhooks),
    /// Run a local Video API, and steer it
    Emulator(Box<emulator::Arguments>),
    /// Check credentials, clock, network and proxy, and say what to do
    Doctor(Doctor),
    /// Credentials by name
    #[command(subcommand)]
    Profiles(Profiles),
    /// Print a completion script
    Completions {
        /// The shell to complete in
        shell: clap_complete::Shell,
    },
    /// Write a manual page for each command
    Man {
        /// The folder to write to; it is created
        folder: PathBuf,
    },
    /// Explain environment, output, exit-codes or profiles
    HelpTopic {
        /// What to explain
        topic: Topic,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Topic {
    Environment,
    Output,
    ExitCodes,
    Profiles,
}

/// What every command takes.
#[derive(Args, Clone)]
#[command(next_help_heading = "For every command")]
pub(crate) struct Common {
    /// Print the API's own JSON
    #[arg(long, global = true, conflicts_with_all = ["ids", "fields"])]
    pub(crate) json: bool,
    /// Print identifiers only
    #[arg(long, global = true, conflicts_with = "fields")]
    pub(crate) ids: bool,
    /// Print these members only
    #[arg(long, global = true, value_delimiter = ',', value_name = "A,B")]
    pub(crate) fields: Vec<String>,
    /// Print the request as a curl command instead of sending it
    #[arg(long, global = true, conflicts_with = "dry_run")]
    pub(crate) curl: bool,
    /// Check the request and print it instead of sending it
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,
    /// Give up after this time in all, such as 30s
    #[arg(long, global = true, value_parser = crate::duration::parse, value_name = "DURATION")]
    pub(crate) timeout: Option<Duration>,
    /// Print results and errors only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say which credentials are used, and where they come from
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: ColorChoice,
    /// Do not ask before something is deleted, stopped or disconnected
    #[arg(long, short, global = true)]
    pub(crate) yes: bool,
}

/// Whose project, and where. Read `help-topic profiles` for what wins.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Whose project")]
pub(crate) struct Whose {
    /// A profile by its name [env: VONAGE_VIDEO_PROFILE]
    #[arg(long, value_name = "NAME", conflicts_with = "emulator")]
    pub(crate) profile: Option<String>,
    /// The running emulator, or the one at this address
    #[arg(
        long,
        short,
        value_name = "URL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    pub(crate) emulator: Option<String>,
    /// Where the API is, instead of the service itself [env: VONAGE_VIDEO_BASE_URL]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Allow plain HTTP to a host that is not this machine
    #[arg(long)]
    pub(crate) allow_plain_http: bool,
    /// The Vonage application [env: VONAGE_APPLICATION_ID]
    #[arg(long, value_name = "ID", requires = "private_key_file", conflicts_with_all = ["api_key", "account"])]
    pub(crate) application_id: Option<String>,
    /// Its private key, a PEM file [env: VONAGE_PRIVATE_KEY_PATH, or VONAGE_PRIVATE_KEY with the
    /// key itself]
    #[arg(long, value_name = "FILE", requires = "application_id", conflicts_with_all = ["api_key", "account"])]
    pub(crate) private_key_file: Option<PathBuf>,
    /// The OpenTok API key [env: OPENTOK_API_KEY]
    #[arg(long, value_name = "KEY", requires = "secret")]
    pub(crate) api_key: Option<String>,
    /// Its secret [env: OPENTOK_API_SECRET]; others on this machine can see arguments
    #[arg(long, value_name = "SECRET", requires = "api_key", group = "secret")]
    pub(crate) api_secret: Option<String>,
    /// A file that holds the secret, or `-` for standard input
    #[arg(long, value_name = "FILE|-", requires = "api_key", group = "secret")]
    pub(crate) api_secret_file: Option<String>,
    /// The key is the account's, as the commands of `projects` need
    #[arg(long)]
    pub(crate) account: bool,
}

#[derive(Args)]
pub(crate) struct Call {
    /// The operation, such as `start_archive`; without it, all are listed
    pub(crate) operation: Option<String>,
    /// One JSON object with body fields and path parameters under the API's names
    #[arg(
        long,
        default_value = "{}",
        value_name = "JSON|@FILE|-",
        allow_hyphen_values = true
    )]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

#[derive(Subcommand)]
pub(crate) enum Token {
    /// Mint a token with which a client joins a session; it alone is printed
    Mint(Mint),
    /// Explain a token: what it holds, and what is wrong with it
    Inspect(Inspect),
    /// Print a token for REST calls of your own
    Rest {
        #[command(flatten)]
        whose: Whose,
    },
}

#[derive(Args)]
pub(crate) struct Mint {
    /// The session to join
    #[arg(long, value_name = "ID")]
    pub(crate) session: String,
    /// What the client may do
    #[arg(
        long,
        default_value = "publisher",
        value_name = "ROLE",
        // The library passes on roles that it does not know; here, one is a slip of the pen.
        value_parser = ["subscriber", "publisher", "publisheronly", "moderator"]
    )]
    pub(crate) role: String,
    /// How long the token is valid, such as 7d, 12h or 90m; at most 30 days. A day unless given
    #[arg(long, value_parser = crate::duration::parse, value_name = "DURATION")]
    pub(crate) ttl: Option<Duration>,
    /// Text that other clients see with the connection, at most 1000 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) data: Option<String>,
    /// Layout classes that the client's streams begin with
    #[arg(long, value_delimiter = ',', value_name = "CLASS,CLASS")]
    pub(crate) layout_class: Vec<String>,
    /// The token's format; `t1` exists on OpenTok only
    #[arg(long)]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// The classic OpenTok format, `T1==…`
    T1,
    /// A JSON web token
    Jwt,
}

#[derive(Args)]
pub(crate) struct Inspect {
    /// The token, or `-` for standard input
    pub(crate) token: String,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

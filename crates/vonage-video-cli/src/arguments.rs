//! What can be said on the command line.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The Vonage Video API (formerly OpenTok) at a terminal, and an emulator of it.
#[derive(Parser)]
#[command(name = "vonage-video", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Call an operation of the API by its name, and print the answer as JSON.
    Call(Call),
    /// Run a local Video API until it is interrupted.
    Emulator(Emulator),
    /// Make client tokens, and explain tokens.
    #[command(subcommand)]
    Token(Token),
}

#[derive(Args)]
pub(crate) struct Call {
    /// The operation, such as `start_archive`; without it, all are listed.
    pub(crate) operation: Option<String>,
    /// One JSON object with body fields and path parameters under the API's names: as text, `@FILE`, or `-` for standard input.
    #[arg(
        long,
        default_value = "{}",
        value_name = "JSON|@FILE|-",
        allow_hyphen_values = true
    )]
    pub(crate) input: String,
    /// Give up after so long in all, such as `30s`.
    #[arg(long, value_parser = crate::duration::parse, value_name = "DURATION")]
    pub(crate) timeout: Option<Duration>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// Whose project, and where. What is not given is taken from the environment variables named.
#[derive(Args)]
pub(crate) struct Settings {
    /// Where the API is, instead of the service itself [env: VONAGE_VIDEO_BASE_URL].
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// The Vonage application [env: VONAGE_APPLICATION_ID].
    #[arg(long, value_name = "ID", conflicts_with_all = ["api_key", "api_secret", "account"])]
    pub(crate) application_id: Option<String>,
    /// Its private key, a PEM file [env: VONAGE_PRIVATE_KEY_PATH, or VONAGE_PRIVATE_KEY with the key itself].
    #[arg(long, value_name = "FILE", conflicts_with_all = ["api_key", "api_secret", "account"])]
    pub(crate) private_key_file: Option<PathBuf>,
    /// The OpenTok API key [env: OPENTOK_API_KEY].
    #[arg(long, value_name = "KEY")]
    pub(crate) api_key: Option<String>,
    /// Its secret [env: OPENTOK_API_SECRET]. Others on this machine can see arguments: prefer the variable.
    #[arg(long, value_name = "SECRET")]
    pub(crate) api_secret: Option<String>,
    /// The key is one of the account, as project operations need.
    #[arg(long)]
    pub(crate) account: bool,
}

#[derive(Args)]
pub(crate) struct Emulator {
    /// The address to listen at; port 0 picks one.
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDR")]
    pub(crate) listen: SocketAddr,
    /// Allow an address that other machines can reach.
    #[arg(long)]
    pub(crate) allow_remote: bool,
    /// Print the variables that point an SDK at the emulator, to paste into a shell.
    #[arg(long)]
    pub(crate) print_env: bool,
    /// End when standard input is closed, and so with the program that started this.
    #[arg(long)]
    pub(crate) exit_with_stdin: bool,
    /// Print how each official SDK is pointed at the emulator, to paste into a program.
    #[arg(long)]
    pub(crate) print_snippets: bool,
    /// Speak HTTPS, with a certificate authority that is made at the start, written to this file, and gone with the emulator.
    #[arg(long, value_name = "CA-FILE")]
    pub(crate) tls: Option<PathBuf>,
    /// Projects to know: a JSON array of `{"apiKey", "apiSecret"}` and `{"applicationId", "publicKey"}`, the key as PEM text.
    #[arg(long, value_name = "FILE")]
    pub(crate) projects: Option<PathBuf>,
    /// A Vonage application to know.
    #[arg(long, value_name = "ID", requires = "public_key")]
    pub(crate) application_id: Option<String>,
    /// The public key of that application, a PEM file.
    #[arg(long, value_name = "FILE", requires = "application_id")]
    pub(crate) public_key: Option<PathBuf>,
    /// An OpenTok project to know.
    #[arg(long, value_name = "KEY", requires = "api_secret")]
    pub(crate) api_key: Option<String>,
    /// The secret of that project.
    #[arg(long, value_name = "SECRET", requires = "api_key")]
    pub(crate) api_secret: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Token {
    /// Make a token with which a client joins a session; it alone is printed.
    Mint(Mint),
    /// Explain a token: what it holds, and what is wrong with it.
    Inspect(Inspect),
}

#[derive(Args)]
pub(crate) struct Mint {
    /// The session to join.
    #[arg(long, value_name = "ID")]
    pub(crate) session: String,
    /// What the client may do.
    #[arg(
        long,
        default_value = "publisher",
        value_name = "ROLE",
        // The library passes on roles that it does not know; here, one is a slip of the pen.
        value_parser = ["subscriber", "publisher", "publisheronly", "moderator"]
    )]
    pub(crate) role: String,
    /// How long the token works, such as `7d`, `12h` or `90m`; at most 30 days. A day unless given.
    #[arg(long, value_parser = crate::duration::parse, value_name = "DURATION")]
    pub(crate) ttl: Option<Duration>,
    /// Text that other clients see with the connection, at most 1000 characters.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) data: Option<String>,
    /// Layout classes that the client's streams begin with, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "CLASS")]
    pub(crate) layout_class: Vec<String>,
    /// The token's format; `t1` exists on OpenTok only.
    #[arg(long)]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// The classic OpenTok format, `T1==…`.
    T1,
    /// A JSON web token.
    Jwt,
}

#[derive(Args)]
pub(crate) struct Inspect {
    /// The token, or `-` for standard input.
    pub(crate) token: String,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

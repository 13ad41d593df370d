//! Options that many commands share.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ColorChoice};

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
    #[command(flatten)]
    pub(crate) picked: Picked,
}

/// Credentials by name, or those of an emulator. Both can also be said before the command.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Whose project")]
pub(crate) struct Picked {
    /// A profile by its name [env: VONAGE_VIDEO_PROFILE]
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "emulator")]
    pub(crate) profile: Option<String>,
    /// The running emulator, or the one at this address
    #[arg(
        long,
        short,
        global = true,
        value_name = "URL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    pub(crate) emulator: Option<String>,
}

impl Picked {
    /// The address of the emulator, unless it is the running one.
    pub(crate) fn url(&self) -> Option<&str> {
        self.emulator.as_deref().filter(|url| !url.is_empty())
    }
}

/// Whose project, and where. Read `help profiles` for what wins.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Whose project")]
pub(crate) struct Whose {
    #[command(flatten)]
    pub(crate) picked: Picked,
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

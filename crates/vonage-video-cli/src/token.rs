//! `token`: mints client and REST tokens, and explains tokens.

use std::time::{Duration, SystemTime};

use clap::{Args, Subcommand, ValueEnum};
use vonage_video::{TokenFormat, auth};

use crate::{failure::Failure, input, options::Whose, output::print};

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

pub(crate) fn run(token: Token, now: SystemTime) -> Result<(), Failure> {
    match token {
        Token::Mint(mint) => print(minted(&mint)?),
        Token::Inspect(inspect) => inspected(&inspect, now),
        Token::Rest { whose } => print(rest(&whose, now)?),
    }
}

fn minted(mint: &Mint) -> Result<String, Failure> {
    let credentials = mint.whose.target(false)?.credentials;
    let mut token = credentials.token(&mint.session).role(mint.role.as_str());
    if let Some(ttl) = mint.ttl {
        token = token.ttl(ttl);
    }
    if let Some(data) = &mint.data {
        token = token.data(data.as_str());
    }
    if !mint.layout_class.is_empty() {
        token = token.layout_classes(&mint.layout_class);
    }
    if let Some(format) = mint.format {
        token = token.format(match format {
            Format::T1 => TokenFormat::T1,
            Format::Jwt => TokenFormat::Jwt,
        });
    }
    token
        .sign()
        .map_err(|error| Failure::Auth(error.to_string()))
}

/// A token for REST calls, such as those that `--curl` prints.
fn rest(whose: &Whose, now: SystemTime) -> Result<String, Failure> {
    let credentials = whose.target(false)?.credentials;
    let token = credentials.rest_token(now);
    token
        .map(|token| token.token().to_owned())
        .map_err(|error| Failure::Auth(error.to_string()))
}

fn inspected(inspect: &Inspect, now: SystemTime) -> Result<(), Failure> {
    let token = match inspect.token.as_str() {
        "-" => input::standard_input()?.trim().to_owned(),
        token => token.to_owned(),
    };
    // Without credentials a token is explained as far as it goes.
    let verifier = inspect
        .whose
        .target(false)
        .ok()
        .and_then(|target| target.credentials.verifier());
    let mut inspector = auth::Inspector::new(now);
    if let Some(verifier) = &verifier {
        inspector = inspector.verifier(verifier);
    }
    let inspection = inspector.inspect(&token);
    print(&inspection)?;
    match inspection.remarks.first() {
        Some(worst) if !inspection.is_fine() => Err(Failure::Check(worst.text.clone())),
        _ => Ok(()),
    }
}

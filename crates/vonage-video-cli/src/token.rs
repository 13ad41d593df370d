//! `token`: making client tokens, and explaining tokens.

use std::{
    io::{self, Read},
    time::SystemTime,
};

use vonage_video::{TokenFormat, auth};

use crate::{
    arguments::{Format, Inspect, Mint, Token},
    failure::Failure,
    print,
};

pub(crate) fn run(token: Token) -> Result<(), Failure> {
    match token {
        Token::Mint(mint) => print(minted(&mint)?),
        Token::Inspect(inspect) => inspected(&inspect),
    }
}

fn minted(mint: &Mint) -> Result<String, Failure> {
    let credentials = mint.settings.credentials()?;
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

fn inspected(inspect: &Inspect) -> Result<(), Failure> {
    let mut token = inspect.token.clone();
    if token == "-" {
        token.clear();
        io::stdin()
            .read_to_string(&mut token)
            .map_err(|error| Failure::Io(format!("cannot read standard input: {error}")))?;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of the program that reads the clock"
    )]
    let now = SystemTime::now();
    let verifier = inspect
        .settings
        .credentials_if_any()?
        .and_then(|credentials| credentials.verifier());
    let mut inspector = auth::Inspector::new(now);
    if let Some(verifier) = &verifier {
        inspector = inspector.verifier(verifier);
    }
    let inspection = inspector.inspect(&token);
    print(&inspection)?;
    match inspection.remarks.first() {
        Some(worst) if !inspection.is_fine() => Err(Failure::Token(worst.text.clone())),
        _ => Ok(()),
    }
}

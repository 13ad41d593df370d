//! `token`: mints client and REST tokens, and explains tokens.

use std::time::SystemTime;

use vonage_video::{TokenFormat, auth};

use crate::{
    arguments::{Format, Inspect, Mint, Token, Whose},
    failure::Failure,
    input,
    output::print,
};

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

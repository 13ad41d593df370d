//! `webhooks verify`: whether a delivery is the service's, and what it says.

use std::path::PathBuf;

use clap::Args;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use serde_json::json;
use vonage_video::{Timestamp, auth::WebhookVerifier, webhook};

use crate::{
    failure::Failure,
    input,
    output::Printer,
    webhooks::{delivery::summary, secret},
};

#[derive(Args)]
#[command(after_help = "Example:\n  \
    vonage-video webhooks verify --secret-file secret.txt --header \"Bearer eyJ…\" < body.json")]
pub(crate) struct Verify {
    /// The header `Authorization` of the delivery
    #[arg(long, value_name = "TEXT")]
    header: String,
    /// The signature secret, a file
    #[arg(long, value_name = "FILE")]
    secret_file: PathBuf,
    /// The body, unless it comes on standard input
    #[arg(long, value_name = "TEXT|@FILE|-", default_value = "-")]
    body: String,
}

pub(super) fn run(verify: &Verify, printer: &Printer) -> Result<(), Failure> {
    let secret = secret::read(&verify.secret_file)?;
    let verifier =
        WebhookVerifier::new(&secret).map_err(|error| Failure::Auth(error.to_string()))?;
    let body = input::read(&verify.body)?;
    // With the name of the header, as it is copied from a log.
    let text = verify.header.trim();
    let text = match text.split_once(':') {
        Some((name, value)) if name.eq_ignore_ascii_case("authorization") => value.trim(),
        _ => text,
    };
    let header = HeaderValue::from_str(text)
        .map_err(|_| Failure::usage("--header holds characters that no header can have"))?;
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, header);
    let received = webhook::receive(&verifier, &headers, body.as_bytes())
        .map_err(|error| Failure::Check(error.to_string()))?;
    let (event, about) = summary(&serde_json::from_str(&body).unwrap_or_default());
    let claims = &received.claims;
    printer.one(
        "Webhook",
        &json!({
            "event": event,
            "about": about,
            "signature": "valid",
            "signedAt": Timestamp::from(claims.issued_at).as_millis(),
            "issuer": claims.issuer,
            "applicationId": claims.application_id,
            "apiKey": claims.api_key,
            "id": claims.id,
        }),
    )
}

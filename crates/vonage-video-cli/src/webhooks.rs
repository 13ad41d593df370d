//! `webhooks`: verifies a delivery, and sends one as the service would.

use std::time::SystemTime;

use clap::{Args, Subcommand};
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use serde_json::json;
use vonage_video::{WebhookEvent, auth::WebhookVerifier, webhook};

use crate::{failure::Failure, input, output::Printer};

#[derive(Subcommand)]
pub(crate) enum Webhooks {
    /// Verify a delivery: its body from standard input, its signature from a header
    Verify(Verify),
}

#[derive(Args)]
pub(crate) struct Verify {
    /// The header `Authorization` of the delivery
    #[arg(long, value_name = "TEXT")]
    header: String,
    /// The signature secret, a file
    #[arg(long, value_name = "FILE")]
    secret_file: String,
    /// The body, unless it comes on standard input
    #[arg(long, value_name = "TEXT|@FILE|-", default_value = "-")]
    body: String,
}

pub(crate) fn run(command: Webhooks, printer: &Printer, now: SystemTime) -> Result<(), Failure> {
    let Webhooks::Verify(verify) = command;
    let secret = input::secret(&format!("@{}", verify.secret_file))?;
    let verifier =
        WebhookVerifier::new(&secret).map_err(|error| Failure::Auth(error.to_string()))?;
    let body = input::read(&verify.body)?;
    let header = HeaderValue::from_str(&verify.header)
        .map_err(|_| Failure::usage("--header holds characters that no header can have"))?;
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, header);
    let _ = now;
    let received = webhook::receive(&verifier, &headers, body.as_bytes())
        .map_err(|error| Failure::Check(error.to_string()))?;
    let event: &WebhookEvent = &received.event;
    printer.one(
        "Webhook",
        &json!({ "event": event.kind(), "signature": "valid" }),
    )
}

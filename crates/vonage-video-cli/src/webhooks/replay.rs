//! `webhooks replay` and `list`: deliveries that were received before, or those of the emulator.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use http::{
    HeaderMap, HeaderValue, Method, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::{Value, json};
use vonage_video::auth::WebhookSigner;

use crate::{
    clock,
    control::Control,
    failure::Failure,
    options::Common,
    output::{Printer, print},
    send::block_on,
    webhooks::{
        delivery::{Delivery, Signature, summary},
        kept::Kept,
        secret,
    },
    wire,
};

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    vonage-video webhooks replay 2 3 --to localhost:3000/hooks\n  \
    vonage-video webhooks replay --failed\n  \
    vonage-video webhooks replay 2 -e")]
pub(crate) struct Replay {
    /// The numbers of deliveries, as `webhooks list` shows them
    #[arg(required_unless_present = "failed")]
    numbers: Vec<u64>,
    /// All that were not accepted
    #[arg(long, conflicts_with = "numbers")]
    failed: bool,
    /// Send to this URL instead of where it was passed on to
    #[arg(long, value_name = "URL", value_parser = wire::url)]
    to: Option<Uri>,
    /// Sign with the secret in this file instead of the one it was verified with
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

pub(super) fn list(common: &Common, printer: &Printer) -> Result<(), Failure> {
    if let Some(control) = Control::named(common)? {
        let deliveries = block_on(deliveries(&control))?;
        let rows: Vec<Value> = deliveries.iter().map(emulated).collect();
        return printer.list("Delivery", &rows);
    }
    let rows: Vec<Value> = Kept::read()?.iter().map(Delivery::row).collect();
    printer.list("Delivery", &rows)
}

pub(super) fn run(replay: &Replay, common: &Common, printer: &Printer) -> Result<(), Failure> {
    if let Some(control) = Control::named(common)? {
        if replay.to.is_some() || replay.secret_file.is_some() {
            return Err(Failure::usage(
                "the emulator sends to its own targets: leave --to and --secret-file away",
            ));
        }
        return block_on(in_emulator(&control, replay, printer));
    }
    let kept = Kept::read()?;
    let wanted: Vec<&Delivery> = if replay.failed {
        kept.iter().filter(|it| !it.is_accepted()).collect()
    } else {
        let known = |number: &u64| kept.get(*number).ok_or_else(|| unknown(*number));
        replay.numbers.iter().map(known).collect::<Result<_, _>>()?
    };
    let mut refused = 0;
    for delivery in &wanted {
        let sent = repeat(delivery, replay.to.as_ref(), replay.secret_file.as_deref());
        let outcome = block_on(sent)?;
        let (event, _) = summary(&delivery.json());
        refused += usize::from(!outcome.is_accepted());
        outcome.print(Some(delivery.number), &event, printer)?;
    }
    accepted(refused, wanted.len())
}

fn unknown(number: u64) -> Failure {
    Failure::usage(format!(
        "there is no delivery {number}; vonage-video webhooks list shows those that are kept"
    ))
}

fn accepted(refused: usize, all: usize) -> Result<(), Failure> {
    if refused > 0 {
        return Err(Failure::Check(format!(
            "{refused} of {all} were not accepted"
        )));
    }
    Ok(())
}

/// How an attempt ended: with a status, or why not.
pub(super) struct Outcome(pub(super) Result<u16, String>, pub(super) u128);

impl Outcome {
    pub(super) fn is_accepted(&self) -> bool {
        matches!(self.0, Ok(200..=299))
    }

    pub(super) fn text(&self) -> String {
        match &self.0 {
            Ok(status) => format!("{status} in {} ms", self.1),
            Err(why) => why.clone(),
        }
    }

    pub(super) fn print(
        &self,
        number: Option<u64>,
        event: &str,
        printer: &Printer,
    ) -> Result<(), Failure> {
        if printer.is_json() {
            return printer.json_value(&json!({
                "number": number,
                "event": event,
                "status": self.0.as_ref().ok(),
                "problem": self.0.as_ref().err(),
            }));
        }
        let number = number
            .map(|number| format!("{number}  "))
            .unwrap_or_default();
        let text = format!("{number}{event} → {}", self.text());
        print(crate::output::escape(&text))
    }
}

/// Sends a delivery once more, with a new signature if it was signed.
pub(super) async fn repeat(
    delivery: &Delivery,
    to: Option<&Uri>,
    secret_file: Option<&Path>,
) -> Result<Outcome, Failure> {
    let before = delivery.to.as_deref().and_then(|to| to.parse().ok());
    let Some(uri) = to.cloned().or(before) else {
        return Err(Failure::usage(format!(
            "delivery {} was not passed on to anything: say where with --to URL",
            delivery.number
        )));
    };
    let own = (delivery.signature == Signature::Valid)
        .then_some(delivery.secret_file.as_deref())
        .flatten();
    let signer = secret_file.or(own).map(signer).transpose()?;
    Ok(post(&uri, delivery.body.clone(), signer).await)
}

pub(super) fn signer(file: &Path) -> Result<WebhookSigner, Failure> {
    let secret = secret::read(file)?;
    WebhookSigner::new(secret.trim()).map_err(|error| Failure::Auth(error.to_string()))
}

/// Posts an event as the service does.
pub(super) async fn post(uri: &Uri, body: String, signer: Option<WebhookSigner>) -> Outcome {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(signer) = signer {
        let signed = signer.header(body.as_bytes(), clock::now(), secret::id());
        if let Ok(signed) = HeaderValue::from_str(&signed) {
            headers.insert(AUTHORIZATION, signed);
        }
    }
    let begun = clock::instant();
    let sent = wire::post(uri, headers, Bytes::from(body)).await;
    Outcome(sent, begun.elapsed().as_millis())
}

/// The deliveries that the emulator has sent.
async fn deliveries(control: &Control) -> Result<Vec<Value>, Failure> {
    let mut body = control.get("webhooks/deliveries", &[]).await?;
    Ok(match body.get_mut("items").map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    })
}

async fn in_emulator(control: &Control, replay: &Replay, printer: &Printer) -> Result<(), Failure> {
    let known = deliveries(control).await?;
    let number = |it: &Value| it.get("number").and_then(Value::as_u64).unwrap_or(0);
    let numbers: Vec<u64> = if replay.failed {
        let failed = known
            .iter()
            .filter(|it| it.get("arrived") != Some(&true.into()));
        failed.map(number).collect()
    } else {
        replay.numbers.clone()
    };
    if let Some(missing) = numbers
        .iter()
        .find(|wanted| !known.iter().any(|it| number(it) == **wanted))
    {
        return Err(unknown(*missing));
    }
    for number in &numbers {
        let path = format!("webhooks/deliveries/{number}/repeat");
        control.call(Method::POST, &path, Value::Null).await?;
    }
    let after = deliveries(control).await?;
    let repeated = after.iter().filter(|it| numbers.contains(&number(it)));
    let rows: Vec<Value> = repeated.map(emulated).collect();
    let refused = rows
        .iter()
        .filter(|row| row.get("arrived") != Some(&true.into()));
    let refused = refused.count();
    printer.list("Delivery", &rows)?;
    accepted(refused, numbers.len())
}

/// A delivery of the emulator as lists show it.
fn emulated(delivery: &Value) -> Value {
    let body = delivery.get("body").cloned().unwrap_or_default();
    let (event, about) = summary(&body);
    let last = delivery.pointer("/attempts").and_then(Value::as_array);
    let last = last.and_then(|attempts| attempts.last());
    let outcome = last.and_then(|attempt| attempt.get("outcome"));
    let outcome = outcome.map_or_else(
        || "not sent yet".to_owned(),
        |outcome| {
            let status = outcome.get("status").and_then(Value::as_u64);
            let failed = outcome.get("failed").and_then(Value::as_str);
            status.map_or_else(
                || failed.unwrap_or_default().to_owned(),
                |status| status.to_string(),
            )
        },
    );
    let signed = last.and_then(|attempt| attempt.get("signed")) == Some(&true.into());
    json!({
        "number": delivery.get("number"),
        "receivedAt": last.and_then(|attempt| attempt.get("at")),
        "event": event,
        "about": about,
        "signature": if signed { "signed" } else { "unsigned" },
        "outcome": outcome,
        "arrived": delivery.get("arrived"),
        "body": body,
    })
}

//! `webhooks listen`: receives deliveries until it is interrupted.

use std::{
    io::{self, BufRead as _, IsTerminal as _},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use clap::Args;
use http::{Method, Uri};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};
use vonage_video::auth::WebhookVerifier;

use crate::{
    control::Control,
    failure::Failure,
    options::Common,
    output::{Printer, escape, json, print, rfc3339},
    send::block_on,
    signals,
    webhooks::{delivery::Delivery, kept::Kept, receive::Receiver, replay::repeat, secret},
    wire,
};

/// The port to listen at unless another is asked for.
const PORT: u16 = 8844;

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    vonage-video webhooks listen -e --forward localhost:3000/hooks\n  \
    vonage-video webhooks listen --secret-file secret.txt")]
pub(crate) struct Listen {
    /// The port to listen at, 0 for any [default: 8844, or the next free one]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Pass deliveries on to this URL, or port of this machine, and answer as it does
    #[arg(long, value_name = "URL", value_parser = wire::url)]
    forward: Option<Uri>,
    /// The secret that deliveries are signed with, a file; with -e one is made
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Of the emulator, only these events, such as archive,streamCreated
    #[arg(long, value_name = "EVENT,EVENT", value_delimiter = ',')]
    events: Vec<String>,
}

pub(super) fn run(listen: &Listen, common: &Common, printer: &Printer) -> Result<(), Failure> {
    let emulator = Control::named(common)?;
    let secret_file = match (&listen.secret_file, &emulator) {
        (Some(file), _) => Some(file.clone()),
        (None, Some(_)) => Some(secret::made()?),
        (None, None) => None,
    };
    let secret = secret_file.as_deref().map(secret::read).transpose()?;
    let verifier = secret.as_deref().map(WebhookVerifier::new).transpose();
    let verifier = verifier.map_err(|error| Failure::Auth(error.to_string()))?;
    let mut kept = Kept::read()?;
    block_on(async {
        let stop = signals::interrupted()?;
        let listener = bind(listen.port, printer).await?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::Io(error.to_string()))?;
        let url = format!("http://{address}/");
        let (received, deliveries) = unbounded_channel();
        let receiver = Arc::new(Receiver {
            verifier,
            secret_file: secret_file.clone(),
            forward: listen.forward.clone(),
            received,
        });
        if let Some(control) = &emulator {
            let mut target = json!({ "url": url, "secret": secret });
            if let (false, Some(target)) = (listen.events.is_empty(), target.as_object_mut()) {
                target.insert("events".to_owned(), json!(listen.events));
            }
            control.call(Method::POST, "webhooks", target).await?;
        }
        banner(
            &url,
            listen,
            secret_file.as_ref(),
            emulator.is_some(),
            printer,
        );
        let ended = tokio::select! {
            stopped = stop => stopped,
            failed = accept(listener, receiver) => Err(failed),
            ended = tell(deliveries, &mut kept, printer) => ended,
        };
        if let Some(control) = &emulator {
            // The emulator may have ended before.
            let _ = leave(control, &url).await;
        }
        ended
    })
}

async fn bind(port: Option<u16>, printer: &Printer) -> Result<TcpListener, Failure> {
    let usual = TcpListener::bind(("127.0.0.1", port.unwrap_or(PORT))).await;
    match (usual, port) {
        (Err(_), None) => {
            printer.note(format_args!("port {PORT} is taken: another one is used"));
            TcpListener::bind(("127.0.0.1", 0)).await
        }
        (bound, _) => bound,
    }
    .map_err(|error| {
        let port = port.unwrap_or(PORT);
        Failure::Io(format!("cannot listen at port {port}: {error}"))
    })
}

/// Receives deliveries beside something else. Returns where, and the deliveries.
pub(super) async fn beside(
    port: u16,
    secret_file: Option<&Path>,
    printer: &Printer,
) -> Result<(String, UnboundedReceiver<Delivery>), Failure> {
    let secret = secret_file.map(secret::read).transpose()?;
    let verifier = secret.as_deref().map(WebhookVerifier::new).transpose();
    let verifier = verifier.map_err(|error| Failure::Auth(error.to_string()))?;
    let listener = bind(Some(port), printer).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::Io(error.to_string()))?;
    let (received, deliveries) = unbounded_channel();
    let receiver = Arc::new(Receiver {
        verifier,
        secret_file: None,
        forward: None,
        received,
    });
    tokio::spawn(accept(listener, receiver));
    Ok((format!("http://{address}/"), deliveries))
}

/// Says where deliveries are received, on standard error.
fn banner(url: &str, listen: &Listen, secret: Option<&PathBuf>, emulated: bool, printer: &Printer) {
    let to = listen.forward.as_ref();
    let to = to.map_or_else(String::new, |uri| format!(", passing on to {uri}"));
    printer.note(format_args!("Listening at {url}{to}"));
    match secret {
        Some(file) => printer.note(format_args!(
            "Signatures are checked with the secret in {}.",
            file.display()
        )),
        None => printer.note(format_args!(
            "Signatures are not checked: give the secret with --secret-file."
        )),
    }
    if emulated {
        printer.note(format_args!("The emulator sends its webhooks here."));
    } else {
        printer.note(format_args!(
            "The service must reach this address: give it the URL of a tunnel."
        ));
    }
    if asks() {
        printer.note(format_args!(
            "A number and Return shows a delivery, r NUMBER sends it again, q ends.\n"
        ));
    }
}

/// Whether somebody can type commands, and sees what they do.
fn asks() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

async fn accept(listener: TcpListener, receiver: Arc<Receiver>) -> Failure {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(Arc::clone(&receiver).serve(stream));
            }
            // Such as too many open files: others may close.
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

/// Prints and keeps what is received, and does what is typed.
async fn tell(
    mut deliveries: UnboundedReceiver<Delivery>,
    kept: &mut Kept,
    printer: &Printer,
) -> Result<(), Failure> {
    let mut typed = typed();
    loop {
        tokio::select! {
            delivery = deliveries.recv() => match delivery {
                Some(delivery) => show(&kept.add(delivery)?, printer)?,
                None => return Ok(()),
            },
            Some(line) = typed.recv() => {
                if line.trim() == "q" {
                    return Ok(());
                }
                obey(line.trim(), kept, printer).await?;
            }
        }
    }
}

/// The lines that are typed; none unless somebody can.
fn typed() -> UnboundedReceiver<String> {
    let (send, lines) = unbounded_channel();
    if asks() {
        // A thread of its own, for which nothing waits at the end.
        thread::spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    return;
                }
            }
        });
    }
    lines
}

async fn obey(line: &str, kept: &mut Kept, printer: &Printer) -> Result<(), Failure> {
    let (again, number) = match line.strip_prefix('r') {
        Some(number) => (true, number),
        None => (false, line),
    };
    let found = number
        .trim()
        .parse()
        .ok()
        .and_then(|number| kept.get(number));
    match found {
        None if line.is_empty() => {}
        None => printer.note(format_args!("NUMBER shows, r NUMBER sends again, q ends")),
        Some(delivery) if again => {
            let repeated = repeat(delivery, None, None).await;
            match repeated {
                Ok(again) => printer.note(format_args!("{} → {}", delivery.number, again.text())),
                Err(failure) => printer.note(format_args!("{}", failure.to_text())),
            }
        }
        Some(delivery) => print(json(&delivery.json(), true))?,
    }
    Ok(())
}

fn show(delivery: &Delivery, printer: &Printer) -> Result<(), Failure> {
    if printer.is_json() {
        return print(json(&delivery.row(), false));
    }
    if io::stdout().is_terminal() {
        return print(escape(&delivery.line()));
    }
    let row = delivery.row();
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let cells = [
        delivery.number.to_string(),
        rfc3339(delivery.at),
        escape(text("event")),
        escape(text("about")),
        escape(text("signature")),
        escape(text("outcome")),
    ];
    print(cells.join("\t"))
}

/// Takes a target away from the emulator, and leaves the others.
async fn leave(control: &Control, url: &str) -> Result<(), Failure> {
    let body = control.get("webhooks", &[]).await?;
    let targets = body.get("targets").and_then(Value::as_array);
    let others: Vec<&Value> = targets
        .into_iter()
        .flatten()
        .filter(|target| target.get("url").and_then(Value::as_str) != Some(url))
        .collect();
    let others = json!({ "targets": others });
    control
        .call(Method::PUT, "webhooks", others)
        .await
        .map(drop)
}

//! `webhooks`: receives deliveries, passes them on, repeats them, makes them, and verifies them.

mod delivery;
mod kept;
mod listen;
mod receive;
mod replay;
mod sample;
mod secret;
mod send;
mod verify;

use std::path::Path;

use clap::Subcommand;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    failure::Failure,
    options::Common,
    output::Printer,
    webhooks::delivery::{Delivery, Signature},
};

#[derive(Subcommand)]
pub(crate) enum Webhooks {
    /// Receive deliveries, verify and print them, and pass them on to a program of yours
    Listen(listen::Listen),
    /// List the last thousand deliveries that were received; with -e, those of the emulator
    List,
    /// Send deliveries once more
    Replay(replay::Replay),
    /// Send an event as the service would
    Send(Box<send::Send>),
    /// Verify a delivery: its body from standard input, its signature from a header
    Verify(verify::Verify),
}

/// The deliveries of a session, as a watch learns of them.
pub(crate) struct Heard {
    session: String,
    deliveries: UnboundedReceiver<Delivery>,
}

impl Heard {
    /// Receives at a port, 0 for any, and says where.
    pub(crate) async fn at(
        port: u16,
        secret_file: Option<&Path>,
        session: &str,
        printer: &Printer,
    ) -> Result<Self, Failure> {
        let (url, deliveries) = listen::beside(port, secret_file, printer).await?;
        printer.note(format_args!("Webhooks are received at {url}"));
        Ok(Self {
            session: session.to_owned(),
            deliveries,
        })
    }

    /// Waits for a delivery about the session that is not forged.
    pub(crate) async fn next(&mut self) {
        while let Some(delivery) = self.deliveries.recv().await {
            let own = delivery.json().get("sessionId") == Some(&self.session.as_str().into());
            if own && !matches!(delivery.signature, Signature::Invalid(_)) {
                return;
            }
        }
        std::future::pending().await
    }
}

pub(crate) fn run(command: Webhooks, common: &Common, printer: &Printer) -> Result<(), Failure> {
    match command {
        Webhooks::Listen(listen) => listen::run(&listen, common, printer),
        Webhooks::List => replay::list(common, printer),
        Webhooks::Replay(replay) => replay::run(&replay, common, printer),
        Webhooks::Send(send) => send::run(&send, common, printer),
        Webhooks::Verify(verify) => verify::run(&verify, printer),
    }
}

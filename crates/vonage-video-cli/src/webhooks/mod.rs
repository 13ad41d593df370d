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

use clap::Subcommand;

use crate::{failure::Failure, options::Common, output::Printer};

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

pub(crate) fn run(command: Webhooks, common: &Common, printer: &Printer) -> Result<(), Failure> {
    match command {
        Webhooks::Listen(listen) => listen::run(&listen, common, printer),
        Webhooks::List => replay::list(common, printer),
        Webhooks::Replay(replay) => replay::run(&replay, common, printer),
        Webhooks::Send(send) => send::run(&send, common, printer),
        Webhooks::Verify(verify) => verify::run(&verify, printer),
    }
}

//! The program `vonage-video`: the API at a terminal, and an emulator of it.

mod arguments;
mod call;
mod duration;
mod emulator;
mod failure;
mod input;
mod settings;
mod token;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind};

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where standard error is closed there is nobody to tell; the exit code remains.
            let _ = writeln!(io::stderr(), "{}", failure.to_json());
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    match arguments()? {
        Command::Call(call) => call::run(call),
        Command::Emulator(emulator) => emulator::run(emulator),
        Command::Token(token) => token::run(token),
    }
}

/// What was asked for. Help and the version are printed here, and end the program.
fn arguments() -> Result<Command, Failure> {
    match Arguments::try_parse() {
        Ok(arguments) => Ok(arguments.command),
        Err(help) if is_help(help.kind()) => help.exit(),
        Err(error) => {
            let text = error.render().to_string();
            let text = text.trim().trim_start_matches("error: ");
            Err(Failure::Usage(text.to_owned()))
        }
    }
}

fn is_help(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// Prints a line, and says so when it cannot.
fn print(line: impl std::fmt::Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::Io(format!("cannot write to standard output: {error}")))
}

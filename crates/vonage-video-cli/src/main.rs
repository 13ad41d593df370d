//! The program `vonage-video`: the API at a terminal, and an emulator of it.

mod arguments;
mod call;
mod duration;
mod emulator;
mod failure;
mod input;
mod settings;
mod snippets;
mod token;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Call(call) => call::run(call),
        Command::Emulator(emulator) => emulator::run(emulator),
        Command::Token(token) => token::run(token),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where standard error is closed there is nobody to tell; the exit code remains.
            let _ = writeln!(io::stderr(), "{}", failure.to_json());
            ExitCode::FAILURE
        }
    }
}

/// Prints a line, and says so when it cannot.
fn print(line: impl std::fmt::Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::Io(format!("cannot write to standard output: {error}")))
}

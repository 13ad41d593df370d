//! The program `vonage-video`: the API at a terminal, and an emulator of it.

mod arguments;
mod call;
mod clock;
mod control;
mod doctor;
mod duration;
mod emulator;
mod failure;
mod generated;
mod input;
mod options;
mod output;
mod private_file;
mod profile;
mod progress;
mod prompt;
mod resources;
mod running;
mod send;
mod shell;
mod short;
mod signals;
mod spec;
mod sse;
mod token;
mod topics;
mod watch;
mod webhooks;
mod wire;

use std::{io::Write as _, process::ExitCode};

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, error::ErrorKind};

use crate::{
    arguments::{Arguments, Command},
    failure::{Exit, Failure},
    options::Common,
    output::{Printer, json},
};

fn main() -> ExitCode {
    // Before the arguments are understood, only what they look like says how to report a failure.
    let words: Vec<String> = std::env::args().skip(1).collect();
    let for_programs = words.iter().any(|word| word == "--json" || word == "call");
    if for_programs {
        output::for_programs();
    }
    match run() {
        Ok(code) => code,
        Err(failure) => {
            let text = match (&failure, for_programs) {
                (Failure::ClosedPipe, _) => String::new(),
                (_, true) => json(&failure.to_json(), false) + "\n",
                (_, false) => output::for_terminal(&failure.to_text()) + "\n",
            };
            // Where standard error is closed, nothing reads it; the exit code remains.
            let _ = anstream::stderr().write_all(text.as_bytes());
            failure.exit().into()
        }
    }
}

/// The whole command line, those commands included that the contract describes.
fn command() -> clap::Command {
    Arguments::command().subcommands(resources::commands())
}

fn run() -> Result<ExitCode, Failure> {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(help) if is_help(help.kind()) => {
            let code = if help.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            help.print().map_err(|_| Failure::ClosedPipe)?;
            return Ok(code.into());
        }
        Err(error) => {
            let text = error.render().to_string();
            return Err(Failure::Usage(
                text.trim().trim_start_matches("error: ").to_owned(),
            ));
        }
    };
    let wrong = |error: clap::Error| Failure::usage(error.to_string());
    let common = Common::from_arg_matches(&matches).map_err(wrong)?;
    match common.color {
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        ColorChoice::Auto => {}
    }
    let printer = Printer::new(&common, clock::now());
    if let Some((noun, inner)) = matches.subcommand()
        && let Some(outcome) = resources::run(noun, inner, &common, &printer)
    {
        return outcome.map(|()| Exit::Done.into());
    }
    let arguments = Arguments::from_arg_matches(&matches).map_err(wrong)?;
    match arguments.command {
        Command::Call(call) => call::run(&call, &common),
        Command::Token(token) => token::run(token, clock::now()),
        Command::Webhooks(webhooks) => webhooks::run(webhooks, &common, &printer),
        Command::Emulator(emulator) => return emulator::run(*emulator, &common, &printer),
        Command::Watch(watch) => watch::run(&watch, &common, &printer),
        Command::Doctor(doctor) => doctor::run(&doctor, &printer, clock::now()),
        Command::Profiles(profiles) => profile::run(profiles, &printer),
        Command::Completions { shell } => shell::completions(shell, command()),
        Command::Man { folder } => shell::manual(&folder, command()),
        Command::Help { words } => topics::show(&words, command()),
    }?;
    Ok(Exit::Done.into())
}

fn is_help(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

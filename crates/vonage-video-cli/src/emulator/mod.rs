//! `emulator`: a local Video API, and everything that steers one.

mod arguments;
mod control;
mod environment;
mod execute;
mod faults;
mod log;
mod requests;
mod serve;
mod start;

use std::process::ExitCode;

pub(crate) use self::arguments::Arguments;
use self::arguments::Verb;
use crate::{
    failure::{Exit, Failure},
    options::Common,
    output::Printer,
    running,
};

pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let running = || running::find(common.picked.url());
    let done = match (arguments.verb, arguments.command.as_slice()) {
        (Some(Verb::Env(env)), _) => environment::run(&env, running()?),
        (Some(Verb::Open), _) => control::open(&running()?, printer),
        (Some(Verb::Steer(verb)), _) => control::run(&running()?, verb, printer),
        (None, []) => serve::run(&arguments.start, common),
        (None, command) => return execute::run(&arguments.start, command),
    };
    done.map(|()| Exit::Done.into())
}

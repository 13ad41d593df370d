//! `cargo xtask TASK`: the tasks of this workspace.

mod bench;
mod ci;
mod codegen;
mod failure;
mod files;
mod fleet;
mod fuzz;
mod interop;
mod lint;
mod pictures;
mod release;
mod run;
mod soak;
mod suites;
mod test;
mod tools;

use std::{env, process::ExitCode};

pub(crate) use failure::Failure;

/// A task: its name, its arguments, and the function that does it.
type Task = (
    &'static str,
    &'static str,
    fn(&[String]) -> Result<(), Failure>,
);

const TASKS: &[Task] = &[
    (
        "ci",
        "[PART… | all]  the parts of what must pass before a change lands, with times; or runs them",
        ci::ci,
    ),
    (
        "codegen",
        "[--check]    write what is made from the contract, or fail when it differs",
        codegen::codegen,
    ),
    (
        "test",
        "[--elsewhere]  everything that is proved by running it; or the built tests as on other machines",
        test::test,
    ),
    (
        "interop",
        "[--report]   the official SDKs against the emulator; writes docs/interop-report.md from what they do",
        interop::interop,
    ),
    (
        "lint",
        "[CHECK…]     everything that is checked without running the product",
        lint::lint,
    ),
    (
        "fuzz",
        "[TARGET…] [--seconds N]  hostile input for every parser, guided by coverage; 5 seconds each",
        fuzz::fuzz,
    ),
    (
        "bench",
        "NAME [ARG…]  speed beside named contenders: auth, http; and how the emulator fills: emulator",
        bench::bench,
    ),
    (
        "release",
        "VERSION [--dry-run [--all]]  publish to every registry, or rehearse it on this machine",
        release::release,
    ),
    (
        "fleet",
        "[DELIVERIES] webhook receivers in four processes over real Redis servers, all of which die; 20000",
        fleet::fleet,
    ),
    (
        "suites",
        "[LANGUAGE…]  the test suites of docs/testing, in Python, Node, Java and Ruby",
        suites::suites,
    ),
    (
        "pictures",
        "[--check]    make the README's pictures from the program and the page, or fail when they differ",
        pictures::pictures,
    ),
    (
        "soak",
        "[ROUNDS] [--seconds N]  load with faults and a clock that steps: each effect happens once, lists are whole; and four tabs see each other twenty times",
        soak::soak,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let task = arguments
        .first()
        .and_then(|name| TASKS.iter().find(|task| task.0 == name));
    let (Some((name, _, run)), [_, rest @ ..]) = (task, arguments.as_slice()) else {
        eprintln!("usage: cargo xtask TASK");
        TASKS
            .iter()
            .for_each(|(name, rest, _)| eprintln!("  {name:8} {rest}"));
        return ExitCode::from(2);
    };
    match run(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{name}: {failure}");
            ExitCode::FAILURE
        }
    }
}

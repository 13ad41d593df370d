//! `cargo xtask interop`: the official SDKs of other languages against the emulator.

use crate::{
    failure::Failure,
    run::{cargo, run},
};

/// Runs their tests; with `--report`, writes `docs/interop-report.md` from what they do and what
/// ours does.
pub(crate) fn interop(arguments: &[String]) -> Result<(), Failure> {
    let tests: &[&str] = match arguments {
        [] => &[
            "--test",
            "end_to_end",
            "--test",
            "report",
            "--",
            "interop",
            "wire",
            "the_report",
        ],
        [flag] if flag == "--report" => &["--test", "report"],
        _ => return Err("it takes `--report` or nothing".into()),
    };
    let mut command = cargo(&[&["test", "--package", "vonage-video-tests"], tests].concat());
    if !arguments.is_empty() {
        command.env("WRITE_REPORT", "1");
    }
    run(&mut command)
}

//! `cargo xtask soak`: a long run of the soak test, with its report.

use crate::{
    failure::Failure,
    run::{cargo, run},
};

/// Runs it; the number of rounds may be given, the seconds, and the seed.
pub(crate) fn soak(arguments: &[String]) -> Result<(), Failure> {
    let mut command = cargo(&[
        "run",
        "--release",
        "--quiet",
        "--package",
        "vonage-video-tests",
        "--example",
        "soak",
        "--",
    ]);
    run(command.args(arguments))
}

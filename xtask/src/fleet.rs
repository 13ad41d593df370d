//! `cargo xtask fleet`: a long run of the fleet of receivers, with its report.

use crate::{
    failure::Failure,
    run::{cargo, run},
};

/// Builds the receiver, and runs it; the number of deliveries may be given.
pub(crate) fn fleet(arguments: &[String]) -> Result<(), Failure> {
    let package = ["--quiet", "--package", "vonage-video-tests"];
    run(cargo(&["build"])
        .args(package)
        .args(["--bin", "webhook_receiver"]))?;
    let mut command = cargo(&["run"]);
    command.args(package).args(["--example", "fleet", "--"]);
    run(command.args(arguments))
}

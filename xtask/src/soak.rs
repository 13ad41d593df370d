//! `cargo xtask soak`: a long run of the soak test, and rooms of four browser tabs.

use crate::{
    failure::Failure,
    run::{cargo, run},
};

/// How often four tabs open five rooms: twenty in all.
const ROOMS: usize = 4;

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
    run(command.args(arguments))?;
    // Without a browser on this machine, the test says so and passes.
    for _ in 0..ROOMS {
        run(&mut cargo(&[
            "test",
            "--quiet",
            "--package",
            "vonage-video-tests",
            "--test",
            "browser",
            "four_tabs_see_each_other_time_after_time",
            "--",
            "--exact",
        ]))?;
    }
    Ok(())
}

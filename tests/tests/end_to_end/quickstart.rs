//! The README's first command, as a newcomer runs it: without credentials, offline.

use std::process::Command;

use vonage_video_tests::place::{skip, sources};

#[test]
fn the_quickstart_runs_to_its_end() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--example", "quickstart"])
        .current_dir(sources().join(".."));
    for variable in [
        "VONAGE_APPLICATION_ID",
        "VONAGE_PRIVATE_KEY",
        "VONAGE_PRIVATE_KEY_PATH",
        "OPENTOK_API_KEY",
        "OPENTOK_API_SECRET",
        "VONAGE_VIDEO_BASE_URL",
    ] {
        command.env_remove(variable);
    }
    let Ok(output) = command.output() else {
        return skip("`cargo` cannot be run");
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for step in [
        "using an emulator",
        "Created a routed session",
        "Minted two tokens",
        "2 streams",
        "Sent a signal",
        "Started an archive",
        "Stopped it",
        "It is available",
        "Downloaded it",
        "Clients in the session: 2 before, 1 now.",
        "Done.",
    ] {
        assert!(said.contains(step), "{step}: {said}");
    }
}

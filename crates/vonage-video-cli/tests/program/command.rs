//! `emulator -- COMMAND`: what the command sees, how it ends, and that nothing stays behind.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use crate::kit::{program, text};

fn emulator(command: &[&str]) -> std::process::Output {
    program(&[&["emulator", "--"], command].concat())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("VONAGE_VIDEO_PROFILE", "production")
        .output()
        .unwrap()
}

#[test]
fn the_command_has_the_variables_and_the_emulators_profile() {
    let output = emulator(&["env"]);
    let variables = text(&output.stdout);
    for name in [
        "VONAGE_VIDEO_BASE_URL=http://127.0.0.1:",
        "OPENTOK_API_SECRET=",
        "VONAGE_PRIVATE_KEY=",
    ] {
        assert!(variables.contains(name), "{variables}");
    }
    assert!(
        variables.contains("VONAGE_VIDEO_PROFILE=emulator"),
        "{variables}"
    );
    let nested = emulator(&[
        env!("CARGO_BIN_EXE_vonage-video"),
        "sessions",
        "create",
        "--quiet",
    ]);
    assert!(
        text(&nested.stdout).starts_with("1_"),
        "{}",
        text(&nested.stderr)
    );
}

#[test]
fn its_code_is_the_commands_own() {
    for (command, code) in [
        (&["true"][..], 0),
        (&["sh", "-c", "exit 7"], 7),
        (&["sh", "-c", "kill -TERM $$"], 128 + 15),
        (&["/nowhere/at/all"], 127),
        (&["/"], 126),
    ] {
        assert_eq!(emulator(command).status.code(), Some(code), "{command:?}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program(&["emulator", "--port", &port, "--", "true"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(125));
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_reaches_the_command_and_leaves_nothing_behind() {
    for signal in ["-INT", "-TERM"] {
        let script = "trap 'exit 3' INT TERM; sleep 300 & echo started; wait";
        let mut child = program(&["emulator", "--", "sh", "-c", script])
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut String::new()).unwrap();
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        assert_eq!(child.wait().unwrap().code(), Some(3), "{signal}");
        // What still ran would hold this open for five minutes.
        assert_eq!(
            output.read_to_string(&mut String::new()).unwrap(),
            0,
            "{signal}"
        );
    }
}

//! `emulator`: what it prints, what it takes, and how it ends.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::kit::{Emulator, failure, program};

#[test]
fn the_emulator_knows_the_projects_of_a_file_speaks_tls_and_shows_how_sdks_find_it() {
    let folder = std::env::temp_dir().join(format!("vonage-video-emulator-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (list, authority) = (folder.join("projects.json"), folder.join("ca.pem"));
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    std::fs::write(
        &list,
        json!([{"apiKey": "777777", "apiSecret": secret}]).to_string(),
    )
    .unwrap();
    let arguments = [
        "emulator",
        "--port",
        "0",
        "--projects",
        list.to_str().unwrap(),
        "--tls",
        authority.to_str().unwrap(),
        "--print-snippets",
    ];
    let mut child = program(&arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let url = lines.next().unwrap();
    assert!(url.starts_with("https://127.0.0.1:"), "{url}");
    assert!(
        std::fs::read_to_string(&authority)
            .unwrap()
            .contains("BEGIN CERTIFICATE")
    );
    let snippet = lines.find(|line| line.starts_with("new OpenTok(")).unwrap();
    assert!(
        snippet.contains("777777") && snippet.contains(&url) && !snippet.contains(secret),
        "{snippet}"
    );
    let _ = child.kill();
    let _ = child.wait();

    std::fs::write(&list, r#"[{"apiKey": "777777"}]"#).unwrap();
    let half = failure(
        &program(&[
            "emulator",
            "--json",
            "--port",
            "0",
            "--projects",
            list.to_str().unwrap(),
        ])
        .output()
        .unwrap(),
    );
    assert!(
        half["message"]
            .as_str()
            .unwrap()
            .contains("`apiKey` and `apiSecret`"),
        "{half}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn the_emulator_stops_cleanly_on_a_signal_and_refuses_to_be_reached_from_outside() {
    for signal in ["-INT", "-TERM"] {
        let mut emulator = Emulator::start();
        let killed = Command::new("kill")
            .args([signal, &emulator.child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(emulator.child.wait().unwrap().code(), Some(0), "{signal}");
    }
    let refused = failure(
        &program(&["emulator", "--json", "--listen", "0.0.0.0:0"])
            .output()
            .unwrap(),
    );
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("other machines"),
        "{refused}"
    );
}

#[test]
fn the_script_of_web_pages_is_written_for_bundlers() {
    let folder = std::env::temp_dir().join(format!("vonage-video-script-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, ending) in [
        ("client.mjs", "} = OT;\n"),
        ("client.cjs", "module.exports = OT;\n"),
    ] {
        let file = folder.join(name);
        let arguments = [
            "emulator",
            "--port",
            "0",
            "--allow-origin",
            "https://app.example",
            "--client",
            file.to_str().unwrap(),
        ];
        let mut child = program(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap();
        let script = std::fs::read_to_string(&file).unwrap();
        assert!(script.ends_with(ending), "{name}");
        assert!(script.contains(&url), "{name} knows where the emulator is");
        let declared = std::fs::read_to_string(folder.join("client.d.ts")).unwrap();
        assert!(declared.contains("interface OT"));
        let _ = child.kill();
        let _ = child.wait();
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_emulator_ends_with_its_standard_input_when_it_is_asked_to() {
    let arguments = [
        "emulator",
        "--port=0",
        "--exit-with-stdin",
        "--print-env=json",
    ];
    let mut child = program(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    let variables: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(variables.as_object().unwrap().len(), 5, "{line}");
    let url = variables["VONAGE_VIDEO_BASE_URL"].as_str().unwrap();
    let host = url.strip_prefix("http://").unwrap();

    std::net::TcpStream::connect(host).unwrap();
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(std::net::TcpStream::connect(host).is_err(), "{host}");
}

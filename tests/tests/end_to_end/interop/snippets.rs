//! The lines that point the official SDKs at an emulator do so, as they are printed: with its
//! environment variables, in Node and in Python.

use std::process::Command;

use vonage_video_emulator::Emulator;
use vonage_video_tests::{
    interop::{Installed, Kit, run},
    place::temporary,
};

/// Runs a program in which a client is made by a snippet and asked for a session, and gives what it
/// prints.
async fn asked(emulator: &Emulator, kit: &Installed, sdk: &str, program: &str) -> String {
    let authority = temporary("snippets").join("ca.pem");
    if let Some(pem) = emulator.ca_pem() {
        std::fs::write(&authority, pem).expect("a file");
    }
    let snippets = emulator.snippets(emulator.ca_pem().map(|_| authority.as_path()));
    let snippet = snippets
        .into_iter()
        .find(|snippet| snippet.sdk == sdk)
        .expect("a snippet");
    let mut command: Command = kit.script(&program.replace("SNIPPET", &snippet.code));
    command.envs(emulator.variables());
    if let Some((name, value)) = snippet
        .note
        .as_deref()
        .and_then(|note| note.split_once('='))
    {
        command.env(name, value);
    }
    let (output, success) = tokio::task::spawn_blocking(move || run(&mut command, b""))
        .await
        .expect("an end");
    assert!(success, "{sdk}: {output}");
    output
}

/// Whether the emulator made the session that a program printed.
fn is_of(emulator: &Emulator, output: &str) -> bool {
    let id = output.trim();
    let requests = emulator.requests();
    !id.is_empty()
        && requests.iter().any(|request| {
            request.operation == Some("create_session")
                && String::from_utf8_lossy(&request.response).contains(id)
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn in_node() {
    let Some(kit) = Kit::Node.get() else { return };
    let emulator = Emulator::start().await.expect("an emulator");
    let opentok = "const OpenTok = require('opentok'); (SNIPPET).createSession({}, (error, session) => { if (error) throw error; console.log(session.sessionId); process.exit(0); });";
    let vonage = "const { Auth } = require('@vonage/auth'); const { Video } = require('@vonage/video'); (SNIPPET).createSession().then((session) => { console.log(session.sessionId); process.exit(0); });";
    for (sdk, program) in [
        ("opentok (Node)", opentok),
        ("opentok (Node), with a Vonage application", opentok),
        ("@vonage/video (Node)", vonage),
    ] {
        let output = asked(&emulator, &kit, sdk, program).await;
        assert!(is_of(&emulator, &output), "{sdk}: {output}");
    }
    assert_eq!(emulator.requests().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_python() {
    let Some(kit) = Kit::Python.get() else { return };
    let emulator = Emulator::start().await.expect("an emulator");
    let program =
        "import os\nfrom opentok import Client\nprint(SNIPPET.create_session().session_id)";
    let output = asked(&emulator, &kit, "opentok (Python)", program).await;
    assert!(is_of(&emulator, &output), "{output}");

    let emulator = Emulator::builder()
        .tls()
        .start()
        .await
        .expect("an emulator");
    // The package `vonage` is a bundle of packages, of which these are there.
    let program = "import os\nfrom vonage_http_client.auth import Auth\nfrom vonage_http_client.http_client import HttpClient, HttpClientOptions\nfrom vonage_video import Video\ndef Vonage(auth, options):\n    return Video(HttpClient(auth, options))\nprint(SNIPPET.create_session().session_id)";
    let output = asked(&emulator, &kit, "vonage (Python)", program).await;
    assert!(is_of(&emulator, &output), "{output}");
}

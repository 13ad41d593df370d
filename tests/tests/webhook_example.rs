//! The example of a webhook receiver, as its reader runs it.
#![allow(
    clippy::disallowed_methods,
    reason = "other processes live by the same clock"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use vonage_video::{Client, operations::CreateSession};
use vonage_video_emulator::{Emulator, WebhookTarget};
use vonage_video_tests::place::{skip, sources};

const SECRET: &str = "the signature secret of the example";

#[test]
fn the_example_is_short() {
    let source = include_str!("../../crates/vonage-video/examples/webhooks.rs");
    assert!(source.lines().count() < 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_knows_who_is_in_a_session_though_everything_comes_twice_and_in_the_wrong_order()
 {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args([
        "build",
        "--quiet",
        "--package",
        "vonage-video",
        "--example",
        "webhooks",
    ]);
    let Ok(built) = build.current_dir(sources().join("..")).status() else {
        return skip("`cargo` cannot be run");
    };
    assert!(built.success());
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().unwrap().parent().unwrap();
    let mut example = Command::new(folder.join("examples/webhooks"))
        .env("VONAGE_SIGNATURE_SECRET", SECRET)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(example.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let url = first.strip_prefix("listening on ").unwrap().to_owned();

    let target = WebhookTarget::new(format!("{url}/webhooks")).secret(SECRET);
    let emulator = Emulator::builder()
        .stand_still()
        .webhook(target.twice().out_of_order())
        .start()
        .await
        .unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    let video = Client::builder(credentials)
        .base_url(emulator.url())
        .build()
        .unwrap();
    let session = video.send(CreateSession::new()).await.unwrap().id;
    let join = || {
        let token = video.token(&session).sign().unwrap();
        emulator.join(&session, token.as_str()).unwrap()
    };
    let (stays, leaves) = (join(), join());
    leaves.leave().unwrap();
    emulator.advance(std::time::Duration::from_secs(60)).await;
    emulator.settle().await;
    assert!(
        emulator
            .deliveries()
            .iter()
            .all(|delivery| delivery.arrived())
    );

    let address = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /sessions/{session} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(
        response.ends_with(&format!("[\"{}\"]", stays.id())),
        "{response}"
    );
    example.kill().unwrap();
    example.wait().unwrap();
}

//! Fault injection, in memory and on a socket.

use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

use crate::common::{Api, refused, still};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vonage_video_core::{
    ArchiveId, encode,
    models::ArchiveStatus,
    operations::{CreateSession, ListArchives, StartArchive, StopArchive},
};
use vonage_video_emulator::{Emulator, Fault};

/// An emulator on a socket.
async fn listening() -> Api {
    let emulator = still().start().await.unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    Api {
        emulator,
        credentials,
    }
}

/// Sends a request over a connection of its own, and gives everything that comes back.
async fn wire(api: &Api, request: &http::Request<bytes::Bytes>) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(api.emulator.address().unwrap()).await?;
    let mut text = format!(
        "{} {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n",
        request.method(),
        request.uri()
    );
    for (name, value) in request.headers() {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n", request.body().len()));
    stream.write_all(text.as_bytes()).await?;
    stream.write_all(request.body()).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(String::from_utf8(response).unwrap())
}

fn list(api: &Api) -> http::Request<bytes::Bytes> {
    api.request(&ListArchives::new())
}

#[tokio::test]
async fn statuses_come_as_often_as_told() {
    let api = Api::vonage();
    api.emulator
        .fault(Fault::too_many(7).on("list_archives").times(1))
        .unwrap();
    let response = api.emulator.handle(list(&api)).await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "7");
    api.send(ListArchives::new()).await.unwrap();
    api.emulator.fault(Fault::status(503).skip(1)).unwrap();
    api.send(CreateSession::new()).await.unwrap();
    refused(api.send(CreateSession::new()).await, 503);
    refused(api.send(ListArchives::new()).await, 503);
    api.emulator.clear_faults();
    api.send(ListArchives::new()).await.unwrap();
}

#[tokio::test]
async fn resets_come_before_or_after_the_effect() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let start = StartArchive::new(&session);
    api.emulator
        .fault(Fault::reset_before().on("start_archive").times(1))
        .unwrap();
    assert!(api.emulator.handle(api.request(&start)).await.is_err());
    assert!(api.emulator.archives().is_empty());
    api.emulator
        .fault(Fault::reset_after().on("start_archive").times(1))
        .unwrap();
    assert!(api.emulator.handle(api.request(&start)).await.is_err());
    let archives = api.emulator.archives();
    assert_eq!(archives.len(), 1);
    let requests = api.emulator.requests();
    let broken = requests
        .iter()
        .filter(|it| it.operation == Some("start_archive"));
    assert!(broken.clone().all(|it| it.status.is_none()));
    assert_eq!(broken.count(), 2);

    let action =
        serde_json::from_str(r#"{"do":"status","status":502,"afterEffect":true}"#).unwrap();
    api.emulator.fault(Fault::new(action).times(1)).unwrap();
    refused(api.send(StopArchive::new(&archives[0].id)).await, 502);
    let archive: &ArchiveId = &archives[0].id;
    assert_eq!(api.archive(archive).await.status, ArchiveStatus::Stopped);
}

#[tokio::test]
async fn bodies_are_garbled_cut_and_slow() {
    let api = listening().await;
    api.emulator.fault(Fault::garble().times(1)).unwrap();
    let response = wire(&api, &list(&api)).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(
        response.contains("text/html") && response.contains("<title>"),
        "{response}"
    );

    api.emulator.fault(Fault::truncate().times(1)).unwrap();
    let response = wire(&api, &list(&api)).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-length: 22"), "{head}");
    assert_eq!(body.len(), 11);

    let delay = Duration::from_millis(60);
    for fault in [Fault::delay(delay), Fault::delay_body(delay)] {
        api.emulator.fault(fault.times(1)).unwrap();
        let begin = now();
        let response = wire(&api, &list(&api)).await.unwrap();
        assert!(
            response.ends_with(r#"{"count":0,"items":[]}"#),
            "{response}"
        );
        assert!(begin.elapsed() >= delay);
    }
}

#[expect(clippy::disallowed_methods, reason = "how long it really takes")]
fn now() -> Instant {
    Instant::now()
}

#[tokio::test]
async fn connections_are_reset_on_the_wire() {
    let api = listening().await;
    for fault in [Fault::reset_before(), Fault::reset_after(), Fault::refuse()] {
        api.emulator.fault(fault.clone().times(1)).unwrap();
        let error = wire(&api, &list(&api)).await.unwrap_err();
        let kind = error.kind();
        assert!(
            matches!(
                kind,
                ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted
            ),
            "{fault:?}: {error}"
        );
        assert!(
            wire(&api, &list(&api))
                .await
                .unwrap()
                .starts_with("HTTP/1.1 200")
        );
    }
}

#[tokio::test]
async fn one_seed_brings_one_sequence_of_trouble() {
    let run = async |seed: u64| {
        let emulator = Emulator::builder()
            .seed(seed)
            .wall_clock(crate::common::begin)
            .in_memory()
            .unwrap();
        let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
        let api = Api {
            emulator,
            credentials,
        };
        api.emulator.fault(Fault::status(500).chance(0.5)).unwrap();
        let mut statuses = Vec::new();
        for _ in 0..64 {
            let request = encode(&ListArchives::new(), api.credentials.project()).unwrap();
            statuses.push(
                api.emulator
                    .handle(request)
                    .await
                    .unwrap()
                    .status()
                    .as_u16(),
            );
        }
        statuses
    };
    let first = run(11).await;
    assert_eq!(first, run(11).await);
    assert_ne!(first, run(12).await);
    assert!(first.contains(&500) && first.contains(&401));
}

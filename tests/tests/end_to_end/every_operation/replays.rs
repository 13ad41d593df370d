//! What each operation does when the server acts and then says nothing: it is sent again exactly
//! where the contract says so.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use vonage_video::{
    Replay, RetryPolicy, Sent,
    models::{BroadcastOutputs, Hls, SipTarget},
    operations::{
        CreateSession, Dial, ListBroadcasts, SignalSession, StartArchive, StartBroadcast,
    },
};
use vonage_video_emulator::{Emulator, Fault, Notice, Publish};
use vonage_video_tests::contract::Contract;

use super::any::{Clients, Send, with_request};

/// Operations whose effect twice is not their effect once. The list is written by hand, so that the
/// contract cannot be wrong on its own.
const ONCE: [&str; 14] = [
    "connect_websocket",
    "create_project",
    "create_session",
    "dial",
    "play_dtmf_connection",
    "play_dtmf_session",
    "refresh_project_secret",
    "register_callback",
    "signal_connection",
    "signal_session",
    "start_archive",
    "start_broadcast",
    "start_captions",
    "start_render",
];

/// Counts whole requests, and ends each connection in its own way instead of answering.
async fn server(ending: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let effects = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&effects);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !is_whole(&request) {
                if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
                    break;
                }
            }
            if is_whole(&request) {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            let _ = stream.write_all(ending).await;
        }
    });
    (url, effects)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length: usize = head
        .to_ascii_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    request.len() >= head.len() + 4 + length
}

fn hasty() -> RetryPolicy {
    RetryPolicy::default()
        .first_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(2))
}

#[tokio::test]
async fn every_operation_is_sent_again_only_where_that_is_safe() {
    let contract = Contract::read();
    let endings: [&[u8]; 4] = [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-l",
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id",
        b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    ];
    for ending in endings {
        for id in contract.operations() {
            let (url, effects) = server(ending).await;
            let clients = Clients::new(&url, |builder| builder.retry(hasty()));
            let outcome = with_request(id, &contract, &clients, Send).await;
            let shown = String::from_utf8_lossy(ending);
            let error = outcome.error.expect(id);
            let expected = if ONCE.contains(&id) { 1 } else { 3 };
            assert_eq!(
                effects.load(Ordering::SeqCst),
                expected,
                "{id}: {shown:?}: {error:?}"
            );
            assert_ne!(error.sent(), Sent::No, "{id}: {shown:?}");
            assert_eq!(
                outcome.replay == Replay::IfUnsent,
                ONCE.contains(&id),
                "{id}"
            );
        }
    }
}

#[tokio::test]
async fn a_response_that_is_lost_leaves_one_archive_one_broadcast_one_call_and_one_signal() {
    let emulator = Emulator::start().await.unwrap();
    let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
    let video = vonage_video::Client::builder(credentials)
        .base_url(emulator.url())
        .retry(hasty())
        .build()
        .unwrap();
    let session = video.send(CreateSession::new()).await.unwrap().id;
    let token = video.token(&session).sign().unwrap();
    let listener = emulator.join(&session, &token).unwrap();
    listener.publish(Publish::camera("camera")).unwrap();
    for operation in ["start_archive", "start_broadcast", "dial", "signal_session"] {
        emulator.fault(Fault::reset_after().on(operation)).unwrap();
    }
    let lost = |error: vonage_video::Error| {
        assert_eq!(
            (error.attempts(), error.sent()),
            (1, Sent::Maybe),
            "{error:?}"
        )
    };

    lost(video.send(StartArchive::new(&session)).await.unwrap_err());
    assert_eq!(emulator.archives().len(), 1);

    let outputs = BroadcastOutputs::new().hls(Hls::new());
    lost(
        video
            .send(StartBroadcast::new(&session, outputs))
            .await
            .unwrap_err(),
    );
    let broadcasts = video.send(ListBroadcasts::new()).await.unwrap();
    assert_eq!(broadcasts.items.len(), 1);

    let before = connections(&video, &session).await;
    let target = SipTarget::new("sip:someone@example.com");
    lost(
        video
            .send(Dial::new(&session, &token, target))
            .await
            .unwrap_err(),
    );
    assert_eq!(connections(&video, &session).await, before + 1);

    lost(
        video
            .send(SignalSession::new(&session, "once"))
            .await
            .unwrap_err(),
    );
    let signals = listener
        .inbox()
        .into_iter()
        .filter(|notice| matches!(notice, Notice::Signal { data, .. } if data == "once"));
    assert_eq!(signals.count(), 1);
}

async fn connections(video: &vonage_video::Client, session: &vonage_video::SessionId) -> usize {
    let list = vonage_video::operations::ListConnections::new(session);
    video.send(list).await.unwrap().items.len()
}

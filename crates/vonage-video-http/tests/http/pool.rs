//! How connections are shared out, checked before they are used again, and retired.

use std::{
    io::{Read, Write},
    net::TcpListener as StdListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Notify,
};
use vonage_video_core::{
    ErrorKind, Phase, Sent,
    operations::{GetArchive, StartArchive},
};

use crate::server::{SESSION, Server, Step, archive, builder, read_request, respond};

/// A response whose archive tells which request it belongs to.
fn numbered(number: usize) -> Vec<Step> {
    respond(200, &archive(&format!("a{number}"), "started"))
}

pub(crate) fn bytes(id: &str) -> Vec<u8> {
    let body = archive(id, "started");
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Has `count` connections, which served one request each, lie idle.
async fn fill(client: &vonage_video_http::Client, count: usize, together: &Notify) {
    let calls: Vec<_> = (0..count)
        .map(|_| tokio::spawn(client.send(GetArchive::new("fill")).into_future()))
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    together.notify_waiters();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

/// A server whose first `count` connections respond once, when `together` says so, and then fall
/// silent; later connections respond always.
async fn falls_silent(count: usize, together: Arc<Notify>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let number = counted.fetch_add(1, Ordering::SeqCst);
            let together = Arc::clone(&together);
            tokio::spawn(async move {
                let mut first = true;
                while let Ok(Some(_)) = read_request(&mut stream).await {
                    if number < count && first {
                        together.notified().await;
                    } else if number < count {
                        std::future::pending::<()>().await;
                    }
                    first = false;
                    stream.write_all(&bytes("a")).await.unwrap();
                }
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn after_a_timeout_the_connections_that_were_idle_too_are_not_used_again() {
    let together = Arc::new(Notify::new());
    let (url, connections) = falls_silent(20, Arc::clone(&together)).await;
    let client = builder(&url)
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let filling = client.clone();
    fill(&filling, 20, &together).await;
    assert_eq!(connections.load(Ordering::SeqCst), 20);
    let archive = client.send(GetArchive::new("a")).await.unwrap();
    assert_eq!(archive.id.as_str(), "a");
    assert_eq!(
        connections.load(Ordering::SeqCst),
        21,
        "one attempt on a silent connection, one on a new one"
    );
}

#[tokio::test]
async fn after_a_break_the_connections_that_were_idle_too_are_not_used_again() {
    let together = Arc::new(Notify::new());
    let server = Server::start({
        let waiting = AtomicUsize::new(0);
        move |seen, _| {
            waiting.fetch_add(1, Ordering::SeqCst);
            if seen.path().ends_with("fill") {
                numbered(0)
            } else if seen.connection < 10 {
                vec![Step::Reset]
            } else {
                numbered(1)
            }
        }
    })
    .await;
    let client = server.client();
    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(client.send(GetArchive::new("fill")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    drop(together);
    let before = server.connections();
    client.send(GetArchive::new("a1")).await.unwrap();
    let later: Vec<_> = server.seen()[10..]
        .iter()
        .map(|seen| seen.connection)
        .collect();
    assert_eq!(later.len(), 2, "one reset, one response");
    assert_eq!(later[1], before, "on a connection made for it");
}

#[tokio::test]
async fn a_response_too_many_is_not_taken_for_the_next_one() {
    // The surplus response comes by itself, a moment later.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let written = Arc::new(Notify::new());
    let tell = Arc::clone(&written);
    tokio::spawn(async move {
        let mut number = 0;
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let tell = Arc::clone(&tell);
            number += 1;
            tokio::spawn(async move {
                stream.set_nodelay(true).unwrap();
                while let Ok(Some(seen)) = read_request(&mut stream).await {
                    let id = seen.path().rsplit('/').next().unwrap().to_owned();
                    stream.write_all(&bytes(&id)).await.unwrap();
                    if number == 1 {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                        stream.write_all(&bytes("surplus")).await.unwrap();
                    }
                    tell.notify_one();
                }
            });
        }
    });
    let client = builder(&url).build().unwrap();
    for n in 0..10 {
        let id = format!("a{n}");
        let got = client.send(GetArchive::new(&*id)).await.unwrap();
        assert_eq!(got.id.as_str(), id);
        written.notified().await;
    }
}

/// The server's bytes reach the socket while this runtime does nothing at all, so that it cannot
/// have heard of them when the next call begins.
#[test]
fn what_the_runtime_has_not_heard_of_is_seen_before_a_connection_is_used_again() {
    let listener = StdListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (written, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for connection in 0.. {
            let (mut stream, _) = listener.accept().unwrap();
            let written = written.clone();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|read| read > 0) {
                    stream.write_all(&bytes("right")).unwrap();
                    if connection == 0 {
                        // The client reads the first response alone.
                        std::thread::sleep(Duration::from_millis(20));
                        stream.write_all(&bytes("wrong")).unwrap();
                        written.send(()).unwrap();
                    }
                }
            });
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = builder(&url).build().unwrap();
    let call = |id: &str| runtime.block_on(client.send(StartArchive::new(id)).into_future());
    assert_eq!(call(SESSION).unwrap().id.as_str(), "right");
    wait.recv().unwrap();
    assert_eq!(call(SESSION).unwrap().id.as_str(), "right");
}

#[tokio::test]
async fn no_more_connections_are_made_than_allowed_and_calls_wait_in_order() {
    let server = Server::start(|seen, _| {
        let mut steps = vec![Step::Pause(Duration::from_millis(20))];
        steps.extend(respond(
            200,
            &archive(seen.path().rsplit('/').next().unwrap(), "started"),
        ));
        steps
    })
    .await;
    let client = server.builder().max_connections(4).build().unwrap();
    let calls: Vec<_> = (0..40)
        .map(|n| {
            let client = client.clone();
            tokio::spawn(async move { client.send(GetArchive::new(format!("a{n}"))).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.connections(), 4);
}

#[tokio::test]
async fn a_thousand_calls_at_once_need_256_connections() {
    let server = Server::start(|_, _| numbered(1)).await;
    let client = server.client();
    let calls: Vec<_> = (0..1_000)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert!(server.connections() <= 256, "{}", server.connections());
}

#[tokio::test]
async fn waiting_for_a_free_connection_ends_with_the_attempt_and_nothing_was_sent() {
    let server = Server::start(|_, _| vec![Step::Hang]).await;
    let client = server.builder().max_connections(1).build().unwrap();
    let held = tokio::spawn(client.send(GetArchive::new("held")).into_future());
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    let error = client
        .send(StartArchive::new(SESSION))
        .attempts(1)
        .connect_timeout(Duration::from_millis(20))
        .attempt_timeout(Duration::from_millis(100))
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Attempt)),
        "a free connection may be waited for longer than connecting may take: {error:?}"
    );
    assert_eq!((error.sent(), server.seen().len()), (Sent::No, 1));
    held.abort();
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_leaves_its_place_to_the_next() {
    let server = Server::start(|_, number| match number {
        0 => vec![
            Step::Pause(Duration::from_millis(100)),
            numbered(0)[0].clone(),
        ],
        _ => numbered(1),
    })
    .await;
    let client = server.builder().max_connections(1).build().unwrap();
    let held = tokio::spawn(client.send(GetArchive::new("held")).into_future());
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    for _ in 0..5 {
        let waiting = client.send(GetArchive::new("dropped")).into_future();
        let outcome = tokio::time::timeout(Duration::from_millis(5), waiting).await;
        assert!(outcome.is_err());
    }
    client.send(GetArchive::new("a1")).await.unwrap();
    held.await.unwrap().unwrap();
    assert_eq!((server.seen().len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn the_connection_used_last_is_used_first() {
    let server = Server::start(|_, _| numbered(1)).await;
    let client = server.client();
    let calls: Vec<_> = (0..8)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let last = server.seen().len();
    for _ in 0..5 {
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    let used: Vec<_> = server.seen()[last..].iter().map(|s| s.connection).collect();
    assert!(used.windows(2).all(|pair| pair[0] == pair[1]), "{used:?}");
}

#[tokio::test]
async fn a_server_that_responds_before_it_read_the_request_holds_up_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            if number == 0 {
                let mut some = [0; 100];
                stream.read_exact(&mut some).await.unwrap();
                stream.write_all(&bytes("early")).await.unwrap();
                held.push(stream);
                continue;
            }
            tokio::spawn(async move {
                while let Ok(Some(_)) = read_request(&mut stream).await {
                    stream.write_all(&bytes("late")).await.unwrap();
                }
            });
        }
    });
    let client = builder(&url).build().unwrap();
    let large = "n".repeat(8 << 20);
    let call = client.send(StartArchive::new(SESSION).name(large));
    assert_eq!(call.await.unwrap().id.as_str(), "early");
    let call = client.send(StartArchive::new(SESSION)).attempts(1);
    assert_eq!(call.await.unwrap().id.as_str(), "late");
}

#[tokio::test]
async fn an_idle_limit_of_any_size_is_taken() {
    let server = Server::start(|_, _| numbered(1)).await;
    for limit in [Duration::ZERO, Duration::from_nanos(1), Duration::MAX] {
        let client = server.builder().idle_timeout(limit).build().unwrap();
        for _ in 0..3 {
            client.send(GetArchive::new("a1")).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_head_over_the_limit_is_refused_and_one_below_is_read() {
    for (length, fits) in [(60 << 10, true), (70 << 10, false), (100_000, false)] {
        let server = Server::start(move |_, _| {
            let body = archive("a1", "started");
            let padding = "a".repeat(length / 8 - 20);
            let mut head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", body.len());
            for n in 0..8 {
                head.push_str(&format!("x-padding-{n}: {padding}\r\n"));
            }
            vec![Step::Send(format!("{head}\r\n{body}").into_bytes())]
        })
        .await;
        let outcome = server
            .client()
            .send(GetArchive::new("a1"))
            .attempts(1)
            .await;
        assert_eq!(outcome.is_ok(), fits, "{length}: {outcome:?}");
    }
}

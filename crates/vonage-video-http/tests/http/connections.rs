//! How connections are kept, given up and replaced.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc,
};
use vonage_video_core::operations::{GetArchive, ListArchives, StartArchive};
use vonage_video_http::TokenBucket;

use crate::server::{SESSION, Server, Step, archive, builder, read_request, respond, respond_with};

#[tokio::test]
async fn a_server_that_closes_idle_connections_at_random_is_never_noticed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        // As random as a test may be: the same each time.
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let timeout = Duration::from_micros(random % 2_000);
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                // Only a connection that has been used can be idle.
                let mut timeout_now = Duration::from_secs(5);
                while let Ok(Ok(Some(_))) =
                    tokio::time::timeout(timeout_now, read_request(&mut stream)).await
                {
                    timeout_now = timeout;
                    let body = archive("a1", "started");
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                    if stream.write_all((head + &body).as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    let client = builder(&url).build().unwrap();
    let tasks: Vec<_> = (0..8_u64)
        .map(|task| {
            let client = client.clone();
            tokio::spawn(async move {
                for n in 0..1_250_u64 {
                    client.send(GetArchive::new("a1")).await.unwrap();
                    if (n + task) % 3 == 0 {
                        // Let the connection become idle for about as long as the server's timeout
                        // is.
                        tokio::time::sleep(Duration::from_micros(n * 37 % 2_000)).await;
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert!(
        connections.load(Ordering::SeqCst) > 100,
        "the server did close some"
    );
}

#[tokio::test]
async fn a_dead_idle_connection_is_replaced_even_for_what_must_not_go_twice() {
    // The server closes after each response without saying so.
    let server = Server::start(|_, _| {
        let mut steps = respond(200, &archive("a1", "started"));
        steps.push(Step::Close);
        steps
    })
    .await;
    let client = server.client();
    for n in 1..=20 {
        client.send(StartArchive::new(SESSION)).await.unwrap();
        // The end of the connection is noticed when the runtime comes to it.
        while client_sees_open(&server, n) {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!((server.seen().len(), server.connections()), (20, 20));
}

fn client_sees_open(server: &Server, answered: usize) -> bool {
    server.seen().len() < answered
}

#[tokio::test]
async fn connection_close_is_honoured() {
    let server = Server::start(|_, _| {
        let mut steps = respond_with(
            200,
            &[("connection", "close")],
            archive("a1", "started").as_bytes(),
        );
        steps.push(Step::Hang);
        steps
    })
    .await;
    let client = server.client();
    for _ in 0..3 {
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_response_that_was_not_read_to_its_end_retires_its_connection() {
    let server = Server::start(|_, number| {
        if number == 0 {
            respond(200, &"x".repeat(1_000_000))
        } else {
            respond(200, &archive("a1", "started"))
        }
    })
    .await;
    let client = server.builder().max_response_bytes(1_000).build().unwrap();
    client.send(ListArchives::new()).await.unwrap_err();
    client.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn responses_without_a_body_leave_the_connection_in_step() {
    let server = Server::start(|seen, _| {
        let head = match seen.path().rsplit('/').next() {
            _ if seen.method == "HEAD" => "200 OK",
            Some("same") => "304 Not Modified",
            _ => return respond(200, &archive("a1", "started")),
        };
        vec![Step::Send(
            format!("HTTP/1.1 {head}\r\ncontent-length: 100\r\n\r\n").into_bytes(),
        )]
    })
    .await;
    let client = server.client();
    for _ in 0..3 {
        client.request(Method::HEAD, "archive/a1").await.unwrap();
        let error = client.send(GetArchive::new("same")).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 304);
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_is_busy_is_not_waited_for() {
    let server = Server::start(|seen, _| {
        if seen.path().ends_with("held") {
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
                Step::Hang,
            ]
        } else {
            respond(200, &archive("a1", "started"))
        }
    })
    .await;
    let client = server.client();
    let held = tokio::spawn(client.send(GetArchive::new("held")).into_future());
    while server.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    client.send(GetArchive::new("a1")).await.unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    held.abort();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_is_reset_when_it_is_accepted_is_an_error_or_replaced() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let resets = Arc::new(AtomicUsize::new(2));
    let left = Arc::clone(&resets);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            if left.load(Ordering::SeqCst) > 0 {
                left.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            read_request(&mut stream).await.unwrap();
            let body = archive("a1", "started");
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).await.unwrap();
        }
    });
    let client = builder(&url).build().unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    assert_eq!(resets.load(Ordering::SeqCst), 0);

    resets.store(1000, Ordering::SeqCst);
    let client = builder(&url).build().unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert!(!error.is_timeout(), "{error:?}");
    assert_eq!(error.attempts(), 3);
}

/// A server that answers once on each connection, then says when the client has closed it.
async fn watched() -> (String, mpsc::UnboundedReceiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (closed, closes) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let closed = closed.clone();
            tokio::spawn(async move {
                read_request(&mut stream).await.unwrap();
                let body = archive("a1", "started");
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                stream.write_all((head + &body).as_bytes()).await.unwrap();
                let _ = stream.read_u8().await;
                let _ = closed.send(());
            });
        }
    });
    (url, closes)
}

#[tokio::test]
async fn an_idle_connection_is_closed_without_anybody_asking() {
    let (url, mut closes) = watched().await;
    let client = builder(&url)
        .idle_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    client.send(GetArchive::new("a1")).await.unwrap();
    tokio::time::timeout(Duration::from_secs(2), closes.recv())
        .await
        .unwrap()
        .unwrap();
    drop(client);
}

#[tokio::test]
async fn the_last_clone_closes_the_connections() {
    let (url, mut closes) = watched().await;
    let client = builder(&url).build().unwrap();
    let clone = client.clone();
    client.send(GetArchive::new("a1")).await.unwrap();
    drop(client);
    assert!(
        tokio::time::timeout(Duration::from_millis(50), closes.recv())
            .await
            .is_err()
    );
    drop(clone);
    tokio::time::timeout(Duration::from_secs(2), closes.recv())
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_lets_calls_through_one_after_the_other() {
    let server =
        crate::memory::Memory::new(vec![crate::memory::canned(200, archive("a1", "started"))]);
    let client = server
        .builder()
        .rate_limit(TokenBucket::per_second(10.0).burst(5))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let calls: Vec<_> = (0..25)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    // Five at once, and twenty more a tenth of a second apart.
    assert_eq!(start.elapsed().as_millis(), 2000);

    // Another project has a limit of its own, and a call whose turn would come too late fails at
    // once.
    let other = client.with_credentials(crate::server::opentok()).unwrap();
    other
        .send(GetArchive::new("a1"))
        .timeout(Duration::from_millis(1))
        .await
        .unwrap();
    let before = server.requests();
    let error = client
        .send(GetArchive::new("a1"))
        .timeout(Duration::from_millis(50))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        (server.requests(), error.sent()),
        (before, vonage_video_core::Sent::No)
    );
}

#[test]
fn a_rate_of_nothing_is_refused() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = builder("http://127.0.0.1:9")
            .rate_limit(TokenBucket::per_second(rate))
            .build()
            .unwrap_err();
        assert!(error.to_string().starts_with("rate_limit"), "{error}");
    }
}

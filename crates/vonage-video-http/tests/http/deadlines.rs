//! Every phase ends in time, whatever the server does or does not do.

use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use vonage_video_auth::{AsyncSigner, Credentials, SignFuture};
use vonage_video_core::{
    ErrorKind, Phase, Sent,
    operations::{GetArchive, StartArchive},
};
use vonage_video_http::{RateLimit, Turn, TurnFuture};

use crate::{
    memory::{Memory, canned},
    server::{APPLICATION_ID, SESSION, Server, Step, builder},
};

const SHORT: Duration = Duration::from_millis(200);

/// A deadline is kept if it is neither missed by much nor hit early.
#[expect(clippy::disallowed_methods, reason = "a test that measures")]
async fn takes_about<T>(expected: Duration, call: impl IntoFuture<Output = T>) -> T {
    let start = Instant::now();
    let outcome = call.await;
    let took = start.elapsed();
    assert!(
        took >= expected.mul_f64(0.9) && took < expected + Duration::from_millis(400),
        "{took:?} instead of {expected:?}"
    );
    outcome
}

/// Steps that begin a response and never end it.
fn endless() -> Vec<(&'static str, Vec<Step>)> {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".to_vec();
    vec![
        ("silent", vec![Step::Hang]),
        (
            "stops in the headers",
            vec![Step::Send(b"HTTP/1.1 200 OK\r\nx-a: ".to_vec()), Step::Hang],
        ),
        (
            "stops in the body",
            vec![
                Step::Send(head.clone()),
                Step::Send(b"{\"id\"".to_vec()),
                Step::Hang,
            ],
        ),
        (
            "trickles headers",
            vec![
                Step::Send(b"HTTP/1.1 200 OK\r\nx-a: ".to_vec()),
                Step::Trickle(Duration::from_millis(20)),
            ],
        ),
        (
            "trickles a body",
            vec![Step::Send(head), Step::Trickle(Duration::from_millis(20))],
        ),
        (
            "trickles a refusal",
            vec![
                Step::Send(b"HTTP/1.1 400 Bad\r\ncontent-length: 9999\r\n\r\n".to_vec()),
                Step::Trickle(Duration::from_millis(20)),
            ],
        ),
    ]
}

#[tokio::test]
async fn an_attempt_ends_in_time() {
    for (what, steps) in endless() {
        let server = Server::start(move |_, _| steps.clone()).await;
        let client = server.client();
        let call = client
            .send(StartArchive::new(SESSION))
            .attempt_timeout(SHORT);
        let error = takes_about(SHORT, call).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Timeout(Phase::Attempt)),
            "{what}: {error:?}"
        );
        assert_eq!((error.sent(), error.attempts()), (Sent::Maybe, 1), "{what}");
        assert_eq!(
            server.seen().len(),
            1,
            "{what}: what may have had its effect is not sent again"
        );
    }
}

#[tokio::test]
async fn all_attempts_together_end_in_time() {
    for (what, steps) in endless() {
        let server = Server::start(move |_, _| steps.clone()).await;
        let client = server
            .builder()
            .attempt_timeout(Duration::from_millis(90))
            .build()
            .unwrap();
        let call = client
            .send(GetArchive::new("a"))
            .timeout(SHORT)
            .attempts(100);
        let error = call.await.unwrap_err();
        assert!(error.is_timeout(), "{what}: {error:?}");
        assert!(
            error.elapsed() < SHORT + Duration::from_millis(300),
            "{what}: {error:?}"
        );
        assert!(error.attempts() >= 2, "{what}: {error:?}");
    }
}

#[tokio::test]
async fn the_total_cuts_an_attempt_short() {
    let server = Server::start(|_, _| vec![Step::Hang]).await;
    let client = server.client();
    let call = client.send(GetArchive::new("a")).timeout(SHORT);
    let error = takes_about(SHORT, call).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Total)),
        "{error:?}"
    );
    assert_eq!(error.sent(), Sent::Maybe);
    assert_eq!(
        error.to_string(),
        "get_archive: not done within 200ms in all"
    );
}

/// A port whose queue of connections is full: the kernel leaves further ones without a response.
async fn unaccepting() -> (TcpListener, Vec<tokio::net::TcpStream>, String) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(
        Duration::from_millis(100),
        tokio::net::TcpStream::connect(address),
    )
    .await
    {
        waiting.push(stream);
        assert!(waiting.len() < 64, "the queue never fills");
    }
    (listener, waiting, format!("http://{address}"))
}

#[tokio::test]
async fn connecting_ends_in_time_and_nothing_was_sent() {
    let (_listener, _waiting, url) = unaccepting().await;
    let client = builder(&url).connect_timeout(SHORT).build().unwrap();
    let call = client.send(StartArchive::new(SESSION)).attempts(1);
    let error = takes_about(SHORT, call).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Connect)),
        "{error:?}"
    );
    assert_eq!(error.sent(), Sent::No);
    assert!(error.is_connect() && error.is_timeout());

    // The same for one call alone.
    let client = builder(&url).build().unwrap();
    let call = client
        .send(StartArchive::new(SESSION))
        .connect_timeout(SHORT)
        .attempts(1);
    let error = takes_about(SHORT, call).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Connect)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_connection_that_cannot_be_made_is_tried_again_even_where_replay_is_unsafe() {
    let (_listener, _waiting, url) = unaccepting().await;
    let client = builder(&url)
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!((error.attempts(), error.sent()), (3, Sent::No), "{error:?}");
}

#[tokio::test]
async fn nobody_at_the_port_is_a_connect_error_that_names_the_target() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let client = builder(&format!("http://127.0.0.1:{port}"))
        .build()
        .unwrap();
    let error = client
        .send(StartArchive::new(SESSION))
        .attempts(1)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("start_archive: cannot connect to 127.0.0.1:{port}")
    );
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(
        cause.to_string(),
        "no address of the host accepts connections at this port"
    );
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let server = Server::start(|_, n| match n {
        0 => vec![Step::Hang],
        _ => crate::server::respond(200, &crate::server::archive("a", "started")),
    })
    .await;
    let client = server.client();
    let call = client.send(GetArchive::new("a")).into_future();
    assert!(
        tokio::time::timeout(Duration::from_millis(50), call)
            .await
            .is_err()
    );
    // The connection with the unfinished answer must not be used again.
    client.send(GetArchive::new("a")).await.unwrap();
    assert_eq!(
        server
            .seen()
            .iter()
            .map(|s| s.connection)
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

/// A key service that stops responding after this many signatures.
struct Silent;

impl AsyncSigner for Silent {
    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_signer_that_never_answers_holds_no_call_longer_than_its_timeout() {
    let memory = Memory::new(vec![canned(200, "")]);
    let credentials = Credentials::with_async_signer(APPLICATION_ID, Silent).unwrap();
    let client = memory.builder_for(credentials).build().unwrap();
    // The first signs, the others wait for its signature, and one takes over when it gives up.
    let calls: Vec<_> = (1..=5)
        .map(|seconds| {
            let call = client
                .send(StartArchive::new(SESSION))
                .timeout(Duration::from_secs(seconds));
            tokio::spawn(async move {
                let start = tokio::time::Instant::now();
                let error = call.await.unwrap_err();
                (start.elapsed().as_secs(), seconds, error)
            })
        })
        .collect();
    for call in calls {
        let (took, limit, error) = call.await.unwrap();
        assert_eq!(took, limit);
        assert!(
            matches!(error.kind(), ErrorKind::Timeout(Phase::Total)),
            "{error:?}"
        );
        assert_eq!((error.sent(), error.attempts()), (Sent::No, 0));
    }
    let start = tokio::time::Instant::now();
    client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 30, "the client's own limit");
    assert_eq!(memory.requests(), 0);
}

/// A limit whose store never answers.
struct Lost;

impl RateLimit for Lost {
    fn turn<'a>(&'a self, turn: Turn<'a>) -> TurnFuture<'a> {
        assert_eq!(turn.project, "123456");
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_whose_store_never_answers_holds_no_call_longer_than_its_timeout() {
    let memory = Memory::new(vec![canned(200, "")]);
    let client = memory.builder().rate_limit(Lost).build().unwrap();
    let start = tokio::time::Instant::now();
    let call = client.send(StartArchive::new(SESSION));
    let error = call.timeout(Duration::from_secs(2)).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 2);
    assert!(matches!(error.kind(), ErrorKind::Timeout(Phase::Total)));
    assert_eq!(error.sent(), Sent::No);
}

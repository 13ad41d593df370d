//! Every operation ends in time, awaited or blocking, whatever a server does instead of answering.

use std::{net::SocketAddr, thread, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinHandle,
};
use vonage_video::{ErrorKind, Phase, Sent};
use vonage_video_tests::contract::Contract;

use super::any::{Block, Clients, Outcome, Send, with_request};

const LIMIT: Duration = Duration::from_millis(400);

/// What a busy machine may add.
const MARGIN: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bad {
    NeverAccepts,
    Silent,
    AByteASecond,
    StopsInTheBody,
}

const ALL: [Bad; 4] = [
    Bad::NeverAccepts,
    Bad::Silent,
    Bad::AByteASecond,
    Bad::StopsInTheBody,
];

/// A server that is bad for as long as this is kept.
struct BadServer {
    address: SocketAddr,
    task: Option<JoinHandle<()>>,
    /// A listener that nobody asks to accept, and what fills its queue.
    _queue: Option<(TcpListener, Vec<TcpStream>)>,
}

impl BadServer {
    async fn start(kind: Bad) -> Self {
        if kind == Bad::NeverAccepts {
            return Self::full().await;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            task: Some(tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(misbehave(kind, stream));
                }
            })),
            _queue: None,
        }
    }

    /// A port whose queue of connections is full: the kernel leaves further ones without a
    /// response.
    async fn full() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        while let Ok(Ok(stream)) =
            tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(address)).await
        {
            waiting.push(stream);
            assert!(waiting.len() < 64, "the queue never fills");
        }
        Self {
            address,
            task: None,
            _queue: Some((listener, waiting)),
        }
    }

    fn clients(&self) -> Clients {
        Clients::new(&format!("http://{}", self.address), |builder| {
            builder.timeout(LIMIT)
        })
    }
}

impl Drop for BadServer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn misbehave(kind: Bad, mut stream: TcpStream) {
    let mut some = [0; 8192];
    let _ = stream.read(&mut some).await;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    match kind {
        Bad::NeverAccepts | Bad::Silent => {}
        Bad::StopsInTheBody => {
            let _ = stream
                .write_all(format!("{head}{{\"id\":\"").as_bytes())
                .await;
        }
        Bad::AByteASecond => {
            let mut second = tokio::time::interval(Duration::from_secs(1));
            for byte in head.bytes() {
                second.tick().await;
                if stream.write_all(&[byte]).await.is_err() {
                    return;
                }
            }
        }
    }
    // Until the client has had enough.
    while stream.read(&mut some).await.is_ok_and(|read| read > 0) {}
}

fn check(kind: Bad, outcome: &Outcome) {
    let operation = outcome.operation;
    let Some(error) = &outcome.error else {
        panic!("{operation} succeeded against {kind:?}");
    };
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Total)),
        "{operation}, {kind:?}: {error:?}"
    );
    let sent = if kind == Bad::NeverAccepts {
        Sent::No
    } else {
        Sent::Maybe
    };
    assert_eq!(error.sent(), sent, "{operation}, {kind:?}");
    let elapsed = error.elapsed();
    assert!(
        elapsed >= LIMIT.mul_f64(0.9) && elapsed < LIMIT + MARGIN,
        "{operation}, {kind:?}: {elapsed:?}"
    );
}

#[tokio::test]
async fn every_operation_that_is_awaited_ends_in_time() {
    let contract = Contract::read();
    for kind in ALL {
        let server = BadServer::start(kind).await;
        let clients = server.clients();
        let calls: Vec<_> = contract
            .operations()
            .map(|id| tokio::spawn(with_request(id, &contract, &clients, Send)))
            .collect();
        assert!(calls.len() >= 47, "{}", calls.len());
        for call in calls {
            check(kind, &call.await.unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_operation_that_blocks_ends_in_time() {
    let contract = Contract::read();
    for kind in ALL {
        let server = BadServer::start(kind).await;
        let clients = server.clients();
        thread::scope(|scope| {
            let calls: Vec<_> = contract
                .operations()
                .map(|id| scope.spawn(|| with_request(id, &contract, &clients, Block)))
                .collect();
            for call in calls {
                check(kind, &call.join().unwrap());
            }
        });
    }
}

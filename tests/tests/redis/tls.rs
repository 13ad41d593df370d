//! A store that is reached over TLS. Which roots are trusted is a matter of the whole process, so
//! the stores are in processes of their own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vonage_video::{
    Timestamp, WebhookEvent,
    webhook::{WebhookSigner, test::signed_by},
};
use vonage_video_tests::{
    debian::until,
    redis_server::{self, RedisCluster, RedisServer},
};

const SECRET: &str = "the signature secret of the receivers";

/// A receiver of webhooks whose inbox is in one server, or in a cluster.
struct Receiver {
    process: Child,
    address: String,
}

impl Receiver {
    fn start(servers: &[String], roots: Option<&Path>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_webhook_receiver"));
        command.arg("/dev/null").args(["60000", SECRET]);
        command.args(servers);
        match roots {
            Some(roots) => command.env("SSL_CERT_FILE", roots),
            None => command.env_remove("SSL_CERT_FILE"),
        };
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        Self { process, address }
    }

    /// Delivers an event, and returns the status of the response.
    async fn deliver(&self, event: &WebhookEvent) -> u16 {
        let signer = WebhookSigner::new(SECRET).unwrap();
        let delivery = signed_by(&signer, event, std::time::SystemTime::now());
        let (head, body) = delivery.into_parts();
        let authorization = head.headers["authorization"].to_str().unwrap();
        let request = format!(
            "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             authorization: {authorization}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        response.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_store_over_tls_is_used_if_its_certificate_is_trusted_and_only_then() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start_with_tls();
    let event =
        WebhookEvent::connection_created("session", "a", Timestamp::from_millis(1_728_036_500_000));
    let stored = format!("vonage-video:inbox:{{session}}:{}", event.key());

    let stranger = Receiver::start(&[server.url()], None);
    assert_eq!(stranger.deliver(&event).await, 503, "the inbox is closed");
    assert_eq!(server.ask(&["exists", &stored]), "0");

    let receiver = Receiver::start(&[server.url()], Some(&server.roots()));
    assert_eq!(receiver.deliver(&event).await, 200);
    assert_eq!(server.ask(&["get", &stored]), "d");
    assert_eq!(receiver.deliver(&event).await, 200, "a copy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_over_tls_is_used_and_goes_on_without_a_master() {
    if !redis_server::installed() {
        return;
    }
    let mut cluster = RedisCluster::start_with_tls();
    let at = Timestamp::from_millis(1_728_036_500_000);
    // Each in the slot of its session.
    let events: Vec<_> = (0..20)
        .map(|number| WebhookEvent::connection_created(format!("session-{number}"), "a", at))
        .collect();

    let stranger = Receiver::start(&cluster.urls(), None);
    assert_eq!(
        stranger.deliver(&events[0]).await,
        503,
        "the inbox is closed"
    );

    let receiver = Receiver::start(&cluster.urls(), Some(&cluster.roots()));
    for event in &events[..10] {
        assert_eq!(receiver.deliver(event).await, 200);
        assert_eq!(receiver.deliver(event).await, 200, "a copy");
    }
    let used = |server: &RedisServer| server.ask(&["dbsize"]) != "0";
    let masters = cluster.masters();
    assert!(masters.iter().all(|it| used(&cluster.servers[*it])));

    let replica = cluster.replica_of(masters[0]);
    cluster.servers[masters[0]].kill();
    until("the replica has taken over", || {
        cluster.masters().contains(&replica)
    });
    for event in &events {
        // 503 until the receiver knows the new master, as documented; then 200, again for copies.
        let mut status = receiver.deliver(event).await;
        for _ in 0..100 {
            if status == 200 {
                break;
            }
            status = receiver.deliver(event).await;
        }
        assert_eq!(status, 200, "{}", event.key());
    }
}

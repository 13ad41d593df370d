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
use vonage_video_tests::redis_server::{self, RedisServer};

const SECRET: &str = "the signature secret of the receivers";

/// A receiver of webhooks whose inbox is in `server`.
struct Receiver {
    process: Child,
    address: String,
}

impl Receiver {
    fn start(server: &RedisServer, roots: Option<&Path>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_webhook_receiver"));
        command.arg("/dev/null").args(["60000", SECRET]);
        command.arg(server.url());
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

    let stranger = Receiver::start(&server, None);
    assert_eq!(stranger.deliver(&event).await, 503, "the inbox is closed");
    assert_eq!(server.ask(&["exists", &stored]), "0");

    let receiver = Receiver::start(&server, Some(&server.roots()));
    assert_eq!(receiver.deliver(&event).await, 200);
    assert_eq!(server.ask(&["get", &stored]), "d");
    assert_eq!(receiver.deliver(&event).await, 200, "a copy");
}

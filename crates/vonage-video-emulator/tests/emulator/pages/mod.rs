//! Web pages over their socket, without a browser.

mod faults;
mod handshake;
mod hostile;
mod joining;
mod media;
mod resuming;
mod script;
mod told;

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role as End},
};
use vonage_video_auth::Role;
use vonage_video_core::SessionId;

use crate::common::{Api, still};

/// An emulator on a socket whose clocks stand still.
async fn listening() -> Api {
    let emulator = still().start().await.unwrap();
    let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
    Api {
        emulator,
        credentials,
    }
}

/// The far end of a socket.
struct Page {
    socket: WebSocketStream<TcpStream>,
    sent: u64,
    /// The number of the last event.
    last: u64,
    /// Events that came before a response that was waited for.
    early: std::collections::VecDeque<Value>,
    id: String,
    secret: String,
}

impl Page {
    /// Opens a socket, and nothing more.
    async fn open(api: &Api) -> Self {
        let (stream, head) = shake(api, &handshake("")).await;
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        assert!(
            head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            "{head}"
        );
        Self {
            socket: WebSocketStream::from_raw_socket(stream, End::Client, None).await,
            sent: 0,
            last: 0,
            early: std::collections::VecDeque::new(),
            id: String::new(),
            secret: String::new(),
        }
    }

    /// Joins a session.
    async fn join(api: &Api, session: &SessionId, role: Role) -> Self {
        let mut page = Self::open(api).await;
        let token = api.token(session, role);
        let ok = page
            .ask(json!({ "do": "connect", "sessionId": session, "token": token }))
            .await
            .unwrap();
        page.id = ok["connectionId"].as_str().unwrap().to_owned();
        page.secret = ok["secret"].as_str().unwrap().to_owned();
        page.last = ok["after"].as_u64().unwrap();
        page
    }

    /// Resumes with another socket.
    async fn resumed(api: &Api, lost: &Self) -> Self {
        let mut page = Self::open(api).await;
        (page.sent, page.last) = (lost.sent, lost.last);
        (page.id, page.secret) = (lost.id.clone(), lost.secret.clone());
        page.ask(page.resumption()).await.unwrap();
        page
    }

    fn resumption(&self) -> Value {
        json!({ "do": "resume", "connectionId": self.id, "secret": self.secret, "after": self.last })
    }

    /// Sends a request and returns its number.
    async fn send(&mut self, mut request: Value) -> u64 {
        self.sent += 1;
        request["id"] = self.sent.into();
        self.write(Message::text(request.to_string())).await;
        self.sent
    }

    async fn write(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// Sends a request and waits for its response: what it brought, or what was refused.
    async fn ask(&mut self, request: Value) -> Result<Value, String> {
        let id = self.send(request).await;
        loop {
            let message = self.read().await.expect("a response");
            if message["re"] == id {
                return match message.get("ok") {
                    Some(ok) => Ok(ok.clone()),
                    None => Err(message["error"]["what"].as_str().unwrap().to_owned()),
                };
            }
            self.early.push_back(message);
        }
    }

    /// The next message; `None` once the socket is closed or broken.
    async fn read(&mut self) -> Option<Value> {
        loop {
            match in_time(self.socket.next()).await {
                Some(Ok(Message::Text(text))) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if let Some(number) = message["n"].as_u64() {
                        assert!(number > self.last, "{message} after {}", self.last);
                        self.last = number;
                    }
                    return Some(message);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(other)) => panic!("{other:?}"),
            }
        }
    }

    /// The next event.
    async fn event(&mut self) -> Option<Value> {
        match self.early.pop_front() {
            Some(event) => Some(event),
            None => self.read().await,
        }
    }

    /// Reads events until one of a name, and returns it.
    async fn until(&mut self, name: &str) -> Value {
        loop {
            let event = self.event().await.unwrap_or_else(|| panic!("no {name}"));
            if event["notice"] == name || event["relay"] == name {
                return event;
            }
        }
    }

    /// Waits until the emulator has closed the socket; returns the code.
    async fn closed(mut self) -> Option<u16> {
        loop {
            match in_time(self.socket.next()).await {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Breaks the connection, as a network does.
    async fn cut(&mut self, api: &Api, session: &SessionId) {
        let path = format!("sessions/{session}/clients/{}/cut", self.id);
        api.ok("POST", &path, Value::Null).await;
        while self.read().await.is_some() {}
    }

    async fn publish(&mut self, name: &str) -> String {
        let ok = self
            .ask(json!({ "do": "publish", "name": name }))
            .await
            .unwrap();
        ok["streamId"].as_str().unwrap().to_owned()
    }
}

async fn in_time<F: Future>(future: F) -> F::Output {
    timeout(Duration::from_secs(20), future)
        .await
        .expect("something within 20 s")
}

fn handshake(more: &str) -> String {
    format!(
        "GET /_emulator/rtc HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive, Upgrade\r\n\
         upgrade: WebSocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    )
}

/// Sends a request as it is, and reads the head of the response.
async fn shake(api: &Api, request: &str) -> (TcpStream, String) {
    let address = api.emulator.address().unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match in_time(stream.read_u8()).await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    (stream, String::from_utf8(head).unwrap())
}

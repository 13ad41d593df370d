//! Proxies on loopback, which record what was asked of them.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::server::read_request;

/// A proxy that connects everybody to one port on this machine, whatever host they ask for.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    /// What was asked for, and with what credentials.
    seen: Arc<Log>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Connect,
    Refusing(u16),
    Socks,
}

impl Proxy {
    pub(crate) async fn start(kind: Kind, to: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let log = Arc::clone(&log);
                tokio::spawn(async move {
                    match kind {
                        Kind::Connect => connect(stream, to, &log).await,
                        Kind::Refusing(status) => refuse(stream, status, &log).await,
                        Kind::Socks => socks(stream, to, &log).await,
                    }
                });
            }
        });
        Self { port, seen, task }
    }

    pub(crate) fn seen(&self) -> Vec<(String, Option<String>)> {
        self.seen.lock().unwrap().clone()
    }
}

type Log = Mutex<Vec<(String, Option<String>)>>;

async fn connect(mut stream: TcpStream, to: u16, log: &Log) {
    let request = read_request(&mut stream).await.unwrap().unwrap();
    assert_eq!(request.method, "CONNECT");
    let credentials = request.headers.get("proxy-authorization").cloned();
    log.lock().unwrap().push((request.target, credentials));
    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
    stream
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await
        .unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}

async fn refuse(mut stream: TcpStream, status: u16, log: &Log) {
    let request = read_request(&mut stream).await.unwrap().unwrap();
    log.lock().unwrap().push((request.target, None));
    let page = "<html><title>No such\u{7} place</title><body>ask the desk</body></html>";
    let response = format!(
        "HTTP/1.1 {status} Not today\r\ncontent-length: {}\r\n\r\n{page}",
        page.len()
    );
    stream.write_all(response.as_bytes()).await.unwrap();
}

/// SOCKS 5 with user and password, RFC 1928 and 1929.
async fn socks(mut stream: TcpStream, to: u16, log: &Log) {
    let count = {
        stream.read_u8().await.unwrap();
        stream.read_u8().await.unwrap()
    };
    let mut methods = vec![0; count.into()];
    stream.read_exact(&mut methods).await.unwrap();
    let credentials = if methods.contains(&2) {
        stream.write_all(&[5, 2]).await.unwrap();
        assert_eq!(stream.read_u8().await.unwrap(), 1);
        let user = text(&mut stream).await;
        let password = text(&mut stream).await;
        stream.write_all(&[1, 0]).await.unwrap();
        Some(format!("{user}:{password}"))
    } else {
        stream.write_all(&[5, 0]).await.unwrap();
        None
    };
    let mut head = [0; 4];
    stream.read_exact(&mut head).await.unwrap();
    let host = match head[3] {
        3 => text(&mut stream).await,
        1 => {
            let mut address = [0; 4];
            stream.read_exact(&mut address).await.unwrap();
            std::net::Ipv4Addr::from(address).to_string()
        }
        kind => panic!("address of kind {kind}"),
    };
    let port = stream.read_u16().await.unwrap();
    log.lock()
        .unwrap()
        .push((format!("{host}:{port}"), credentials));
    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
    stream
        .write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
        .await
        .unwrap();
    let _ = copy_bidirectional(&mut stream, &mut server).await;
}

async fn text(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; stream.read_u8().await.unwrap().into()];
    stream.read_exact(&mut bytes).await.unwrap();
    String::from_utf8(bytes).unwrap()
}

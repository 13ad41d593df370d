//! A receiver of webhooks.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use bytes::Bytes;
use http::{HeaderMap, Response};
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

pub struct Receiver {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    status: Arc<AtomicU16>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let status = Arc::new(AtomicU16::new(200));
        let task = tokio::spawn(accept(listener, received.clone(), status.clone()));
        Self {
            url,
            received,
            status,
            task,
        }
    }

    /// Responds with another status from now on.
    pub fn respond_with(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What came since the last look.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.received.lock().unwrap())
    }

    /// The events that came since the last look, by name; statuses of archives too.
    pub fn names(&self) -> Vec<String> {
        self.take()
            .iter()
            .map(|received| {
                let body = received.json();
                let name = body["event"].as_str().unwrap_or("(none)");
                match body["status"].as_str() {
                    Some(status) => format!("{name} {status}"),
                    None => name.to_owned(),
                }
            })
            .collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(
    listener: TcpListener,
    received: Arc<Mutex<Vec<Received>>>,
    status: Arc<AtomicU16>,
) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (received, status) = (received.clone(), status.clone());
        tokio::spawn(async move {
            let service = service_fn(|request: http::Request<hyper::body::Incoming>| {
                let (received, status) = (received.clone(), status.clone());
                async move {
                    let (parts, body) = request.into_parts();
                    let body = body.collect().await?.to_bytes();
                    received.lock().unwrap().push(Received {
                        headers: parts.headers,
                        body,
                    });
                    let mut response = Response::new(Full::<Bytes>::default());
                    *response.status_mut() =
                        http::StatusCode::from_u16(status.load(Ordering::SeqCst)).unwrap();
                    Ok::<_, hyper::Error>(response)
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

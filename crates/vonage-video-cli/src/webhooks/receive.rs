//! One delivery that is received: verified, passed on, and answered.

use std::{convert::Infallible, path::PathBuf, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, sync::mpsc::UnboundedSender};
use vonage_video::{
    Timestamp,
    auth::WebhookVerifier,
    webhook::{self, ReceiveError},
};

use crate::{
    clock,
    webhooks::delivery::{Delivery, Signature},
    wire,
};

/// Most bytes of a delivery: events are far smaller.
const LARGEST: usize = 1024 * 1024;

/// How deliveries are received.
pub(super) struct Receiver {
    pub(super) verifier: Option<WebhookVerifier>,
    pub(super) secret_file: Option<PathBuf>,
    pub(super) forward: Option<Uri>,
    /// Where received deliveries are reported.
    pub(super) received: UnboundedSender<Delivery>,
}

impl Receiver {
    /// Serves one connection.
    pub(super) async fn serve(self: Arc<Self>, stream: TcpStream) {
        let service = service_fn(move |request| {
            let receiver = Arc::clone(&self);
            async move { Ok::<_, Infallible>(receiver.respond(request).await) }
        });
        // A sender that breaks off has sent nothing.
        let _ = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service)
            .await;
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        if parts.method != Method::POST {
            return response(
                405,
                "webhooks of the Video API are received here, with POST\n",
            );
        }
        match Limited::new(body, LARGEST).collect().await {
            Ok(body) => self.take(&parts.headers, body.to_bytes()).await,
            Err(_) => response(413, "too large\n"),
        }
    }

    async fn take(&self, headers: &HeaderMap, body: Bytes) -> Response<Full<Bytes>> {
        let (begun, at) = (clock::instant(), clock::now());
        let (signature, refusal) = self.check(headers, &body);
        let outcome = match (refusal, &self.forward) {
            (Some(status), _) => Ok(status),
            (None, None) => Ok(200),
            (None, Some(uri)) => wire::post(uri, passed_on(headers), body.clone()).await,
        };
        let millis =
            |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let status = *outcome.as_ref().unwrap_or(&502);
        let delivery = Delivery {
            number: 0,
            at: Timestamp::from(at).as_millis(),
            signature,
            status,
            problem: outcome.err(),
            took_ms: millis(begun.elapsed()),
            to: self.forward.as_ref().map(Uri::to_string),
            secret_file: self.secret_file.clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        // When nobody waits for it any more, the program is about to end.
        let _ = self.received.send(delivery);
        response(status, "")
    }

    /// What the signature is worth, and the status to refuse the delivery with.
    fn check(&self, headers: &HeaderMap, body: &[u8]) -> (Signature, Option<u16>) {
        let Some(verifier) = &self.verifier else {
            return (Signature::Unchecked, None);
        };
        match webhook::receive(verifier, headers, body) {
            Ok(_) => (Signature::Valid, None),
            Err(error @ ReceiveError::NotJson(_)) => {
                (Signature::Invalid(error.to_string()), Some(400))
            }
            Err(error) => (Signature::Invalid(error.to_string()), Some(error.status())),
        }
    }
}

fn response(status: u16, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response
}

/// The headers without those that are about the connection.
fn passed_on(headers: &HeaderMap) -> HeaderMap {
    let of_connection = |name: &HeaderName| {
        matches!(
            name.as_str(),
            "connection"
                | "content-length"
                | "host"
                | "keep-alive"
                | "transfer-encoding"
                | "upgrade"
                | "expect"
                | "te"
        )
    };
    let passed = headers.iter().filter(|(name, _)| !of_connection(name));
    passed
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

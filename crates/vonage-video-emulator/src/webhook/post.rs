//! The client that posts webhooks.

use std::{io, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{
    Request, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};
use vonage_video_core::shared::unbracketed;

use super::delivery::AttemptOutcome;

/// A receiver must respond within this time.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Posts a body.
pub(crate) async fn post(
    url: &str,
    body: Bytes,
    authorization: Option<&str>,
    allow_remote: bool,
) -> AttemptOutcome {
    let outcome = timeout(TIMEOUT, exchange(url, body, authorization, allow_remote)).await;
    match outcome {
        Ok(Ok(status)) => AttemptOutcome::Status(status),
        Ok(Err(error)) => AttemptOutcome::Failed(error.to_string()),
        Err(_) => AttemptOutcome::silence(TIMEOUT),
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn exchange(
    url: &str,
    body: Bytes,
    authorization: Option<&str>,
    allow_remote: bool,
) -> Result<u16, Failure> {
    let uri: Uri = url.parse()?;
    if uri.scheme_str() != Some("http") {
        return Err("the emulator posts to http:// URLs only".into());
    }
    let authority = uri.authority().ok_or("the URL has no host")?;
    let port = authority.port_u16().unwrap_or(80);
    let address = resolve(authority.host(), port, allow_remote).await?;
    let stream = TcpStream::connect(address)
        .await
        .map_err(|error| -> Failure {
            match error.kind() {
                io::ErrorKind::ConnectionRefused => format!("nobody listens at {authority}").into(),
                _ => error.into(),
            }
        })?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;

    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = Request::post(target)
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/json");
    if let Some(authorization) = authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    let request = request.body(Full::new(body))?;
    // The connection is driven while the response is awaited; both end here.
    let mut connection = std::pin::pin!(connection);
    let response = sender.send_request(request);
    let mut response = std::pin::pin!(response);
    let response = tokio::select! {
        response = &mut response => response,
        // The response came with the end, or will not come.
        ended = &mut connection => {
            ended?;
            response.await
        }
    };
    Ok(response?.status().as_u16())
}

async fn resolve(host: &str, port: u16, allow_remote: bool) -> io::Result<SocketAddr> {
    let host = unbracketed(host);
    let found = tokio::net::lookup_host((host, port)).await?;
    let mut refused = None;
    for address in found {
        if address.ip().is_loopback() || allow_remote {
            return Ok(address);
        }
        refused = Some(address);
    }
    Err(match refused {
        Some(address) => io::Error::other(format!(
            "{address} is not on this machine, and the emulator was not allowed to reach others"
        )),
        None => io::Error::other("the host has no address"),
    })
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// Posts to a receiver that reads something, writes this and hangs up.
    async fn told(says: &'static [u8]) -> AttemptOutcome {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?a=b", listener.local_addr().unwrap());
        let receiver = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            let read = stream.read(&mut buffer).await.unwrap();
            assert!(buffer[..read].starts_with(b"POST /hook?a=b HTTP/1.1\r\n"));
            stream.write_all(says).await.unwrap();
        });
        let outcome = post(&url, Bytes::from_static(b"{}"), None, false).await;
        receiver.await.unwrap();
        outcome
    }

    #[tokio::test]
    async fn receivers_may_be_rude() {
        for (says, status) in [
            (
                &b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"[..],
                Some(200),
            ),
            (b"HTTP/1.1 204 No Content\r\n\r\n", Some(204)),
            (
                b"HTTP/1.1 503 Busy\r\ncontent-length: 9\r\n\r\nlat",
                Some(503),
            ),
            (b"", None),
            (b"HTTP/1.1 20", None),
            (b"hello\r\n\r\n", None),
        ] {
            let outcome = told(says).await;
            match status {
                Some(status) => assert_eq!(outcome, AttemptOutcome::Status(status)),
                None => assert!(matches!(outcome, AttemptOutcome::Failed(_)), "{outcome:?}"),
            }
        }
    }

    #[tokio::test]
    async fn some_urls_are_not_posted_to() {
        for (url, reason) in [
            ("https://127.0.0.1/", "http:// URLs only"),
            ("ftp://127.0.0.1/", "http:// URLs only"),
            ("/hook", "http:// URLs only"),
            ("http://192.0.2.1/", "not on this machine"),
            ("http://[2001:db8::1]:80/", "not on this machine"),
            ("not a url", "invalid"),
        ] {
            match post(url, Bytes::new(), None, false).await {
                AttemptOutcome::Failed(why) => assert!(why.contains(reason), "{url}: {why}"),
                AttemptOutcome::Status(status) => panic!("{url}: {status}"),
            }
        }
    }
}

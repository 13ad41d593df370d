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

use super::AttemptOutcome;

/// A receiver must answer within this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Posts a body and answers what came of it.
pub(super) async fn post(
    url: &str,
    body: Bytes,
    authorization: Option<&str>,
    allow_remote: bool,
) -> AttemptOutcome {
    let outcome = timeout(PATIENCE, exchange(url, body, authorization, allow_remote)).await;
    match outcome {
        Ok(Ok(status)) => AttemptOutcome::Status(status),
        Ok(Err(error)) => AttemptOutcome::Failed(error.to_string()),
        Err(_) => AttemptOutcome::Failed("no answer within 5 seconds".to_owned()),
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
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;

    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = Request::post(target)
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/json");
    if let Some(authorization) = authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    let request = request.body(Full::new(body))?;
    // The connection does its work while the answer is awaited; both end here.
    let mut connection = std::pin::pin!(connection);
    let answer = sender.send_request(request);
    let mut answer = std::pin::pin!(answer);
    loop {
        tokio::select! {
            answer = &mut answer => return Ok(answer?.status().as_u16()),
            ended = &mut connection => ended?,
        }
    }
}

async fn resolve(host: &str, port: u16, allow_remote: bool) -> io::Result<SocketAddr> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
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

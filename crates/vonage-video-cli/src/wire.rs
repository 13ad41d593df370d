//! HTTP that is not the API's: webhooks that are received and sent, and events that are read.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri, header::HOST};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, crypto::ring, pki_types::ServerName},
};
use vonage_video::contract::shared::unbracketed;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a receiver of webhooks may take to respond.
const RESPOND: Duration = Duration::from_secs(15);

/// Reads a URL as people write it: `3000`, `localhost:3000/hooks` and `https://…`.
pub(crate) fn url(text: &str) -> Result<Uri, String> {
    let port = text.trim_start_matches(':');
    let first = port.split('/').next().unwrap_or_default();
    let text = match first.parse::<u16>() {
        Err(_) if first.bytes().all(|c| c.is_ascii_digit()) => {
            return Err(format!("{text} is neither a port nor a URL"));
        }
        Ok(_) => format!("http://127.0.0.1:{port}"),
        _ if text.contains("://") => text.to_owned(),
        _ => format!("http://{text}"),
    };
    let uri: Uri = text
        .parse()
        .map_err(|error| format!("{text} is not a URL: {error}"))?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(_)) => Ok(uri),
        _ => Err(format!(
            "{text} is not a URL like http://localhost:3000/hooks"
        )),
    }
}

/// Posts a body and returns the status of the response, or why there was none.
pub(crate) async fn post(uri: &Uri, headers: HeaderMap, body: Bytes) -> Result<u16, String> {
    let exchange = async {
        let response = open(uri, Method::POST, headers, body).await?;
        let status = response.status().as_u16();
        // Read to its end, so that the receiver can finish it; what is in it does not matter.
        let _ = response.into_body().collect().await;
        Ok(status)
    };
    match timeout(RESPOND, exchange).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("no response within {} s", RESPOND.as_secs())),
    }
}

/// Sends a request and returns the response, whose body is read as it arrives.
pub(crate) async fn open(
    uri: &Uri,
    method: Method,
    mut headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Incoming>, String> {
    let authority = uri.authority().ok_or("the URL has no host")?;
    let host = unbracketed(authority.host());
    let is_tls = uri.scheme_str() == Some("https");
    let port = authority
        .port_u16()
        .unwrap_or(if is_tls { 443 } else { 80 });
    let stream = timeout(CONNECT, TcpStream::connect((host, port)))
        .await
        .map_err(|_| format!("cannot connect to {host}:{port} in time"))?
        .map_err(|error| refusal(&error, &format!("{host}:{port}")))?;
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let own = HeaderValue::from_str(authority.as_str()).map_err(|error| error.to_string())?;
    headers.insert(HOST, own);
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = method;
    *request.uri_mut() = target
        .parse()
        .map_err(|_| format!("{target} is not a path"))?;
    *request.headers_mut() = headers;
    if is_tls {
        let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
        let secured = tls()?.connect(name, stream).await;
        exchange(secured.map_err(|error| error.to_string())?, request).await
    } else {
        exchange(stream, request).await
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Response<Incoming>, String> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    // It ends with the response's body.
    tokio::spawn(connection);
    let response = sender.send_request(request).await;
    response.map_err(|error| crate::failure::with_causes(&error))
}

fn tls() -> Result<TlsConnector, String> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|error| error.to_string())?;
    Ok(TlsConnector::from(Arc::new(config.with_no_client_auth())))
}

/// Why there is no connection, for people.
fn refusal(error: &std::io::Error, address: &str) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => format!("nothing listens at {address}"),
        _ => format!("cannot connect to {address}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_as_people_write_them() {
        for (text, uri) in [
            ("3000", "http://127.0.0.1:3000/"),
            (":3000/hooks", "http://127.0.0.1:3000/hooks"),
            (
                "localhost:3000/hooks?a=b",
                "http://localhost:3000/hooks?a=b",
            ),
            ("https://example.com", "https://example.com/"),
            ("[::1]:80", "http://[::1]:80/"),
        ] {
            assert_eq!(url(text).unwrap().to_string(), uri, "{text}");
        }
        for text in ["", "ftp://a", "http://", "a b", "99999999"] {
            assert!(url(text).is_err(), "{text}");
        }
    }
}

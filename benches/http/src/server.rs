//! The server: it answers at once, and always the same.

use std::{
    convert::Infallible,
    net::Ipv4Addr,
    path::Path,
    sync::{Arc, LazyLock},
    time::Duration,
};

use bytes::{BufMut, Bytes, BytesMut};
use http_body_util::Full;
use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONNECTION, CONTENT_TYPE, HeaderValue},
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::archives;

/// How a server is, besides fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Plain,
    /// Each answer takes 10 ms.
    Distant,
    Tls,
    /// Over TLS, and the connection ends after each answer.
    TlsOnce,
}

pub const MANNERS: [Manner; 4] = [Manner::Plain, Manner::Distant, Manner::Tls, Manner::TlsOnce];

const DISTANCE: Duration = Duration::from_millis(10);

/// What is answered.
struct Answers {
    one: Bytes,
    list: Bytes,
    /// The archives that are collected, with a comma after each, and where each begins.
    all: (Bytes, Vec<usize>),
    room: Bytes,
    rooms: Bytes,
}

static ANSWERS: LazyLock<Answers> = LazyLock::new(|| Answers {
    one: archives::one().into(),
    list: archives::list().into(),
    all: archives::all(),
    room: archives::rooms(1),
    rooms: archives::rooms(archives::LISTED),
});

/// Writes its certificate into a file, prints its ports and serves until it is killed.
pub async fn serve(certificate: &Path) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    std::fs::write(certificate, made.cert.pem()).expect("the folder can be written to");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .expect("ring has them")
    .with_no_client_auth()
    .with_single_cert(vec![made.cert.der().clone()], key)
    .expect("a certificate and its key");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // Over HTTP/2, a server cannot ask for a connection of its own.
    let mut once = config.clone();
    once.alpn_protocols = vec![b"http/1.1".to_vec()];
    let [tls, once] = [config, once].map(|config| TlsAcceptor::from(Arc::new(config)));
    let mut ports = Vec::new();
    for manner in MANNERS {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port is free");
        ports.push(
            listener
                .local_addr()
                .expect("it is bound")
                .port()
                .to_string(),
        );
        let tls = if manner == Manner::TlsOnce {
            &once
        } else {
            &tls
        };
        tokio::spawn(accept(listener, manner, tls.clone()));
    }
    println!("{}", ports.join(" "));
    std::future::pending().await
}

async fn accept(listener: TcpListener, manner: Manner, tls: TlsAcceptor) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let tls = tls.clone();
        tokio::spawn(async move {
            if matches!(manner, Manner::Plain | Manner::Distant) {
                return connection(stream, false, manner).await;
            }
            if let Ok(stream) = tls.accept(stream).await {
                let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                connection(stream, http2, manner).await;
            }
        });
    }
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    http2: bool,
    manner: Manner,
) {
    let service = service_fn(move |request| answer(request, manner));
    let io = TokioIo::new(stream);
    // A connection that ends is nothing to report.
    if http2 {
        let _ = http2::Builder::new(TokioExecutor::new())
            .max_concurrent_streams(1_000)
            .serve_connection(io, service)
            .await;
    } else {
        let _ = http1::Builder::new().serve_connection(io, service).await;
    }
}

async fn answer(
    request: Request<Incoming>,
    manner: Manner,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path();
    let is_room = path.starts_with("/twirp/");
    let body = if is_room {
        // A request for one names it.
        match hyper::body::Body::size_hint(request.body()).exact() {
            Some(0) => ANSWERS.rooms.clone(),
            _ => ANSWERS.room.clone(),
        }
    } else if !path.ends_with("/archive") {
        ANSWERS.one.clone()
    } else {
        window(request.uri().query().unwrap_or_default()).unwrap_or_else(|| ANSWERS.list.clone())
    };
    if manner == Manner::Distant {
        tokio::time::sleep(DISTANCE).await;
    }
    let mut response = Response::new(Full::new(body));
    let kind = if is_room {
        "application/protobuf"
    } else {
        "application/json"
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if manner == Manner::TlsOnce {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// A window of all archives, if one is asked for by its offset.
fn window(query: &str) -> Option<Bytes> {
    let number = |name: &str| -> Option<usize> {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name)?.1.parse().ok()
    };
    let (all, begins) = &ANSWERS.all;
    let last = begins.len() - 1;
    let from = number("offset")?.min(last);
    let until = (from + number("count")?).min(last);
    let items = all.slice(begins[from]..begins[until]);
    let mut body = BytesMut::with_capacity(items.len() + 40);
    body.put_slice(format!(r#"{{"count":{last},"items":["#).as_bytes());
    body.put_slice(items.strip_suffix(b",").unwrap_or_default());
    body.put_slice(b"]}");
    Some(body.freeze())
}

//! The server: the API of one archive, and its file, as fast as a socket takes it.

use std::{io, net::Ipv4Addr, path::Path, sync::Arc};

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// The file is this again and again.
const BLOCK: usize = 1 << 20;

pub const API_KEY: &str = "123456";
pub const ARCHIVE: &str = "b40ef09b-3811-4726-b508-e41a0f96c68f";

/// What the server has.
struct Content {
    block: Vec<u8>,
    bytes: u64,
    /// Where the file is.
    links: [String; 2],
}

/// Writes its certificate into a file, prints its ports, for plain HTTP and for TLS, and serves
/// until it is killed. The archive's link is plain for the API over plain HTTP.
pub async fn serve(certificate: &Path, bytes: u64) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    std::fs::write(certificate, made.cert.pem()).expect("the folder can be written to");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .expect("ring has them")
    .with_no_client_auth()
    .with_single_cert(vec![made.cert.der().clone()], key)
    .expect("a certificate and its key");
    let tls = TlsAcceptor::from(Arc::new(config));
    let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let listeners = [bind().await.expect("a port"), bind().await.expect("a port")];
    let [plain, secure] = [&listeners[0], &listeners[1]]
        .map(|listener| listener.local_addr().expect("it is bound").port());
    let mut state = 1_u64;
    let content = Arc::new(Content {
        block: (0..BLOCK)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                (state >> 56) as u8
            })
            .collect(),
        bytes,
        links: [
            format!("http://127.0.0.1:{plain}/file"),
            format!("https://localhost:{secure}/file"),
        ],
    });
    println!("{plain} {secure}");
    for (listener, tls) in listeners.into_iter().zip([None, Some(tls)]) {
        tokio::spawn(accept(listener, tls, Arc::clone(&content)));
    }
    std::future::pending().await
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, content: Arc<Content>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let (tls, content) = (tls.clone(), Arc::clone(&content));
        tokio::spawn(async move {
            // A connection that ends is nothing to report.
            let _ = match tls {
                None => connection(stream, &content, 0).await,
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => connection(stream, &content, 1).await,
                    Err(error) => Err(error),
                },
            };
        });
    }
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    content: &Content,
    link: usize,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut first, mut range) = (String::new(), None);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let lower = line.to_ascii_lowercase();
            if let Some(bytes) = lower.strip_prefix("range: bytes=") {
                range = bytes.trim().split_once('-').map(|(from, to)| {
                    (
                        from.parse().unwrap_or(0),
                        to.parse().unwrap_or(content.bytes - 1),
                    )
                });
            }
            if line == "\r\n" {
                break;
            }
            if first.is_empty() {
                first = line;
            }
        }
        if first.contains("/archive/") {
            let body = format!(
                r#"{{"id":"{ARCHIVE}","status":"available","size":{},"url":"{}"}}"#,
                content.bytes, content.links[link]
            );
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + &body).as_bytes()).await?;
            stream.flush().await?;
            continue;
        }
        file(&mut stream, content, range).await?;
    }
}

async fn file(
    stream: &mut (impl AsyncWrite + Unpin),
    content: &Content,
    range: Option<(u64, u64)>,
) -> io::Result<()> {
    let (mut from, last) = range.unwrap_or((0, content.bytes - 1));
    let mut head = match range {
        None => "HTTP/1.1 200 OK\r\n".to_owned(),
        Some(_) => format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {from}-{last}/{}\r\n",
            content.bytes
        ),
    };
    head += &format!(
        "etag: \"bench\"\r\ncontent-length: {}\r\n\r\n",
        last + 1 - from
    );
    stream.write_all(head.as_bytes()).await?;
    while from <= last {
        let within = (from % BLOCK as u64) as usize;
        let left = usize::try_from(last + 1 - from).unwrap_or(usize::MAX);
        let piece = &content.block[within..(within.saturating_add(left)).min(BLOCK)];
        stream.write_all(piece).await?;
        from += piece.len() as u64;
    }
    stream.flush().await
}

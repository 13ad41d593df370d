//! Whom the client trusts, and what it says when it does not.

use std::{error::Error as _, time::Duration};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vonage_video_core::{
    Error, ErrorKind, Phase, Sent,
    operations::{GetArchive, StartArchive},
};
use vonage_video_http::{ClientBuilder, ConnectError, ConnectErrorKind, Identity};

use crate::{
    certificates::{Authority, TlsServer},
    server::{SESSION, builder},
};

fn https(port: u16) -> ClientBuilder {
    builder(&format!("https://localhost:{port}"))
}

async fn get(client: ClientBuilder) -> Result<(), Error> {
    let client = client.build().unwrap();
    client
        .send(GetArchive::new("a1"))
        .attempts(1)
        .await
        .map(|_| ())
}

fn why(error: &Error) -> ConnectErrorKind {
    assert!(matches!(error.kind(), ErrorKind::Connect), "{error:?}");
    assert_eq!(error.sent(), Sent::No);
    error
        .source()
        .unwrap()
        .downcast_ref::<ConnectError>()
        .unwrap()
        .kind()
}

#[tokio::test]
async fn an_authority_of_one_s_own_is_trusted_when_it_is_named() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority.issue("localhost"), None).await;
    get(https(server.port).extra_roots(authority.pem()))
        .await
        .unwrap();
    get(https(server.port).only_roots(authority.pem()))
        .await
        .unwrap();
    let both = format!("{}{}", Authority::new("other").pem(), authority.pem());
    get(https(server.port).extra_roots(both)).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_plainly() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    for (identity, kind, words) in [
        (
            theirs.issue("localhost"),
            ConnectErrorKind::CertificateUnknownAuthority,
            "an authority that is not trusted here",
        ),
        (
            ours.issue("example.com"),
            ConnectErrorKind::CertificateWrongHost,
            "for another host",
        ),
        (
            ours.issue_between("localhost", 2000, 2001),
            ConnectErrorKind::CertificateExpired,
            "has expired",
        ),
        (
            ours.issue_between("localhost", 2089, 2090),
            ConnectErrorKind::CertificateNotYetValid,
            "not valid yet",
        ),
    ] {
        let server = TlsServer::start(&identity, None).await;
        for client in [
            https(server.port).only_roots(ours.pem()),
            https(server.port).extra_roots(ours.pem()),
        ] {
            let error = get(client).await.unwrap_err();
            assert_eq!(why(&error), kind);
            assert_eq!(
                error.to_string(),
                format!("get_archive: cannot connect to localhost:{}", server.port)
            );
            assert!(
                error.source().unwrap().to_string().contains(words),
                "{:?}",
                error.source()
            );
        }
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown_when_it_is_asked_for() {
    let (authority, clients) = (Authority::new("ours"), Authority::new("clients"));
    let server = TlsServer::start(&authority.issue("localhost"), Some(&clients)).await;
    let ours = clients.issue("client.example");
    let client = || https(server.port).only_roots(authority.pem());
    get(client().identity(Identity::from_pem(
        ours.chain.as_bytes(),
        ours.key.as_bytes(),
    )))
    .await
    .unwrap();
    get(client()).await.unwrap_err();
    let stranger = Authority::new("stranger").issue("client.example");
    get(client().identity(Identity::from_pem(
        stranger.chain.as_bytes(),
        stranger.key.as_bytes(),
    )))
    .await
    .unwrap_err();
}

#[tokio::test]
async fn a_server_of_the_past_and_one_without_tls_are_told_apart() {
    // What a server says that speaks TLS 1.1 at most: an alert, or a hello with that version.
    let alert = vec![21, 3, 2, 0, 2, 2, 70];
    let mut hello = vec![22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0, 0x2f, 0]);
    let plain = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_vec();
    for (bytes, kind) in [
        (alert, ConnectErrorKind::TlsVersion),
        (hello, ConnectErrorKind::TlsVersion),
        (plain, ConnectErrorKind::NotTls),
    ] {
        let server = TlsServer::serve(move |mut stream| {
            let bytes = bytes.clone();
            async move {
                let mut hello = [0; 1024];
                let _ = stream.read(&mut hello).await;
                stream.write_all(&bytes).await.unwrap();
                let _ = stream.read(&mut hello).await;
            }
        })
        .await;
        let client = https(server.port).only_roots(Authority::new("ours").pem());
        let error = get(client).await.unwrap_err();
        assert_eq!(why(&error), kind, "{error:?}");
    }
}

#[tokio::test]
async fn a_handshake_that_is_not_answered_ends_in_time() {
    let server = TlsServer::serve(|mut stream| async move {
        let mut sink = vec![0; 1 << 16];
        while stream.read(&mut sink).await.is_ok_and(|n| n > 0) {}
    })
    .await;
    let client = https(server.port)
        .only_roots(Authority::new("ours").pem())
        .connect_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let error = client
        .send(StartArchive::new(SESSION))
        .attempts(1)
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Connect)),
        "{error:?}"
    );
    assert_eq!(error.sent(), Sent::No);
}

#[tokio::test]
async fn a_name_without_an_address_is_told() {
    let client = builder("https://no-such-host.invalid").only_roots(Authority::new("ours").pem());
    let error = get(client).await.unwrap_err();
    assert_eq!(why(&error), ConnectErrorKind::Dns, "{error:?}");
    assert!(
        error.to_string().contains("no-such-host.invalid:443"),
        "{error}"
    );
}

#[test]
fn what_is_no_certificate_is_refused_when_the_client_is_built() {
    let ours = Authority::new("ours").issue("x");
    let build = |with: fn(ClientBuilder, &crate::certificates::Identity) -> ClientBuilder| {
        let error = with(builder("https://x"), &ours).build().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error:?}");
        let said = error.to_string();
        assert!(
            !format!("{said} {error:?}").contains("PRIVATE KEY"),
            "{said}"
        );
        said
    };
    assert!(
        build(|b, _| b.extra_roots("certs.pem"))
            .contains("extra_roots: must hold a certificate in PEM")
    );
    assert!(build(|b, ours| b.extra_roots(&ours.key)).contains("must hold a certificate"));
    assert!(
        build(|b, ours| b.identity(Identity::from_pem(
            ours.key.as_bytes(),
            ours.chain.as_bytes()
        )))
        .starts_with("identity")
    );
    assert!(
        build(|b, ours| b.identity(Identity::from_pem(
            ours.chain.as_bytes(),
            ours.chain.as_bytes()
        )))
        .contains("must be a private key")
    );
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_spoken_when_both_sides_want_it() {
    use crate::certificates::acceptor;
    use hyper::{Version, service::service_fn};
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    let authority = Authority::new("ours");
    let acceptor = acceptor(&authority.issue("localhost"), None, &[b"h2", b"http/1.1"]);
    let connections = Arc::new(AtomicUsize::new(0));
    let server = TlsServer::serve({
        let connections = Arc::clone(&connections);
        move |stream| {
            connections.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            async move {
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let response = service_fn(
                    |request: hyper::Request<hyper::body::Incoming>| async move {
                        let version = if request.version() == Version::HTTP_2 {
                            "h2"
                        } else {
                            "h1"
                        };
                        Ok::<_, std::convert::Infallible>(hyper::Response::new(
                            crate::server::archive(version, "started"),
                        ))
                    },
                );
                if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                    let _ = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                        .serve_connection(TokioIo::new(stream), response)
                        .await;
                } else {
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), response)
                        .await;
                }
            }
        }
    })
    .await;
    let id = |client: vonage_video_http::Client| async move {
        client
            .send(GetArchive::new("a1"))
            .await
            .unwrap()
            .id
            .as_str()
            .to_owned()
    };
    let client = https(server.port).only_roots(authority.pem());
    assert_eq!(
        id(client.build().unwrap()).await,
        "h1",
        "a feature changes nothing by itself"
    );
    let client = https(server.port)
        .only_roots(authority.pem())
        .http2()
        .build()
        .unwrap();
    assert_eq!(id(client.clone()).await, "h2");
    let before = connections.load(Ordering::SeqCst);
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(id(client.clone()))).collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "h2");
    }
    assert_eq!(connections.load(Ordering::SeqCst), before);
}

#[tokio::test]
async fn a_wrong_certificate_is_not_tried_again() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    for identity in [
        theirs.issue("localhost"),
        ours.issue("example.com"),
        ours.issue_between("localhost", 2000, 2001),
        ours.issue_between("localhost", 2089, 2090),
    ] {
        let server = TlsServer::start(&identity, None).await;
        let client = https(server.port).only_roots(ours.pem()).build().unwrap();
        let error = client.send(GetArchive::new("a1")).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn a_second_connection_resumes_the_session_of_the_first() {
    use crate::certificates::acceptor;
    use crate::server::{archive, read_request};
    use std::sync::{Arc, Mutex};

    let authority = Authority::new("ours");
    let acceptor = acceptor(&authority.issue("localhost"), None, &[]);
    let kinds = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&kinds);
    let server = TlsServer::serve(move |stream| {
        let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
        async move {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let session = stream.get_ref().1;
            seen.lock().unwrap().push(session.handshake_kind().unwrap());
            read_request(&mut stream).await.unwrap();
            let body = archive("a1", "started");
            let head = format!(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all((head + &body).as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    })
    .await;
    let client = https(server.port)
        .only_roots(authority.pem())
        .build()
        .unwrap();
    for _ in 0..3 {
        client.send(GetArchive::new("a1")).await.unwrap();
    }
    use rustls::HandshakeKind::{Full, Resumed};
    assert_eq!(*kinds.lock().unwrap(), [Full, Resumed, Resumed]);
}

/// TLS 1.3 servers send tickets after the handshake: a socket that is readable is no reason to give
/// up the connection.
#[tokio::test]
async fn a_session_ticket_does_not_cost_the_connection() {
    let authority = Authority::new("ours");
    let accepted = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&accepted);
    let acceptor = crate::certificates::acceptor(&authority.issue("localhost"), None, &[]);
    let server = TlsServer::serve(move |stream| {
        counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await.unwrap();
            while let Ok(Some(_)) = crate::server::read_request(&mut stream).await {
                let body = crate::server::archive("a1", "started");
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            }
        }
    })
    .await;
    let client = https(server.port)
        .only_roots(authority.pem())
        .build()
        .unwrap();
    for _ in 0..20 {
        client.send(StartArchive::new(SESSION)).await.unwrap();
    }
    assert_eq!(accepted.load(std::sync::atomic::Ordering::SeqCst), 1);
}

//! Requests through proxies, with and without TLS.

use std::collections::HashMap;

use tokio::{io::copy_bidirectional, net::TcpStream};
use vonage_video_core::{ErrorKind, operations::GetArchive};
use vonage_video_http::{Client, ClientBuilder, ConnectError, ConnectErrorKind};

use crate::{
    proxy::{Kind, Proxy},
    server::{Server, archive, opentok, respond},
};

fn with_variables(pairs: &[(&'static str, String)]) -> ClientBuilder {
    let pairs: HashMap<_, _> = pairs.iter().cloned().collect();
    Client::builder(opentok()).variables(move |name| pairs.get(name).cloned())
}

async fn get(client: ClientBuilder) -> Result<String, vonage_video_core::Error> {
    let client = client.build()?;
    let archive = client.send(GetArchive::new("a1")).attempts(1).await?;
    Ok(archive.id.as_str().to_owned())
}

#[cfg(feature = "tls")]
mod over_tls {
    use super::*;
    use crate::certificates::{Authority, TlsServer};

    /// A server for a host that has no address: it can be reached through a proxy only.
    async fn hidden() -> (TlsServer, Authority) {
        let authority = Authority::new("ours");
        let server = TlsServer::start(&authority.issue("video.invalid"), None).await;
        (server, authority)
    }

    const BASE: &str = "https://video.invalid";

    #[tokio::test]
    async fn a_tunnel_is_dug_with_credentials() {
        let (server, authority) = hidden().await;
        let proxy = Proxy::start(Kind::Connect, server.port).await;
        let url = format!("http://Aladdin:open%20sesame@127.0.0.1:{}", proxy.port);
        let client = with_variables(&[])
            .base_url(BASE)
            .only_roots(authority.pem());
        assert_eq!(get(client.proxy(url)).await.unwrap(), "a1");
        let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_owned();
        assert_eq!(
            proxy.seen(),
            [("video.invalid:443".to_owned(), Some(expected))]
        );
    }

    #[tokio::test]
    async fn the_environment_names_it_too() {
        let (server, authority) = hidden().await;
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
            let proxy = Proxy::start(Kind::Connect, server.port).await;
            let variables = [(name, format!("http://127.0.0.1:{}", proxy.port))];
            let client = with_variables(&variables)
                .base_url(BASE)
                .only_roots(authority.pem());
            get(client).await.unwrap();
            assert_eq!(proxy.seen(), [("video.invalid:443".to_owned(), None)]);

            // Named hosts, all below a domain, everything, and a client that wants none, stay away
            // from it.
            for no in ["video.invalid", ".invalid", "other, invalid", "*"] {
                let variables = [variables[0].clone(), ("NO_PROXY", no.to_owned())];
                let client = with_variables(&variables)
                    .base_url(BASE)
                    .only_roots(authority.pem());
                get(client).await.unwrap_err();
            }
            let client = with_variables(&variables).no_proxy().base_url(BASE);
            get(client.only_roots(authority.pem())).await.unwrap_err();
            assert_eq!(proxy.seen().len(), 1);
        }
    }

    #[tokio::test]
    async fn socks_5_is_spoken_with_credentials() {
        let (server, authority) = hidden().await;
        let proxy = Proxy::start(Kind::Socks, server.port).await;
        let client = || {
            with_variables(&[])
                .base_url(BASE)
                .only_roots(authority.pem())
        };
        let url = format!("socks5h://user:pa%2Fss@127.0.0.1:{}", proxy.port);
        assert_eq!(get(client().proxy(url)).await.unwrap(), "a1");
        let url = format!("socks5h://127.0.0.1:{}", proxy.port);
        assert_eq!(get(client().proxy(url)).await.unwrap(), "a1");
        let target = "video.invalid:443".to_owned();
        assert_eq!(
            proxy.seen(),
            [
                (target.clone(), Some("user:pa/ss".to_owned())),
                (target, None)
            ]
        );
    }

    #[tokio::test]
    async fn a_proxy_may_itself_be_behind_tls() {
        let (server, authority) = hidden().await;
        let inner = Proxy::start(Kind::Connect, server.port).await;
        let acceptor = crate::certificates::acceptor(&authority.issue("localhost"), None, &[]);
        let port = inner.port;
        let outer = TlsServer::serve(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                let mut stream = acceptor.accept(stream).await.unwrap();
                let mut proxy = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let _ = copy_bidirectional(&mut stream, &mut proxy).await;
            }
        })
        .await;
        let client = with_variables(&[])
            .base_url(BASE)
            .only_roots(authority.pem());
        let url = format!("https://u:p@localhost:{}", outer.port);
        assert_eq!(get(client.proxy(url)).await.unwrap(), "a1");
        assert_eq!(inner.seen().len(), 1);
    }

    #[tokio::test]
    async fn a_proxy_that_refuses_is_told_apart() {
        let (server, authority) = hidden().await;
        for (status, kind) in [
            (407, ConnectErrorKind::ProxyAuthentication),
            (403, ConnectErrorKind::Proxy),
        ] {
            let proxy = Proxy::start(Kind::Refusing(status), server.port).await;
            let url = format!("http://user:geheim@127.0.0.1:{}", proxy.port);
            let client = with_variables(&[])
                .base_url(BASE)
                .only_roots(authority.pem())
                .proxy(url);
            let error = get(client).await.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Connect), "{error:?}");
            let cause = std::error::Error::source(&error).unwrap();
            assert_eq!(cause.downcast_ref::<ConnectError>().unwrap().kind(), kind);
            assert!(!format!("{error} {error:?}").contains("geheim"));
        }
        let client = with_variables(&[])
            .base_url(BASE)
            .proxy("http://127.0.0.1:1");
        let error = get(client.only_roots(authority.pem())).await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap();
        assert_eq!(
            cause.downcast_ref::<ConnectError>().unwrap().kind(),
            ConnectErrorKind::Tcp
        );
    }
}

#[tokio::test]
async fn plain_requests_are_forwarded_whole() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let client = with_variables(&[])
        .base_url("http://video.invalid/eu")
        .allow_plain_http()
        .proxy(format!("http://u:p@127.0.0.1:{}", server.port));
    get(client).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(
        seen.target,
        "http://video.invalid/eu/v2/project/123456/archive/a1"
    );
    assert_eq!(seen.headers["proxy-authorization"], "Basic dTpw");
    assert_eq!(seen.headers["host"], "video.invalid");
}

#[tokio::test]
async fn the_environment_s_proxy_is_not_for_this_machine() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let variables = [
        ("HTTP_PROXY", "http://127.0.0.1:1".to_owned()),
        ("ALL_PROXY", "http://127.0.0.1:1".to_owned()),
    ];
    get(with_variables(&variables).base_url(&server.url))
        .await
        .unwrap();
    get(with_variables(&[])
        .base_url(&server.url)
        .proxy("http://127.0.0.1:1"))
    .await
    .unwrap_err();
}

#[tokio::test]
async fn in_a_cgi_program_a_request_cannot_name_a_proxy() {
    let proxy = Proxy::start(Kind::Connect, 1).await;
    let variables = [
        ("REQUEST_METHOD", "GET".to_owned()),
        ("HTTP_PROXY", format!("http://127.0.0.1:{}", proxy.port)),
    ];
    let client = with_variables(&variables)
        .base_url("http://video.invalid")
        .allow_plain_http();
    get(client).await.unwrap_err();
    assert!(proxy.seen().is_empty());
}

#[test]
fn a_misspelt_proxy_is_an_error_and_not_no_proxy() {
    for url in [
        "",
        "ftp://user:geheim@x",
        "socks4://x",
        "http://",
        "http ://user:geheim@x",
    ] {
        let error = with_variables(&[])
            .base_url("http://127.0.0.1:9")
            .proxy(url)
            .build()
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{url}");
        assert!(
            error.to_string().starts_with("proxy: must be a URL"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("geheim"));
    }
    let variables = [("HTTPS_PROXY", "httpx://x".to_owned())];
    let error = with_variables(&variables)
        .base_url("http://127.0.0.1:9")
        .build()
        .unwrap_err();
    assert!(
        error.to_string().starts_with("HTTPS_PROXY: must be a URL"),
        "{error}"
    );
}

/// The error has what a proxy says, and the host that could not be reached.
#[tokio::test]
async fn errors_on_the_way_name_the_proxy_and_repeat_its_words() {
    fn chain(error: &vonage_video_core::Error) -> String {
        let mut text = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            text.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        text
    }
    for (status, attempts, words) in [
        (
            403,
            3,
            "it answered 403 Not today: No such place ask the desk",
        ),
        (
            502,
            3,
            "it answered 502 Not today: No such place ask the desk",
        ),
        (
            407,
            1,
            "it answered 407 Not today: No such place ask the desk",
        ),
    ] {
        let proxy = Proxy::start(Kind::Refusing(status), 1).await;
        let client = with_variables(&[])
            .base_url("https://video.invalid")
            .proxy(format!("http://user:geheim@127.0.0.1:{}", proxy.port).as_str())
            .build()
            .unwrap();
        let error = client.send(GetArchive::new("a1")).await.unwrap_err();
        let said = chain(&error);
        let place = format!(
            "cannot connect to video.invalid:443 through the proxy 127.0.0.1:{}",
            proxy.port
        );
        assert!(said.contains(&place) && said.contains(words), "{said}");
        assert!(!said.contains("geheim"), "{said}");
        assert_eq!(
            (proxy.seen().len(), error.attempts()),
            (attempts, attempts as u32),
            "a wrong password is not sent again: accounts are locked for that"
        );
    }
    let client = with_variables(&[])
        .base_url("https://video.invalid")
        .proxy("http://127.0.0.1:1")
        .build()
        .unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "get_archive: cannot connect to the proxy 127.0.0.1:1, on the way to video.invalid:443 (after 3 attempts)"
    );
}

#[test]
fn a_proxy_whose_url_reads_as_another_host_is_refused() {
    for url in [
        "http://user:p#ss@127.0.0.1:8901",
        "http://user:p/ss@127.0.0.1:8901",
        "http://user:p?ss@127.0.0.1:8901",
        "http://127.0.0.1:8901/path",
        "http://127.0.0.1:8901?query",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "DIRECT",
        "http=127.0.0.1:8901",
    ] {
        let variables = [("HTTPS_PROXY", url.to_owned())];
        let error = with_variables(&variables)
            .base_url("http://127.0.0.1:9")
            .build()
            .unwrap_err();
        assert!(
            error.to_string().contains("# is written %23"),
            "{url}: {error}"
        );
    }
    for url in [
        " http://127.0.0.1:8901\n",
        "http://user:p%23ss@127.0.0.1:8901/",
        "127.0.0.1:8901",
        "proxy.example",
        "http://[::1]:8901",
        "socks5h://[::1]",
    ] {
        let variables = [("HTTPS_PROXY", url.to_owned())];
        with_variables(&variables)
            .base_url("http://127.0.0.1:9")
            .build()
            .unwrap();
    }
}

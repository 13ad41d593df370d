//! What a file's host may not do: send too much, too little, too slowly, encoded, or the rest of
//! another version.

use std::time::Duration;

use vonage_video_http::{DownloadError, Downloaded};

use crate::{
    files::{SHA256, available, content, serve, start},
    server::{Seen, Server, Step, respond, respond_with},
};

/// What a host sends for a file or its rest.
struct Host {
    first: Vec<(&'static str, &'static str)>,
    then: Vec<(&'static str, &'static str)>,
    /// Whether the second version has other bytes.
    changes: bool,
    ranges: bool,
}

impl Host {
    fn respond(&self, seen: &Seen, number: usize) -> Vec<Step> {
        let mut content = content();
        if number > 0 && self.changes {
            content[..100_000].fill(7);
        }
        let headers = if number == 0 { &self.first } else { &self.then };
        let start = if self.ranges { start(seen) } else { 0 };
        let rest = &content[start..];
        let mut head = if start > 0 {
            format!(
                "HTTP/1.1 206 X\r\ncontent-range: bytes {start}-{}/{}\r\n",
                content.len() - 1,
                content.len()
            )
        } else {
            "HTTP/1.1 200 X\r\n".to_owned()
        };
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", rest.len()));
        let mut steps = vec![Step::Send(head.into_bytes())];
        if number == 0 {
            steps.extend([Step::Send(rest[..60_000].to_vec()), Step::Close]);
        } else {
            steps.push(Step::Send(rest.to_vec()));
        }
        steps
    }
}

async fn download(
    respond: impl Fn(&Seen, usize) -> Vec<Step> + Send + Sync + 'static,
    size: usize,
    sha256: &'static str,
) -> (Result<Downloaded, DownloadError>, Vec<u8>, Server) {
    let (server, client) = serve(respond, move |url| {
        available(&format!("{url}/file"), size, sha256)
    })
    .await;
    let mut bytes = Vec::new();
    let outcome = client.download("a1").to_writer(&mut bytes).await;
    (outcome, bytes, server)
}

/// Versions are joined only under a strong validator, a checksum that proves the whole, or after
/// the beginning was compared.
#[tokio::test]
async fn two_versions_are_never_joined() {
    const STRONG: (&str, &str) = ("etag", "\"v1\"");
    const OTHER: (&str, &str) = ("etag", "\"v2\"");
    const WEAK: (&str, &str) = ("etag", "W/\"v1\"");
    const WEAK_TOO: (&str, &str) = ("etag", "W/\"v2\"");
    const DATED: (&str, &str) = ("last-modified", "Mon, 01 Jan 2024 00:00:00 GMT");
    const LATER: (&str, &str) = ("last-modified", "Tue, 02 Jan 2024 00:00:00 GMT");
    let mut cases = Vec::new();
    for (first, then) in [
        (vec![], vec![]),
        (vec![STRONG], vec![OTHER]),
        (vec![STRONG], vec![WEAK]),
        (vec![STRONG], vec![]),
        (vec![], vec![STRONG]),
        (vec![WEAK], vec![WEAK]),
        (vec![WEAK], vec![WEAK_TOO]),
        (vec![DATED], vec![DATED]),
        (vec![DATED], vec![LATER]),
        (vec![("etag", "v1")], vec![("etag", "v1")]),
    ] {
        for ranges in [true, false] {
            for size in [200_000, 0] {
                cases.push(tokio::spawn(joined(
                    first.clone(),
                    then.clone(),
                    ranges,
                    size,
                )));
            }
        }
    }
    for case in cases {
        case.await.unwrap();
    }
}

type Headers = Vec<(&'static str, &'static str)>;

async fn joined(first: Headers, then: Headers, ranges: bool, size: usize) {
    let (named, same) = (format!("{first:?} {then:?} {ranges}"), first == then);
    let host = |changes| Host {
        first: first.clone(),
        then: then.clone(),
        changes,
        ranges,
    };
    let respond = |host: Host| move |seen: &Seen, number| host.respond(seen, number);
    let (outcome, bytes, _server) = download(respond(host(true)), size, "").await;
    assert!(
        matches!(outcome, Err(DownloadError::Changed)),
        "{named}: {outcome:?}"
    );
    assert!(content().starts_with(&bytes), "{named}");

    // The same bytes under another name are refused only where a strong name says so.
    let (outcome, bytes, _server) = download(respond(host(false)), size, "").await;
    if outcome.is_ok() {
        assert!(bytes == content(), "{named}");
    } else {
        assert!(!same, "{named}: {outcome:?}");
    }

    let (outcome, bytes, _server) = download(respond(host(false)), size, SHA256).await;
    assert_eq!(outcome.is_ok(), bytes == content(), "{named}: {outcome:?}");

    let (outcome, ..) = download(respond(host(true)), size, SHA256).await;
    assert!(outcome.is_err(), "{named}");
}

#[tokio::test]
async fn nothing_beyond_the_size_is_written() {
    let chunk = [b"10000\r\n".as_slice(), &[7; 0x10000], b"\r\n"].concat();
    let endless = move |_: &Seen, _| {
        let mut steps = vec![Step::Send(
            b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
        )];
        steps.extend(std::iter::repeat_n(Step::Send(chunk.clone()), 1_000));
        steps
    };
    let (outcome, bytes, server) = download(endless, 5_000, "").await;
    assert!(
        matches!(outcome, Err(DownloadError::Size { expected: 5_000, got }) if got > 5_000),
        "{outcome:?}"
    );
    assert!(bytes.len() <= 5_000);
    assert_eq!(server.seen().len(), 2, "it is not tried again");

    // A size that the host says beforehand is compared before anything is written.
    let (outcome, bytes, _server) =
        download(|_, _| respond_with(200, &[], &content()), 5_000, "").await;
    assert!(matches!(
        outcome,
        Err(DownloadError::Size {
            expected: 5_000,
            got: 200_000
        })
    ));
    assert!(bytes.is_empty());
}

#[tokio::test]
async fn a_host_that_trickles_is_given_up() {
    // One byte a response.
    let drop_by_drop = |seen: &Seen, _| {
        let at = start(seen);
        let head = if at == 0 {
            "HTTP/1.1 200 X\r\n".to_owned()
        } else {
            format!("HTTP/1.1 206 X\r\ncontent-range: bytes {at}-199999/200000\r\n")
        };
        let head = format!(
            "{head}etag: \"v1\"\r\ncontent-length: {}\r\n\r\n",
            200_000 - at
        );
        vec![
            Step::Send(head.into_bytes()),
            Step::Send(vec![content()[at]]),
            Step::Close,
        ]
    };
    let (outcome, _, server) = download(drop_by_drop, 200_000, "").await;
    assert!(
        matches!(outcome, Err(DownloadError::Transfer { .. })),
        "{outcome:?}"
    );
    assert_eq!(server.seen().len(), 6);

    // One byte at a time, each in time.
    let trickle = |_: &Seen, _| {
        vec![
            Step::Send(b"HTTP/1.1 200 X\r\ncontent-length: 200000\r\n\r\n".to_vec()),
            Step::Trickle(Duration::from_millis(50)),
        ]
    };
    let (outcome, ..) = download(trickle, 200_000, "").await;
    let Err(DownloadError::Transfer { source, .. }) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(
        source.to_string().contains("1024 bytes a second"),
        "{source}"
    );
}

#[tokio::test]
async fn an_encoded_file_is_refused() {
    for encoding in ["gzip", "br", "identity, gzip", "aws-chunked"] {
        let (outcome, bytes, server) = download(
            move |_, _| respond_with(200, &[("content-encoding", encoding)], b"\x1f\x8b"),
            2,
            "",
        )
        .await;
        assert!(
            matches!(outcome, Err(DownloadError::Encoded { .. })),
            "{outcome:?}"
        );
        assert!(bytes.is_empty());
        assert_eq!(server.seen().len(), 2);
        assert_eq!(server.seen()[1].headers["accept-encoding"], "identity");
    }
    let plain = |_: &Seen, _| respond_with(200, &[("content-encoding", "identity")], b"ab");
    assert!(download(plain, 2, "").await.0.is_ok());
}

#[tokio::test]
async fn checksums_in_hex_and_base64_are_compared_and_others_are_told() {
    let hex = SHA256.trim();
    let bytes: Vec<u8> = (0..32)
        .map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap())
        .collect();
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let base64: String = bytes
        .chunks(3)
        .flat_map(|three| {
            let bits = three
                .iter()
                .fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte))
                << (8 * (3 - three.len()));
            (0..4).map(move |n| {
                if n <= three.len() {
                    char::from(alphabet[(bits >> (18 - 6 * n)) as usize & 63])
                } else {
                    '='
                }
            })
        })
        .collect();
    let wrong = base64.replace(base64.chars().next().unwrap(), "_");
    for (sum, verified, fails) in [
        (hex.to_owned(), true, false),
        (hex.to_uppercase(), true, false),
        (base64, true, false),
        (wrong, false, true),
        (String::new(), false, false),
        ("5d41402abc4b2a76b9719d911017c592".to_owned(), false, false),
    ] {
        let sum: &'static str = sum.leak();
        let (outcome, ..) = download(|_, _| respond_with(200, &[], &content()), 200_000, sum).await;
        match outcome {
            Ok(done) => {
                assert!(!fails, "{sum}");
                assert_eq!(done.verified, verified, "{sum}");
                let unknown = (!verified && !sum.is_empty()).then_some(sum);
                assert_eq!(done.unknown_checksum.as_deref(), unknown);
            }
            Err(error) => {
                assert!(fails, "{sum}: {error:?}");
                assert!(matches!(error, DownloadError::Checksum { .. }), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_part_can_be_left_out_and_what_is_to_come_is_known_before() {
    let (server, client) = serve(
        |seen, _| crate::files::file(seen, "\"v1\"", usize::MAX),
        |url| available(&format!("{url}/file"), 200_000, SHA256.trim()),
    )
    .await;
    let mut stream = client.download("a1").from(150_000).stream().unwrap();
    assert_eq!(stream.len().await.unwrap(), Some(50_000));
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    assert!(bytes == content()[150_000..]);
    assert_eq!(stream.len().await.unwrap(), Some(0));
    assert_eq!(server.seen()[1].headers["range"], "bytes=150000-");

    let mut bytes = Vec::new();
    let done = client
        .download("a1")
        .from(199_999)
        .to_writer(&mut bytes)
        .await
        .unwrap();
    assert_eq!((done.bytes, done.verified), (1, false));
    assert_eq!(bytes, [content()[199_999]]);

    // A host without ranges sends all; what was left out is left out.
    let (_server, client) = serve(
        |_, _| respond_with(200, &[], &content()),
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let mut bytes = Vec::new();
    client
        .download("a1")
        .from(1_000)
        .to_writer(&mut bytes)
        .await
        .unwrap();
    assert!(bytes == content()[1_000..]);
}

#[tokio::test]
async fn links_to_this_machine_and_over_plain_http_are_followed_only_where_that_was_allowed() {
    async fn outcome(
        base: &str,
        allow: bool,
        link: &str,
        api: &Server,
    ) -> Result<(), DownloadError> {
        let resolver = crate::addresses::Addresses::new(&["127.0.0.1"]);
        let mut builder = crate::server::builder(&format!("{base}:{}", api.port))
            .resolver(resolver)
            .retry(vonage_video_core::RetryPolicy::none());
        if allow {
            builder = builder.allow_plain_http();
        }
        let archive = crate::files::archive(&available(link, 0, ""));
        let client = builder.build().unwrap();
        let mut bytes = Vec::new();
        client
            .download(&archive)
            .to_writer(&mut bytes)
            .await
            .map(|_| ())
    }
    let server = Server::start(|_, _| respond(200, "the file")).await;
    let here = format!("http://127.0.0.1:{}/file", server.port);
    let named = format!("http://localhost:{}/file", server.port);
    let elsewhere = format!("http://files.example:{}/file", server.port);
    for (base, allow, link, followed) in [
        ("http://127.0.0.1", false, &here, true),
        ("http://localhost", false, &named, true),
        ("http://127.0.0.1", false, &elsewhere, false),
        ("http://127.0.0.1", true, &elsewhere, true),
        ("http://video.example", true, &elsewhere, true),
        ("http://video.example", true, &here, false),
        ("http://video.example", true, &named, false),
    ] {
        let outcome = outcome(base, allow, link, &server).await;
        match outcome {
            Ok(()) => assert!(followed, "{base} {allow} {link}"),
            Err(DownloadError::Link { .. }) => assert!(!followed, "{base} {allow} {link}"),
            Err(error) => panic!("{base} {allow} {link}: {error:?}"),
        }
    }
    let seen = server.seen().len();
    for link in [
        "http://127.0.0.1:99999/file",
        "ftp://127.0.0.1/file",
        "file:///etc/passwd",
        "https://127.0.0.1:443:80/",
    ] {
        let outcome = outcome("http://127.0.0.1", true, link, &server).await;
        assert!(
            matches!(outcome, Err(DownloadError::Link { .. })),
            "{link}: {outcome:?}"
        );
    }
    assert_eq!(server.seen().len(), seen);
}

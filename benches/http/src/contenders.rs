//! The contenders that are written in Rust.

use std::{future::Future, rc::Rc};

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Uri,
    header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{
        self,
        connect::{Connect, HttpConnector},
    },
    rt::TokioExecutor,
};
use livekit_api::services::room::RoomClient;
use vonage_video::{
    Client, Credentials,
    operations::{GetArchive, ListArchives},
};

use crate::{
    archives::{API_KEY, API_SECRET, APPLICATION, ARCHIVE, PRIVATE_KEY, Plain, PlainList},
    root,
};

/// Somebody who gets archives, typed. What is returned proves that they were read.
pub trait Contender: Clone + 'static {
    fn one(&self) -> impl Future<Output = u64>;
    fn list(&self) -> impl Future<Output = usize>;
}

/// The names by which a child process knows which one it is.
pub const LIMIT: &str = "limit";
pub const LIMIT_TLS: &str = "limit-tls";
pub const OURS_VONAGE: &str = "ours-vonage";
pub const OURS_OPENTOK: &str = "ours-opentok";
pub const OURS_HTTP2: &str = "ours-http2";
pub const REQWEST: &str = "reqwest";
pub const LIVEKIT: &str = "livekit";

/// The limit: hyper-util's pool, a header that was made once, and structs as anybody would derive
/// them.
#[derive(Clone)]
pub struct Limit<C = HttpConnector> {
    pool: legacy::Client<C, Empty<bytes::Bytes>>,
    token: HeaderValue,
    one: Uri,
    list: Uri,
}

impl Limit {
    pub fn new(base: &str) -> Self {
        Self::with(Self::pool(), base)
    }

    pub fn pool() -> legacy::Client<HttpConnector, Empty<bytes::Bytes>> {
        legacy::Client::builder(TokioExecutor::new()).build(connector())
    }
}

impl Limit<HttpsConnector<HttpConnector>> {
    /// Over TLS, with the same library and cryptography as ours.
    pub fn tls(base: &str) -> Self {
        let mut tcp = connector();
        tcp.enforce_http(false);
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(root::client_config())
            .https_only()
            .enable_http1()
            .wrap_connector(tcp);
        Self::with(
            legacy::Client::builder(TokioExecutor::new()).build(https),
            base,
        )
    }
}

fn connector() -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector
}

impl<C: Connect + Clone + Send + Sync + 'static> Limit<C> {
    fn with(pool: legacy::Client<C, Empty<bytes::Bytes>>, base: &str) -> Self {
        Self {
            pool,
            token: HeaderValue::from_static(TOKEN),
            one: format!("{base}{}", one_path()).parse().expect("a URI"),
            list: format!("{base}{}", list_path()).parse().expect("a URI"),
        }
    }

    async fn get(&self, uri: &Uri) -> bytes::Bytes {
        let mut request = Request::new(Empty::new());
        *request.uri_mut() = uri.clone();
        let headers = request.headers_mut();
        headers.insert(
            HeaderName::from_static("x-opentok-auth"),
            self.token.clone(),
        );
        headers.insert(USER_AGENT, HeaderValue::from_static("http-bench/0.0.0"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let response = self.pool.request(request).await.expect("an answer");
        assert!(response.status().is_success());
        response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes()
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> Contender for Limit<C> {
    async fn one(&self) -> u64 {
        let archive: Plain =
            serde_json::from_slice(&self.get(&self.one).await).expect("an archive");
        archive.size
    }

    async fn list(&self) -> usize {
        let list: PlainList = serde_json::from_slice(&self.get(&self.list).await).expect("a list");
        list.items.len()
    }
}

/// Ours, as everybody uses it.
#[derive(Clone)]
pub struct Ours(Client);

impl Ours {
    pub fn vonage(base: &str) -> Self {
        Self::new(vonage_credentials(), base)
    }

    pub fn opentok(base: &str) -> Self {
        Self::new(opentok_credentials(), base)
    }

    /// Over HTTP/2.
    pub fn http2(base: &str) -> Self {
        Self::build(opentok_credentials(), base, true)
    }

    fn new(credentials: Credentials, base: &str) -> Self {
        Self::build(credentials, base, false)
    }

    fn build(credentials: Credentials, base: &str, http2: bool) -> Self {
        let mut builder = Client::builder(credentials).base_url(base);
        if http2 {
            builder = builder.http2();
        }
        if base.starts_with("https") {
            builder = builder.only_roots(root::pem());
        }
        Self(builder.build().expect("a client"))
    }
}

pub fn opentok_credentials() -> Credentials {
    Credentials::opentok(API_KEY, API_SECRET).expect("credentials")
}

pub fn vonage_credentials() -> Credentials {
    Credentials::vonage(APPLICATION, PRIVATE_KEY).expect("credentials")
}

impl Contender for Ours {
    async fn one(&self) -> u64 {
        self.0
            .send(GetArchive::new(ARCHIVE))
            .await
            .expect("an archive")
            .size
    }

    async fn list(&self) -> usize {
        self.0
            .send(ListArchives::new().count(1_000_u32))
            .await
            .expect("a list")
            .items
            .len()
    }
}

/// reqwest, with a header that was made once.
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    one: String,
    list: String,
}

impl Reqwest {
    pub fn new(base: &str) -> Self {
        Self {
            client: Self::client(base),
            one: format!("{base}{}", one_path()),
            list: format!("{base}{}", list_path()),
        }
    }

    fn client(base: &str) -> reqwest::Client {
        if base.starts_with("http:") {
            return reqwest::Client::new();
        }
        let root = reqwest::Certificate::from_pem(&root::pem()).expect("a certificate");
        let builder = reqwest::Client::builder().tls_certs_only([root]);
        builder.build().expect("a client")
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, url: &str) -> T {
        let request = self
            .client
            .get(url)
            .header("x-opentok-auth", HeaderValue::from_static(TOKEN))
            .header(ACCEPT, "application/json");
        request
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .expect("an answer")
            .json()
            .await
            .expect("JSON")
    }
}

impl Contender for Reqwest {
    async fn one(&self) -> u64 {
        self.get::<Plain>(&self.one).await.size
    }

    async fn list(&self) -> usize {
        self.get::<PlainList>(&self.list).await.items.len()
    }
}

/// LiveKit's SDK, with its own API: rooms of about the size of an archive, by Twirp and Protocol
/// Buffers, with a token that it signs for each call.
#[derive(Clone)]
pub struct LiveKit(Rc<RoomClient>);

impl LiveKit {
    pub fn new(base: &str) -> Self {
        Self(Rc::new(RoomClient::with_api_key(base, API_KEY, API_SECRET)))
    }

    async fn rooms(&self, names: Vec<String>) -> usize {
        self.0.list_rooms(names).await.expect("rooms").len()
    }
}

impl Contender for LiveKit {
    async fn one(&self) -> u64 {
        self.rooms(vec!["Lesson 0".to_owned()]).await as u64
    }

    async fn list(&self) -> usize {
        self.rooms(Vec::new()).await
    }
}

/// As long as a token of OpenTok is.
const TOKEN: &str = concat!(
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiIxMjM0NTYiLCJpc3QiOiJwcm9qZWN0IiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDAyNDAsImp0aSI6IjEy",
    "MzQ1Njc4LTEyMzQtNDEyMy04MTIzLTEyMzQ1Njc4OTBhYiJ9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
);

fn one_path() -> String {
    format!("/v2/project/{API_KEY}/archive/{ARCHIVE}")
}

fn list_path() -> String {
    format!("/v2/project/{API_KEY}/archive?count=1000")
}

//! The contenders that are written in Rust.

use std::future::Future;

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Uri,
    header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT},
};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use vonage_video::{
    Client, Credentials,
    operations::{GetArchive, ListArchives},
};

use crate::archives::{API_KEY, API_SECRET, APPLICATION, ARCHIVE, PRIVATE_KEY, Plain, PlainList};

/// Somebody who gets archives, typed. What is returned proves that they were read.
pub trait Contender: Clone + 'static {
    fn one(&self) -> impl Future<Output = u64>;
    fn list(&self) -> impl Future<Output = usize>;
}

/// The names by which a child process is told which one it is.
pub const LIMIT: &str = "limit";
pub const OURS_VONAGE: &str = "ours-vonage";
pub const OURS_OPENTOK: &str = "ours-opentok";
pub const REQWEST: &str = "reqwest";

/// The limit: hyper-util's pool, a header that was made once, and structs as anybody would derive
/// them.
#[derive(Clone)]
pub struct Limit {
    pool: legacy::Client<HttpConnector, Empty<bytes::Bytes>>,
    token: HeaderValue,
    one: Uri,
    list: Uri,
}

impl Limit {
    pub fn new(base: &str) -> Self {
        Self {
            pool: Self::pool(),
            token: HeaderValue::from_static(TOKEN),
            one: format!("{base}{}", one_path()).parse().expect("a URI"),
            list: format!("{base}{}", list_path()).parse().expect("a URI"),
        }
    }

    pub fn pool() -> legacy::Client<HttpConnector, Empty<bytes::Bytes>> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        legacy::Client::builder(TokioExecutor::new()).build(connector)
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

impl Contender for Limit {
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
        Self::new(
            Credentials::opentok(API_KEY, API_SECRET).expect("credentials"),
            base,
        )
    }

    fn new(credentials: Credentials, base: &str) -> Self {
        Self(
            Client::builder(credentials)
                .base_url(base)
                .build()
                .expect("a client"),
        )
    }
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
            client: reqwest::Client::new(),
            one: format!("{base}{}", one_path()),
            list: format!("{base}{}", list_path()),
        }
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

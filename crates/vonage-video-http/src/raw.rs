//! Requests built by hand, for when the API is ahead of this library.

use std::{fmt, future::IntoFuture};

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::Serialize;
use serde_json::Value;
use vonage_video_core::{Error, Invalid, Output, Replay, shared::escape};

use crate::{
    call::{Call, CallFuture},
    client::Client,
    execute::Execution,
    prepared::Description,
    response::ApiResponse,
};

impl Client {
    /// Sends a request built by hand.
    ///
    /// `path` is below the project: `archive/x/layout` is `/v2/project/{project}/archive/x/layout`.
    /// With a slash in front it is below the base URL instead. It is plain text, and is
    /// percent-encoded here.
    ///
    /// The request is signed, retried, limited and checked as operations are; `GET`, `HEAD`, `PUT`
    /// and `DELETE` count as safe to send twice.
    ///
    /// ```no_run
    /// # async fn run(video: vonage_video_http::Client) -> Result<(), vonage_video_core::Error> {
    /// let response = video
    ///     .request(http::Method::GET, "archive")
    ///     .query("count", 10)
    ///     .await?;
    /// println!("{}", response.value["count"]);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("custom", "rest"))]
    pub fn request(&self, method: Method, path: impl Into<String>) -> Call<Raw> {
        let raw = Raw {
            method,
            path: path.into(),
            query: String::new(),
            body: None,
        };
        Call::new(self.clone(), raw)
    }
}

/// A request built by hand. Awaiting its [`Call`] returns JSON, `null` for an empty body. From
/// [`Client::request`].
pub struct Raw {
    method: Method,
    path: String,
    query: String,
    body: Option<Vec<u8>>,
}

impl Call<Raw> {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        let query = &mut self.request.query;
        query.push(if query.is_empty() { '?' } else { '&' });
        escape(query, name);
        query.push('=');
        escape(query, &value.to_string());
        self
    }

    /// Sets the body: a value that is serialized as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.request.body = Some(body),
            Err(error) => {
                let invalid = Invalid::new("json", format!("has no JSON form: {error}"), "");
                self.options.problem.get_or_insert(invalid);
            }
        }
        self
    }

    fn begin(self) -> Result<Box<Execution>, Error> {
        let method = self.request.method.clone();
        let description = Description {
            operation: "request",
            template: "/v2/project/{project}/{path}",
            replay: match method {
                Method::GET | Method::HEAD | Method::PUT | Method::DELETE => Replay::Safe,
                _ => Replay::IfUnsent,
            },
            meta: None,
        };
        let raw = self.request;
        Execution::begin(
            self.client,
            description,
            &method,
            self.options,
            |principal| raw.build(principal.base().as_str(), principal.credentials().project()),
        )
    }
}

impl Raw {
    fn build(self, base: &str, project: &str) -> Result<Request<Bytes>, Invalid> {
        let target = target(base, &self.path, &self.query, project)?;
        let json = HeaderValue::from_static("application/json");
        let mut request = Request::new(Bytes::from(self.body.unwrap_or_default()));
        if !request.body().is_empty() {
            request.headers_mut().insert(CONTENT_TYPE, json.clone());
        }
        request.headers_mut().insert(ACCEPT, json);
        *request.uri_mut() = target;
        *request.method_mut() = self.method;
        Ok(request)
    }
}

fn target(base: &str, path: &str, query: &str, project: &str) -> Result<Uri, Invalid> {
    let invalid = |rule| Invalid::new("path", rule, format!("{path:?}"));
    let (mut target, rest) = match path.strip_prefix('/') {
        Some(rest) => (base.to_owned(), rest),
        None => (format!("{base}/v2/project/{project}"), path),
    };
    for segment in rest.trim_end_matches('/').split('/') {
        match segment {
            "" => return Err(invalid("must have no empty segments")),
            "." | ".." => return Err(invalid("must not contain `.` or `..` as a segment")),
            _ if segment.contains(['?', '#']) => {
                return Err(invalid("must have no query; see `query`"));
            }
            _ => {}
        }
        target.push('/');
        escape(&mut target, segment);
    }
    target.push_str(query);
    Uri::try_from(target).map_err(|error| Invalid::new("path", error.to_string(), ""))
}

impl IntoFuture for Call<Raw> {
    type Output = Result<ApiResponse<Value>, Error>;
    type IntoFuture = CallFuture<ApiResponse<Value>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.begin()?.response(Value::decode).await })
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

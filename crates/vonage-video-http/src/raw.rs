//! Requests by hand, for the day on which the API is ahead of this library.

use std::{fmt, fmt::Write as _, future::IntoFuture, time::Duration};

use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;
use vonage_video_core::{Error, Invalid, Output, Replay};

use crate::{
    call::{ApiResponse, CallFuture},
    client::Client,
    execute::{Execution, PreparedRequest, execute},
    options::Options,
};

/// What stays as it is in a segment of a path and in a query: RFC 3986's unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const OPERATION: &str = "request";

impl Client {
    /// A request by hand. `path` is below the project: `archive/x/layout` is `/v2/project/{project}/archive/x/layout`; with a slash in front it is below the
    /// base URL instead. It is text, and is percent-encoded here.
    ///
    /// It is signed, retried, bounded and judged as operations are; `GET`, `HEAD`, `PUT` and `DELETE` count as safe to send twice.
    ///
    /// ```no_run
    /// # async fn run(video: vonage_video_http::Client) -> Result<(), vonage_video_core::Error> {
    /// let answer = video
    ///     .request(http::Method::GET, "archive")
    ///     .query("count", 10)
    ///     .await?;
    /// println!("{}", answer.value["count"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawCall {
        RawCall {
            client: self.clone(),
            method,
            path: path.into(),
            query: String::new(),
            body: None,
            options: Options::default(),
        }
    }
}

/// A request by hand, sent when it is awaited. It answers with JSON, which is `null` for an empty body.
#[must_use = "nothing is sent before it is awaited"]
pub struct RawCall {
    client: Client,
    method: Method,
    path: String,
    query: String,
    body: Option<Vec<u8>>,
    options: Options,
}

impl RawCall {
    /// Adds a parameter to the query.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        let separator = if self.query.is_empty() { '?' } else { '&' };
        // Writing to a string does not fail.
        let _ = write!(
            self.query,
            "{separator}{}={}",
            utf8_percent_encode(name, ESCAPED),
            utf8_percent_encode(&value.to_string(), ESCAPED)
        );
        self
    }

    /// Sets the body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = Some(body),
            Err(error) => {
                let invalid = Invalid::new("json", format!("has no JSON form: {error}"), "");
                self.options.problem.get_or_insert(invalid);
            }
        }
        self
    }

    /// How long the call takes at most, with all its attempts and the waits between them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.total = Some(limit);
        self
    }

    /// How long one attempt takes at most.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.options.attempt = Some(limit);
        self
    }

    /// Attempts in all; 1 for no retries.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = Some(attempts);
        self
    }

    /// Lets the request be sent again even where it may have had its effect already.
    pub fn allow_replay(mut self) -> Self {
        self.options.replay = Some(Replay::Safe);
        self
    }

    /// Adds a header. Those that sign and frame the request cannot be set; trying to is an error of the call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options.header(name, value);
        self
    }

    fn begin(self) -> Result<Execution, Error> {
        let identity = self.client.inner().current.get();
        let project = identity.credentials().project();
        let target = target(&self.path, &self.query, project)?;

        let mut request = Request::new(Bytes::from(self.body.unwrap_or_default()));
        if !request.body().is_empty() {
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
        }
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json);
        *request.uri_mut() = target;
        let replay = match self.method {
            Method::GET | Method::HEAD | Method::PUT | Method::DELETE => Replay::Safe,
            _ => Replay::IfUnsent,
        };
        *request.method_mut() = self.method;
        let prepared = PreparedRequest {
            operation: OPERATION,
            template: "/v2/project/{project}/{path}",
            replay,
            means_empty: |_| false,
            request,
            options: self.options,
        };
        Execution::begin(self.client, identity, prepared)
    }
}

fn target(path: &str, query: &str, project: &str) -> Result<Uri, Invalid> {
    let invalid = |rule| Invalid::new("path", rule, format!("{path:?}"));
    let (mut target, rest) = match path.strip_prefix('/') {
        Some(rest) => (String::new(), rest),
        None => (format!("/v2/project/{project}"), path),
    };
    for segment in rest.trim_end_matches('/').split('/') {
        match segment {
            "" => return Err(invalid("must have no empty segments")),
            "." | ".." => return Err(invalid("must have no steps up or in place")),
            _ if segment.contains(['?', '#']) => {
                return Err(invalid("must have no query; see `query`"));
            }
            _ => {}
        }
        let _ = write!(target, "/{}", utf8_percent_encode(segment, ESCAPED));
    }
    target.push_str(query);
    Uri::try_from(target).map_err(|error| Invalid::new("path", error.to_string(), ""))
}

impl IntoFuture for RawCall {
    type Output = Result<ApiResponse<Value>, Error>;
    type IntoFuture = CallFuture<ApiResponse<Value>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(execute(
            OPERATION,
            move || self.begin(),
            Value::decode,
            ApiResponse::from,
        ))
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

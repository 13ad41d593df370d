//! One request for a file, or for the rest of it.

use std::pin::pin;

use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE, USER_AGENT},
};
use vonage_video_core::{BoxError, Error};

use crate::{
    attempt::{AttemptLimits, within},
    base_url::is_loopback,
    body::{Body, SentFlag},
    client::Shared,
};

/// A file that is being sent, from `offset` on.
pub(super) struct Opened {
    pub(super) body: Body,
    pub(super) offset: u64,
    /// The size of the whole, if the host says.
    pub(super) total: Option<u64>,
    /// What tells this version of the file from others.
    pub(super) version: Option<HeaderValue>,
}

/// Why a file is not being sent.
pub(super) enum Refused {
    /// The link is not good any more.
    Dead,
    /// There is nothing from this offset on.
    Complete,
    /// It may be by the next time.
    Passing(BoxError),
    /// It is not the file that it was.
    Changed,
}

/// Asks for a file from `offset` on. No credentials are sent.
pub(super) async fn open(
    shared: &Shared,
    link: &Uri,
    offset: u64,
    version: Option<&HeaderValue>,
) -> Result<Opened, Refused> {
    let sent_flag = SentFlag::default();
    let mut request = Request::new(Body::flagged(bytes::Bytes::new(), sent_flag.clone()));
    *request.method_mut() = Method::GET;
    *request.uri_mut() = link.clone();
    let headers = request.headers_mut();
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    if offset > 0 {
        if let Ok(range) = HeaderValue::try_from(format!("bytes={offset}-")) {
            headers.insert(RANGE, range);
        }
        if let Some(version) = version {
            headers.insert(IF_RANGE, version.clone());
        }
    }
    let bounds = AttemptLimits {
        deadlines: shared.deadlines,
        remaining: shared.deadlines.attempt,
        max_response_bytes: 0,
    };
    let time = &shared.time;
    let exchange = pin!(shared.transport.send(request));
    let response = within(exchange, &sent_flag, bounds, time, time.elapsed())
        .await
        .map_err(|error: Error| Refused::Passing(error.into()))?;
    judge(response, offset)
}

fn judge(response: Response<Body>, offset: u64) -> Result<Opened, Refused> {
    let (head, body) = response.into_parts();
    let opened = |offset, total| Opened {
        body,
        offset,
        total,
        version: version(&head.headers),
    };
    match head.status {
        StatusCode::PARTIAL_CONTENT => match range(&head.headers) {
            Some((start, total)) if start == offset => Ok(opened(start, total)),
            _ => Err(Refused::Changed),
        },
        // The host knows no ranges, or has another file by now: that shows in its version.
        status if status.is_success() => Ok(opened(0, length(&head.headers))),
        StatusCode::RANGE_NOT_SATISFIABLE => Err(Refused::Complete),
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::GONE => Err(Refused::Dead),
        status => Err(Refused::Passing(
            format!("the file's host answers {status}").into(),
        )),
    }
}

/// An archive's link, if it may be followed.
pub(super) fn link(text: &str) -> Result<Uri, &'static str> {
    let uri: Uri = text.parse().map_err(|_| "it is not a URL")?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) if cfg!(feature = "tls") => Ok(uri),
        (Some("https"), Some(_)) => Err("https needs the feature `tls`, which is off"),
        (Some("http"), Some(host)) if is_loopback(host) => Ok(uri),
        (Some("http"), Some(_)) => Err("it is plain http"),
        _ => Err("it is not a URL with a scheme and a host"),
    }
}

/// Strong versions only: a weak one does not promise the same bytes.
fn version(headers: &HeaderMap) -> Option<HeaderValue> {
    let version = headers.get(ETAG)?;
    (!version.as_bytes().starts_with(b"W/")).then(|| version.clone())
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Start and size of the whole, from `bytes 5-9/10`.
fn range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (span, total) = range.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = span.split_once('-')?;
    Some((start.trim().parse().ok()?, total.trim().parse().ok()))
}

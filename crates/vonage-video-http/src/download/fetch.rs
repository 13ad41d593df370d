//! One request for a file, or for a part of it.

use std::pin::pin;

use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri,
    header::{
        ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE,
        RANGE, USER_AGENT,
    },
};
use tokio::time::Instant;
use vonage_video_core::{BoxError, Error};

use super::span::Span;
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
    /// The strong validator, which tells this version of the file from all others.
    pub(super) version: Option<HeaderValue>,
}

/// Why a file is not being sent.
pub(super) enum Refused {
    /// The link has expired.
    Dead,
    /// There is nothing at this offset.
    Complete,
    /// It may be sent the next time.
    Passing(BoxError),
    /// The response is to another question.
    Changed,
    /// The bytes are encoded, and so not the file's.
    Encoded(String),
}

/// Asks for the part of a file that `span` still lacks. No credentials are sent.
pub(super) async fn open(
    shared: &Shared,
    link: &Uri,
    span: &Span,
    version: Option<&HeaderValue>,
) -> Result<Opened, Refused> {
    let sent_flag = SentFlag::new(None, Instant::now());
    let mut request = Request::new(Body::flagged(bytes::Bytes::new(), sent_flag.clone()));
    *request.method_mut() = Method::GET;
    *request.uri_mut() = link.clone();
    let headers = request.headers_mut();
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some(range) = span.range() {
        headers.insert(RANGE, range);
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
    judge(response, span)
}

fn judge(response: Response<Body>, span: &Span) -> Result<Opened, Refused> {
    let (head, body) = response.into_parts();
    if let Some(encoding) = encoding(&head.headers).filter(|_| head.status.is_success()) {
        return Err(Refused::Encoded(encoding));
    }
    let opened = |offset, total| Opened {
        body,
        offset,
        total,
        version: strong_validator(&head.headers),
    };
    match head.status {
        StatusCode::PARTIAL_CONTENT => match range(&head.headers) {
            Some((start, total)) if start == span.next() => Ok(opened(start, total)),
            _ => Err(Refused::Changed),
        },
        // The host knows no ranges, or has another version by now.
        StatusCode::OK => Ok(opened(0, length(&head.headers))),
        StatusCode::RANGE_NOT_SATISFIABLE => Err(Refused::Complete),
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::GONE => Err(Refused::Dead),
        status => Err(Refused::Passing(
            format!("the file's host answered {status}").into(),
        )),
    }
}

/// What decides whether an archive's link may be followed.
#[derive(Clone, Copy)]
pub(super) struct LinkRules {
    /// The API itself is on this machine.
    pub(super) api_is_local: bool,
    /// Plain HTTP was allowed for the API.
    pub(super) allow_plain_http: bool,
}

/// An archive's link, if it may be followed.
pub(super) fn link(text: &str, rules: LinkRules) -> Result<Uri, &'static str> {
    let uri: Uri = text.parse().map_err(|_| "it is not a URL")?;
    let (Some(scheme), Some(host), Some(authority)) =
        (uri.scheme_str(), uri.host(), uri.authority())
    else {
        return Err("it is not a URL with a scheme and a host");
    };
    // `http::Uri` takes a port that is too large for none.
    let place = authority.as_str().rsplit('@').next().unwrap_or_default();
    if authority.port_u16().is_none() && place.len() > host.len() {
        return Err("its port is not one");
    }
    let local = is_loopback(host);
    if local && !rules.api_is_local {
        return Err("it leads to this machine, and the API is elsewhere");
    }
    match scheme {
        "https" if cfg!(feature = "tls") => Ok(uri),
        "https" => Err("https needs the feature `tls`, which is off"),
        "http" if local || rules.allow_plain_http => Ok(uri),
        "http" => Err("it is plain http; `allow_plain_http` allows that"),
        _ => Err("its scheme is neither https nor http"),
    }
}

/// A weak validator does not promise the same bytes.
fn strong_validator(headers: &HeaderMap) -> Option<HeaderValue> {
    let version = headers.get(ETAG)?;
    let text = version.as_bytes();
    (text.len() >= 2 && text.starts_with(b"\"") && text.ends_with(b"\"")).then(|| version.clone())
}

/// How a body is encoded, if it is.
fn encoding(headers: &HeaderMap) -> Option<String> {
    let codings: Vec<_> = headers
        .get_all(CONTENT_ENCODING)
        .into_iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(|coding| String::from_utf8_lossy(coding).trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    (!codings.is_empty()).then(|| codings.join(", "))
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

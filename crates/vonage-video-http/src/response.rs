//! A response: its value and headers, or the error that it means.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER},
};
use vonage_video_core::{ApiError, ClockSkew, DecodeError, Error, shared::refuse_page};

/// Headers in which servers and gateways put the id of a request.
const REQUEST_IDS: [HeaderName; 4] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-opentok-request-id"),
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("x-correlation-id"),
];

/// A decoded response, with what it was decoded from.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiResponse<T> {
    /// What the body was decoded into.
    pub value: T,
    /// The status: a 2xx, or the 404 with which the service responds for a session without streams.
    pub status: StatusCode,
    /// The headers of the response, as received.
    pub headers: HeaderMap,
    /// The body as received.
    pub body: Bytes,
    /// The number of attempts made.
    pub attempts: u32,
    /// How long the call took in all.
    pub elapsed: Duration,
}

impl<T: fmt::Debug> fmt::Debug for ApiResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("value", &self.value)
            .field("status", &self.status.as_u16())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    /// A response without headers or body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// The error that a response outside of 2xx means. It was received at `now` for a request that
    /// was signed with a clock `signed_with` seconds ahead of this machine's. Redirects are never
    /// followed.
    pub(crate) fn error(&self, now: SystemTime, signed_with: i64) -> Error {
        let mut error = ApiError::read(self.status, self.body.clone());
        if let Some(id) = request_id(&self.headers) {
            error.request_id = Some(id.to_owned());
        }
        error.retry_after = retry_after(&self.headers, now);
        if matches!(
            self.status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        ) {
            error.clock_skew =
                date(&self.headers).and_then(|date| ClockSkew::measure(date, now, signed_with));
        }
        if is_redirect(self.status) && error.message.is_empty() {
            error.message =
                "the server redirects elsewhere, which is never followed: is the base URL right?"
                    .to_owned();
        }
        Error::api(error)
    }

    /// Whether the body can be the API's: not compressed, since that was not asked for, and not a
    /// web page, which comes from a proxy, a sign-in page or another server.
    pub(crate) fn check_content(&self) -> Result<(), DecodeError> {
        let header = |name| self.headers.get(name).map(|value| value.to_str());
        match header(CONTENT_ENCODING) {
            None => {}
            Some(Ok(encoding)) if encoding.eq_ignore_ascii_case("identity") => {}
            Some(encoding) => {
                return Err(DecodeError::whole(format!(
                    "the body is compressed ({}), which was not asked for",
                    encoding.unwrap_or("?")
                )));
            }
        }
        let kind = header(CONTENT_TYPE).and_then(Result::ok);
        refuse_page(kind.unwrap_or_default(), &self.body)
    }
}

/// Whether a status redirects to another URL.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_IDS
        .iter()
        .find_map(|name| headers.get(name)?.to_str().ok())
        .filter(|id| !id.is_empty() && id.len() <= 200)
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // Against the server's own clock where it is known: ours may be wrong.
    let now = date(headers).unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use http::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    const NOW: u64 = 784_111_777;

    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn response(status: u16, headers: &[(HeaderName, &str)]) -> Received {
        Received {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
                .collect(),
            body: Bytes::new(),
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (text, expected) in [
            ("7", Some(7)),
            (" 120 ", Some(120)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("99999999999999999999999", None),
        ] {
            let error = response(429, &[(RETRY_AFTER, text)]).error(now(), 0);
            let seconds = error.api_error().unwrap().retry_after.map(|d| d.as_secs());
            assert_eq!(seconds, expected, "{text}");
        }
    }

    #[test]
    fn a_date_to_wait_for_is_read_by_the_clock_that_wrote_it() {
        let headers = [
            (RETRY_AFTER, "Sun, 06 Nov 1994 09:00:10 GMT"),
            (DATE, "Sun, 06 Nov 1994 09:00:00 GMT"),
        ];
        let error = response(503, &headers).error(now(), 0);
        assert_eq!(
            error.api_error().unwrap().retry_after,
            Some(Duration::from_secs(10))
        );
    }

    #[test]
    fn only_a_skew_that_matters_is_told_and_only_on_a_refused_signature() {
        for (status, date, expected) in [
            (401, "Sun, 06 Nov 1994 08:52:37 GMT", Some(180)),
            (403, "Sun, 06 Nov 1994 08:46:37 GMT", Some(-180)),
            (403, "Sun, 06 Nov 1994 08:49:57 GMT", None),
            (404, "Sun, 06 Nov 1994 08:52:37 GMT", None),
            (403, "yesterday", None),
        ] {
            let error = response(status, &[(DATE, date)]).error(now(), 0);
            let skew = error.api_error().unwrap().clock_skew.map(|s| s.seconds);
            assert_eq!(skew, expected, "{status} {date}");
        }
    }

    #[test]
    fn a_redirect_is_not_followed_and_its_error_explains_that() {
        for status in [301, 302, 303, 307, 308] {
            let error = response(status, &[]).error(now(), 0);
            assert!(error.to_string().contains("never followed"), "{error}");
        }
        for status in [300, 304] {
            let error = response(status, &[]).error(now(), 0);
            assert!(!error.to_string().contains("redirects"), "{error}");
        }
    }

    #[test]
    fn a_skew_is_measured_against_the_clock_that_signed() {
        let date = [(DATE, "Sun, 06 Nov 1994 09:49:37 GMT")];
        for (signed_with, expected) in [(0, Some(3600)), (3600, None), (7200, Some(3600))] {
            let error = response(401, &date).error(now(), signed_with);
            let skew = error.api_error().unwrap().clock_skew;
            let correction = skew.and_then(|skew| skew.correction());
            assert_eq!(correction, expected, "{signed_with}");
        }
    }

    #[test]
    fn a_web_page_is_not_a_success() {
        let page = |kind: &str, body: &'static str| {
            let mut received = response(200, &[(CONTENT_TYPE, kind)]);
            received.body = Bytes::from_static(body.as_bytes());
            received.check_content().is_err()
        };
        assert!(page("text/html", "<p>Sign in</p>"));
        assert!(page("Text/HTML; charset=utf-8", "{}"));
        assert!(page("application/xhtml+xml", "<x/>"));
        assert!(page(
            "application/json",
            "\u{feff} <!DOCTYPE html><title>x</title>"
        ));
        assert!(page("text/plain", "<HTML></HTML>"));
        assert!(!page("text/html", ""));
        assert!(!page("text/html", " \n"));
        assert!(!page("application/json", "{}"));
        assert!(!page("text/plain", "{\"a\":\"<html>\"}"));
    }
}

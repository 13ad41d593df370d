//! What an answer says beside its body: who it is, when it was made, and how long to wait.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_ENCODING, DATE, HeaderName, RETRY_AFTER},
};
use vonage_video_core::{ApiError, ClockSkew, DecodeError, Error};

/// Headers by which servers and gateways name an exchange.
const REQUEST_IDS: [HeaderName; 4] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-opentok-request-id"),
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("x-correlation-id"),
];

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    /// An answer that holds nothing.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// What an answer that is no success says, at `now`. A redirect is a refusal: it is never followed.
    ///
    /// `corrected_by` is the correction in seconds of the clock that signed the request.
    pub(crate) fn refusal(&self, now: SystemTime, corrected_by: i64) -> Error {
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
                date(&self.headers).and_then(|date| ClockSkew::measure(date, now, corrected_by));
        }
        if self.status.is_redirection() && error.message.is_empty() {
            error.message =
                "the server redirects elsewhere, which is never followed: is the base URL right?"
                    .to_owned();
        }
        Error::api(error)
    }

    /// Whether the body is as it was sent. Nothing else was asked for.
    pub(crate) fn check_encoding(&self) -> Result<(), DecodeError> {
        match self
            .headers
            .get(CONTENT_ENCODING)
            .map(|value| value.to_str())
        {
            None => Ok(()),
            Some(Ok(encoding)) if encoding.eq_ignore_ascii_case("identity") => Ok(()),
            Some(encoding) => Err(DecodeError::whole(format!(
                "the body is compressed ({}), which was not asked for",
                encoding.unwrap_or("?")
            ))),
        }
    }
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
    // Against the server's own clock where it tells it: ours may be wrong.
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

    fn answer(status: u16, headers: &[(HeaderName, &str)]) -> Received {
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
            let error = answer(429, &[(RETRY_AFTER, text)]).refusal(now(), 0);
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
        let error = answer(503, &headers).refusal(now(), 0);
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
            let error = answer(status, &[(DATE, date)]).refusal(now(), 0);
            let skew = error.api_error().unwrap().clock_skew.map(|s| s.seconds);
            assert_eq!(skew, expected, "{status} {date}");
        }
    }

    #[test]
    fn a_redirect_says_that_it_is_not_followed() {
        for status in [301, 302, 307, 308] {
            let error = answer(status, &[]).refusal(now(), 0);
            assert!(error.to_string().contains("never followed"), "{error}");
        }
    }
}

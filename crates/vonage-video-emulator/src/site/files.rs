//! Downloads of archives, whole or in ranges.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE},
};
use vonage_video_core::{ArchiveId, models::ArchiveStatus};

use crate::{media::recording, site::State};

/// Serves a download. Errors are XML, as those of the object store that the service links to.
pub(super) fn download(state: &State, path: &str, request: &Request<Bytes>) -> Response<Bytes> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowed",
            "Only GET and HEAD",
        );
    }
    let query = request.uri().query().unwrap_or_default();
    if let Err(reason) = state.links.check(path, query, state.world.now()) {
        return refusal(StatusCode::FORBIDDEN, "AccessDenied", reason);
    }
    let file = path.split_once('/').and_then(|(id, name)| {
        let archive = state
            .world
            .archives()
            .get(&ArchiveId::from(id))
            .filter(|archive| archive.model.status == ArchiveStatus::Available)?;
        let recording = archive.recording();
        Some(match name {
            recording::TRANSCRIPT => (recording::transcript(&recording), "application/json"),
            recording::INDIVIDUAL => (recording::file(&recording), "application/zip"),
            _ => (recording::file(&recording), "video/mp4"),
        })
    });
    let Some((file, kind)) = file else {
        return refusal(StatusCode::NOT_FOUND, "NoSuchKey", "The file is gone");
    };
    let mut response = ranged(Bytes::from(file), request.headers());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if request.method() == Method::HEAD {
        let length = HeaderValue::from(response.body().len());
        response.headers_mut().insert(CONTENT_LENGTH, length);
        *response.body_mut() = Bytes::new();
    }
    response
}

/// The whole file, or the requested range.
fn ranged(file: Bytes, headers: &HeaderMap) -> Response<Bytes> {
    let tag = format!("\"{}\"", recording::sha256(&file));
    let same = headers
        .get(IF_RANGE)
        .is_none_or(|expected| expected.as_bytes() == tag.as_bytes());
    let asked = headers
        .get(RANGE)
        .filter(|_| same)
        .and_then(|value| value.to_str().ok());
    let length = file.len();
    let mut response = match asked.map(|asked| range(asked, length)) {
        None | Some(Range::Ignored) => Response::new(file),
        Some(Range::Part { from, to }) => {
            let mut response = Response::new(file.slice(from..to));
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let last = to.saturating_sub(1);
            if let Ok(value) = HeaderValue::from_str(&format!("bytes {from}-{last}/{length}")) {
                response.headers_mut().insert(CONTENT_RANGE, value);
            }
            response
        }
        Some(Range::Outside) => {
            let mut response = refusal(
                StatusCode::RANGE_NOT_SATISFIABLE,
                "InvalidRange",
                "The range is outside of the file",
            );
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}")) {
                response.headers_mut().insert(CONTENT_RANGE, value);
            }
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// Not a range of bytes; RFC 9110 lets a server send the whole file then.
    Ignored,
    Part {
        from: usize,
        to: usize,
    },
    Outside,
}

/// One range of RFC 9110: `bytes=5-9`, `bytes=5-`, or `bytes=-5`.
fn range(header: &str, length: usize) -> Range {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Range::Ignored;
    };
    let (from, to) = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(from), Ok(last)) if from <= last => (from, length.min(last.saturating_add(1))),
        (Ok(from), Err(_)) if last.trim().is_empty() => (from, length),
        (Err(_), Ok(suffix)) if first.trim().is_empty() && suffix > 0 => {
            (length.saturating_sub(suffix), length)
        }
        _ => return Range::Ignored,
    };
    if from < to {
        Range::Part { from, to }
    } else {
        Range::Outside
    }
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_standard() {
        for (header, expected) in [
            ("bytes=0-", Range::Part { from: 0, to: 10 }),
            ("bytes=5-7", Range::Part { from: 5, to: 8 }),
            ("bytes=5-99", Range::Part { from: 5, to: 10 }),
            ("bytes=-3", Range::Part { from: 7, to: 10 }),
            ("bytes=-99", Range::Part { from: 0, to: 10 }),
            ("bytes=10-", Range::Outside),
            ("bytes=99-100", Range::Outside),
            ("bytes=7-5", Range::Ignored),
            ("bytes=-0", Range::Ignored),
            ("bytes=0-1,3-4", Range::Ignored),
            ("bytes=a-b", Range::Ignored),
            ("items=0-1", Range::Ignored),
            ("bytes=99999999999999999999999-", Range::Ignored),
        ] {
            assert_eq!(range(header, 10), expected, "{header}");
        }
        assert_eq!(range("bytes=0-", 0), Range::Outside);
    }
}

//! Error responses: any body becomes an error of one line, and is kept as it came.
//!
//! A line with a status, and a body: JSON, XML, HTML or anything else.

#![no_main]

use bytes::Bytes;
use http::StatusCode;
use libfuzzer_sys::fuzz_target;
use vonage_video_core::{ApiError, Error};
use vonage_video_fuzz::assert_one_line;

fuzz_target!(|bytes: &[u8]| {
    let (line, body) = match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (&b"400"[..], bytes),
    };
    let status = StatusCode::from_bytes(line).unwrap_or(StatusCode::BAD_REQUEST);
    let error = ApiError::read(status, Bytes::copy_from_slice(body));
    assert_eq!(error.status, status);
    assert_eq!(error.body, body);
    let text = Error::api(error).in_operation("start_archive").to_string();
    assert!(
        text.starts_with(&format!("start_archive: {}", status.as_u16())),
        "{text}"
    );
    assert_one_line(&text);
});

//! The page at the root.

use bytes::Bytes;
use http::Response;

pub(crate) fn response() -> Response<Bytes> {
    Response::new(Bytes::from_static(
        b"The Vonage Video API, emulated. Its control API is under /_emulator/.\n",
    ))
}

//! Mends what is almost JSON: byte order marks, broken text, numbers that no number type holds.

/// A body without the byte order mark that some servers write first.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

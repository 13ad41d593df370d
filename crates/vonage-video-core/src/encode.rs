//! The client's half: from an operation to an HTTP request without a host.

use bytes::Bytes;
use http::{
    HeaderValue, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{check::Invalid, fields, operation::Operation};

/// What stays as it is in a path segment and in a query: RFC 3986's unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Turns an operation into a request: method, path and query, `accept`, and, with a body, `content-type`. Host and authentication are the
/// transport's to add.
///
/// # Errors
///
/// The operation breaks one of its limits, or `project` cannot be a path segment. Nothing was sent.
pub fn encode<O: Operation>(operation: &O, project: &str) -> Result<Request<Bytes>, Invalid> {
    operation.validate()?;
    let meta = O::META;
    let parts =
        fields::split(operation, meta).map_err(|error| Invalid::new("", error.to_string(), ""))?;

    let mut target = String::with_capacity(meta.path.len() + 128);
    fill_path(&mut target, meta.path, |name| match name {
        "project" => Some(project),
        _ => parts
            .path
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str()),
    })?;
    if !parts.query.is_empty() {
        target.push('?');
        target.push_str(&parts.query);
    }
    let target =
        Uri::try_from(target).map_err(|error| Invalid::new("", error.to_string(), meta.path))?;

    let mut request = Request::new(parts.body);
    *request.method_mut() = meta.method.clone();
    *request.uri_mut() = target;
    request
        .headers_mut()
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(content_type) = parts.content_type {
        request
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    Ok(request)
}

/// Fills a template such as `/v2/project/{project}/archive`. Each parameter is a segment of its own.
fn fill_path<'a>(
    target: &mut String,
    template: &'a str,
    value: impl Fn(&'a str) -> Option<&'a str>,
) -> Result<(), Invalid> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = value(name).unwrap_or_default();
        crate::check::segment(name, value)?;
        target.push_str(before);
        escape(target, value);
        rest = after;
    }
    target.push_str(rest);
    Ok(())
}

/// Appends text with everything percent-encoded that has a meaning in a URL.
pub(crate) fn escape(target: &mut String, text: &str) {
    let stays =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    // As in `check::segment`.
    if text.bytes().fold(true, |plain, byte| plain & stays(byte)) {
        target.push_str(text);
    } else {
        target.extend(utf8_percent_encode(text, ESCAPED));
    }
}

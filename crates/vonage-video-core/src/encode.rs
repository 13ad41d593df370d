//! The client's half: from an operation to an HTTP request without a host.

use std::fmt::Write as _;

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

/// Fills a template such as `/v2/project/{project}/archive` segment by segment.
fn fill_path<'a>(
    target: &mut String,
    template: &'a str,
    value: impl Fn(&'a str) -> Option<&'a str>,
) -> Result<(), Invalid> {
    for segment in template.split('/').skip(1) {
        target.push('/');
        let Some(name) = segment
            .strip_prefix('{')
            .and_then(|segment| segment.strip_suffix('}'))
        else {
            target.push_str(segment);
            continue;
        };
        let value = value(name).unwrap_or_default();
        crate::check::segment(name, value)?;
        escape(target, value);
    }
    Ok(())
}

/// Appends text with everything percent-encoded that has a meaning in a URL.
pub(crate) fn escape(target: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = write!(target, "{}", utf8_percent_encode(text, ESCAPED));
}

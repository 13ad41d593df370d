//! Encodes an operation as an HTTP request without a host: the client's side.

use bytes::Bytes;
use http::{
    HeaderValue, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};

use crate::{check, fields, invalid::Invalid, operation::Operation, url::escape};

/// Encodes an operation as a request: method, path and query, `accept`, and `content-type` where
/// there is a body. The HTTP client adds the host and the authentication.
///
/// # Errors
///
/// The operation exceeds one of its limits, or `project` cannot be a segment of a path.
pub fn encode<O: Operation>(operation: &O, project: &str) -> Result<Request<Bytes>, Invalid> {
    encode_at("", operation, project)
}

/// As [`encode`], below a base URL without a slash at its end, such as `https://api.opentok.com`.
///
/// # Errors
///
/// As [`encode`], or `base` is not the beginning of a URL.
pub fn encode_at<O: Operation>(
    base: &str,
    operation: &O,
    project: &str,
) -> Result<Request<Bytes>, Invalid> {
    operation.validate()?;
    let meta = O::META;
    let parts =
        fields::split(operation, meta).map_err(|error| Invalid::new("", error.to_string(), ""))?;

    let mut target = String::with_capacity(base.len() + meta.path.len() + 128);
    target.push_str(base);
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

/// Fills in a template such as `/v2/project/{project}/archive`. Each parameter becomes one segment.
fn fill_path<'a>(
    target: &mut String,
    template: &'static str,
    value: impl Fn(&'static str) -> Option<&'a str>,
) -> Result<(), Invalid> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = value(name).unwrap_or_default();
        check::segment(name, value)?;
        target.push_str(before);
        escape(target, value);
        rest = after;
    }
    target.push_str(rest);
    Ok(())
}

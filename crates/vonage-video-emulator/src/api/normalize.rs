//! Deviations of official SDKs from the contract, undone before a request is matched. Each of them
//! was recorded or read in an SDK.

use std::borrow::Cow;

use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// A request as the contract describes it.
#[derive(Debug)]
pub(crate) struct Normalized<'r> {
    pub(crate) method: Method,
    pub(crate) path: Cow<'r, str>,
    pub(crate) body: Cow<'r, [u8]>,
}

pub(crate) fn normalize<'r>(
    method: &Method,
    path: &'r str,
    query: &str,
    body: &'r [u8],
) -> Normalized<'r> {
    let path = canonical_path(path);
    if method == Method::PUT
        && let Some((path, body)) = one_stream(&path, body)
    {
        return Normalized {
            method: Method::PUT,
            path: Cow::Owned(path),
            body: Cow::Owned(body),
        };
    }
    Normalized {
        method: usual_method(method, &path),
        body: usual_body(&path, query, body),
        path,
    }
}

/// Removes doubled slashes and one at the end, and replaces other names of paths.
fn canonical_path(path: &str) -> Cow<'_, str> {
    if path.contains("//") {
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let single = format!("/{}", segments.join("/"));
        return Cow::Owned(canonical_path(&single).into_owned());
    }
    let path = match path {
        "/" => path,
        _ => path.strip_suffix('/').unwrap_or(path),
    };
    if path == "/hl/session/create" {
        return Cow::Borrowed("/session/create");
    }
    let (partner, rest) = match path.strip_prefix("/v2/partner/") {
        Some(rest) => (true, rest),
        None => (false, path.strip_prefix("/v2/project/").unwrap_or_default()),
    };
    // One SDK's name of `dial`.
    match rest.split_once('/') {
        Some((project, "call")) => Cow::Owned(format!("/v2/project/{project}/dial")),
        _ if partner => Cow::Owned(format!("/v2/project/{rest}")),
        _ => Cow::Borrowed(path),
    }
}

/// One SDK sets the classes of a single stream: `PUT …/stream/{id}` with `layoutClassList`.
fn one_stream(path: &str, body: &[u8]) -> Option<(String, Vec<u8>)> {
    let (streams, id) = path.rsplit_once('/')?;
    let mut segments = streams.rsplit('/');
    if (segments.next(), segments.nth(1)) != (Some("stream"), Some("session")) {
        return None;
    }
    let id = percent_decode_str(id).decode_utf8().ok()?;
    let classes = match serde_json::from_slice(body) {
        Ok(Value::Object(mut members)) => members.remove("layoutClassList"),
        _ => None,
    };
    let body = match classes {
        Some(classes) => json!({ "items": [{ "id": id, "layoutClassList": classes }] }),
        None => json!({}),
    };
    Some((streams.to_owned(), body.to_string().into_bytes()))
}

/// One SDK stops captions with DELETE; it and the OpenAPI document set the layout of a broadcast
/// with POST.
fn usual_method(method: &Method, path: &str) -> Method {
    let mut segments = path.rsplit('/');
    let (last, _, kind) = (segments.next(), segments.next(), segments.next());
    match (method.as_str(), kind, last) {
        ("DELETE", Some("captions"), Some("stop")) => Method::POST,
        ("POST", Some("broadcast"), Some("layout")) => Method::PUT,
        _ => method.clone(),
    }
}

fn usual_body<'r>(path: &str, query: &str, body: &'r [u8]) -> Cow<'r, [u8]> {
    if path == "/session/create" {
        return with_query(query, form(body));
    }
    let connects = path.ends_with("/connect");
    let broadcasts = path.ends_with("/broadcast");
    if !connects && !broadcasts {
        return Cow::Borrowed(body);
    }
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return Cow::Borrowed(body);
    };
    // One SDK sends this object as a string of JSON.
    if let Some(transport) = members
        .get_mut("websocket")
        .and_then(|websocket| websocket.get_mut("audioTransport"))
        && let Some(Ok(parsed)) = transport.as_str().map(serde_json::from_str)
    {
        *transport = parsed;
    }
    // One SDK sends this bitrate, which is below the documented minimum, unless another is set.
    if broadcasts && members.get("maxBitrate").and_then(Value::as_u64) == Some(1000) {
        members.remove("maxBitrate");
    }
    Cow::Owned(Value::Object(members).to_string().into_bytes())
}

/// Parameters in the query count where a form belongs; those of the body win.
fn with_query<'r>(query: &str, form: Cow<'r, [u8]>) -> Cow<'r, [u8]> {
    if query.is_empty() {
        return form;
    }
    let joined = [query.as_bytes(), b"&", form.as_ref()].concat();
    Cow::Owned(joined)
}

/// Sessions are created by forms; JSON is accepted too.
fn form(body: &[u8]) -> Cow<'_, [u8]> {
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
        return Cow::Borrowed(body);
    };
    let pairs: Vec<String> = members
        .iter()
        .filter_map(|(name, value)| {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                _ => return None,
            };
            Some(format!("{}={}", form_escape(name), form_escape(&value)))
        })
        .collect();
    Cow::Owned(pairs.join("&").into_bytes())
}

fn form_escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(method: &str, path: &str, body: &str) -> (String, String, String) {
        let normalized = normalize(&method.parse().unwrap(), path, "", body.as_bytes());
        (
            normalized.method.to_string(),
            normalized.path.into_owned(),
            String::from_utf8(normalized.body.into_owned()).unwrap(),
        )
    }

    #[test]
    fn what_sdks_send_is_normalize() {
        let p = "/v2/project/1";
        assert_eq!(
            right("POST", &format!("{p}/broadcast/"), "{}").1,
            format!("{p}/broadcast")
        );
        assert_eq!(
            right("DELETE", &format!("{p}/captions/x/stop"), "").0,
            "POST"
        );
        assert_eq!(
            right("POST", &format!("{p}/broadcast/x/layout"), "").0,
            "PUT"
        );
        assert_eq!(
            right("DELETE", &format!("{p}/archive/stop"), "").0,
            "DELETE"
        );
        assert_eq!(
            right("GET", "/v2/partner/1/archive", "").1,
            format!("{p}/archive")
        );
        let (.., body) = right(
            "POST",
            &format!("{p}/connect"),
            r#"{"websocket":{"audioTransport":"{\"transport\":\"json\"}"}}"#,
        );
        assert_eq!(
            body,
            r#"{"websocket":{"audioTransport":{"transport":"json"}}}"#
        );
        assert_eq!(
            right("POST", &format!("{p}/broadcast"), r#"{"maxBitrate":1000}"#).2,
            "{}"
        );
        let (.., form) = right(
            "POST",
            "/session/create",
            r#"{"e2ee":true,"archiveName":"a b&c","location":null}"#,
        );
        assert_eq!(form, "archiveName=a%20b%26c&e2ee=true");
    }

    #[test]
    fn what_is_not_json_passes_unchanged() {
        for body in ["", "{", "[1]", "archiveMode=manual&location=null"] {
            assert_eq!(right("POST", "/session/create", body).2, body);
            assert_eq!(right("POST", "/v2/project/1/connect", body).2, body);
        }
    }
}

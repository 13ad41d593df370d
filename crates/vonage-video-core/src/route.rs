//! Matches an HTTP request with its operation: the server's side.

use std::fmt;

use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{
    decode_error::DecodeError,
    generated::ROUTES,
    operation::{Meta, Operation, Place},
    repair::without_bom,
    url::form_pairs,
};

/// An incoming HTTP request.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a server fills it in")]
pub struct Incoming<'a> {
    /// The HTTP method, as received.
    pub method: &'a Method,
    /// The path, still percent-encoded.
    pub path: &'a str,
    /// The query without its question mark; may be empty.
    pub query: &'a str,
    /// The whole body; empty if there is none.
    pub body: &'a [u8],
}

/// An incoming request that matches an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct Matched {
    /// The description of the operation.
    pub meta: &'static Meta,
    /// The project in the path; `None` where the path has none.
    pub project: Option<String>,
    input: Map<String, Value>,
}

/// The request matches no operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum NoRoute {
    /// No operation has this path.
    Path,
    /// Operations have this path, with other methods.
    Method {
        /// The methods of those operations, each once.
        allow: Vec<Method>,
    },
    /// The path and method match, but the body is not JSON, or not what an operation there takes.
    Body(DecodeError),
}

impl fmt::Display for NoRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("no operation has this path"),
            Self::Method { .. } => f.write_str("no operation on this path has this method"),
            Self::Body(error) => write!(f, "the body is not what this path takes: {error}"),
        }
    }
}

impl std::error::Error for NoRoute {}

/// Finds the operation that matches a request. A trailing slash makes no difference.
///
/// # Errors
///
/// No operation matches: by its path, its method, or its body.
pub fn route(incoming: &Incoming<'_>) -> Result<Matched, NoRoute> {
    let path = incoming.path.strip_suffix('/').unwrap_or(incoming.path);
    let mut on_path = ROUTES
        .iter()
        .filter_map(|meta| Some((*meta, parameters(meta.path, path)?)))
        .peekable();
    if on_path.peek().is_none() {
        return Err(NoRoute::Path);
    }
    let (fitting, others): (Vec<_>, Vec<_>) =
        on_path.partition(|(meta, _)| meta.method == *incoming.method);
    let Some((first, _)) = fitting.first() else {
        let mut allow: Vec<Method> = Vec::new();
        for (meta, _) in others {
            if !allow.contains(&meta.method) {
                allow.push(meta.method.clone());
            }
        }
        return Err(NoRoute::Method { allow });
    };

    let rest = read_rest(first, incoming).map_err(NoRoute::Body)?;
    let chosen = match fitting.len() {
        1 => fitting.into_iter().next(),
        _ => fitting.into_iter().find(|(meta, _)| fits(meta, &rest)),
    };
    let Some((meta, parameters)) = chosen else {
        return Err(NoRoute::Body(DecodeError::whole(
            "no operation of this path has such a body",
        )));
    };

    let mut project = None;
    let mut input = rest;
    for (name, value) in parameters {
        if name == "project" {
            project = Some(value);
        } else {
            input.insert(name.to_owned(), Value::String(value));
        }
    }
    Ok(Matched {
        meta,
        project,
        input,
    })
}

impl Matched {
    /// Decodes the request as its operation. [`Operation::validate`] checks the limits.
    ///
    /// # Errors
    ///
    /// A required field is missing, or a field has the wrong type.
    pub fn decode<O: Operation>(&self) -> Result<O, DecodeError> {
        serde_path_to_error::deserialize(Value::Object(self.input.clone()))
            .map_err(|error| DecodeError::at(error.path(), error.inner(), String::new()))
    }

    /// The members of the request, before they are decoded.
    pub fn input(&self) -> &Map<String, Value> {
        &self.input
    }

    /// Returns a text member of the request, before it is decoded.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.input.get(name)?.as_str()
    }
}

/// Whether the body has the constants and required members that distinguish this operation from
/// others of its route.
fn fits(meta: &Meta, body: &Map<String, Value>) -> bool {
    let constants = meta
        .constants
        .iter()
        .all(|(name, value)| body.get(*name).and_then(flag) == Some(*value));
    let mut required = meta
        .fields
        .iter()
        .filter(|field| field.required && field.place == Place::Json);
    constants && required.all(|field| body.get(field.name).is_some_and(|value| !value.is_null()))
}

/// A flag, which some SDKs send as text.
fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Returns the decoded parameters of a path, if the path matches the template.
fn parameters<'a>(template: &'a str, path: &str) -> Option<Vec<(&'a str, String)>> {
    let mut found = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        match expected
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => {
                let value = percent_decode_str(segment).decode_utf8().ok()?;
                found.push((name, value.into_owned()));
            }
            None if expected == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(found)
}

fn read_rest(meta: &Meta, incoming: &Incoming<'_>) -> Result<Map<String, Value>, DecodeError> {
    match meta.rest() {
        Place::Query | Place::Path => Ok(pairs(incoming.query)),
        Place::Form => {
            let body = std::str::from_utf8(incoming.body)
                .map_err(|_| DecodeError::whole("the form is not UTF-8"))?;
            Ok(pairs(body))
        }
        Place::Json => {
            let body = without_bom(incoming.body).trim_ascii();
            if body.is_empty() {
                return Ok(Map::new());
            }
            match serde_json::from_slice(body) {
                Ok(Value::Object(object)) => Ok(object),
                // Where there is nothing to send, some SDKs send the empty value of their language.
                Ok(Value::Null) if !takes_body(meta) => Ok(Map::new()),
                Ok(Value::Array(list)) if list.is_empty() && !takes_body(meta) => Ok(Map::new()),
                Ok(_) => Err(DecodeError::whole("the body is JSON, but not an object")),
                Err(error) => Err(DecodeError::whole(format!("the body is not JSON: {error}"))),
            }
        }
    }
}

fn takes_body(meta: &Meta) -> bool {
    let mut fields = meta.fields.iter();
    fields.any(|field| field.place == Place::Json)
}

/// The pairs of a query or form, without what the service treats as unset: empty values, and the
/// location `null` that one SDK sends.
fn pairs(text: &str) -> Map<String, Value> {
    form_pairs(text)
        .filter_map(|(name, value)| {
            let unset = value.is_empty() || (name == "location" && value == "null");
            (!unset).then_some((name, Value::String(value)))
        })
        .collect()
}

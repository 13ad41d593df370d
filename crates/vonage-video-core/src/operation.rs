//! An operation and its description.

use std::fmt;

use http::Method;
use serde::{Serialize, de::DeserializeOwned};

use crate::{api_error::ApiError, check::Invalid, decode_error::DecodeError, output::Output};

/// A request to the API as a plain value: one type for each operation, in [`operations`](crate::operations).
///
/// As JSON it is one flat object that holds path parameters and body fields under the API's own names.
pub trait Operation:
    Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What a success answers.
    type Output: Output;

    /// The description that client and server share.
    const META: &'static Meta;

    /// Checks every limit of the contract.
    ///
    /// # Errors
    ///
    /// The first field found wrong, the rule it breaks, and what it holds.
    fn validate(&self) -> Result<(), Invalid>;

    /// Reads the body of a 2xx answer.
    ///
    /// # Errors
    ///
    /// The body does not have the expected shape.
    fn decode_output(body: &[u8]) -> Result<Self::Output, DecodeError> {
        Self::Output::decode(body)
    }

    /// Writes the body of a 2xx answer.
    ///
    /// # Errors
    ///
    /// The value has no JSON form; the models of this crate all have one.
    fn encode_output(output: &Self::Output) -> Result<Vec<u8>, serde_json::Error> {
        output.encode()
    }
}

/// The description of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct Meta {
    /// The operation's name, such as `start_archive`.
    pub id: &'static str,
    /// The resource it belongs to, such as `archives`.
    pub resource: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters in braces; `{project}` comes from the credentials.
    pub path: &'static str,
    /// The documented status of success. A client takes any 2xx.
    pub status: u16,
    /// A refusal with this status means that there is nothing yet, unless the server's words say that something does not exist:
    /// [`Meta::means_empty`].
    pub empty_on: Option<u16>,
    /// Whether it may be sent twice.
    pub replay: Replay,
    /// The one environment that has it; `None` when both do.
    pub only: Option<Environment>,
    /// What to use instead where it does not exist; may be empty.
    pub instead: &'static str,
    /// Whether it takes account-level credentials.
    pub account: bool,
    /// Members of the body that never vary.
    pub constants: &'static [(&'static str, bool)],
    /// The fields of the request, in order.
    pub fields: &'static [Field],
    /// Documented error statuses and their causes.
    pub errors: &'static [(u16, &'static str)],
}

impl Meta {
    /// An operation of both environments; what may be sent twice is decided by the method.
    pub const fn new(
        id: &'static str,
        resource: &'static str,
        method: Method,
        path: &'static str,
    ) -> Self {
        let replay = match method {
            Method::POST | Method::PATCH => Replay::IfUnsent,
            _ => Replay::Safe,
        };
        Self {
            id,
            resource,
            doc: "",
            method,
            path,
            status: 200,
            empty_on: None,
            replay,
            only: None,
            instead: "",
            account: false,
            constants: &[],
            fields: &[],
            errors: &[],
        }
    }

    pub(crate) const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    pub(crate) const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) const fn empty_on(mut self, status: u16) -> Self {
        self.empty_on = Some(status);
        self
    }

    pub(crate) const fn replay(mut self, replay: Replay) -> Self {
        self.replay = replay;
        self
    }

    pub(crate) const fn only(mut self, environment: Environment, instead: &'static str) -> Self {
        self.only = Some(environment);
        self.instead = instead;
        self
    }

    pub(crate) const fn account(mut self) -> Self {
        self.account = true;
        self
    }

    pub(crate) const fn constants(mut self, constants: &'static [(&'static str, bool)]) -> Self {
        self.constants = constants;
        self
    }

    pub(crate) const fn fields(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }

    pub(crate) const fn errors(mut self, errors: &'static [(u16, &'static str)]) -> Self {
        self.errors = errors;
        self
    }

    /// Where a member of the request's JSON goes. Members that the description does not list go where its rest goes.
    pub fn place(&self, name: &str) -> Place {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .map_or_else(|| self.rest(), |field| field.place)
    }

    /// Where fields go that are not in the path.
    pub fn rest(&self) -> Place {
        match self.fields.iter().find(|field| field.place != Place::Path) {
            Some(field) => field.place,
            None if self.method == Method::GET || self.method == Method::DELETE => Place::Query,
            None => Place::Json,
        }
    }

    /// Whether a refusal is none, but the way in which the service says that there is nothing yet: a session that has had no streams answers 404 when they
    /// are listed. A session that does not exist answers 404 too; only the server's words tell the two apart, where it has any. A web page is not the
    /// service's answer, but that of a proxy, or of another server at a wrong address.
    pub fn means_empty(&self, refusal: &ApiError) -> bool {
        let words = refusal.message.to_lowercase();
        let missing = [
            "not exist",
            "no such session",
            "session not found",
            "invalid session",
            "unknown session",
        ];
        self.empty_on == Some(refusal.status.as_u16())
            && !is_page(&refusal.body)
            && !missing.iter().any(|missing| words.contains(missing))
    }

    /// Whether the operation exists in an environment.
    pub fn exists_in(&self, environment: Environment) -> bool {
        self.only.is_none_or(|only| only == environment)
    }
}

fn is_page(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"].iter().any(|start| {
        body.get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    })
}

/// A field of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
}

impl Field {
    pub(crate) const fn required(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
            required: true,
        }
    }

    pub(crate) const fn optional(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
            required: false,
        }
    }
}

/// Where a field of a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A form body, `application/x-www-form-urlencoded`.
    Form,
    /// A member of a JSON body.
    Json,
}

/// Whether a request may be sent again when it may already have had its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replay {
    /// Twice does no more than once.
    Safe,
    /// Only when the first was certainly not acted upon.
    IfUnsent,
}

/// One of the two environments of the API.
///
/// The set is closed: a third environment would be a third way to sign, and nothing could handle it unawares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a third environment must not go unnoticed"
)]
pub enum Environment {
    /// Unified: `video.api.vonage.com`, an application id and its private key.
    Vonage,
    /// Classic: `api.opentok.com`, an API key and its secret.
    OpenTok,
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vonage => "Vonage",
            Self::OpenTok => "OpenTok",
        })
    }
}

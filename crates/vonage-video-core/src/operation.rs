//! An operation and its description.

use std::fmt;

use http::Method;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    api_error::ApiError, decode_error::DecodeError, generated::reasons::Reason, invalid::Invalid,
    output::Output,
};

/// A request to the API as a plain value: one type for each operation, in
/// [`operations`](crate::operations).
///
/// As JSON it is one flat object that holds path parameters and body fields under the API's own
/// names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation of the API",
    note = "operations are sent by value: `client.send(operation)`, or `operation.clone()` to keep it",
    note = "a model such as `Archive` is not an operation: `archive.stop()` and `archive.refresh()` are"
)]
pub trait Operation:
    Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What a successful response holds.
    type Output: Output;

    /// The description that client and server share.
    const META: &'static Meta;

    /// Checks every limit of the contract.
    ///
    /// # Errors
    ///
    /// Names the first invalid field, the rule that it breaks, and its value.
    fn validate(&self) -> Result<(), Invalid>;

    /// Reads the body of a 2xx response.
    ///
    /// # Errors
    ///
    /// The body does not have the expected shape.
    fn decode_output(body: &[u8]) -> Result<Self::Output, DecodeError> {
        Self::Output::decode(body)
    }

    /// Writes the body of a 2xx response.
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
    /// What the operation does, as the first lines of its documentation.
    pub doc: &'static str,
    /// The HTTP method of the request.
    pub method: Method,
    /// The path, with parameters in braces; `{project}` comes from the credentials.
    pub path: &'static str,
    /// The documented status of success. A client accepts any 2xx.
    pub status: u16,
    /// The error response that means an empty result: [`Meta::means_empty`].
    pub empty_on: Option<EmptyOn>,
    /// Whether it may be sent twice.
    pub replay: Replay,
    /// Whether Vonage (Unified) has it.
    pub vonage: bool,
    /// Whether OpenTok (classic) has it.
    pub opentok: bool,
    /// What to use instead in the other environment; empty when both have it.
    pub instead: &'static str,
    /// Whether it needs account-level credentials.
    pub account: bool,
    /// Members of the body that never vary.
    pub constants: &'static [(&'static str, bool)],
    /// The fields of the request, in order.
    pub fields: &'static [Field],
    /// Documented error statuses, with their causes and reasons.
    pub errors: &'static [DocumentedError],
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
            vonage: true,
            opentok: true,
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

    pub(crate) const fn empty_on(mut self, empty: EmptyOn) -> Self {
        self.empty_on = Some(empty);
        self
    }

    pub(crate) const fn replay(mut self, replay: Replay) -> Self {
        self.replay = replay;
        self
    }

    pub(crate) const fn environments(
        mut self,
        vonage: bool,
        opentok: bool,
        instead: &'static str,
    ) -> Self {
        self.vonage = vonage;
        self.opentok = opentok;
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

    pub(crate) const fn errors(mut self, errors: &'static [DocumentedError]) -> Self {
        self.errors = errors;
        self
    }

    /// Returns where a member of the request's JSON goes: for members that are not listed, where
    /// the rest goes.
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

    /// Recognizes error responses that mean an empty result.
    ///
    /// Some lists of a session that has never had an item are a 404 with a fixed message. Only that
    /// JSON message counts: a 404 with other text, without a body, or from a gateway is an error.
    /// The service responds the same for a session that does not exist; whether the session belongs
    /// to the caller is for the caller to check.
    pub fn means_empty(&self, error: &ApiError) -> bool {
        self.empty_on.is_some_and(|empty| empty.matches(error))
    }
}

/// The error response that means an empty result.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EmptyOn {
    /// The HTTP status that the response has.
    pub status: u16,
    /// The member `code` of its JSON body.
    pub code: i64,
    /// What its member `message` may be, without regard to case.
    pub messages: &'static [&'static str],
}

impl EmptyOn {
    pub(crate) const fn new(status: u16, code: i64, messages: &'static [&'static str]) -> Self {
        Self {
            status,
            code,
            messages,
        }
    }

    fn matches(&self, error: &ApiError) -> bool {
        // What `ApiError` reads from XML or a page must not count.
        let is_object = error.body.trim_ascii_start().starts_with(b"{");
        let message = error.message.trim().trim_end_matches('.');
        is_object
            && error.status.as_u16() == self.status
            && error.code == Some(self.code)
            && self
                .messages
                .iter()
                .any(|known| known.eq_ignore_ascii_case(message))
    }
}

/// A documented error status of an operation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DocumentedError {
    /// The HTTP status, such as 404.
    pub status: u16,
    /// What brings it about, in a sentence.
    pub doc: &'static str,
    /// The one condition behind it, if there is one.
    pub reason: Option<Reason>,
    /// The conditions that may be behind it, which the server's message distinguishes.
    pub possible: &'static [Reason],
}

impl DocumentedError {
    pub(crate) const fn new(status: u16, doc: &'static str) -> Self {
        Self {
            status,
            doc,
            reason: None,
            possible: &[],
        }
    }

    pub(crate) const fn reason(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    pub(crate) const fn possible(mut self, reasons: &'static [Reason]) -> Self {
        self.possible = reasons;
        self
    }
}

/// A field of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// The part of the request that carries it.
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

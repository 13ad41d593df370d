// @generated from api/callbacks.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::CallbackId, models::Callback},
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Registers a URL for one kind of event.
///
/// `POST /v2/project/{project}/callback`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// Only on OpenTok. On Vonage, webhooks belong to the application: set them in the dashboard or
/// with the Application API.
///
/// # Errors
///
/// - 400: A field is missing or invalid.
/// - 403: The credentials are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::RegisterCallback;
///
/// let request = RegisterCallback::new("archive", "status", "https://example.com/hooks");
/// // `video.send(request).await?` returns `Callback`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "webhook")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RegisterCallback {
    /// What the event is about, such as `connection`. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub group: String,
    /// What happens to it, such as `created`. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub event: String,
    /// Where to send the event. An absolute URL.
    #[serde(deserialize_with = "lenient::value")]
    pub url: String,
}

impl RegisterCallback {
    /// Creates a request from its required fields.
    pub fn new(group: impl Into<String>, event: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            event: event.into(),
            url: url.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::chars("group", &self.group, 1..)?;
        check::chars("event", &self.event, 1..)?;
        check::url("url", &self.url)
    }
}

impl Operation for RegisterCallback {
    type Output = Callback;

    const META: &'static Meta = &Meta::new("register_callback", "callbacks", Method::POST, "/v2/project/{project}/callback")
        .doc("Registers a URL for one kind of event.")
        .environments(false, true, "On Vonage, webhooks belong to the application: set them in the dashboard or with the Application API.")
        .fields(&[
            Field::required("group", Place::Json),
            Field::required("event", Place::Json),
            Field::required("url", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "A field is missing or invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for RegisterCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RegisterCallback", self, f)
    }
}

/// Lists the registered URLs.
///
/// `GET /v2/project/{project}/callback`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok. On Vonage, webhooks belong to the application: read them in the dashboard or
/// with the Application API.
///
/// # Errors
///
/// - 403: The credentials are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::ListCallbacks;
///
/// let request = ListCallbacks::new();
/// // `video.send(request).await?` returns `Vec<Callback>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "webhook")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListCallbacks {}

impl ListCallbacks {
    /// Creates a request, which has no fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Operation for ListCallbacks {
    type Output = Vec<Callback>;

    const META: &'static Meta = &Meta::new("list_callbacks", "callbacks", Method::GET, "/v2/project/{project}/callback")
        .doc("Lists the registered URLs.")
        .environments(false, true, "On Vonage, webhooks belong to the application: read them in the dashboard or with the Application API.")
        .errors(&[
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ListCallbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListCallbacks", self, f)
    }
}

/// Removes a registered URL.
///
/// `DELETE /v2/project/{project}/callback/{callbackId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok. On Vonage, webhooks belong to the application: remove them in the dashboard or
/// with the Application API.
///
/// # Errors
///
/// - 400: The callback id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such callback.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let callback_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::UnregisterCallback;
///
/// let request = UnregisterCallback::new(callback_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "webhook")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct UnregisterCallback {
    /// The registration to remove, by the id that `register_callback` returned.
    pub callback_id: CallbackId,
}

impl UnregisterCallback {
    /// Creates a request from its required fields.
    pub fn new(callback_id: impl Into<CallbackId>) -> Self {
        Self {
            callback_id: callback_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("callback_id", "callbackId"), self.callback_id.as_str())
    }
}

impl Operation for UnregisterCallback {
    type Output = ();

    const META: &'static Meta = &Meta::new("unregister_callback", "callbacks", Method::DELETE, "/v2/project/{project}/callback/{callbackId}")
        .doc("Removes a registered URL.")
        .status(204)
        .environments(false, true, "On Vonage, webhooks belong to the application: remove them in the dashboard or with the Application API.")
        .fields(&[
            Field::required("callbackId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(400, "The callback id is invalid."),
            DocumentedError::new(403, "The credentials are wrong."),
            DocumentedError::new(404, "There is no such callback."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for UnregisterCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("UnregisterCallback", self, f)
    }
}

// @generated from api/render.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        enums::Resolution,
        ids::{RenderId, SessionId},
        models::{Render, RenderProperties},
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    page::{Page, Paged},
    redact,
};

/// Opens a web page in a browser of the service and publishes it as a stream into a routed session.
/// The session is where the page is shown; what the page itself shows is up to the page. Needs an
/// add-on to the account.
///
/// `POST /v2/project/{project}/render`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid.
/// - 403: The credentials or the token are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
/// use vonage_video::operations::StartRender;
///
/// let request = StartRender::new(session_id, token, "https://example.com/room");
/// // `video.send(request).await?` returns `Render`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StartRenderAsync")]
#[doc(alias = "StartAsync")]
#[doc(alias = "startExperienceComposerRender")]
#[doc(alias = "start_experience_composer")]
#[doc(alias = "composer")]
#[doc(alias = "experienceComposer")]
#[doc(alias = "webPage")]
#[doc(alias = "startExperienceComposerSession")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StartRender {
    /// The session to publish into.
    pub session_id: SessionId,
    /// A client token for that session, with the role publisher. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub token: String,
    /// The URL of the web page. Between 15 and 2048 characters. An absolute URL.
    #[serde(deserialize_with = "lenient::value")]
    pub url: String,
    /// The number of seconds after which the render stops by itself. Between 60 and 36000. Default:
    /// `7200`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<u32>,
    /// The size of the page, in pixels. Default: `1280x720`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// How the stream appears in the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<RenderProperties>,
    /// Where to send `render` events, instead of the application's own URL. An absolute URL.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_callback_url: Option<String>,
}

impl StartRender {
    /// Creates a request; optional fields are unset.
    pub fn new(
        session_id: impl Into<SessionId>,
        token: impl Into<String>,
        url: impl Into<String>,
    ) -> Self {
        Self {
            session_id: session_id.into(),
            token: token.into(),
            url: url.into(),
            max_duration: None,
            resolution: None,
            properties: None,
            status_callback_url: None,
        }
    }

    /// The number of seconds after which the render stops by itself. Between 60 and 36000. Default:
    /// `7200`.
    pub fn max_duration(mut self, max_duration: u32) -> Self {
        self.max_duration = Some(max_duration);
        self
    }

    /// The size of the page, in pixels. Default: `1280x720`.
    pub fn resolution(mut self, resolution: impl Into<Resolution>) -> Self {
        self.resolution = Some(resolution.into());
        self
    }

    /// How the stream appears in the session.
    pub fn properties(mut self, properties: impl Into<RenderProperties>) -> Self {
        self.properties = Some(properties.into());
        self
    }

    /// Where to send `render` events, instead of the application's own URL. An absolute URL.
    pub fn status_callback_url(mut self, status_callback_url: impl Into<String>) -> Self {
        self.status_callback_url = Some(status_callback_url.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("session_id", "sessionId"), self.session_id.as_str())?;
        check::chars("token", &self.token, 1..)?;
        check::chars("url", &self.url, 15..=2048)?;
        check::url("url", &self.url)?;
        if let Some(max_duration) = self.max_duration {
            check::number(("max_duration", "maxDuration"), max_duration, 60..=36_000)?;
        }
        if let Some(properties) = &self.properties {
            check::within("properties", properties.validate())?;
        }
        if let Some(status_callback_url) = &self.status_callback_url {
            check::url(
                ("status_callback_url", "statusCallbackUrl"),
                status_callback_url,
            )?;
        }
        Ok(())
    }
}

impl Operation for StartRender {
    type Output = Render;

    const META: &'static Meta = &Meta::new("start_render", "render", Method::POST, "/v2/project/{project}/render")
        .doc("Opens a web page in a browser of the service and publishes it as a stream into a routed session. The session is where the page is shown; what the page itself shows is up to the page. Needs an add-on to the account.")
        .status(202)
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::required("token", Place::Json),
            Field::required("url", Place::Json),
            Field::optional("maxDuration", Place::Json),
            Field::optional("resolution", Place::Json),
            Field::optional("properties", Place::Json),
            Field::optional("statusCallbackUrl", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "A field is invalid."),
            DocumentedError::new(403, "The credentials or the token are wrong."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StartRender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StartRender", self, f)
    }
}

/// Reads one render: its state and, once started, its stream.
///
/// `GET /v2/project/{project}/render/{renderId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The render id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such render.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let render_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::GetRender;
///
/// let request = GetRender::new(render_id);
/// // `video.send(request).await?` returns `Render`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "GetRenderAsync")]
#[doc(alias = "GetSessionAsync")]
#[doc(alias = "getExperienceComposerRender")]
#[doc(alias = "get_experience_composer")]
#[doc(alias = "composer")]
#[doc(alias = "experienceComposer")]
#[doc(alias = "getExperienceComposerSession")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetRender {
    /// The render to read.
    pub render_id: RenderId,
}

impl GetRender {
    /// Creates a request from its required fields.
    pub fn new(render_id: impl Into<RenderId>) -> Self {
        Self {
            render_id: render_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("render_id", "renderId"), self.render_id.as_str())
    }
}

impl Operation for GetRender {
    type Output = Render;

    const META: &'static Meta = &Meta::new(
        "get_render",
        "render",
        Method::GET,
        "/v2/project/{project}/render/{renderId}",
    )
    .doc("Reads one render: its state and, once started, its stream.")
    .fields(&[Field::required("renderId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The render id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such render."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for GetRender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("GetRender", self, f)
    }
}

/// Lists renders, newest first.
///
/// `GET /v2/project/{project}/render`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: A parameter is invalid.
/// - 403: The credentials are wrong.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::ListRenders;
///
/// let request = ListRenders::new();
/// // `video.send(request).await?` returns `Page<Render>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ListRendersAsync")]
#[doc(alias = "GetSessionsAsync")]
#[doc(alias = "listExperienceComposerRenders")]
#[doc(alias = "list_experience_composers")]
#[doc(alias = "composer")]
#[doc(alias = "experienceComposer")]
#[doc(alias = "listExperienceComposerSessions")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListRenders {
    /// Skip this many; 0 is the most recently started. Default: `0`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// At most this many. Between 0 and 1000. Default: `50`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl ListRenders {
    /// Creates a request; optional fields are unset.
    pub fn new() -> Self {
        Self::default()
    }

    /// Skip this many; 0 is the most recently started. Default: `0`.
    pub fn offset(mut self, offset: u32) -> Self {
        self.offset = Some(offset);
        self
    }

    /// At most this many. Between 0 and 1000. Default: `50`.
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(count) = self.count {
            check::number("count", count, ..=1000)?;
        }
        Ok(())
    }
}

impl Operation for ListRenders {
    type Output = Page<Render>;

    const META: &'static Meta = &Meta::new(
        "list_renders",
        "render",
        Method::GET,
        "/v2/project/{project}/render",
    )
    .doc("Lists renders, newest first.")
    .fields(&[
        Field::optional("offset", Place::Query),
        Field::optional("count", Place::Query),
    ])
    .errors(&[
        DocumentedError::new(400, "A parameter is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl Paged for ListRenders {
    type Item = Render;

    fn window(self, offset: u32, count: u32) -> Self {
        self.offset(offset).count(count)
    }

    fn key(item: &Render) -> &str {
        item.id.as_str()
    }

    fn bounds(&self) -> (Option<u32>, Option<u32>) {
        (self.offset, self.count)
    }
}

impl fmt::Debug for ListRenders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListRenders", self, f)
    }
}

/// Closes the page and ends its stream.
///
/// `DELETE /v2/project/{project}/render/{renderId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The render id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There is no such render.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let render_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::StopRender;
///
/// let request = StopRender::new(render_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StopRenderAsync")]
#[doc(alias = "StopAsync")]
#[doc(alias = "stopExperienceComposerRender")]
#[doc(alias = "stop_experience_composer")]
#[doc(alias = "composer")]
#[doc(alias = "experienceComposer")]
#[doc(alias = "stopExperienceComposerSession")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopRender {
    /// The render to stop.
    pub render_id: RenderId,
}

impl StopRender {
    /// Creates a request from its required fields.
    pub fn new(render_id: impl Into<RenderId>) -> Self {
        Self {
            render_id: render_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("render_id", "renderId"), self.render_id.as_str())
    }
}

impl Operation for StopRender {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "stop_render",
        "render",
        Method::DELETE,
        "/v2/project/{project}/render/{renderId}",
    )
    .doc("Closes the page and ends its stream.")
    .fields(&[Field::required("renderId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The render id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There is no such render."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StopRender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StopRender", self, f)
    }
}

// @generated from api/captions.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{
        enums::CaptionsLanguage,
        ids::{CaptionsId, SessionId},
        models::Captions,
        reasons::Reason,
    },
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place, Replay},
    redact,
};

/// Starts captions of a routed session, for at most 50 audio streams. Keep the id: without it they
/// cannot be stopped before `max_duration`.
///
/// `POST /v2/project/{project}/captions`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// # Errors
///
/// - 400: A field is invalid.
/// - 403: The credentials or the token are wrong.
/// - 404: There is no such session.
/// - 409: The session already has captions (code 60003). Reason:
///   [`CaptionsAlreadyOn`](crate::Reason::CaptionsAlreadyOn).
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// # let token = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln";
/// use vonage_video::{models::CaptionsLanguage, operations::StartCaptions};
///
/// let request = StartCaptions::new(session_id, token)
///     .language_code(CaptionsLanguage::EnGb);
/// // `video.send(request).await?` returns `Captions`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StartLiveCaptionsAsync")]
#[doc(alias = "StartAsync")]
#[doc(alias = "enableCaptions")]
#[doc(alias = "transcribe")]
#[doc(alias = "subtitles")]
#[doc(alias = "liveCaptions")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StartCaptions {
    /// The session to caption; it must be routed.
    pub session_id: SessionId,
    /// A client token for that session, with the role moderator. Not empty.
    #[serde(deserialize_with = "lenient::value")]
    pub token: String,
    /// The language that is spoken. Default: `en-US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<CaptionsLanguage>,
    /// The number of seconds after which captions stop by themselves. Between 300 and 14400.
    /// Default: `14400`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<u32>,
    /// Whether unfinished sentences are sent, to be corrected later. Default: `true`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_captions: Option<bool>,
    /// Where to send captions events, instead of the application's own URL. Between 15 and 2048
    /// characters. An absolute URL.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_callback_url: Option<String>,
}

impl StartCaptions {
    /// Creates a request; optional fields are unset.
    pub fn new(session_id: impl Into<SessionId>, token: impl Into<String>) -> Self {
        Self {
            session_id: session_id.into(),
            token: token.into(),
            language_code: None,
            max_duration: None,
            partial_captions: None,
            status_callback_url: None,
        }
    }

    /// The language that is spoken. Default: `en-US`.
    pub fn language_code(mut self, language_code: impl Into<CaptionsLanguage>) -> Self {
        self.language_code = Some(language_code.into());
        self
    }

    /// The number of seconds after which captions stop by themselves. Between 300 and 14400.
    /// Default: `14400`.
    pub fn max_duration(mut self, max_duration: u32) -> Self {
        self.max_duration = Some(max_duration);
        self
    }

    /// Whether unfinished sentences are sent, to be corrected later. Default: `true`.
    pub fn partial_captions(mut self, partial_captions: bool) -> Self {
        self.partial_captions = Some(partial_captions);
        self
    }

    /// Where to send captions events, instead of the application's own URL. Between 15 and 2048
    /// characters. An absolute URL.
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
        if let Some(max_duration) = self.max_duration {
            check::number(("max_duration", "maxDuration"), max_duration, 300..=14_400)?;
        }
        if let Some(status_callback_url) = &self.status_callback_url {
            check::chars(
                ("status_callback_url", "statusCallbackUrl"),
                status_callback_url,
                15..=2048,
            )?;
            check::url(
                ("status_callback_url", "statusCallbackUrl"),
                status_callback_url,
            )?;
        }
        Ok(())
    }
}

impl Operation for StartCaptions {
    type Output = Captions;

    const META: &'static Meta = &Meta::new("start_captions", "captions", Method::POST, "/v2/project/{project}/captions")
        .doc("Starts captions of a routed session, for at most 50 audio streams. Keep the id: without it they cannot be stopped before `maxDuration`.")
        .status(202)
        .fields(&[
            Field::required("sessionId", Place::Json),
            Field::required("token", Place::Json),
            Field::optional("languageCode", Place::Json),
            Field::optional("maxDuration", Place::Json),
            Field::optional("partialCaptions", Place::Json),
            Field::optional("statusCallbackUrl", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "A field is invalid."),
            DocumentedError::new(403, "The credentials or the token are wrong."),
            DocumentedError::new(404, "There is no such session."),
            DocumentedError::new(409, "The session already has captions (code 60003).").reason(Reason::CaptionsAlreadyOn),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StartCaptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StartCaptions", self, f)
    }
}

/// Stops the captions of a session.
///
/// `POST /v2/project/{project}/captions/{captionsId}/stop`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 400: The captions id is invalid.
/// - 403: The credentials are wrong.
/// - 404: There are no such captions, or they have stopped.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let captions_id = "b40ef09b-3811-4726-b508-e41a0f96c68f";
/// use vonage_video::operations::StopCaptions;
///
/// let request = StopCaptions::new(captions_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "StopLiveCaptionsAsync")]
#[doc(alias = "StopAsync")]
#[doc(alias = "disableCaptions")]
#[doc(alias = "subtitles")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct StopCaptions {
    /// The captions to stop, by the id that `start_captions` returned.
    pub captions_id: CaptionsId,
}

impl StopCaptions {
    /// Creates a request from its required fields.
    pub fn new(captions_id: impl Into<CaptionsId>) -> Self {
        Self {
            captions_id: captions_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("captions_id", "captionsId"), self.captions_id.as_str())
    }
}

impl Operation for StopCaptions {
    type Output = ();

    const META: &'static Meta = &Meta::new(
        "stop_captions",
        "captions",
        Method::POST,
        "/v2/project/{project}/captions/{captionsId}/stop",
    )
    .doc("Stops the captions of a session.")
    .status(202)
    .replay(Replay::Safe)
    .fields(&[Field::required("captionsId", Place::Path)])
    .errors(&[
        DocumentedError::new(400, "The captions id is invalid."),
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "There are no such captions, or they have stopped."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for StopCaptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("StopCaptions", self, f)
    }
}

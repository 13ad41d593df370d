// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{ids::SessionId, models::Archive},
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    page::{Page, Paged},
    redact,
};

/// Lists archives, newest first. Deleted ones are left out.
///
/// `GET /v2/project/{project}/archive`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// # Errors
///
/// - 403: The credentials are wrong.
/// - 404: The session does not exist.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let session_id = "1_MX4xMjM0NTZ-fn4";
/// use vonage_video::operations::ListArchives;
///
/// let request = ListArchives::new()
///     .count(10)
///     .session_id(session_id);
/// // `video.send(request).await?` returns `Page<Archive>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "ListArchivesAsync")]
#[doc(alias = "GetArchivesAsync")]
#[doc(alias = "searchArchives")]
#[doc(alias = "recordings")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListArchives {
    /// Skip this many; 0 is the most recently started. Default: `0`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// At most this many. Between 0 and 1000. Default: `50`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Only archives of this session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
}

impl ListArchives {
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

    /// Only archives of this session.
    pub fn session_id(mut self, session_id: impl Into<SessionId>) -> Self {
        self.session_id = Some(session_id.into());
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
        if let Some(session_id) = &self.session_id {
            check::id(("session_id", "sessionId"), session_id.as_str())?;
        }
        Ok(())
    }
}

impl Operation for ListArchives {
    type Output = Page<Archive>;

    const META: &'static Meta = &Meta::new(
        "list_archives",
        "archives",
        Method::GET,
        "/v2/project/{project}/archive",
    )
    .doc("Lists archives, newest first. Deleted ones are left out.")
    .fields(&[
        Field::optional("offset", Place::Query),
        Field::optional("count", Place::Query),
        Field::optional("sessionId", Place::Query),
    ])
    .errors(&[
        DocumentedError::new(403, "The credentials are wrong."),
        DocumentedError::new(404, "The session does not exist."),
        DocumentedError::new(500, "The server failed."),
    ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl Paged for ListArchives {
    type Item = Archive;

    fn window(self, offset: u32, count: u32) -> Self {
        self.offset(offset).count(count)
    }

    fn key(item: &Archive) -> &str {
        item.id.as_str()
    }

    fn bounds(&self) -> (Option<u32>, Option<u32>) {
        (self.offset, self.count)
    }
}

impl fmt::Debug for ListArchives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListArchives", self, f)
    }
}

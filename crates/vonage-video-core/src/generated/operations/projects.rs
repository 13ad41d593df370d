// @generated from api/projects.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check,
    generated::{enums::ProjectStatus, models::Project},
    id::ProjectId,
    invalid::Invalid,
    lenient,
    operation::{DocumentedError, Field, Meta, Operation, Place},
    redact,
};

/// Creates a project and returns its key and secret.
///
/// `POST /v2/project`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: create
/// one in the dashboard or with the Application API.
///
/// # Errors
///
/// - 400: The body is invalid.
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::CreateProject;
///
/// let request = CreateProject::new()
///     .name("Staging");
/// // `video.send(request).await?` returns `Project`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "account")]
#[doc(alias = "apiKey")]
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct CreateProject {
    /// A name to find the project by.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl CreateProject {
    /// Creates a request; optional fields are unset.
    pub fn new() -> Self {
        Self::default()
    }

    /// A name to find the project by.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
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

impl Operation for CreateProject {
    type Output = Project;

    const META: &'static Meta = &Meta::new("create_project", "projects", Method::POST, "/v2/project")
        .doc("Creates a project and returns its key and secret.")
        .environments(false, true, "On Vonage, projects are applications: create one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::optional("name", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The body is invalid."),
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for CreateProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("CreateProject", self, f)
    }
}

/// Lists the account's projects.
///
/// `GET /v2/project`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: list them
/// in the dashboard or with the Application API.
///
/// # Errors
///
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// use vonage_video::operations::ListProjects;
///
/// let request = ListProjects::new();
/// // `video.send(request).await?` returns `Vec<Project>`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListProjects {}

impl ListProjects {
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

impl Operation for ListProjects {
    type Output = Vec<Project>;

    const META: &'static Meta = &Meta::new("list_projects", "projects", Method::GET, "/v2/project")
        .doc("Lists the account's projects.")
        .environments(false, true, "On Vonage, projects are applications: list them in the dashboard or with the Application API.")
        .account()
        .errors(&[
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for ListProjects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("ListProjects", self, f)
    }
}

/// Reads one project of the account.
///
/// `GET /v2/project/{projectId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: read one
/// in the dashboard or with the Application API.
///
/// # Errors
///
/// - 400: The project id is invalid.
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 404: There is no such project.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let project_id = "123456";
/// use vonage_video::operations::GetProject;
///
/// let request = GetProject::new(project_id);
/// // `video.send(request).await?` returns `Project`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetProject {
    /// The API key of the project.
    pub project_id: ProjectId,
}

impl GetProject {
    /// Creates a request from its required fields.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("project_id", "projectId"), self.project_id.as_str())
    }
}

impl Operation for GetProject {
    type Output = Project;

    const META: &'static Meta = &Meta::new("get_project", "projects", Method::GET, "/v2/project/{projectId}")
        .doc("Reads one project of the account.")
        .environments(false, true, "On Vonage, projects are applications: read one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(400, "The project id is invalid."),
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(404, "There is no such project."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for GetProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("GetProject", self, f)
    }
}

/// Suspends a project, or lets it work again.
///
/// `PUT /v2/project/{projectId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: change
/// one in the dashboard or with the Application API.
///
/// # Errors
///
/// - 400: The body is invalid.
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 404: There is no such project.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let project_id = "123456";
/// use vonage_video::{models::ProjectStatus, operations::SetProjectStatus};
///
/// let request = SetProjectStatus::new(project_id, ProjectStatus::Suspended);
/// // `video.send(request).await?` returns `Project`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetProjectStatus {
    /// The API key of the project.
    pub project_id: ProjectId,
    /// The new status: `ACTIVE` or `SUSPENDED`.
    pub status: ProjectStatus,
}

impl SetProjectStatus {
    /// Creates a request from its required fields.
    pub fn new(project_id: impl Into<ProjectId>, status: impl Into<ProjectStatus>) -> Self {
        Self {
            project_id: project_id.into(),
            status: status.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("project_id", "projectId"), self.project_id.as_str())
    }
}

impl Operation for SetProjectStatus {
    type Output = Project;

    const META: &'static Meta = &Meta::new("set_project_status", "projects", Method::PUT, "/v2/project/{projectId}")
        .doc("Suspends a project, or lets it work again.")
        .environments(false, true, "On Vonage, projects are applications: change one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
            Field::required("status", Place::Json),
        ])
        .errors(&[
            DocumentedError::new(400, "The body is invalid."),
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(404, "There is no such project."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for SetProjectStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("SetProjectStatus", self, f)
    }
}

/// Deletes a project. Its key and secret are of no more use.
///
/// `DELETE /v2/project/{projectId}`
///
/// Idempotent: retried even if the first attempt may have reached the server.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: delete
/// one in the dashboard or with the Application API.
///
/// # Errors
///
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 404: There is no such project.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let project_id = "123456";
/// use vonage_video::operations::DeleteProject;
///
/// let request = DeleteProject::new(project_id);
/// // `video.send(request).await?` returns `()`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct DeleteProject {
    /// The API key of the project.
    pub project_id: ProjectId,
}

impl DeleteProject {
    /// Creates a request from its required fields.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("project_id", "projectId"), self.project_id.as_str())
    }
}

impl Operation for DeleteProject {
    type Output = ();

    const META: &'static Meta = &Meta::new("delete_project", "projects", Method::DELETE, "/v2/project/{projectId}")
        .doc("Deletes a project. Its key and secret are of no more use.")
        .status(204)
        .environments(false, true, "On Vonage, projects are applications: delete one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(404, "There is no such project."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for DeleteProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("DeleteProject", self, f)
    }
}

/// Gives a project a new secret. The old one becomes invalid at once.
///
/// `POST /v2/project/{projectId}/refreshSecret`
///
/// Not idempotent: retried only if the server certainly did not act on it.
///
/// Only on OpenTok, with account-level credentials. On Vonage, applications have key pairs: make a
/// new one in the dashboard or with the Application API.
///
/// # Errors
///
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 404: There is no such project.
/// - 500: The server failed.
///
/// # Example
///
/// ```
/// # use vonage_video_core as vonage_video;
/// # let project_id = "123456";
/// use vonage_video::operations::RefreshProjectSecret;
///
/// let request = RefreshProjectSecret::new(project_id);
/// // `video.send(request).await?` returns `Project`.
/// # request.validate()?;
/// # Ok::<(), vonage_video::Invalid>(())
/// ```
#[doc(alias = "rotateSecret")]
#[doc(alias = "apiSecret")]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RefreshProjectSecret {
    /// The API key of the project.
    pub project_id: ProjectId,
}

impl RefreshProjectSecret {
    /// Creates a request from its required fields.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id(("project_id", "projectId"), self.project_id.as_str())
    }
}

impl Operation for RefreshProjectSecret {
    type Output = Project;

    const META: &'static Meta = &Meta::new("refresh_project_secret", "projects", Method::POST, "/v2/project/{projectId}/refreshSecret")
        .doc("Gives a project a new secret. The old one becomes invalid at once.")
        .environments(false, true, "On Vonage, applications have key pairs: make a new one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            DocumentedError::new(403, "The credentials are wrong, or belong to a project instead of the account."),
            DocumentedError::new(404, "There is no such project."),
            DocumentedError::new(500, "The server failed."),
        ]);

    fn validate(&self) -> Result<(), Invalid> {
        Self::validate(self)
    }
}

impl fmt::Debug for RefreshProjectSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("RefreshProjectSecret", self, f)
    }
}

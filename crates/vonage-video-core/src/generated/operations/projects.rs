// @generated from api/projects.toml by `cargo xtask codegen`; edit that file instead.

use std::fmt;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    check::{self, Invalid},
    generated::{enums::ProjectStatus, models::Project},
    id::ProjectId,
    lenient,
    operation::{Environment, Field, Meta, Operation, Place},
    redact,
};

/// Creates a project and answers its key and secret.
///
/// `POST /v2/project`
///
/// Tried again only where the first try certainly was not acted upon.
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
/// Source: The OpenTok account management guide and one community client; no official SDK has it.
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
    /// The request, with everything at its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`name`](Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Operation for CreateProject {
    type Output = Project;

    const META: &'static Meta = &Meta::new("create_project", "projects", Method::POST, "/v2/project")
        .doc("Creates a project and answers its key and secret.")
        .only(Environment::OpenTok, "On Vonage, projects are applications: create one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::optional("name", Place::Json),
        ])
        .errors(&[
            (400, "The body is invalid."),
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (500, "The server failed."),
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
/// Tried again even where the first try may have arrived: twice does no more than once.
///
/// Only on OpenTok, with account-level credentials. On Vonage, projects are applications: list them
/// in the dashboard or with the Application API.
///
/// # Errors
///
/// - 403: The credentials are wrong, or belong to a project instead of the account.
/// - 500: The server failed.
///
/// Source: The OpenTok account management guide. There is no paging.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct ListProjects {}

impl ListProjects {
    /// The request.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

impl Operation for ListProjects {
    type Output = Vec<Project>;

    const META: &'static Meta = &Meta::new("list_projects", "projects", Method::GET, "/v2/project")
        .doc("Lists the account's projects.")
        .only(Environment::OpenTok, "On Vonage, projects are applications: list them in the dashboard or with the Application API.")
        .account()
        .errors(&[
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (500, "The server failed."),
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

/// Reads one project.
///
/// `GET /v2/project/{projectId}`
///
/// Tried again even where the first try may have arrived: twice does no more than once.
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
/// Source: The OpenTok account management guide.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct GetProject {
    /// The project's key.
    pub project_id: ProjectId,
}

impl GetProject {
    /// The request.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("projectId", self.project_id.as_str())
    }
}

impl Operation for GetProject {
    type Output = Project;

    const META: &'static Meta = &Meta::new("get_project", "projects", Method::GET, "/v2/project/{projectId}")
        .doc("Reads one project.")
        .only(Environment::OpenTok, "On Vonage, projects are applications: read one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            (400, "The project id is invalid."),
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (404, "There is no such project."),
            (500, "The server failed."),
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
/// Tried again even where the first try may have arrived: twice does no more than once.
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
/// Source: The OpenTok account management guide.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct SetProjectStatus {
    /// The project's key.
    pub project_id: ProjectId,
    /// `ACTIVE` or `SUSPENDED`.
    pub status: ProjectStatus,
}

impl SetProjectStatus {
    /// The request, with all that is optional at its default.
    pub fn new(project_id: impl Into<ProjectId>, status: impl Into<ProjectStatus>) -> Self {
        Self {
            project_id: project_id.into(),
            status: status.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("projectId", self.project_id.as_str())
    }
}

impl Operation for SetProjectStatus {
    type Output = Project;

    const META: &'static Meta = &Meta::new("set_project_status", "projects", Method::PUT, "/v2/project/{projectId}")
        .doc("Suspends a project, or lets it work again.")
        .only(Environment::OpenTok, "On Vonage, projects are applications: change one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
            Field::required("status", Place::Json),
        ])
        .errors(&[
            (400, "The body is invalid."),
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (404, "There is no such project."),
            (500, "The server failed."),
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
/// Tried again even where the first try may have arrived: twice does no more than once.
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
/// Source: The OpenTok account management guide.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct DeleteProject {
    /// The project's key.
    pub project_id: ProjectId,
}

impl DeleteProject {
    /// The request.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("projectId", self.project_id.as_str())
    }
}

impl Operation for DeleteProject {
    type Output = ();

    const META: &'static Meta = &Meta::new("delete_project", "projects", Method::DELETE, "/v2/project/{projectId}")
        .doc("Deletes a project. Its key and secret are of no more use.")
        .status(204)
        .only(Environment::OpenTok, "On Vonage, projects are applications: delete one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (404, "There is no such project."),
            (500, "The server failed."),
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

/// Gives a project a new secret; the old one is void at once.
///
/// `POST /v2/project/{projectId}/refreshSecret`
///
/// Tried again only where the first try certainly was not acted upon.
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
/// Source: The OpenTok account management guide.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request does nothing until it is sent"]
#[non_exhaustive]
pub struct RefreshProjectSecret {
    /// The project's key.
    pub project_id: ProjectId,
}

impl RefreshProjectSecret {
    /// The request.
    pub fn new(project_id: impl Into<ProjectId>) -> Self {
        Self {
            project_id: project_id.into(),
        }
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::id("projectId", self.project_id.as_str())
    }
}

impl Operation for RefreshProjectSecret {
    type Output = Project;

    const META: &'static Meta = &Meta::new("refresh_project_secret", "projects", Method::POST, "/v2/project/{projectId}/refreshSecret")
        .doc("Gives a project a new secret; the old one is void at once.")
        .only(Environment::OpenTok, "On Vonage, applications have key pairs: make a new one in the dashboard or with the Application API.")
        .account()
        .fields(&[
            Field::required("projectId", Place::Path),
        ])
        .errors(&[
            (403, "The credentials are wrong, or belong to a project instead of the account."),
            (404, "There is no such project."),
            (500, "The server failed."),
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

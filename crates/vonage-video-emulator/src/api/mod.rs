//! The service's REST API: a request is read, authorized, performed and answered.

mod authorize;
mod caller;
mod generated;
mod handlers;
mod links;
mod normalize;
mod operations;
mod refusal;
mod respond;
mod sdk;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header::ALLOW};
use vonage_video_auth::Environment;
use vonage_video_core::{
    Incoming, Matched, Meta, NoRoute, Operation, ProjectId, SessionId,
    operations::{CreateSession, StopRender},
    route,
};

use self::{
    authorize::authorize,
    caller::Caller,
    generated::dispatch::dispatch,
    normalize::{Normalized, normalize},
    operations::{Operations, perform},
    refusal::{ApiResult, Refusal},
    respond::{Format, Success, respond, session_xml},
    sdk::Demands,
};
pub(crate) use self::{links::Links, operations::Context};
use crate::world::World;

/// A request, read once: what it is after normalization, and which operation it matches.
pub(crate) struct Routed<'r> {
    request: &'r Request<Bytes>,
    normalized: Normalized<'r>,
    matched: Result<Matched, NoRoute>,
}

/// Reads a request.
pub(crate) fn read(request: &Request<Bytes>) -> Routed<'_> {
    let query = request.uri().query().unwrap_or_default();
    let path = request.uri().path();
    let normalized = normalize(request.method(), path, query, request.body());
    let matched = route(&Incoming {
        method: &normalized.method,
        path: &normalized.path,
        query,
        body: &normalized.body,
    });
    Routed {
        request,
        normalized,
        matched,
    }
}

/// What a call came to.
pub(crate) struct Outcome {
    /// The project, if the credentials were verified.
    pub(crate) project: Option<ProjectId>,
    /// The session that it created.
    pub(crate) created: Option<SessionId>,
    pub(crate) response: Response<Bytes>,
}

impl Routed<'_> {
    /// The request.
    pub(crate) fn request(&self) -> &Request<Bytes> {
        self.request
    }

    /// The operation that the request matches.
    pub(crate) fn matched(&self) -> Option<&Matched> {
        self.matched.as_ref().ok()
    }

    /// The id of the operation, such as `start_archive`; `None` when the request matches none.
    pub(crate) fn operation(&self) -> Option<&'static str> {
        self.matched.as_ref().ok().map(|matched| matched.meta.id)
    }

    /// Performs the operation.
    pub(crate) fn call(&self, world: &mut World, context: &Context<'_>) -> Outcome {
        let caller = self.authorize(world, context);
        let known = caller.as_ref().ok().cloned();
        let headers = self.request.headers();
        let format = Format::of(&self.normalized.path, headers);
        let before = world.sessions().len();
        let result = caller.and_then(|caller| self.perform(world, &caller, context, format));
        let latest = world.sessions().iter().next_back();
        let created = latest.filter(|_| world.sessions().len() > before);
        let format = format.of_result(&result, headers);
        let mut response = respond(result, format, &context.trace);
        finish(&mut response, self.allow(), &context.trace);
        Outcome {
            project: known.map(|caller| caller.project),
            created: created.map(|session| session.id.clone()),
            response,
        }
    }

    fn authorize(&self, world: &World, context: &Context<'_>) -> ApiResult<Caller> {
        if let Err(NoRoute::Path) = self.matched {
            return Err(no_such_path(self.request.uri().path()));
        }
        let account = self
            .matched
            .as_ref()
            .is_ok_and(|matched| matched.meta.account);
        let project = self.project().filter(|_| !account);
        authorize(world, context, self.request.headers(), project.as_ref())
    }

    /// The project in `/v2/project/{project}/…`.
    fn project(&self) -> Option<ProjectId> {
        let rest = self.normalized.path.strip_prefix("/v2/project/")?;
        rest.split('/').next().map(ProjectId::from)
    }

    fn perform(
        &self,
        world: &mut World,
        caller: &Caller,
        context: &Context<'_>,
        format: Format,
    ) -> ApiResult<Success> {
        let matched = match &self.matched {
            Ok(matched) => matched,
            Err(NoRoute::Method { .. }) => {
                return Err(Refusal::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "Method not allowed",
                ));
            }
            Err(error) => {
                return Err(Refusal::bad_request(format!("Invalid request: {error}")));
            }
        };
        check_caller(matched.meta, caller, self.request.uri().path())?;
        handlers::check(matched)?;
        let demands = Demands::of(context.respond_as, self.request.headers());
        let mut operations = Operations {
            world,
            caller,
            context,
            demands,
        };
        let result = match format {
            Format::Xml if matched.meta.id == CreateSession::META.id => {
                perform::<CreateSession>(matched, |it| operations.create_session(it))
                    .map(|session| session_xml(&session))
            }
            _ => dispatch(&mut operations, matched),
        };
        let result = match result {
            Ok(success) if demands.no_content && matched.meta.id == StopRender::META.id => {
                Ok(success.no_content())
            }
            result => result,
        };
        result.map_err(|refusal| documented(matched.meta, refusal))
    }

    /// The methods that the path has, when the request's is another.
    fn allow(&self) -> &[Method] {
        match &self.matched {
            Err(NoRoute::Method { allow }) => allow,
            _ => &[],
        }
    }
}

/// Checks that the caller may use an operation at all.
fn check_caller(meta: &Meta, caller: &Caller, path: &str) -> ApiResult<()> {
    let exists = match caller.environment {
        Environment::Vonage => meta.vonage,
        Environment::OpenTok => meta.opentok,
    };
    if !exists {
        return Err(no_such_path(path));
    }
    if meta.account == caller.account {
        return Ok(());
    }
    let message = if meta.account {
        "This call needs account-level credentials"
    } else {
        "This call needs the credentials of a project"
    };
    Err(Refusal::forbidden(message).code(-1))
}

/// Where something named in a request does not exist, an operation that documents no 404 responds
/// with 400.
fn documented(meta: &Meta, mut refusal: Refusal) -> Refusal {
    let documents = |status: u16| meta.errors.iter().any(|error| error.status == status);
    if refusal.status == StatusCode::NOT_FOUND && !documents(404) && documents(400) {
        refusal.status = StatusCode::BAD_REQUEST;
        refusal.code = refusal
            .code
            .map(|code| if code == 404 { 400 } else { code });
    }
    refusal
}

fn no_such_path(path: &str) -> Refusal {
    Refusal::not_found(format!("No operation has the path {path}"))
}

fn finish(response: &mut Response<Bytes>, allow: &[Method], trace: &str) {
    if let Ok(trace) = HeaderValue::from_str(trace) {
        response.headers_mut().insert("x-request-id", trace);
    }
    if !allow.is_empty() {
        let methods: Vec<&str> = allow.iter().map(Method::as_str).collect();
        if let Ok(methods) = HeaderValue::from_str(&methods.join(", ")) {
            response.headers_mut().insert(ALLOW, methods);
        }
    }
}

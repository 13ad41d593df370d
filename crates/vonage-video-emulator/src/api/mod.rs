//! One call of the API: who calls, which operation it is, and what it answers.

mod authorize;
mod generated;
mod handlers;
mod normalize;
pub(crate) mod nulls;
pub(crate) mod reply;
mod respond;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header::ALLOW};
use vonage_video_auth::Environment;
use vonage_video_core::{Incoming, Matched, Meta, NoRoute, route};

use crate::{
    api::{
        generated::dispatch::dispatch,
        normalize::{Righted, put_right},
        reply::{Answer, Caller, Refusal},
        respond::{Format, response},
    },
    world::World,
};

/// What became of a call.
pub(crate) struct Outcome {
    pub(crate) caller: Option<Caller>,
    pub(crate) response: Response<Bytes>,
}

/// The operation that a request is, whoever sends it.
pub(crate) fn operation(request: &Request<Bytes>) -> Option<&'static Meta> {
    let righted = put_right(request.method(), request.uri().path(), request.body());
    find(request, &righted).ok().map(|matched| matched.meta)
}

fn find(request: &Request<Bytes>, righted: &Righted<'_>) -> Result<Matched, NoRoute> {
    route(&Incoming {
        method: &righted.method,
        path: &righted.path,
        query: request.uri().query().unwrap_or_default(),
        body: &righted.body,
    })
}

/// Answers one call.
pub(crate) fn call(world: &mut World, request: &Request<Bytes>) -> Outcome {
    let path = request.uri().path();
    let righted = put_right(request.method(), path, request.body());
    let routed = find(request, &righted);
    let operation = routed.as_ref().ok().map(|matched| matched.meta);
    let mut caller = None;
    let mut allow = Vec::new();

    let answer = 'answer: {
        if let Err(NoRoute::Path) = routed {
            break 'answer Answer::Refusal(no_such_path(path));
        }
        let account = operation.is_some_and(|meta| meta.account);
        let project = project_in(&righted.path).filter(|_| !account);
        let known = match world.authorize(request.headers(), project) {
            Ok(known) => caller.insert(known),
            Err(refusal) => break 'answer Answer::Refusal(refusal),
        };
        let matched = match routed {
            Ok(matched) => matched,
            Err(NoRoute::Method { allow: methods }) => {
                allow = methods;
                break 'answer Answer::Refusal(Refusal::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "Method not allowed",
                ));
            }
            Err(error) => {
                break 'answer Answer::Refusal(Refusal::bad_request(format!(
                    "Invalid request: {error}"
                )));
            }
        };
        if let Some(refusal) = refused(matched.meta, known, path) {
            break 'answer Answer::Refusal(refusal);
        }
        if let Some(refusal) = handlers::refused(&matched) {
            break 'answer Answer::Refusal(refusal);
        }
        documented(matched.meta, dispatch(world, known, &matched))
    };

    let environment = caller.as_ref().map_or_else(
        || project_in(&righted.path).map_or(Environment::OpenTok, |id| world.environment_of(id)),
        |caller| caller.environment,
    );
    let format = Format::of(environment, path, request.headers());
    let trace = world.random.uuid();
    let mut response = response(answer, format, &trace);
    finish(&mut response, &allow, &trace);
    Outcome { caller, response }
}

/// The project in `/v2/project/{project}/…`.
fn project_in(path: &str) -> Option<&str> {
    path.strip_prefix("/v2/project/")?.split('/').next()
}

/// What an identity may not call at all.
fn refused(meta: &Meta, caller: &Caller, path: &str) -> Option<Refusal> {
    let exists = match caller.environment {
        Environment::Vonage => meta.vonage,
        Environment::OpenTok => meta.opentok,
    };
    if !exists {
        return Some(no_such_path(path));
    }
    (meta.account != caller.account).then(|| {
        let message = if meta.account {
            "This call needs account-level credentials"
        } else {
            "This call needs the credentials of a project"
        };
        Refusal::new(StatusCode::FORBIDDEN, message).code(-1)
    })
}

/// Where something that is named in a request does not exist, an operation that documents no 404 answers 400.
fn documented(meta: &Meta, answer: Answer) -> Answer {
    let documents = |status: u16| meta.errors.iter().any(|error| error.status == status);
    match answer {
        Answer::Refusal(mut refusal)
            if refusal.status == StatusCode::NOT_FOUND && !documents(404) && documents(400) =>
        {
            refusal.status = StatusCode::BAD_REQUEST;
            Answer::Refusal(refusal)
        }
        answer => answer,
    }
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

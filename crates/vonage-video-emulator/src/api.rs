//! One call of the API: who calls, which operation it is, and what it answers.

use std::cell::RefCell;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header::ALLOW};
use vonage_video_core::{Environment, Incoming, Meta, NoRoute, route};

use crate::{
    generated::handler::dispatch,
    handler::{Answer, Caller, Refusal},
    handlers::{self, Desk},
    leniency::put_right,
    respond::{Format, response},
    world::World,
};

/// What became of a call.
pub(crate) struct Outcome {
    pub(crate) operation: Option<&'static Meta>,
    pub(crate) caller: Option<Caller>,
    pub(crate) response: Response<Bytes>,
}

/// Answers one call.
pub(crate) fn call(world: &mut World, request: &Request<Bytes>) -> Outcome {
    let path = request.uri().path();
    let righted = put_right(request.method(), path, request.body());
    let routed = route(&Incoming {
        method: &righted.method,
        path: &righted.path,
        query: request.uri().query().unwrap_or_default(),
        body: &righted.body,
    });
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
        dispatch(&Desk(RefCell::new(world)), known, &matched)
    };

    let environment = caller.as_ref().map_or_else(
        || project_in(&righted.path).map_or(Environment::OpenTok, |id| world.environment_of(id)),
        |caller| caller.environment,
    );
    let format = Format::of(environment, path, request.headers());
    let trace = world.random.uuid();
    let mut response = response(answer, format, &trace);
    finish(&mut response, &allow, &trace);
    Outcome {
        operation,
        caller,
        response,
    }
}

/// The project in `/v2/project/{project}/…`.
fn project_in(path: &str) -> Option<&str> {
    path.strip_prefix("/v2/project/")?.split('/').next()
}

/// What an identity may not call at all.
fn refused(meta: &Meta, caller: &Caller, path: &str) -> Option<Refusal> {
    if !meta.exists_in(caller.environment) {
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

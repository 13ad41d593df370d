//! One call of the API, with its faults and its place in the journal.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER},
};
use serde_json::{Value, json};
use tokio::time::sleep;
use vonage_video_core::{Matched, SessionId};

use crate::{
    api::{self, Context, Outcome, Routed},
    site::{
        Site, State,
        body::{Body, Broken},
        fault_action::FaultAction,
        faults::Picked,
        files::download,
        hostile_list,
    },
    world::{Changed, World},
};

/// A call that has been noted in the journal.
struct Noted {
    number: u64,
    faults: Vec<FaultAction>,
}

impl Site {
    /// Performs a call of the API.
    pub(crate) async fn call(&self, request: &Request<Bytes>) -> Result<Response<Body>, Broken> {
        let routed = api::read(request);
        let (noted, delay) = {
            let mut state = self.lock();
            let noted = state.note(&routed);
            match delay_before(&noted.faults) {
                None => return state.respond(&routed, &noted),
                Some(delay) => (noted, delay),
            }
        };
        sleep(delay).await;
        self.lock().respond(&routed, &noted)
    }

    /// Serves a download of a file.
    pub(crate) async fn download(
        &self,
        path: &str,
        request: &Request<Bytes>,
    ) -> Result<Response<Body>, Broken> {
        let faults = self.lock().faults.pick_for_download().actions;
        if let Some(delay) = delay_before(&faults) {
            sleep(delay).await;
        }
        let state = self.lock();
        let response = match without_effect(&faults, request) {
            Some(WithoutEffect::Reset) => return Err(Broken),
            Some(WithoutEffect::Response(response)) => response,
            None => after(&faults, download(&state, path, request)).ok_or(Broken)?,
        };
        Ok(state.finished(&faults, response))
    }
}

impl State {
    /// Notes a call, and picks its faults.
    fn note(&mut self, routed: &Routed<'_>) -> Noted {
        let operation = routed.operation();
        let now = self.world.now();
        let number = self.journal.request(routed.request(), operation, now);
        let session = routed.matched().and_then(|it| session_of(&self.world, it));
        if let Some(session) = session {
            self.journal.set_session(number, session);
        }
        let Picked { numbers, actions } = self.faults.pick_for_call(operation);
        self.journal.set_faults(number, numbers);
        Noted {
            number,
            faults: actions,
        }
    }

    /// Performs a call, unless a fault prevents it, and notes the response.
    fn respond(&mut self, routed: &Routed<'_>, noted: &Noted) -> Result<Response<Body>, Broken> {
        let response = self.perform(routed, noted);
        let session = self
            .journal
            .get(noted.number)
            .and_then(|it| it.session.clone());
        self.world.report(Changed::Request(noted.number), session);
        response
    }

    fn perform(&mut self, routed: &Routed<'_>, noted: &Noted) -> Result<Response<Body>, Broken> {
        let (project, response) = match without_effect(&noted.faults, routed.request()) {
            Some(WithoutEffect::Reset) => return Err(Broken),
            Some(WithoutEffect::Response(response)) => (None, Some(response)),
            None => {
                let context = Context {
                    links: &self.links.at(routed.request()),
                    account: &self.account,
                    wall: self.wall(),
                    respond_as: self.respond_as.as_deref(),
                    trace: self.random.uuid(),
                };
                let outcome = perform(routed, &noted.faults, &mut self.world, &context);
                if let Some(session) = outcome.created {
                    self.journal.set_session(noted.number, session);
                }
                (outcome.project, after(&noted.faults, outcome.response))
            }
        };
        let response = response.ok_or(Broken)?;
        self.journal.response(noted.number, project, &response);
        Ok(self.finished(&noted.faults, response))
    }

    /// A response with its date and with the faults of its body.
    fn finished(&self, faults: &[FaultAction], mut response: Response<Bytes>) -> Response<Body> {
        let set = faults.iter().find_map(|fault| match fault {
            FaultAction::Date { date } => HeaderValue::from_str(date).ok(),
            _ => None,
        });
        if let Some(date) = set.or_else(|| self.date()) {
            response.headers_mut().insert(DATE, date);
        }
        with_body(faults, response)
    }
}

/// The session that a request is about, as far as the request shows it.
fn session_of(world: &World, matched: &Matched) -> Option<SessionId> {
    let text = |name: &str| matched.text(name);
    if let Some(id) = text("sessionId") {
        return Some(id.into());
    }
    let (archives, broadcasts) = (world.archives(), world.broadcasts());
    let (renders, captions) = (world.renders(), world.captions());
    text("archiveId")
        .and_then(|id| archives.get(&id.into()))
        .map(|it| &it.model.session_id)
        .or_else(|| {
            Some(
                &broadcasts
                    .get(&text("broadcastId")?.into())?
                    .model
                    .session_id,
            )
        })
        .or_else(|| Some(&renders.get(&text("renderId")?.into())?.model.session_id))
        .or_else(|| Some(&captions.get(&text("captionsId")?.into())?.model.session_id))
        .cloned()
}

/// Performs a call, with the faults of lists.
fn perform(
    routed: &Routed<'_>,
    faults: &[FaultAction],
    world: &mut World,
    context: &Context<'_>,
) -> Outcome {
    if let Some(request) = hostile_list::instead(faults, routed.request()) {
        return api::read(&request).call(world, context);
    }
    let outcome = routed.call(world, context);
    let page = outcome.response.body();
    match hostile_list::past_the_end(faults, routed.request(), page) {
        Some(request) => api::read(&request).call(world, context),
        None => outcome,
    }
}

/// How long a call is delayed before anything happens.
fn delay_before(faults: &[FaultAction]) -> Option<Duration> {
    let delays: Vec<f64> = faults
        .iter()
        .take_while(|fault| !fault.prevents_effect())
        .filter_map(|fault| match fault {
            FaultAction::Delay { seconds } => Some(*seconds),
            _ => None,
        })
        .collect();
    (!delays.is_empty()).then(|| delays.into_iter().map(seconds_of).sum())
}

/// What a call gets without having any effect.
enum WithoutEffect {
    Reset,
    Response(Response<Bytes>),
}

fn without_effect(faults: &[FaultAction], request: &Request<Bytes>) -> Option<WithoutEffect> {
    faults.iter().find_map(|fault| match fault {
        FaultAction::Reset {
            after_effect: false,
        } => Some(WithoutEffect::Reset),
        FaultAction::Status {
            status,
            retry_after,
            body,
            after_effect: false,
        } => Some(WithoutEffect::Response(error(
            *status,
            *retry_after,
            body.as_deref(),
        ))),
        FaultAction::Foreign { status } => {
            let body = foreign(*status).to_string();
            Some(WithoutEffect::Response(error(*status, None, Some(&body))))
        }
        FaultAction::Echo { status } => {
            let body = echo(*status, request).to_string();
            Some(WithoutEffect::Response(error(*status, None, Some(&body))))
        }
        _ => None,
    })
}

/// What another server says.
fn foreign(status: u16) -> Value {
    match status {
        200..=299 => json!({ "message": "Welcome", "documentation": "/docs" }),
        404 => json!({ "message": "no Route matched with those values" }),
        _ => json!({ "message": "This server has no such thing" }),
    }
}

/// What a server says that repeats what it was sent.
fn echo(status: u16, request: &Request<Bytes>) -> Value {
    let headers = request.headers();
    let token = headers
        .get("x-opentok-auth")
        .or_else(|| headers.get(AUTHORIZATION))
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let token = token.split_once(' ').map_or(token, |(_, token)| token);
    json!({
        "code": status,
        "message": format!("Invalid token: {token}"),
        "description": String::from_utf8_lossy(request.body()),
    })
}

/// The response to a call that has had its effect; `None` when none is sent.
fn after(faults: &[FaultAction], mut response: Response<Bytes>) -> Option<Response<Bytes>> {
    for fault in faults {
        match fault {
            FaultAction::Reset { after_effect: true } => return None,
            FaultAction::Status {
                status,
                retry_after,
                body,
                after_effect: true,
            } => return Some(error(*status, *retry_after, body.as_deref())),
            FaultAction::Garble => {
                *response.body_mut() = Bytes::from_static(
                    b"<html><head><title>Welcome to the proxy</title></head><body>Please wait.</body></html>",
                );
                response
                    .headers_mut()
                    .insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            _ => {}
        }
    }
    Some(response)
}

fn with_body(faults: &[FaultAction], response: Response<Bytes>) -> Response<Body> {
    response.map(|bytes| {
        if faults.contains(&FaultAction::Truncate) {
            return Body::cut(bytes);
        }
        let delay = faults.iter().find_map(|fault| match fault {
            FaultAction::DelayBody { seconds } => Some(seconds_of(*seconds)),
            _ => None,
        });
        match delay {
            Some(delay) => Body::slow(bytes, delay),
            None => Body::from(bytes),
        }
    })
}

fn error(status: u16, retry_after: Option<u32>, body: Option<&str>) -> Response<Bytes> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match body {
        Some(body) => body.to_owned(),
        None => {
            let message = status.canonical_reason().unwrap_or("Injected fault");
            json!({ "code": status.as_u16(), "message": message }).to_string()
        }
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The range was checked when the fault was added.
fn seconds_of(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

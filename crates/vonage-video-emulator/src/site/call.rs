//! One call of the API, with its faults and its place in the journal.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{CONTENT_TYPE, DATE, RETRY_AFTER},
};
use serde_json::json;
use tokio::time::sleep;

use crate::{
    api::{self, Context, Routed},
    site::{
        Site, State,
        body::{Body, Broken},
        fault::FaultAction,
    },
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
                None => return state.answer(&routed, &noted),
                Some(delay) => (noted, delay),
            }
        };
        sleep(delay).await;
        self.lock().answer(&routed, &noted)
    }
}

impl State {
    /// Notes a call, and picks its faults.
    fn note(&mut self, routed: &Routed<'_>) -> Noted {
        let operation = routed.operation();
        let now = self.world.now();
        Noted {
            number: self.journal.request(routed.request(), operation, now),
            faults: self.faults.pick_for_call(operation),
        }
    }

    /// Performs a call, unless a fault prevents it, and notes the response.
    fn answer(&mut self, routed: &Routed<'_>, noted: &Noted) -> Result<Response<Body>, Broken> {
        let (project, response) = match error_before_effect(&noted.faults) {
            Some(WithoutEffect::Reset) => return Err(Broken),
            Some(WithoutEffect::Response(response)) => (None, Some(response)),
            None => {
                let context = Context {
                    links: &self.links.at(routed.request()),
                    account: &self.account,
                    wall: self.wall(),
                    trace: self.random.uuid(),
                };
                let outcome = routed.call(&mut self.world, &context);
                (outcome.project, after(&noted.faults, outcome.response))
            }
        };
        let mut response = response.ok_or(Broken)?;
        let (status, body) = (response.status(), response.body().clone());
        self.journal.response(noted.number, project, status, body);
        if let Some(date) = self.date() {
            response.headers_mut().insert(DATE, date);
        }
        Ok(with_body(&noted.faults, response))
    }
}

/// How long a call is delayed before anything happens.
fn delay_before(faults: &[FaultAction]) -> Option<Duration> {
    let delays: Vec<f64> = faults
        .iter()
        .take_while(|fault| error_before_effect(std::slice::from_ref(fault)).is_none())
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

fn error_before_effect(faults: &[FaultAction]) -> Option<WithoutEffect> {
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
        _ => None,
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

//! A call of the API, with the faults that befall it.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
};
use serde_json::json;
use tokio::time::sleep;

use crate::{
    api,
    site::{
        Shared,
        body::{Body, Broken},
        fault::FaultAction,
    },
};

impl Shared {
    /// Answers a call of the API, notes it, and lets the faults at work befall it.
    pub(crate) async fn call(&self, request: &Request<Bytes>) -> Result<Response<Body>, Broken> {
        let operation = api::operation(request).map(|meta| meta.id);
        let (number, faults) = {
            let mut world = self.world();
            let now = world.now;
            let number = world.journal.request(request, operation, now);
            (number, world.faults.befall(operation))
        };
        if let Some(instead) = self.before(&faults).await? {
            let (status, body) = (instead.status(), instead.body().clone());
            self.world().journal.answer(number, None, status, body);
            return Ok(instead.map(Body::from));
        }

        let outcome = api::call(&mut self.world(), request);
        let project = outcome.caller.map(|caller| caller.project);
        let response = after(&faults, outcome.response);
        let mut world = self.world();
        if let Some(response) = &response {
            let (status, body) = (response.status(), response.body().clone());
            world.journal.answer(number, project, status, body);
        }
        drop(world);
        response
            .map(|response| with_body(&faults, response))
            .ok_or(Broken)
    }

    /// What happens before the call has any effect: perhaps an answer instead.
    async fn before(&self, faults: &[FaultAction]) -> Result<Option<Response<Bytes>>, Broken> {
        for fault in faults {
            match fault {
                FaultAction::Delay { seconds } => sleep(seconds_of(*seconds)).await,
                FaultAction::Reset {
                    after_effect: false,
                } => return Err(Broken),
                FaultAction::Status {
                    status,
                    retry_after,
                    body,
                    after_effect: false,
                } => {
                    let body = body.as_deref();
                    return Ok(Some(answer(*status, *retry_after, body)));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

/// What happens to the answer of a call that has had its effect; `None` when it is not sent.
fn after(faults: &[FaultAction], mut response: Response<Bytes>) -> Option<Response<Bytes>> {
    for fault in faults {
        match fault {
            FaultAction::Reset { after_effect: true } => return None,
            FaultAction::Status {
                status,
                retry_after,
                body,
                after_effect: true,
            } => return Some(answer(*status, *retry_after, body.as_deref())),
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

fn answer(status: u16, retry_after: Option<u32>, body: Option<&str>) -> Response<Bytes> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = match body {
        Some(body) => body.to_owned(),
        None => {
            let message = status.canonical_reason().unwrap_or("Trouble on request");
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

/// Checked when the fault was set.
fn seconds_of(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

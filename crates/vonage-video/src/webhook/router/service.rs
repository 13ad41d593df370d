//! The router as a tower service.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use tower_service::Service;

use super::{Outcome, Webhooks};
use crate::webhook::{
    body::{self, BodyError},
    receive::authorization,
};

/// Any path, any content type. The body of the response is empty.
impl<B> Service<Request<B>> for Webhooks
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Send,
{
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<String>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let webhooks = self.clone();
        Box::pin(async move {
            let outcome = webhooks.receive(request).await;
            let mut response = Response::new(String::new());
            *response.status_mut() =
                StatusCode::from_u16(outcome.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            Ok(response)
        })
    }
}

impl Webhooks {
    async fn receive<B: Body>(&self, request: Request<B>) -> Outcome {
        let (parts, body) = request.into_parts();
        if parts.method != Method::POST {
            return Outcome::WrongMethod;
        }
        match body::read(body, self.body_limit_is()).await {
            Ok(body) => self.handle(authorization(&parts.headers), &body).await,
            Err(BodyError::TooLarge) => Outcome::TooLarge,
            Err(BodyError::Broken) => Outcome::Unreadable,
        }
    }
}

//! A verified webhook as an argument of an axum handler.

use axum_core::{
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;

use super::{
    Outcome, ReceiveError, VerifiedWebhook, WebhookVerifier,
    body::{self, BodyError, DEFAULT_BODY_LIMIT},
    receive::{authorization, now, receive_parts_at},
};

/// Takes the raw body, whatever its content type, up to 1 MiB, and verifies it. The verifier comes
/// from the router's state: the state itself, or a part of it by [`FromRef`].
///
/// ```
/// use vonage_video::webhook::{VerifiedWebhook, WebhookVerifier};
///
/// async fn webhook(webhook: VerifiedWebhook) {
///     println!("{}", webhook.event.kind());
/// }
///
/// # fn app() -> Result<axum::Router, vonage_video::webhook::WebhookError> {
/// let verifier = WebhookVerifier::new("the signature secret of this webhook")?;
/// let app = axum::Router::new()
///     .route("/webhooks", axum::routing::post(webhook))
///     .with_state(verifier);
/// # Ok(app)
/// # }
/// ```
impl<S> FromRequest<S> for VerifiedWebhook
where
    S: Send + Sync,
    WebhookVerifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let (parts, body) = request.into_parts();
        let body = body::read(body, DEFAULT_BODY_LIMIT).await;
        let body = body.map_err(|error| match error {
            BodyError::TooLarge => WebhookRejection(Outcome::TooLarge),
            BodyError::Broken => WebhookRejection(Outcome::Unreadable),
        })?;
        let verifier = WebhookVerifier::from_ref(state);
        receive_parts_at(&verifier, authorization(&parts.headers), &body, now())
            .map_err(WebhookRejection::from)
    }
}

/// Why a request is not a [`VerifiedWebhook`]; responds with the right status, and shows nothing
/// more.
#[derive(Debug)]
pub struct WebhookRejection(Outcome);

impl WebhookRejection {
    /// What became of the delivery, with the reason.
    pub fn outcome(&self) -> &Outcome {
        &self.0
    }
}

impl From<ReceiveError> for WebhookRejection {
    fn from(error: ReceiveError) -> Self {
        Self(Outcome::Refused(error))
    }
}

impl std::fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for WebhookRejection {}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        StatusCode::from_u16(self.0.status())
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response()
    }
}

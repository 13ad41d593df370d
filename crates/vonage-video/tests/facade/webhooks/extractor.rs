//! A verified webhook as an argument of an axum handler.

use axum::{Router, extract::FromRef, routing::post};
use tower_service::Service;
use vonage_video::webhook::{VerifiedWebhook, WebhookVerifier, Webhooks, test};

use super::support::{Counter, archive, joins};

#[derive(Clone)]
struct App {
    verifier: WebhookVerifier,
    handled: Counter,
}

impl FromRef<App> for WebhookVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

async fn webhook(
    axum::extract::State(app): axum::extract::State<App>,
    webhook: VerifiedWebhook,
) -> String {
    app.handled.up();
    webhook.key().to_string()
}

async fn status(router: &mut Router, request: http::Request<String>) -> u16 {
    let request = request.map(axum::body::Body::from);
    Service::call(router, request)
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_handler_takes_what_is_verified_and_nothing_else() {
    let handled = Counter::default();
    let mut router = Router::new().route("/", post(webhook)).with_state(App {
        verifier: test::verifier(),
        handled: handled.clone(),
    });
    let mut odd = test::signed(joins("session", "a"));
    odd.headers_mut()
        .insert("content-type", "text/plain".parse().unwrap());
    assert_eq!(status(&mut router, odd).await, 200);

    let mut changed = test::signed(joins("session", "a"));
    changed.body_mut().push(' ');
    assert_eq!(status(&mut router, changed).await, 401);
    let mut unsigned = test::signed(joins("session", "a"));
    unsigned.headers_mut().remove("authorization");
    assert_eq!(status(&mut router, unsigned).await, 503);
    let mut large = test::signed(joins("session", "a"));
    *large.body_mut() = " ".repeat(1024 * 1024 + 1);
    assert_eq!(status(&mut router, large).await, 413);
    assert_eq!(handled.get(), 1);
}

#[tokio::test]
async fn a_body_that_grows_beyond_the_limit_is_not_read_to_its_end() {
    let handled = Counter::default();
    let mut router = Router::new().route("/", post(webhook)).with_state(App {
        verifier: test::verifier(),
        handled: handled.clone(),
    });
    let chunks = Counter::default();
    let count = chunks.clone();
    let endless = std::iter::from_fn(move || {
        count.up();
        Some(Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]))
    });
    let body = axum::body::Body::from_stream(futures_util::stream::iter(endless));
    let request = http::Request::post("/").body(body).unwrap();
    let response = Service::call(&mut router, request).await.unwrap();
    assert_eq!(response.status(), 413);
    assert!(chunks.get() < 20, "{}", chunks.get());
}

#[tokio::test]
async fn the_router_is_a_service_that_axum_takes() {
    let handled = Counter::default();
    let count = handled.clone();
    let webhooks = Webhooks::new(test::verifier()).on_archive(move |_| {
        count.up();
        async {}
    });
    let mut router = Router::new().route_service("/webhooks", webhooks);
    for expected in [200, 200] {
        let mut request = test::signed(archive("a", "available"));
        *request.uri_mut() = "/webhooks".parse().unwrap();
        assert_eq!(status(&mut router, request).await, expected);
    }
    assert_eq!(handled.get(), 1);
}

//! Sends every request through tower layers: a request id, a header, a limit to concurrency.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{HeaderName, HeaderValue, Request};
use tower::ServiceBuilder;
use tower_http::{
    request_id::{MakeRequestId, RequestId, SetRequestIdLayer},
    set_header::SetRequestHeaderLayer,
};
use vonage_video::{
    Client, Credentials,
    operations::ListArchives,
    transport::{ServiceTransport, TransportService},
};

/// Numbers the requests. Each attempt of a call is a request of its own here.
#[derive(Clone, Default)]
struct Numbers(Arc<AtomicU64>);

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("archive-report-{number}"))
            .ok()
            .map(RequestId::new)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let request_id = HeaderName::from_static("x-request-id");
    let team = HeaderName::from_static("x-team");
    let video = Client::builder(Credentials::from_env()?)
        .layer(move |inner| {
            let service = ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(request_id, Numbers::default()))
                .layer(SetRequestHeaderLayer::overriding(
                    team,
                    HeaderValue::from_static("reports"),
                ))
                .concurrency_limit(8)
                .service(TransportService::new(inner));
            ServiceTransport::new(service)
        })
        .build()?;

    let mut archives = video.pages(ListArchives::new());
    let mut seconds = 0;
    while let Some(archive) = archives.next().await {
        seconds += archive?.duration;
    }
    println!("{seconds} seconds are recorded");
    Ok(())
}

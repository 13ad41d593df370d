//! Services of tower's kind as transports.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll},
};

use http::{Request, Response};
use tower_service::Service;
use vonage_video_core::{ErrorKind, Phase, Sent, operations::StartArchive};
use vonage_video_http::{Body, ServiceTransport};

use crate::server::{SESSION, builder};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Fails with an error of its own, before or after it has looked at the request's body.
#[derive(Clone)]
struct Failing {
    reads: bool,
    error: fn() -> BoxError,
}

impl Service<Request<Body>> for Failing {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if self.reads {
            let _ = request.body().bytes();
        }
        let error = (self.error)();
        Box::pin(async move { Err(error) })
    }
}

/// As tower's, which is in a crate that is not here.
#[derive(Debug)]
struct Elapsed(());

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(()) = self;
        f.write_str("request timed out")
    }
}

impl std::error::Error for Elapsed {}

/// A layer's error around another.
#[derive(Debug)]
struct Around(BoxError);

impl fmt::Display for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a layer failed")
    }
}

impl std::error::Error for Around {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

#[tokio::test]
async fn a_layer_that_runs_out_of_time_is_a_timeout() {
    let errors: [fn() -> BoxError; 4] = [
        || Box::new(Elapsed(())),
        || Box::new(Around(Box::new(Elapsed(())))),
        || Box::new(io::Error::from(io::ErrorKind::TimedOut)),
        || Box::new(Around(Box::new(io::Error::from(io::ErrorKind::TimedOut)))),
    ];
    for error in errors {
        for (reads, sent) in [(true, Sent::Maybe), (false, Sent::No)] {
            let client = builder("http://127.0.0.1:9")
                .transport(ServiceTransport::new(Failing { reads, error }))
                .build()
                .unwrap();
            let call = client.send(StartArchive::new(SESSION)).attempts(1);
            let error = call.await.unwrap_err();
            assert!(error.is_timeout(), "{error:?}");
            assert!(matches!(error.kind(), ErrorKind::Timeout(Phase::Attempt)));
            assert_eq!(error.sent(), sent);
            assert!(std::error::Error::source(&error).is_some());
        }
    }
}

#[tokio::test]
async fn any_other_error_of_a_layer_is_a_broken_connection_or_none() {
    let error: fn() -> BoxError = || Box::new(io::Error::from(io::ErrorKind::ConnectionReset));
    for (reads, sent) in [(true, Sent::Maybe), (false, Sent::No)] {
        let client = builder("http://127.0.0.1:9")
            .transport(ServiceTransport::new(Failing { reads, error }))
            .build()
            .unwrap();
        let call = client.send(StartArchive::new(SESSION)).attempts(1);
        let error = call.await.unwrap_err();
        assert!(!error.is_timeout());
        assert_eq!(error.sent(), sent);
    }
}

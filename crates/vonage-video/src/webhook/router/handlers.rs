//! Handlers, and which event is for which.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use vonage_video_core::{BoxError, WebhookEvent};

type Running = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;
type Handler = Arc<dyn Fn(&WebhookEvent) -> Option<Running> + Send + Sync>;

/// What a handler returns: `()`, or a `Result` whose error makes the delivery fail.
pub trait HandlerOutput: sealed::Sealed {
    /// Whether the event was handled.
    fn into_result(self) -> Result<(), BoxError>;
}

impl HandlerOutput for () {
    fn into_result(self) -> Result<(), BoxError> {
        Ok(())
    }
}

impl<E: Into<BoxError>> HandlerOutput for Result<(), E> {
    fn into_result(self) -> Result<(), BoxError> {
        self.map_err(Into::into)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for () {}
    impl<E> Sealed for Result<(), E> {}
}

#[derive(Clone, Default)]
pub(super) struct Handlers {
    every: Vec<Handler>,
    of_kind: Vec<Handler>,
    otherwise: Vec<Handler>,
}

impl Handlers {
    pub(super) fn every<F>(&mut self, handler: impl Fn(WebhookEvent) -> F + Send + Sync + 'static)
    where
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.every.push(of_any(handler));
    }

    pub(super) fn otherwise<F>(
        &mut self,
        handler: impl Fn(WebhookEvent) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.otherwise.push(of_any(handler));
    }

    pub(super) fn of_kind<M, F>(
        &mut self,
        model: impl Fn(&WebhookEvent) -> Option<M> + Send + Sync + 'static,
        handler: impl Fn(M) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output: HandlerOutput> + Send + 'static,
    {
        self.of_kind.push(Arc::new(move |event| {
            let running = handler(model(event)?);
            Some(Box::pin(async move { running.await.into_result() }))
        }));
    }

    /// Runs those that an event is for, one after the other, until one fails.
    pub(super) async fn run(&self, event: &WebhookEvent) -> Result<(), BoxError> {
        for handler in &self.every {
            if let Some(running) = handler(event) {
                running.await?;
            }
        }
        let mut found = false;
        for handler in &self.of_kind {
            if let Some(running) = handler(event) {
                found = true;
                running.await?;
            }
        }
        if !found {
            for handler in &self.otherwise {
                if let Some(running) = handler(event) {
                    running.await?;
                }
            }
        }
        Ok(())
    }
}

fn of_any<F>(handler: impl Fn(WebhookEvent) -> F + Send + Sync + 'static) -> Handler
where
    F: Future<Output: HandlerOutput> + Send + 'static,
{
    Arc::new(move |event| {
        let running = handler(event.clone());
        Some(Box::pin(async move { running.await.into_result() }))
    })
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers")
            .field("every", &self.every.len())
            .field("of_kind", &self.of_kind.len())
            .field("otherwise", &self.otherwise.len())
            .finish()
    }
}

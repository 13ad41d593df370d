//! The thread that drives the calls of a blocking client.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use vonage_video_core::Error;

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs futures on a thread that begins when it is first needed, and ends when this is dropped.
#[derive(Default)]
pub(super) struct Driver {
    jobs: Mutex<Option<UnboundedSender<Job>>>,
}

impl Driver {
    /// Waits, on this thread, until a future is done on the other.
    pub(super) fn run<T, E, F>(&self, future: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let (done, result) = mpsc::sync_channel(1);
        let job: Job = Box::pin(async move {
            // Nobody waits any more when the caller's thread is gone; then there is nobody to tell.
            let _ = done.send(future.await);
        });
        self.submit(job)?;
        result
            .recv()
            .unwrap_or_else(|_| Err(failed("the thread that drove the call is gone").into()))
    }

    fn submit(&self, job: Job) -> Result<(), Error> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = match jobs.as_ref().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => jobs.insert(begin()?),
        };
        sender
            .send(job)
            .map_err(|_| failed("the thread that drives calls is gone"))
    }
}

fn begin() -> Result<UnboundedSender<Job>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::connect("a runtime of its own", error))?;
    let (sender, mut jobs) = unbounded_channel::<Job>();
    thread::Builder::new()
        .name("vv-blocking".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                while let Some(job) = jobs.recv().await {
                    tokio::spawn(job);
                }
            });
        })
        .map_err(|error| Error::connect("a thread of its own", error))?;
    Ok(sender)
}

fn failed(what: &'static str) -> Error {
    Error::transport("driving the call", what)
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

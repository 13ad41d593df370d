//! The thread that drives the calls of a blocking client.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tracing::Instrument;
use vonage_video_core::Error;

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs futures on a thread that begins when it is first needed, and ends when this is dropped.
#[derive(Default)]
pub(super) struct Driver {
    jobs: Mutex<Option<UnboundedSender<Job>>>,
    /// The process that has the thread; 0 until there is one.
    process: AtomicU32,
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
        // In the span of the caller, which is not entered on the other thread.
        let future = future.in_current_span();
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
        self.check_process()?;
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = match jobs.as_ref().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => jobs.insert(begin()?),
        };
        sender
            .send(job)
            .map_err(|_| failed("the thread that drives calls is gone"))
    }

    /// A forked child does not have its parent's thread, and would wait for it for ever.
    fn check_process(&self) -> Result<(), Error> {
        let process = std::process::id();
        match self
            .process
            .compare_exchange(0, process, Ordering::Relaxed, Ordering::Relaxed)
        {
            Err(other) if other != process => Err(Error::connect(
                "the server",
                "this client was used before the process was forked: make a client in the child",
            )),
            _ => Ok(()),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_another_process_used_is_an_error_and_not_a_hang() {
        let driver = Driver::default();
        let done = driver.run(async { Ok::<_, Error>(1) });
        assert_eq!(done.unwrap(), 1);
        driver.process.fetch_add(1, Ordering::Relaxed);
        let error = driver.run(async { Ok::<_, Error>(1) }).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("forked"), "{cause}");
    }
}

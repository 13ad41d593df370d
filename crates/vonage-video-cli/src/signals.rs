//! The signals by which people and service managers end a program.

use std::future::Future;

use crate::failure::Failure;

/// Listens for Ctrl-C, and for what a service manager sends. The future completes when one comes.
pub(crate) fn interrupted() -> Result<impl Future<Output = Result<(), Failure>>, Failure> {
    let failed = |error| Failure::Io(format!("cannot wait for signals: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            Ok(())
        })
    }
    #[cfg(not(unix))]
    Ok(async move { tokio::signal::ctrl_c().await.map_err(failed) })
}

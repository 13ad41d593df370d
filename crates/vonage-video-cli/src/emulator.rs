//! `emulator`: a local Video API until it is interrupted.

use std::fs;

use vonage_video_emulator::{Emulator, EmulatorBuilder, Project};

use crate::{arguments, failure::Failure, print};

pub(crate) fn run(arguments: arguments::Emulator) -> Result<(), Failure> {
    let builder = builder(&arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Io(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        let emulator = builder
            .start()
            .await
            .map_err(|error| Failure::Io(error.to_string()))?;
        print(emulator.url())?;
        if arguments.print_env {
            emulator
                .env_lines()
                .iter()
                .try_for_each(|line| print(format_args!("export {line}")))?;
        }
        stopped().await?;
        emulator.stop().await;
        Ok(())
    })
}

fn builder(arguments: &arguments::Emulator) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder()
        .listen(arguments.listen)
        .allow_remote(arguments.allow_remote);
    let refuse = |error: vonage_video::auth::CredentialsError| Failure::Auth(error.to_string());
    if let (Some(id), Some(file)) = (&arguments.application_id, &arguments.public_key) {
        let key = fs::read_to_string(file)
            .map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))?;
        builder = builder.project(Project::vonage(id, &key).map_err(refuse)?);
    }
    if let (Some(key), Some(secret)) = (&arguments.api_key, &arguments.api_secret) {
        builder = builder.project(Project::opentok(key, secret).map_err(refuse)?);
    }
    Ok(builder)
}

/// Waits for Ctrl-C, or for what a service manager sends.
async fn stopped() -> Result<(), Failure> {
    let failed = |error| Failure::Io(format!("cannot wait for signals: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(failed),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}

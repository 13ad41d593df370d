//! `emulator`: a local Video API until it is interrupted.

use std::{
    fs,
    future::Future,
    io::{self, Read},
    path::Path,
    thread,
};

use serde_json::Value;
use tokio::sync::oneshot;
use vonage_video::auth::CredentialsError;
use vonage_video_emulator::{Emulator, EmulatorBuilder, Project};

use crate::{arguments, failure::Failure, print};

pub(crate) fn run(arguments: arguments::Emulator) -> Result<(), Failure> {
    let builder = builder(&arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Io(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        // Before anything is printed: whoever reads the address may send a signal at once.
        let stop = listen_for_stop()?;
        let emulator = builder
            .start()
            .await
            .map_err(|error| Failure::Io(error.to_string()))?;
        print(emulator.url())?;
        if let Some(file) = &arguments.tls {
            write_authority(&emulator, file)?;
        }
        if arguments.print_env {
            emulator
                .env_lines()
                .iter()
                .try_for_each(|line| print(format_args!("export {line}")))?;
        }
        if arguments.print_snippets {
            for snippet in emulator.snippets(arguments.tls.as_deref()) {
                let note = snippet.note.map(|note| format!(" ({note})"));
                let note = note.unwrap_or_default();
                print(format_args!("\n# {}{note}\n{}", snippet.sdk, snippet.code))?;
            }
        }
        if arguments.exit_with_stdin {
            tokio::select! {
                stopped = stop => stopped?,
                () = standard_input_closes() => {}
            }
        } else {
            stop.await?;
        }
        emulator.stop().await;
        Ok(())
    })
}

fn builder(arguments: &arguments::Emulator) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder()
        .listen(arguments.listen)
        .allow_remote(arguments.allow_remote);
    if let (Some(id), Some(file)) = (&arguments.application_id, &arguments.public_key) {
        builder = builder.project(Project::vonage(id, &read(file)?).map_err(refused)?);
    }
    if let (Some(key), Some(secret)) = (&arguments.api_key, &arguments.api_secret) {
        builder = builder.project(Project::opentok(key, secret).map_err(refused)?);
    }
    if let Some(file) = &arguments.projects {
        for project in projects(&read(file)?, file)? {
            builder = builder.project(project);
        }
    }
    Ok(if arguments.tls.is_some() {
        builder.tls()
    } else {
        builder
    })
}

/// The projects that a file lists.
fn projects(text: &str, file: &Path) -> Result<Vec<Project>, Failure> {
    let wrong = |what: &str| Failure::Usage(format!("{}: {what}", file.display()));
    let listed: Vec<Value> =
        serde_json::from_str(text).map_err(|error| wrong(&format!("not a JSON array: {error}")))?;
    let project = |listed: &Value| {
        let text = |name: &str| listed.get(name).and_then(Value::as_str);
        match (
            text("apiKey").zip(text("apiSecret")),
            text("applicationId").zip(text("publicKey")),
        ) {
            (Some((key, secret)), None) => Project::opentok(key, secret).map_err(refused),
            (None, Some((id, key))) => Project::vonage(id, key).map_err(refused),
            _ => Err(wrong(
                "each project has either `apiKey` and `apiSecret`, or `applicationId` and `publicKey`, all of them text",
            )),
        }
    };
    listed.iter().map(project).collect()
}

fn refused(error: CredentialsError) -> Failure {
    Failure::Auth(error.to_string())
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))
}

fn write_authority(emulator: &Emulator, file: &Path) -> Result<(), Failure> {
    let pem = emulator.ca_pem().unwrap_or_default();
    fs::write(file, pem)
        .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display())))?;
    print(format_args!("certificate authority: {}", file.display()))
}

/// Listens for Ctrl-C, and for what a service manager sends; what it gives is done when one comes.
fn listen_for_stop() -> Result<impl Future<Output = Result<(), Failure>>, Failure> {
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

/// Completes when standard input ends. A thread of its own reads, which nobody has to wait for when
/// a signal comes first.
async fn standard_input_closes() {
    let (closed, wait) = oneshot::channel();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut buffer = [0; 1024];
        while input.read(&mut buffer).is_ok_and(|read| read > 0) {}
        let _ = closed.send(());
    });
    let _ = wait.await;
}

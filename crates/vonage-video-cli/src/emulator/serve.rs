//! Runs an emulator until it is interrupted.

use std::{
    fs,
    io::{self, IsTerminal as _, Read},
    net::SocketAddr,
    path::Path,
    thread,
};

use serde_json::Value;
use tokio::sync::oneshot;
use vonage_video::auth::CredentialsError;
use vonage_video_emulator::{Emulator, EmulatorBuilder, Project};

use crate::{
    emulator::{
        arguments::{PORT, Start},
        environment::assignments,
    },
    failure::{Failure, with_causes},
    options::Common,
    output::{note, print},
    running::Running,
    send::block_on,
    signals,
};

pub(super) fn run(start: &Start, common: &Common) -> Result<(), Failure> {
    block_on(async {
        // Before anything is printed: what reads the address may send a signal at once.
        let stop = signals::interrupted()?;
        let emulator = started(start).await?;
        let running = Running::of(&emulator, emulator.url());
        running.remember();
        let printed = announce(&emulator, &running, start, common);
        let ended = match printed {
            Ok(()) if start.exit_with_stdin => {
                tokio::select! {
                    stopped = stop => stopped,
                    () = standard_input_closes() => Ok(()),
                }
            }
            Ok(()) => stop.await,
            Err(failure) => Err(failure),
        };
        running.forget();
        emulator.stop().await;
        ended
    })
}

/// Starts one: where it was asked for, or at the usual port, or at any.
pub(super) async fn started(start: &Start) -> Result<Emulator, Failure> {
    let usual = SocketAddr::from(([127, 0, 0, 1], PORT));
    let asked = start.listen.or_else(|| {
        start
            .port
            .map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
    });
    let failed = |error: vonage_video_emulator::StartError| Failure::Io(with_causes(&error));
    match asked {
        Some(address) => builder(start, address)?.start().await.map_err(failed),
        None => match builder(start, usual)?.start().await {
            Ok(emulator) => Ok(emulator),
            Err(_) => {
                note(format_args!("port {PORT} is taken: another one is used"));
                let any = SocketAddr::from(([127, 0, 0, 1], 0));
                builder(start, any)?.start().await.map_err(failed)
            }
        },
    }
}

fn announce(
    emulator: &Emulator,
    running: &Running,
    start: &Start,
    common: &Common,
) -> Result<(), Failure> {
    if let Some(file) = &start.tls {
        write_authority(emulator, file)?;
    }
    if let Some(syntax) = start.print_env {
        // The variables alone, so that a shell can evaluate them.
        print(assignments(syntax, &running.variables))?;
    } else if io::stdout().is_terminal() && !common.quiet {
        banner(running)?;
    } else {
        print(&running.url)?;
    }
    if start.print_snippets {
        for snippet in emulator.snippets(start.tls.as_deref()) {
            let note = snippet
                .note
                .map(|note| format!(" ({note})"))
                .unwrap_or_default();
            print(format_args!("\n# {}{note}\n{}", snippet.sdk, snippet.code))?;
        }
    }
    Ok(())
}

fn banner(running: &Running) -> Result<(), Failure> {
    let id = |name| running.variable(name).unwrap_or("none");
    print(format_args!(
        "Vonage Video emulator {}; everything is forgotten when it ends (Ctrl-C)\n\n\
         \x20 Page  {url}/\n\
         \x20 API   {url}\n\
         \x20 Keys  OpenTok {} · Vonage {}\n\n\
         \x20 In another terminal:  eval \"$(vonage-video emulator env)\"\n\
         \x20 Or without it:        vonage-video sessions create -e\n\
         \x20 A command with it:    vonage-video emulator -- npm test\n",
        env!("CARGO_PKG_VERSION"),
        id("OPENTOK_API_KEY"),
        id("VONAGE_APPLICATION_ID"),
        url = running.url,
    ))
}

fn builder(start: &Start, address: SocketAddr) -> Result<EmulatorBuilder, Failure> {
    let mut builder = Emulator::builder()
        .listen(address)
        .allow_remote(start.allow_remote);
    if let Some(url) = &start.public_url {
        builder = builder.public_url(url);
    }
    for host in &start.allow_host {
        builder = builder.allow_host(host);
    }
    if let (Some(id), Some(file)) = (&start.application_id, &start.public_key) {
        builder = builder.project(Project::vonage(id, &read(file)?).map_err(refused)?);
    }
    if let (Some(key), Some(secret)) = (&start.api_key, &start.api_secret) {
        builder = builder.project(Project::opentok(key, secret).map_err(refused)?);
    }
    if let Some(file) = &start.projects {
        for project in projects(&read(file)?, file)? {
            builder = builder.project(project);
        }
    }
    Ok(if start.tls.is_some() {
        builder.tls()
    } else {
        builder
    })
}

/// The projects that a file lists.
fn projects(text: &str, file: &Path) -> Result<Vec<Project>, Failure> {
    let wrong = |what: &str| Failure::usage(format!("{}: {what}", file.display()));
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
                "each project has either `apiKey` and `apiSecret`, or `applicationId` and \
                 `publicKey`, all of them text",
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

pub(super) fn write_authority(emulator: &Emulator, file: &Path) -> Result<(), Failure> {
    fs::write(file, emulator.ca_pem().unwrap_or_default())
        .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display())))?;
    note(format_args!("certificate authority: {}", file.display()));
    Ok(())
}

/// Completes when standard input ends. A thread of its own reads, and nothing waits for it when a
/// signal comes first.
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

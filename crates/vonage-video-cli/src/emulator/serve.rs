//! Runs an emulator until it is interrupted.

use std::{
    fs,
    io::{self, IsTerminal as _, Read},
    path::Path,
    thread,
};

use tokio::sync::oneshot;
use vonage_video_emulator::{Emulator, Script};

use crate::{
    emulator::{
        environment::assignments,
        log::Log,
        start::{self, Start},
    },
    failure::Failure,
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
        let emulator = start::started(start).await?;
        let running = Running::of(&emulator, emulator.url());
        running.remember();
        let mut log = Log::new(&emulator, common);
        let printed = announce(&emulator, &running, start, common);
        let ended = match printed {
            Ok(()) => {
                tokio::select! {
                    stopped = stop => stopped,
                    () = standard_input_closes(), if start.exit_with_stdin => Ok(()),
                    never = log.follow() => match never {},
                }
            }
            Err(failure) => Err(failure),
        };
        running.forget();
        log.end();
        let exported = start::export(&emulator, start);
        emulator.stop().await;
        ended.and(exported)
    })
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
    if let Some(file) = &start.client {
        write_client(emulator, file)?;
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

/// Writes the script of web pages, and what is declared about it.
pub(super) fn write_client(emulator: &Emulator, file: &Path) -> Result<(), Failure> {
    let form = match file.extension().and_then(|extension| extension.to_str()) {
        Some("cjs") => Script::CommonJs,
        _ => Script::Module,
    };
    for (file, form) in [
        (file.to_owned(), form),
        (file.with_extension("d.ts"), Script::Declarations),
    ] {
        fs::write(&file, emulator.script(form))
            .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display())))?;
    }
    note(format_args!("script of web pages: {}", file.display()));
    Ok(())
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

//! Commands of a noun that are more than one operation: downloads, waits, and what an id says.

use std::{path::PathBuf, time::Duration};

use clap::{Arg, ArgMatches, Args as _, FromArgMatches as _, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use vonage_video::{
    BroadcastId, RenderId, SessionInfo, WaitError,
    operations::{GetArchive, GetBroadcast, GetRender},
};

use crate::{
    failure::Failure,
    options::{Common, Whose},
    output::{Printer, rfc3339},
    send::block_on,
};

/// How long a wait takes unless more is allowed.
const WAIT: Duration = Duration::from_secs(600);

/// The clap commands that a noun has beside the contract's.
pub(super) fn commands(noun: &str) -> impl Iterator<Item = clap::Command> {
    let id = |value: &'static str| Arg::new("id").required(true).value_name(value);
    let wait = |value, about: &'static str| {
        Whose::augment_args(clap::Command::new("wait").about(about).arg(id(value)))
    };
    let commands = match noun {
        "archives" => vec![
            Whose::augment_args(
                clap::Command::new("download")
                    .about("Download an archive's file, resuming what breaks off")
                    .arg(id("ARCHIVE"))
                    .arg(
                        Arg::new("output")
                            .long("output")
                            .short('o')
                            .value_name("FILE")
                            .value_parser(value_parser!(PathBuf))
                            .help("Where to; ARCHIVE.mp4 or ARCHIVE.zip unless given"),
                    ),
            ),
            wait(
                "ARCHIVE",
                "Wait until an archive is available or has failed",
            ),
        ],
        "broadcasts" => vec![wait("BROADCAST", "Wait until a broadcast can be watched")],
        "renders" => vec![wait(
            "RENDER",
            "Wait until an Experience Composer has started",
        )],
        "sessions" => vec![
            clap::Command::new("info")
                .about("Say what a session id holds, without asking the service")
                .arg(id("SESSION")),
        ],
        _ => Vec::new(),
    };
    commands.into_iter()
}

pub(super) fn run(
    noun: &str,
    verb: &str,
    matches: &ArgMatches,
    common: &Common,
    printer: &Printer,
) -> Result<(), Failure> {
    let id = matches.get_one::<String>("id").cloned().unwrap_or_default();
    if (noun, verb) == ("sessions", "info") {
        return info(&id, printer);
    }
    let whose =
        Whose::from_arg_matches(matches).map_err(|error| Failure::usage(error.to_string()))?;
    let client = whose.client(false)?;
    let within = common.timeout.unwrap_or(WAIT);
    match (noun, verb) {
        ("archives", "download") => {
            let to = matches.get_one::<PathBuf>("output").cloned();
            block_on(download(client, id, to, printer))
        }
        ("archives", "wait") => {
            let wait = client.wait(GetArchive::new(id)).within(within);
            let archive = block_on(async { wait.await.map_err(waited) })?;
            printer.one("Archive", &json!(archive))
        }
        ("broadcasts", "wait") => {
            let wait = client
                .wait(GetBroadcast::new(BroadcastId::from(id)))
                .within(within);
            let broadcast = block_on(async { wait.await.map_err(waited) })?;
            printer.one("Broadcast", &json!(broadcast))
        }
        _ => {
            let wait = client
                .wait(GetRender::new(RenderId::from(id)))
                .within(within);
            let render = block_on(async { wait.await.map_err(waited) })?;
            printer.one("Render", &json!(render))
        }
    }
}

fn waited<T: std::fmt::Debug>(error: WaitError<T>) -> Failure
where
    WaitError<T>: std::fmt::Display,
{
    match error {
        WaitError::Call(error) => Failure::from(error),
        other => Failure::Wait(other.to_string()),
    }
}

async fn download(
    client: vonage_video::Client,
    id: String,
    to: Option<PathBuf>,
    printer: &Printer,
) -> Result<(), Failure> {
    let archive = client.send(GetArchive::new(id.as_str())).await?;
    let individual = archive
        .output_mode
        .as_ref()
        .is_some_and(|mode| mode.as_str() == "individual");
    let to = to.unwrap_or_else(|| {
        PathBuf::from(format!("{id}.{}", if individual { "zip" } else { "mp4" }))
    });
    let bar = ProgressBar::new(archive.size);
    // The bar is hidden unless stderr is a terminal.
    if let Ok(style) = ProgressStyle::with_template(
        "{bar:30} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec} {eta} left",
    ) {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let downloaded = client
        .download(&archive)
        .on_progress(move |progress| shown.set_position(progress.bytes))
        .to_file(&to)
        .await
        .map_err(|error| Failure::Io(error.to_string()))?;
    bar.finish_and_clear();
    printer.one(
        "Download",
        &json!({ "id": to.display().to_string(), "size": downloaded.bytes, "verified": downloaded.verified }),
    )
}

fn info(id: &str, printer: &Printer) -> Result<(), Failure> {
    let info = SessionInfo::decode(id).map_err(|error| Failure::Check(error.to_string()))?;
    let created = info.created().and_then(|time| {
        let millis = time.duration_since(std::time::UNIX_EPOCH).ok()?.as_millis();
        u64::try_from(millis).ok().map(rfc3339)
    });
    printer.one(
        "SessionInfo",
        &json!({
            "project": info.owner(),
            "created": created,
            "mediaMode": if info.is_relayed() { "relayed" } else { "routed" },
            "location": info.location(),
            "shortName": info.nonce().chars().take(6).collect::<String>(),
        }),
    )
}

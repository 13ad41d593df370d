//! Commands of a noun that are more than one operation: downloads, waits, and what an id says.

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::{Arg, ArgMatches, Args as _, FromArgMatches as _, value_parser};
use serde_json::json;
use vonage_video::{
    BroadcastId, Client, RenderId, SessionInfo, Timestamp, WaitError,
    contract::{Readiness, Waitable},
    operations::{GetArchive, GetBroadcast, GetRender},
};

use crate::{
    failure::Failure,
    options::{Common, Whose},
    output::{Printer, rfc3339},
    progress::Progress,
    resources::short_ids,
    send::block_on,
};

const DOWNLOAD: &str = "Download an archive's file, resuming what breaks off";

/// How long a wait takes unless more is allowed.
const WAIT: Duration = Duration::from_secs(600);

/// The clap commands that a noun has beside the contract's.
pub(super) fn commands(noun: &str) -> impl Iterator<Item = clap::Command> {
    let id = |value: &'static str| Arg::new("id").required(true).value_name(value);
    let wait = |value, about: &'static str| {
        // The options' own documentation would take the place of the command's.
        Whose::augment_args(clap::Command::new("wait").arg(id(value)))
            .about(about)
            .long_about(about)
    };
    let commands = match noun {
        "archives" => vec![
            Whose::augment_args(
                clap::Command::new("download").arg(id("ARCHIVE")).arg(
                    Arg::new("output")
                        .long("output")
                        .short('o')
                        .value_name("FILE")
                        .value_parser(value_parser!(PathBuf))
                        .help("Where to; ARCHIVE.mp4 or ARCHIVE.zip unless given"),
                ),
            )
            .about(DOWNLOAD)
            .long_about(DOWNLOAD),
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
    let member = match noun {
        "archives" => "archiveId",
        "broadcasts" => "broadcastId",
        _ => "renderId",
    };
    let id = short_ids::whole(member, &id, &whose, common)?;
    let client = whose.client(false)?;
    let within = common.timeout.unwrap_or(WAIT);
    match (noun, verb) {
        ("archives", "download") => {
            let to = matches.get_one::<PathBuf>("output").cloned();
            block_on(download(client, id, to, printer))
        }
        ("archives", "wait") => {
            let archive = waited(&client, GetArchive::new(id), within, printer)?;
            printer.one("Archive", &json!(archive))
        }
        ("broadcasts", "wait") => {
            let broadcast = GetBroadcast::new(BroadcastId::from(id));
            let broadcast = waited(&client, broadcast, within, printer)?;
            printer.one("Broadcast", &json!(broadcast))
        }
        _ => {
            let render = waited(&client, GetRender::new(RenderId::from(id)), within, printer)?;
            printer.one("Render", &json!(render))
        }
    }
}

/// Waits until something is ready, and says how far it is.
fn waited<O: Waitable + Clone>(
    client: &Client,
    operation: O,
    within: Duration,
    printer: &Printer,
) -> Result<O::Output, Failure>
where
    WaitError<O::Output>: std::fmt::Display,
{
    // What is wrong with the credentials or the way there is said at once: a wait outlasts it.
    let first = operation.clone();
    block_on(async { Ok(client.send(first).await?) })?;
    let progress = Arc::new(Progress::state(printer));
    let shown = Arc::clone(&progress);
    // The last state, which says why one that cannot become ready any more does not.
    let wait = client.wait_until(operation, move |output| match O::readiness(output) {
        Readiness::Pending { state } => {
            shown.say(&state);
            false
        }
        _ => true,
    });
    let wait = wait.within(within);
    let outcome = block_on(async { Ok(wait.await) })?;
    progress.end();
    match outcome {
        Ok(output) => match O::readiness(&output) {
            Readiness::Failed { state } => Err(Failure::Wait(state)),
            _ => Ok(output),
        },
        Err(WaitError::Call(error)) => Err(Failure::from(error)),
        Err(other) => Err(Failure::Wait(other.to_string())),
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
    let progress = Arc::new(Progress::bytes(archive.size, printer));
    let shown = Arc::clone(&progress);
    let downloaded = client
        .download(&archive)
        .on_progress(move |progress| shown.reach(progress.bytes))
        .to_file(&to)
        .await
        .map_err(|error| Failure::Io(error.to_string()))?;
    progress.end();
    printer.one(
        "Download",
        &json!({ "id": to.display().to_string(), "size": downloaded.bytes, "verified": downloaded.verified }),
    )
}

fn info(id: &str, printer: &Printer) -> Result<(), Failure> {
    let info = SessionInfo::decode(id).map_err(|error| Failure::Check(error.to_string()))?;
    let created = info
        .created()
        .map(|time| rfc3339(Timestamp::from(time).as_millis()));
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

//! The options of a new emulator, and the emulator that they ask for.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use serde_json::Value;
use vonage_video::auth::CredentialsError;
use vonage_video_emulator::{Emulator, EmulatorBuilder, Project, Timings, WebhookTarget};

use crate::{
    emulator::environment::Syntax,
    failure::{Failure, with_causes},
    output::note,
    private_file,
};

/// The address that an emulator has unless another is asked for.
const PORT: u16 = 8843;

#[derive(Args, Clone)]
pub(super) struct Start {
    /// The address to listen at; a port alone is one of this machine
    #[arg(long, value_parser = address, value_name = "ADDR", conflicts_with = "port")]
    pub(super) listen: Option<SocketAddr>,
    /// The port to listen at, 0 for any [default: 8843 or the next free one, any for a COMMAND]
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Allow an address that other machines can reach
    #[arg(long)]
    pub(super) allow_remote: bool,
    /// The URL by which clients reach the emulator, such as http://emulator:8843 between containers
    #[arg(long, value_name = "URL")]
    pub(super) public_url: Option<String>,
    /// Serve requests for this host too, besides addresses and names of this machine
    #[arg(long, value_name = "HOST")]
    pub(super) allow_host: Vec<String>,
    /// Let web pages of this origin join sessions too, besides those of this machine; such as
    /// https://app.example
    #[arg(long, value_name = "ORIGIN")]
    pub(super) allow_origin: Vec<String>,
    /// Write the script by which web pages join sessions to this file, for a bundler's alias; as a
    /// CommonJS module if it ends in .cjs, else as an ES module, with a .d.ts beside it
    #[arg(long, value_name = "FILE")]
    pub(super) client: Option<PathBuf>,
    /// End when standard input is closed, and so with the program that started this
    #[arg(long)]
    pub(super) exit_with_stdin: bool,
    /// Print the variables that point an SDK at the emulator, to paste into a shell; as `json`, in
    /// one line for programs
    #[arg(
        long,
        value_name = "SYNTAX",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "posix"
    )]
    pub(super) print_env: Option<Syntax>,
    /// Print how each official SDK is pointed at the emulator, to paste into a program
    #[arg(long)]
    pub(super) print_snippets: bool,
    /// Speak HTTPS, with a certificate authority that is made at the start and written to this file
    #[arg(long, value_name = "CA-FILE")]
    pub(super) tls: Option<PathBuf>,
    /// Projects: a JSON array of `{"apiKey", "apiSecret"}` and `{"applicationId", "publicKey"}`
    #[arg(long, value_name = "FILE")]
    pub(super) projects: Option<PathBuf>,
    /// A Vonage application to know
    #[arg(long, value_name = "ID", requires = "public_key")]
    pub(super) application_id: Option<String>,
    /// The public key of that application, a PEM file
    #[arg(long, value_name = "FILE", requires = "application_id")]
    pub(super) public_key: Option<PathBuf>,
    /// An OpenTok project to know
    #[arg(long, value_name = "KEY", requires = "api_secret")]
    pub(super) api_key: Option<String>,
    /// The secret of that project
    #[arg(long, value_name = "SECRET", requires = "api_key")]
    pub(super) api_secret: Option<String>,
    /// The key and secret of the OpenTok account that may manage projects
    #[arg(long, value_name = "KEY", requires = "account_secret")]
    account_key: Option<String>,
    /// The secret of that account
    #[arg(long, value_name = "SECRET", requires = "account_key")]
    account_secret: Option<String>,
    /// Respond as to this user agent, such as OpenTok-Ruby-SDK/4.13.0, to every client
    #[arg(long, value_name = "USER-AGENT")]
    respond_as: Option<String>,
    /// The seed of ids and faults, so that they are the same in every run
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Stop virtual time, which then only moves by `emulator advance`
    #[arg(long)]
    stand_still: bool,
    /// How long archives, broadcasts, renders and calls take to become ready [default: 50ms]
    #[arg(long, value_name = "DURATION", value_parser = crate::duration::parse)]
    timings: Option<Duration>,
    /// Post webhooks to this URL of this machine; repeatable
    #[arg(long, value_name = "URL")]
    webhook: Vec<String>,
    /// Sign them with the secret in this file
    #[arg(long, value_name = "FILE", requires = "webhook")]
    webhook_secret_file: Option<PathBuf>,
    /// Begin with a state that was exported
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// Write the state to this file at the end, to be imported later or elsewhere
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
}

/// Reads an address; a port alone, and `localhost`, are on this machine.
fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text
        .strip_prefix("localhost")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1{port}"));
    if let Ok(port) = text.trim_start_matches(':').parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    text.parse()
        .map_err(|_| "an address is like 127.0.0.1:8843, [::1]:8843 or 8843".to_owned())
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
    let emulator = match asked {
        Some(address) => builder(start, address)?.start().await.map_err(failed),
        None => match builder(start, usual)?.start().await {
            Ok(emulator) => Ok(emulator),
            Err(_) => {
                note(format_args!("port {PORT} is taken: another one is used"));
                let any = SocketAddr::from(([127, 0, 0, 1], 0));
                builder(start, any)?.start().await.map_err(failed)
            }
        },
    }?;
    if let Some(file) = &start.import {
        let imported = emulator.import(&read(file)?);
        imported.map_err(|bad| Failure::usage(format!("{}: {bad}", file.display())))?;
    }
    Ok(emulator)
}

/// Writes the state where that was asked for.
pub(super) fn export(emulator: &Emulator, start: &Start) -> Result<(), Failure> {
    let Some(file) = &start.export else {
        return Ok(());
    };
    private_file::write(file, emulator.export().as_bytes())
        .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display())))
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
    for origin in &start.allow_origin {
        builder = builder.allow_origin(origin);
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
    if let (Some(key), Some(secret)) = (&start.account_key, &start.account_secret) {
        builder = builder.account(key, secret);
    }
    if let Some(agent) = &start.respond_as {
        builder = builder.respond_as(agent);
    }
    if let Some(seed) = start.seed {
        builder = builder.seed(seed);
    }
    if start.stand_still {
        builder = builder.stand_still();
    }
    if let Some(timings) = start.timings {
        builder = builder.timings(Timings::all(timings));
    }
    let secret = start.webhook_secret_file.as_deref().map(read).transpose()?;
    for url in &start.webhook {
        let mut target = WebhookTarget::new(url);
        if let Some(secret) = &secret {
            target = target.secret(secret.trim());
        }
        builder = builder.webhook(target);
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

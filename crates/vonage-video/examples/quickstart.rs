//! The main job from end to end: a session, two clients, a signal, a recording and its file.
//!
//! Without credentials in the environment it starts the emulator in this process, so it needs no
//! account and no network. With credentials it talks to the real service, where the clients are
//! people with browsers.

#![allow(clippy::print_stdout, reason = "it tells a person what it does")]

use std::{error::Error, path::PathBuf, time::Duration};

use vonage_video::{
    Client, Credentials, MediaMode, Reason, Role, Session,
    auth::{CredentialsError, VariableState},
    operations::{CreateSession, ListConnections, ListStreams, SignalSession, StartArchive},
};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    match Credentials::from_env() {
        Ok(credentials) => {
            println!(
                "Using the credentials in the environment: project {}.",
                credentials.project()
            );
            run(Client::new(credentials)?, None).await
        }
        Err(CredentialsError::Variables(report))
            if report
                .iter()
                .all(|(_, state)| *state == VariableState::Missing) =>
        {
            let emulator = Emulator::start().await?;
            println!(
                "No credentials in the environment: using an emulator of the service, at {}.",
                emulator.url()
            );
            let project = emulator
                .vonage()
                .ok_or("the emulator has a demo application")?;
            let credentials = project
                .credentials()
                .ok_or("the demo application has its key")?;
            let client = Client::builder(credentials.clone())
                .base_url(emulator.url())
                .build()?;
            run(client, Some(&emulator)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn run(video: Client, emulator: Option<&Emulator>) -> Result<(), Box<dyn Error>> {
    let session = video
        .send(CreateSession::new().media_mode(MediaMode::Routed))
        .await?;
    println!(
        "Created a routed session, the room that clients meet in: {}",
        session.id
    );

    let host = video
        .token(&session.id)
        .role(Role::Moderator)
        .data("name=Ada")
        .sign()?;
    let guest = video
        .token(&session.id)
        .role(Role::Publisher)
        .data("name=Bob")
        .ttl(Duration::from_secs(3600))
        .sign()?;
    println!(
        "Minted two tokens, a moderator's and a publisher's. With a token, and the session's id, a client joins:"
    );
    println!("  {}…", &host[..60]);

    let clients = match emulator {
        Some(emulator) => join(emulator, &session, &[host, guest])?,
        None => Vec::new(),
    };

    let streams = video.send(ListStreams::new(&session.id)).await?;
    println!(
        "{} streams are published in the session.",
        streams.items.len()
    );
    for stream in &streams.items {
        println!(
            "  {} ({})",
            stream.id,
            stream.name.as_deref().unwrap_or("unnamed")
        );
    }

    let signal = SignalSession::new(&session.id, "The recording begins.").kind("notice");
    match video.send(signal).await {
        Ok(()) => println!("Sent a signal, a message to all clients."),
        Err(error) if error.reason() == Some(Reason::NoClientsConnected) => {
            println!(
                "Nobody is in the session yet, so there is nothing to signal to or to record: join with a token, and go on from here."
            );
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(client) = clients.first() {
        println!("  A client's inbox has {} message.", client.inbox().len());
    }

    let archive = video
        .send(StartArchive::new(&session.id).name("Quickstart"))
        .await?;
    println!(
        "Started an archive, a recording: {} is {}.",
        archive.id, archive.status
    );
    let archive = video.send(archive.stop()).await?;
    println!(
        "Stopped it: it is {}, and its file is being made.",
        archive.status
    );
    let archive = video
        .wait(&archive)
        .within(Duration::from_secs(120))
        .await?;
    println!(
        "It is {}: {} bytes, {} s.",
        archive.status, archive.size, archive.duration
    );

    let file: PathBuf = std::env::temp_dir().join(format!("{}.mp4", archive.id));
    video.download(&archive).to_file(&file).await?;
    let size = std::fs::metadata(&file)?.len();
    println!("Downloaded it to {}: {size} bytes.", file.display());
    if size != archive.size {
        return Err("the file is not as large as the archive".into());
    }

    let clients = video.send(ListConnections::new(&session.id)).await?.items;
    if let Some(client) = clients.first() {
        video.send(client.disconnect(&session.id)).await?;
        let left = video.send(ListConnections::new(&session.id)).await?.items;
        println!(
            "Disconnected a client. Clients in the session: {} before, {} now.",
            clients.len(),
            left.len()
        );
    }
    println!("Done.");
    Ok(())
}

/// Two clients join, as browsers would, and publish their cameras.
fn join(
    emulator: &Emulator,
    session: &Session,
    tokens: &[String],
) -> Result<Vec<SimulatedClient>, Box<dyn Error>> {
    let mut clients = Vec::new();
    for (token, name) in tokens.iter().zip(["Ada's camera", "Bob's camera"]) {
        let client = emulator.join(&session.id, token)?;
        client.publish(Publish::camera(name))?;
        println!("A client joined and published \"{name}\".");
        clients.push(client);
    }
    Ok(clients)
}

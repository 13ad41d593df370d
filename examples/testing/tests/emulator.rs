//! With the emulator, in this process and without a socket: it behaves as the service does, so the
//! test says what happens, not what is called.

use std::{error::Error, time::Duration};

use testing::record_lesson;
use vonage_video::{Client, Credentials, operations::CreateSession, transport::ServiceTransport};
use vonage_video_emulator::{Emulator, Fault};

#[tokio::test]
async fn a_lesson_is_recorded_once_somebody_is_there() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().in_memory()?;
    let video = client(&emulator)?;
    let session = video.send(CreateSession::new()).await?.id;
    assert!(record_lesson(&video, &session).await?.is_none());

    let token = video.token(&session).sign()?;
    emulator.join(&session, &token)?;
    let first = record_lesson(&video, &session)
        .await?
        .ok_or("a recording")?;
    let second = record_lesson(&video, &session)
        .await?
        .ok_or("a recording")?;
    assert_eq!(first.id, second.id);
    assert_eq!(emulator.archives().len(), 1);
    Ok(())
}

#[tokio::test]
async fn the_file_of_a_lesson_is_complete() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().in_memory()?;
    let video = client(&emulator)?;
    let session = video.send(CreateSession::new()).await?.id;
    let token = video.token(&session).sign()?;
    emulator.join(&session, &token)?;
    let archive = record_lesson(&video, &session)
        .await?
        .ok_or("a recording")?;
    video.send(archive.stop()).await?;

    emulator.advance(Duration::from_secs(1)).await;
    let archive = video.send(archive.refresh()).await?;
    let mut file = Vec::new();
    video.download(&archive).to_writer(&mut file).await?;
    assert_eq!(u64::try_from(file.len())?, archive.size);
    Ok(())
}

#[tokio::test]
async fn a_busy_service_is_asked_again() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().in_memory()?;
    let video = client(&emulator)?;
    let session = video.send(CreateSession::new()).await?.id;
    let token = video.token(&session).sign()?;
    emulator.join(&session, &token)?;

    emulator.fault(Fault::too_many(0).on("start_archive").times(2))?;
    assert!(record_lesson(&video, &session).await?.is_some());
    Ok(())
}

fn client(emulator: &Emulator) -> Result<Client, Box<dyn Error>> {
    let client = Client::builder(Credentials::from_vars(emulator.env())?)
        .base_url(emulator.url())
        .transport(ServiceTransport::new(emulator.service()));
    Ok(client.build()?)
}

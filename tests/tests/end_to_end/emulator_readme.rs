//! The program in the emulator's README, which that crate cannot run: the client is above it.

use std::time::Duration;
use vonage_video::{
    Client,
    operations::{CreateSession, StartArchive},
};
use vonage_video_emulator::{Emulator, Fault, Notice, Publish};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // a free port of this machine; gone when it is dropped
    let video = Client::from_vars(emulator.env())?;
    let session = video.send(CreateSession::new()).await?.id;

    // Simulated clients join with real tokens.
    let ada = emulator.join(&session, &video.token(&session).sign()?)?;
    ada.publish(Publish::camera("Ada"))?;
    ada.signal(None, Some("chat"), "hello")?;
    assert!(matches!(ada.inbox().as_slice(), [Notice::Signal { data, .. }] if data == "hello"));

    // Virtual time passes on request: an archive ends after four hours.
    let archive = video.send(StartArchive::new(&session)).await?;
    emulator.advance(Duration::from_secs(5 * 3600)).await;
    assert!(video.send(archive.refresh()).await?.size > 0);

    // Calls fail on request, and every request is recorded.
    emulator.fault(Fault::status(503).on("get_archive").times(1))?;
    video.send(archive.refresh()).await?; // the client retries it
    assert_eq!(emulator.requests().len(), 5);
    Ok(())
}

#[test]
fn the_program_in_the_emulator_s_readme_runs() {
    main().unwrap();
}

#[test]
fn the_emulator_s_readme_has_this_program() {
    let readme = include_str!("../../../crates/vonage-video-emulator/README.md");
    let (_, program) = readme.split_once("```rust,ignore\n").unwrap();
    let (program, _) = program.split_once("```").unwrap();
    assert!(include_str!("emulator_readme.rs").contains(program));
}

//! Records a lesson: `testing SESSION`. What is worth a look are its tests, in `tests/`.

use std::{env, error::Error};

use testing::record_lesson;
use vonage_video::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let session = env::args().nth(1).ok_or("usage: testing SESSION")?;
    let video = Client::from_env()?;
    match record_lesson(&video, &session.into()).await? {
        Some(archive) => println!("recording archive {}", archive.id),
        None => println!("nobody is there"),
    }
    Ok(())
}

//! With a recording of the real service: played if it exists, made otherwise.
//!
//! To record again, delete `tests/lessons.json` and run the test with a service to record. This one
//! was made of an emulator, with `vonage-video emulator -- cargo test --test tape`.

use std::error::Error;

use testing::recorded_seconds;
use vonage_video::{Client, Credentials, test_util::Tape};

/// The project is in the recording, since it is in the paths. When it is played, the secret may be
/// any.
const PROJECT: &str = "10000001";
const SECRET: &str = "0123456789abcdef0123456789abcdef01234567";

#[tokio::test]
async fn all_pages_are_counted() -> Result<(), Box<dyn Error>> {
    let tape = Tape::open("tests/lessons.json")?;
    let recorded = tape.clone();
    let video = Client::builder(Credentials::opentok(PROJECT, SECRET)?)
        .layer(move |real| recorded.around(real))
        .build()?;
    let seconds = recorded_seconds(&video).await?;
    assert!(
        tape.is_playing() || seconds > 0,
        "record a service with archives"
    );
    assert!(!tape.is_playing() || seconds == 8);
    tape.save()?;
    Ok(())
}

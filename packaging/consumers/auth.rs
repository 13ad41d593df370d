//! Depends on the auth crate alone: mints a client token and verifies it.

use vonage_video_auth::Credentials;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::opentok(
        &std::env::var("OPENTOK_API_KEY")?,
        &std::env::var("OPENTOK_API_SECRET")?,
    )?;
    let key = std::env::var("OPENTOK_API_KEY")?;
    let session = vonage_video_auth::SessionInfo::new(&key, "published").encode();
    let token = credentials.token(&session).data("name=Johnny").sign()?;
    println!("{token}");
    Ok(())
}

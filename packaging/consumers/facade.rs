//! Depends on the facade alone: creates a session, mints a token and lists archives.

use vonage_video::operations::{CreateSession, ListArchives};
use vonage_video::{Client, Credentials, Role};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let video = Client::new(Credentials::from_env()?)?;
    let session = video.send(CreateSession::new()).await?;
    let token = video.token(&session.id).role(Role::Moderator).sign()?;
    println!("join session {} with a token of {} bytes", session.id, token.len());
    let archives = video.send(ListArchives::new().session_id(&session.id)).await?;
    assert_eq!(archives.count, 0);
    Ok(())
}

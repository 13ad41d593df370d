//! Depends on the auth crate alone: mints a client token and reads it back.

use std::{env, error::Error, time::SystemTime};

use vonage_video_auth::{Credentials, SessionInfo};

fn main() -> Result<(), Box<dyn Error>> {
    let key = env::var("OPENTOK_API_KEY")?;
    let credentials = Credentials::opentok(&key, &env::var("OPENTOK_API_SECRET")?)?;
    let session = SessionInfo::new(&key, SystemTime::now(), "published").encode();
    let token = credentials.token(&session).data("name=Johnny").sign()?;
    println!("minted a token of {} bytes", token.len());
    Ok(())
}

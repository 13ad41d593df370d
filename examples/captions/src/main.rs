//! Turns live captions on for a session, until you press Enter: `captions SESSION de-DE`.

use std::{env, error::Error, time::Duration};

use tokio::io::{AsyncReadExt, stdin};
use vonage_video::{
    Client, Reason, Role,
    models::CaptionsLanguage,
    operations::{StartCaptions, StopCaptions},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [session, language] = &arguments[..] else {
        return Err("usage: captions SESSION LANGUAGE".into());
    };
    let video = Client::from_env()?;

    // Only a moderator's token starts captions.
    let token = video.token(session).role(Role::Moderator).sign()?;
    let start = StartCaptions::new(session, token)
        .language_code(CaptionsLanguage::from(language.as_str()))
        .partial_captions(true)
        .max_duration(4 * 3600);
    let captions = match video.send(start).timeout(Duration::from_secs(20)).await {
        Ok(captions) => captions,
        Err(error) if error.reason() == Some(Reason::CaptionsAlreadyOn) => {
            // They cannot be looked up: only who started them has their id.
            return Err("the session has captions already".into());
        }
        Err(error) => return Err(error.into()),
    };
    // Keep the id: without it captions run until their maximum duration.
    println!("captions {} are on; press Enter to stop", captions.id);
    let _ = stdin().read_u8().await; // Enter, or the end of the input
    video.send(StopCaptions::new(&captions.id)).await?;
    println!("captions are off");
    Ok(())
}

//! Publishes a web page in a session with the Experience Composer, and records it.
//!
//! `composer SESSION https://example.com/stage`; press Enter to stop.

use std::{env, error::Error, time::Duration};

use tokio::io::{AsyncReadExt, stdin};
use vonage_video::{
    Client, Resolution,
    models::{RenderProperties, StreamMode},
    operations::{AddArchiveStream, StartArchive, StartRender},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [session, page] = &arguments[..] else {
        return Err("usage: composer SESSION PAGE".into());
    };
    let video = Client::from_env()?;

    // The page joins with this token, and publishes what it shows.
    let token = video.token(session).data("stage").sign()?;
    let start = StartRender::new(session, token, page)
        .resolution(Resolution::Hd)
        .max_duration(3600)
        .properties(RenderProperties::new("Stage"));
    let render = video.send(start).await?;
    let render = video.wait(&render).within(Duration::from_secs(60)).await?;
    let stream = render
        .stream_id
        .clone()
        .ok_or("the page publishes nothing")?;
    println!("the page is stream {stream}");

    // Of the whole session, the archive has this stream alone.
    let start = StartArchive::new(session)
        .name("Stage")
        .stream_mode(StreamMode::Manual);
    let archive = video.send(start).await?;
    video
        .send(AddArchiveStream::new(&archive.id, &stream))
        .await?;
    println!("recording archive {}; press Enter to stop", archive.id);
    let _ = stdin().read_u8().await; // Enter, or the end of the input
    video.send(archive.stop()).await?;
    video.send(render.stop()).await?;
    println!("stopped");
    Ok(())
}

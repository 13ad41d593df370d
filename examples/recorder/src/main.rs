//! Records a session until you press Enter, then downloads the file, with progress.
//!
//! `recorder SESSION lesson.mp4` records. `recorder --archive ARCHIVE lesson.mp4` only downloads,
//! and goes on where an earlier run ended, even one that was killed.

use std::{
    env,
    error::Error,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use tokio::io::{AsyncReadExt, stdin};
use vonage_video::{
    Archive, ArchiveId, Client, DownloadProgress,
    operations::{GetArchive, ListConnections, StartArchive},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let video = Client::from_env()?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--archive", archive, file] => {
            let archive = video.send(GetArchive::new(ArchiveId::new(archive))).await?;
            download(&video, archive, file.as_ref()).await
        }
        [session, file] => {
            let archive = record(&video, session).await?;
            download(&video, archive, file.as_ref()).await
        }
        _ => Err("usage: recorder SESSION FILE | recorder --archive ARCHIVE FILE".into()),
    }
}

async fn record(video: &Client, session: &str) -> Result<Archive, Box<dyn Error>> {
    println!("waiting for somebody to record");
    let somebody = video.wait_until(ListConnections::new(session), |list| !list.items.is_empty());
    somebody.within(Duration::from_secs(3600)).await?;
    let archive = video
        .send(StartArchive::new(session).name("Lesson"))
        .await?;
    println!("recording archive {}; press Enter to stop", archive.id);
    let _ = stdin().read_u8().await; // Enter, or the end of the input
    Ok(video.send(archive.stop()).await?)
}

async fn download(video: &Client, archive: Archive, file: &Path) -> Result<(), Box<dyn Error>> {
    // A long recording takes the service minutes to put together.
    let archive = video.wait(&archive).within(Duration::from_secs(3600));
    let archive = archive.await?;
    println!("archive {} is {}", archive.id, archive.status);
    let shown = AtomicU64::new(0);
    let progress = move |progress: DownloadProgress| {
        let total = progress.total.unwrap_or(u64::MAX).max(1);
        let percent = progress.bytes.saturating_mul(100) / total;
        if shown.swap(percent, Ordering::Relaxed) < percent {
            println!("{percent} %");
        }
    };
    let download = video.download(&archive).resumable().on_progress(progress);
    let done = download.to_file(file).await?;
    println!(
        "{}: {} bytes in {} requests, SHA-256 {}{}",
        file.display(),
        done.bytes,
        done.requests,
        done.sha256,
        if done.verified {
            ", as the service says"
        } else {
            ""
        }
    );
    Ok(())
}

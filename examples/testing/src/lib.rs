//! Code of one's own, which `tests/` tests in three ways.

use vonage_video::{
    Archive, Client, Error, Reason, SessionId,
    models::ArchiveStatus,
    operations::{ListArchives, StartArchive},
};

/// Records a lesson. Returns the recording, also one that is running already, or `None` while
/// nobody is there to record.
pub async fn record_lesson(video: &Client, session: &SessionId) -> Result<Option<Archive>, Error> {
    match video.send(StartArchive::new(session).name("Lesson")).await {
        Ok(archive) => Ok(Some(archive)),
        Err(error) if error.reason() == Some(Reason::NoClientsConnected) => Ok(None),
        Err(error) if error.reason() == Some(Reason::AlreadyStarted) => {
            let archives = ListArchives::new().session_id(session);
            let archives = video.send(archives).await?.items.into_iter();
            let mut running = archives.filter(|it| it.status == ArchiveStatus::Started);
            running.next().map(Some).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// How many seconds of recordings there are.
pub async fn recorded_seconds(video: &Client) -> Result<u64, Error> {
    let mut archives = video.pages(ListArchives::new());
    let mut seconds = 0;
    while let Some(archive) = archives.next().await {
        seconds += archive?.duration;
    }
    Ok(seconds)
}

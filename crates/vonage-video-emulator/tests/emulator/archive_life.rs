//! What becomes of archives, in virtual time.

use crate::common::{Api, HOUR, MINUTE, SECOND, refused};
use vonage_video_auth::Role;
use vonage_video_core::{
    SessionId,
    models::{Archive, ArchiveMode, ArchiveReason, ArchiveStatus, Resolution},
    operations::{
        CreateSession, DeleteArchive, GetArchive, ListArchives, StartArchive, StopArchive,
    },
};
use vonage_video_emulator::Publish;

async fn start(api: &Api, session: &SessionId) -> Archive {
    api.send(StartArchive::new(session)).await.unwrap()
}

#[track_caller]
fn ended(archive: &Archive, reason: ArchiveReason) {
    assert_eq!(archive.reason, Some(reason));
    let status = &archive.status;
    assert!(
        matches!(status, ArchiveStatus::Stopped | ArchiveStatus::Available),
        "{status}"
    );
}

#[tokio::test]
async fn nobody_publishes_for_a_minute() {
    let api = Api::vonage();
    let session = api.routed().await;
    api.join(&session, Role::Publisher);
    let archive = start(&api, &session).await;
    api.pass(MINUTE - SECOND).await;
    assert_eq!(
        api.archive(&archive.id).await.status,
        ArchiveStatus::Started
    );
    api.pass(2 * SECOND).await;
    let over = api.archive(&archive.id).await;
    ended(&over, ArchiveReason::MaximumIdleTime);
    assert_eq!(over.size, 0, "nothing was recorded");
    let url = over.url.expect("an empty file is a file");
    assert!(api.get("GET", &url, String::new()).await.body().is_empty());
}

#[tokio::test]
async fn it_pauses_while_nobody_publishes_and_ends_after_an_hour_of_that() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.pass(10 * MINUTE).await;
    let stream = client.streams().remove(0).id;
    client.unpublish(&stream).unwrap();
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Paused);
    api.pass(50 * MINUTE).await;
    client.publish(Publish::camera("again")).unwrap();
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Started);
    api.pass(MINUTE).await;
    client.unpublish(&client.streams().remove(0).id).unwrap();
    api.pass(HOUR - SECOND).await;
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Paused);
    api.pass(2 * SECOND).await;
    let over = api.archive(&archive).await;
    ended(&over, ArchiveReason::MaximumIdleTime);
    assert_eq!(over.duration, 11 * 60, "pauses are not recorded");
}

#[tokio::test]
async fn it_ends_a_minute_after_the_last_client_left() {
    let api = Api::opentok();
    let (session, client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.pass(MINUTE).await;
    client.leave().unwrap();
    api.pass(30 * SECOND).await;
    let back = api.join(&session, Role::Publisher);
    back.publish(Publish::camera("")).unwrap();
    api.pass(MINUTE).await;
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Started);
    back.drop_off().unwrap();
    api.pass(MINUTE).await;
    ended(&api.archive(&archive).await, ArchiveReason::SessionEnded);
}

#[tokio::test]
async fn it_ends_after_four_hours_of_recording_or_twelve_in_all() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.pass(4 * HOUR - SECOND).await;
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Started);
    api.pass(SECOND).await;
    let over = api.archive(&archive).await;
    ended(&over, ArchiveReason::MaximumDuration);
    assert_eq!(over.duration, 4 * 60 * 60);

    let archive = start(&api, &session).await.id;
    for _ in 0..12 {
        client.unpublish(&client.streams().remove(0).id).unwrap();
        api.pass(55 * MINUTE).await;
        client.publish(Publish::camera("")).unwrap();
        api.pass(4 * MINUTE).await;
    }
    assert_eq!(api.archive(&archive).await.status, ArchiveStatus::Started);
    api.pass(12 * MINUTE).await;
    let over = api.archive(&archive).await;
    ended(&over, ArchiveReason::MaximumDuration);
    assert!(over.duration < 2 * 60 * 60);
}

#[tokio::test]
async fn deleted_archives_are_not_listed_and_their_files_are_gone() {
    for api in Api::both() {
        let (session, _client) = api.busy().await;
        let mut ids = Vec::new();
        for tag in ["a", "b", "c"] {
            let request = StartArchive::new(&session).multi_archive_tag(tag).name(tag);
            ids.push(api.send(request).await.unwrap().id);
            api.pass(SECOND).await;
        }
        for id in &ids {
            api.send(StopArchive::new(id)).await.unwrap();
        }
        api.pass(SECOND).await;
        let url = api.archive(&ids[1]).await.url.unwrap();
        api.send(DeleteArchive::new(&ids[1])).await.unwrap();
        api.send(DeleteArchive::new(&ids[1])).await.unwrap();
        assert_eq!(api.get("GET", &url, String::new()).await.status(), 404);
        assert_eq!(api.archive(&ids[1]).await.status, ArchiveStatus::Deleted);

        let all = api.send(ListArchives::new()).await.unwrap();
        let names: Vec<_> = all
            .items
            .iter()
            .map(|it| it.name.as_deref().unwrap())
            .collect();
        assert_eq!(names, ["c", "a"], "newest first");
        assert_eq!(all.count, 2);
        let page = ListArchives::new().offset(1).count(1).session_id(&session);
        let page = api.send(page).await.unwrap();
        assert_eq!((page.count, page.items.len()), (2, 1), "count is of all");
        assert_eq!(page.items[0].id, ids[0]);
        assert_eq!(api.emulator.archives().len(), 3);
    }
}

#[tokio::test]
async fn automatic_archives_begin_with_the_first_client_roll_over_and_ignore_stop() {
    let api = Api::opentok();
    let request = CreateSession::new()
        .archive_mode(ArchiveMode::Always)
        .archive_name("Stand-up_1~2")
        .archive_resolution(Resolution::Hd);
    let session = api.send(request).await.unwrap().id;
    assert!(api.emulator.archives().is_empty());
    let client = api.join(&session, Role::Publisher);
    client.publish(Publish::camera("")).unwrap();
    let first = api.emulator.archives().remove(0);
    assert_eq!(first.status, ArchiveStatus::Started);
    assert_eq!(first.name.as_deref(), Some("Stand:up:1:2"));
    assert_eq!(first.resolution, Some(Resolution::Hd));
    let response = api.send(StopArchive::new(&first.id)).await.unwrap();
    assert_eq!(response.status, ArchiveStatus::Started);
    let error = refused(api.send(StartArchive::new(&session)).await, 409);
    assert_eq!(
        error.code,
        Some(15001),
        "beside an automatic one a tag is needed"
    );
    let tagged = StartArchive::new(&session).multi_archive_tag("mine");
    api.send(tagged).await.unwrap();

    api.pass(4 * HOUR).await;
    let archives = api.emulator.archives();
    let running: Vec<_> = archives
        .iter()
        .filter(|archive| archive.status == ArchiveStatus::Started)
        .collect();
    assert_eq!(running.len(), 1, "{archives:?}");
    assert_ne!(running[0].id, first.id);
    assert_eq!(running[0].name, first.name);
    client.leave().unwrap();
    api.pass(2 * MINUTE).await;
    ended(
        &api.archive(&running[0].id).await,
        ArchiveReason::SessionEnded,
    );
}

#[tokio::test]
async fn one_project_does_not_see_the_archives_of_another() {
    let mut api = Api::opentok();
    let (session, _client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.credentials = api
        .emulator
        .vonage()
        .unwrap()
        .credentials()
        .unwrap()
        .clone();
    refused(api.send(GetArchive::new(&archive)).await, 404);
    refused(api.send(StopArchive::new(&archive)).await, 404);
    assert_eq!(api.send(ListArchives::new()).await.unwrap().count, 0);
    refused(api.send(StartArchive::new(&session)).await, 404);
}

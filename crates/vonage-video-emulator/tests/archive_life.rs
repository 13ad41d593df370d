//! What becomes of archives, in virtual time.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod common;

use common::{Api, HOUR, MINUTE, SECOND, refused};
use vonage_video_auth::Role;
use vonage_video_core::{
    SessionId,
    models::{
        Archive, ArchiveMode, ArchiveReason, ArchiveStatus, ArchiveStorage, OutputMode, Resolution,
        StorageConfig, StorageFallback, StorageType, StreamMode, TranscriptionProperties,
        TranscriptionStatus,
    },
    operations::{
        AddArchiveStream, CreateSession, DeleteArchive, DeleteArchiveStorage, GetArchive,
        ListArchives, RemoveArchiveStream, SetArchiveStorage, StartArchive, StopArchive,
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
async fn links_work_for_ten_minutes_and_files_are_kept_for_three_days() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.pass(MINUTE).await;
    api.send(StopArchive::new(&archive)).await.unwrap();
    api.pass(SECOND).await;
    let url = api.archive(&archive).await.url.unwrap();
    api.pass(10 * MINUTE - SECOND).await;
    assert_eq!(api.get("GET", &url, String::new()).await.status(), 200);
    api.pass(SECOND).await;
    let refused = api.get("GET", &url, String::new()).await;
    assert_eq!(refused.status(), 403);
    assert!(String::from_utf8_lossy(refused.body()).contains("Request has expired"));
    let fresh = api.archive(&archive).await.url.unwrap();
    assert_ne!(fresh, url);
    assert_eq!(api.get("GET", &fresh, String::new()).await.status(), 200);
    let forged = fresh.replace("archive.mp4", "transcript.json");
    assert_eq!(api.get("GET", &forged, String::new()).await.status(), 403);

    api.pass(72 * HOUR).await;
    let expired = api.archive(&archive).await;
    assert_eq!(expired.status, ArchiveStatus::Expired);
    assert_eq!(expired.url, None);
    refused_delete(&api, &archive).await;
}

async fn refused_delete(api: &Api, archive: &vonage_video_core::ArchiveId) {
    refused(api.send(DeleteArchive::new(archive)).await, 409);
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
    let answer = api.send(StopArchive::new(&first.id)).await.unwrap();
    assert_eq!(answer.status, ArchiveStatus::Started);
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
async fn streams_are_chosen_by_hand_in_manual_mode() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let stream = client.streams().remove(0).id;
    let other = client.publish(Publish::screen("slides")).unwrap();
    let request = StartArchive::new(&session)
        .stream_mode(StreamMode::Manual)
        .output_mode(OutputMode::Individual);
    let archive = api.send(request).await.unwrap();
    assert_eq!(archive.resolution, None, "individual archives have none");
    assert!(archive.streams.is_empty());
    api.send(AddArchiveStream::new(&archive.id, &stream))
        .await
        .unwrap();
    let silent = AddArchiveStream::new(&archive.id, &stream).has_audio(false);
    api.send(silent).await.unwrap();
    let streams = api.archive(&archive.id).await.streams;
    assert_eq!(streams.len(), 1, "adding again changes");
    assert!(!streams[0].has_audio && streams[0].has_video);
    api.pass(10 * SECOND).await;
    api.send(RemoveArchiveStream::new(&archive.id, &stream))
        .await
        .unwrap();
    api.send(AddArchiveStream::new(&archive.id, &other))
        .await
        .unwrap();
    api.pass(5 * SECOND).await;
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    api.pass(SECOND).await;

    let done = api.archive(&archive.id).await;
    assert!(done.streams.is_empty(), "only while it runs");
    let url = done.url.unwrap();
    assert!(url.contains("archive.zip"), "{url}");
    let zip = api.get("GET", &url, String::new()).await.into_body();
    let text = String::from_utf8_lossy(&zip);
    let begin = text.find('{').unwrap();
    let manifest = serde_json::Deserializer::from_str(&text[begin..])
        .into_iter::<serde_json::Value>()
        .next();
    let manifest = manifest.unwrap().unwrap();
    let files = manifest["files"].as_array().unwrap();
    let spans: Vec<_> = files
        .iter()
        .map(|file| {
            (
                file["streamId"].as_str().unwrap(),
                &file["startTimeOffset"],
                &file["stopTimeOffset"],
            )
        })
        .collect();
    assert_eq!(spans.len(), 2);
    assert_eq!(spans[0], (stream.as_str(), &0.into(), &10_000.into()));
    assert_eq!(spans[1], (other.as_str(), &10_000.into(), &15_000.into()));
    assert_eq!(files[1]["videoType"], "screen");
    assert_eq!(files[0]["connectionData"], "name=Tester");
}

#[tokio::test]
async fn a_target_takes_the_file_and_a_broken_one_does_not() {
    let api = Api::opentok();
    let storage = |endpoint: &str| {
        let config = StorageConfig::new()
            .bucket("recordings")
            .access_key("key")
            .secret_key("secret")
            .endpoint(endpoint);
        ArchiveStorage::new(StorageType::S3, config)
    };
    let broken = "https://s3.invalid";
    for (target, status) in [
        (Some(storage("https://s3.example")), ArchiveStatus::Uploaded),
        (
            Some(storage(broken).fallback(StorageFallback::OpenTok)),
            ArchiveStatus::Available,
        ),
        (Some(storage(broken)), ArchiveStatus::Failed),
        (None, ArchiveStatus::Available),
    ] {
        match target {
            Some(target) => {
                let echo = api
                    .send(SetArchiveStorage::new(target.clone()))
                    .await
                    .unwrap();
                assert_eq!(echo, Some(target));
            }
            None => api.send(DeleteArchiveStorage::new()).await.unwrap(),
        }
        let (session, _client) = api.busy().await;
        let archive = start(&api, &session).await.id;
        api.pass(SECOND).await;
        api.send(StopArchive::new(&archive)).await.unwrap();
        api.pass(SECOND).await;
        let archive = api.archive(&archive).await;
        assert_eq!(archive.status, status);
        assert_eq!(archive.url.is_some(), status == ArchiveStatus::Available);
        assert_eq!(archive.size > 0, status != ArchiveStatus::Failed);
    }
}

#[tokio::test]
async fn transcriptions_follow_the_archive() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let request = StartArchive::new(&session)
        .output_mode(OutputMode::Individual)
        .has_transcription(true)
        .transcription_properties(
            TranscriptionProperties::new()
                .primary_language_code("de-DE")
                .has_summary(true),
        );
    let archive = api.send(request).await.unwrap();
    let transcription = archive.transcription.unwrap();
    assert_eq!(transcription.status, TranscriptionStatus::Requested);
    assert_eq!(transcription.url, None);
    api.pass(SECOND).await;
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    api.pass(SECOND).await;
    let done = api.archive(&archive.id).await.transcription.unwrap();
    assert_eq!(done.status, TranscriptionStatus::Available);
    let text = api
        .get("GET", &done.url.unwrap(), String::new())
        .await
        .into_body();
    let text: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(text["primaryLanguageCode"], "de-DE");
}

#[tokio::test]
async fn ranges_of_a_file_are_served() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let archive = start(&api, &session).await.id;
    api.pass(3 * SECOND).await;
    api.send(StopArchive::new(&archive)).await.unwrap();
    api.pass(SECOND).await;
    let url = api.archive(&archive).await.url.unwrap();
    let whole = api.get("GET", &url, String::new()).await;
    let etag = whole.headers()["etag"].clone();
    let get = async |range: &str, if_range: &str| {
        let request = http::Request::builder()
            .uri(&url)
            .header("range", range)
            .header("if-range", if_range)
            .body(bytes::Bytes::new())
            .unwrap();
        api.emulator.handle(request).await.unwrap()
    };
    let etag = etag.to_str().unwrap();
    let rest = get("bytes=1000-", etag).await;
    assert_eq!(rest.status(), 206);
    let length = whole.body().len();
    assert_eq!(
        rest.headers()["content-range"],
        format!("bytes 1000-{}/{length}", length - 1)
    );
    assert_eq!(rest.body()[..], whole.body()[1000..]);
    assert_eq!(
        get("bytes=1000-", "\"other\"").await.status(),
        200,
        "another file by now"
    );
    assert_eq!(get("bytes=99999999-", etag).await.status(), 416);
    let head = api.get("HEAD", &url, String::new()).await;
    assert_eq!(head.headers()["content-length"], length.to_string());
    assert!(head.body().is_empty());
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

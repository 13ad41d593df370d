//! What archives contain, and where their files are found.

use crate::common::{Api, HOUR, MINUTE, SECOND, refused};
use vonage_video_auth::Role;
use vonage_video_core::{
    ArchiveId, SessionId,
    models::{
        Archive, ArchiveStatus, ArchiveStorage, OutputMode, StorageConfig, StorageFallback,
        StorageType, StreamMode, TranscriptionProperties, TranscriptionStatus,
    },
    operations::{
        AddArchiveStream, DeleteArchive, DeleteArchiveStorage, RemoveArchiveStream,
        SetArchiveStorage, StartArchive, StartCaptions, StopArchive,
    },
};
use vonage_video_emulator::Publish;

async fn start(api: &Api, session: &SessionId) -> Archive {
    api.send(StartArchive::new(session)).await.unwrap()
}

async fn refused_delete(api: &Api, archive: &ArchiveId) {
    refused(api.send(DeleteArchive::new(archive)).await, 409);
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
    assert_eq!(text["text"], "");
    assert_eq!(text["summary"], "The emulator heard 0 sentences.");
}

#[tokio::test]
async fn a_transcription_has_what_was_captioned_while_it_recorded() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let stream = client.publish(Publish::camera("Ann")).unwrap();
    let token = api.token(&session, Role::Moderator);
    api.send(StartCaptions::new(&session, token)).await.unwrap();
    let path = format!("sessions/{session}/captions");
    let say = async |text: &str, is_final: bool| {
        let caption =
            serde_json::json!({ "streamId": stream, "caption": text, "isFinal": is_final });
        api.ok("POST", &path, caption).await
    };
    say("before", true).await;
    let start = StartArchive::new(&session)
        .output_mode(OutputMode::Individual)
        .has_transcription(true);
    let archive = api.send(start).await.unwrap().id;
    api.pass(2 * SECOND).await;
    say("hel", false).await;
    say("hello \"you\"", true).await;
    api.pass(SECOND).await;
    say("bye", true).await;
    api.send(StopArchive::new(&archive)).await.unwrap();
    say("after", true).await;
    api.pass(SECOND).await;

    let url = api.archive(&archive).await.transcription.unwrap().url;
    let file = api.get("GET", &url.unwrap(), String::new()).await;
    let file: serde_json::Value = serde_json::from_slice(file.body()).unwrap();
    assert_eq!(file["text"], "Ann: hello \"you\"\nAnn: bye");
    assert_eq!(file.get("summary"), None, "only where it was asked for");
    let sentence = serde_json::json!({
        "streamId": stream, "name": "Ann", "startMs": 2000, "text": "hello \"you\"",
    });
    assert_eq!(file["sentences"][0], sentence);
    assert_eq!(file["sentences"].as_array().unwrap().len(), 2);
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

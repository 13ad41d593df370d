//! Push in Rust: the notices of simulated clients, as things happen.

use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::{
    models::{ConnectionReason, StreamReason},
    operations::{
        ForceDisconnect, MuteStream, SignalSession, StartArchive, StartCaptions, StopArchive,
        StopCaptions,
    },
};
use vonage_video_emulator::{
    JoinError, Moderation, Notice, Notices, Publish, SimulatedClient, StreamChange,
};

use crate::common::{Api, still};

/// The next notices.
async fn told(notices: &mut Notices, count: usize) -> Vec<Notice> {
    let mut told = Vec::new();
    while told.len() < count {
        told.push(notices.next().await.expect("another notice"));
    }
    told
}

/// The names of notices, as in JSON.
fn names(notices: &[Notice]) -> Vec<String> {
    notices
        .iter()
        .map(|notice| json!(notice)["notice"].as_str().unwrap().to_owned())
        .collect()
}

fn created(client: &SimulatedClient) -> Value {
    json!({ "notice": "connectionCreated", "connectionId": client.id(), "data": "name=Tester",
            "createdAt": 1_700_000_000_250_u64 })
}

#[tokio::test]
async fn who_joins_finds_out_who_and_what_is_there() {
    for api in Api::both() {
        let session = api.routed().await;
        let first = api.join(&session, Role::Publisher);
        let stream = first.publish(Publish::screen("slides")).unwrap();
        let archive = StartArchive::new(&session).name("weekly");
        let archive = api.send(archive).await.unwrap();
        let second = api.join(&session, Role::Subscriber);
        let told = told(&mut second.notices(), 4).await;
        assert_eq!(json!(told[0]), created(&second), "its own comes first");
        assert_eq!(json!(told[1]), created(&first));
        assert_eq!(
            json!(told[2]),
            json!({ "notice": "streamCreated", "streamId": stream, "connectionId": first.id(),
                    "name": "slides", "videoType": "screen", "hasAudio": true, "hasVideo": true, "hasCaptions": true,
                    "createdAt": 1_700_000_000_250_u64 })
        );
        assert_eq!(
            told[3],
            Notice::ArchiveStarted {
                archive_id: archive.id,
                name: "weekly".to_owned()
            }
        );
    }
}

#[tokio::test]
async fn everything_that_happens_is_told_in_order() {
    let api = Api::vonage();
    let session = api.routed().await;
    let one = api.join(&session, Role::Moderator);
    let mut notices = one.notices();
    assert_eq!(json!(told(&mut notices, 1).await), json!([created(&one)]));

    let two = api.join(&session, Role::Publisher);
    let stream_id = two.publish(Publish::camera("two")).unwrap();
    assert_eq!(
        names(&told(&mut notices, 2).await),
        ["connectionCreated", "streamCreated"]
    );

    api.send(MuteStream::new(&session, &stream_id))
        .await
        .unwrap();
    let mut change = Publish::default();
    change.has_audio = Some(true);
    change.has_video = Some(false);
    two.change(&stream_id, change).unwrap();
    let changed = |change| Notice::StreamPropertyChanged {
        stream_id: stream_id.clone(),
        change,
    };
    assert_eq!(
        told(&mut notices, 4).await,
        [
            changed(StreamChange::HasAudio(false)),
            changed(StreamChange::HasAudio(true)),
            changed(StreamChange::HasVideo(false)),
            changed(StreamChange::VideoType(None)),
        ]
    );

    let archive = api.send(StartArchive::new(&session)).await.unwrap();
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    api.send(SignalSession::new(&session, "hello"))
        .await
        .unwrap();
    assert_eq!(
        names(&told(&mut notices, 3).await),
        ["archiveStarted", "archiveStopped", "signal"]
    );

    one.moderate(&Moderation::Unpublish(stream_id.clone()))
        .unwrap();
    two.drop_off().unwrap();
    assert_eq!(
        told(&mut notices, 2).await,
        [
            Notice::StreamDestroyed {
                stream_id,
                reason: StreamReason::ForceUnpublished
            },
            Notice::ConnectionDestroyed {
                connection_id: two.id().clone(),
                reason: ConnectionReason::NetworkDisconnected
            }
        ]
    );
}

#[tokio::test]
async fn a_client_that_is_disconnected_is_told_so_last() {
    let api = Api::opentok();
    let (session, client) = api.busy().await;
    let mut notices = client.notices();
    let waiting = tokio::spawn(async move {
        let mut all = Vec::new();
        while let Some(notice) = notices.next().await {
            all.push(notice);
        }
        all
    });
    tokio::task::yield_now().await;
    api.send(ForceDisconnect::new(&session, client.id()))
        .await
        .unwrap();
    // It is not told what others do afterwards.
    api.join(&session, Role::Publisher);
    let all = waiting.await.unwrap();
    assert_eq!(
        names(&all),
        [
            "connectionCreated",
            "streamCreated",
            "streamDestroyed",
            "disconnected"
        ]
    );
    assert_eq!(
        client.inbox(),
        [Notice::Disconnected {
            reason: "forceDisconnected".to_owned()
        }]
    );
    let mut late = client.notices();
    assert_eq!(late.next().await, all.last().cloned());
    assert_eq!(late.next().await, None);
}

#[tokio::test]
async fn messages_to_one_client_are_not_told_to_another() {
    let api = Api::vonage();
    let session = api.routed().await;
    let [one, two, three] = [(); 3].map(|()| api.join(&session, Role::Publisher));
    one.signal(Some(two.id()), Some("chat"), "for two").unwrap();
    one.signal(None, None, "for all").unwrap();
    let data = |notice: &Notice| json!(notice)["data"].clone();
    let mut of_two = two.notices();
    let told_two = told(&mut of_two, 5).await;
    assert_eq!(data(&told_two[3]), "for two");
    assert_eq!(data(&told_two[4]), "for all");
    let mut of_three = three.notices();
    let told_three = told(&mut of_three, 4).await;
    assert_eq!(data(&told_three[3]), "for all");
}

#[tokio::test]
async fn an_emulator_that_is_dropped_ends_the_notices() {
    let emulator = still().in_memory().unwrap();
    let api = Api {
        credentials: emulator.opentok().unwrap().credentials().unwrap().clone(),
        emulator,
    };
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let mut notices = client.notices();
    drop((client, api));
    assert!(notices.next().await.is_some(), "what happened before");
    assert!(notices.next().await.is_none());
}

#[tokio::test]
async fn captions_are_told_while_they_are_on() {
    let api = Api::opentok();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let stream = client.publish(Publish::camera("speaker")).unwrap();
    let path = format!("sessions/{session}/captions");
    let caption = json!({ "streamId": stream, "caption": "Good morning.", "isFinal": true });
    api.refuse("POST", &path, caption.clone(), 409).await;

    let token = api.token(&session, Role::Moderator);
    let captions = api.send(StartCaptions::new(&session, token)).await.unwrap();
    let mut notices = client.notices();
    api.ok("POST", &path, caption.clone()).await;
    let all = told(&mut notices, 3).await;
    assert_eq!(
        json!(all[2]),
        json!({ "notice": "captionReceived", "streamId": stream, "caption": "Good morning.",
                "isFinal": true })
    );
    let unknown = json!({ "streamId": "nobody", "caption": "Hm." });
    api.refuse("POST", &path, unknown, 409).await;
    api.send(StopCaptions::new(&captions.id)).await.unwrap();
    api.refuse("POST", &path, caption, 409).await;
}

#[tokio::test]
async fn a_rotation_disconnects_who_does_not_migrate() {
    for api in Api::both() {
        let session = api.routed().await;
        let stays = api.join(&session, Role::Publisher);
        stays.set_session_migration(true).unwrap();
        let goes = api.join(&session, Role::Publisher);
        let stream = stays.publish(Publish::camera("camera")).unwrap();
        let archive = api.send(StartArchive::new(&session)).await.unwrap();
        let (mut of_stays, mut notices) = (stays.notices(), goes.notices());
        api.emulator.announce_rotation(&session).unwrap();
        api.emulator.rotate(&session).unwrap();

        assert!(stays.is_connected() && !goes.is_connected());
        assert_eq!(stays.streams()[0].id, stream, "it still publishes");
        assert_eq!(api.archive(&archive.id).await.status.as_str(), "failed");
        let all = told(&mut of_stays, 8).await;
        assert_eq!(
            names(&all[3..]),
            [
                "archiveStarted",
                "archiveStopped",
                "sessionReconnecting",
                "connectionDestroyed",
                "sessionReconnected"
            ]
        );
        let mut last = None;
        while let Some(notice) = notices.next().await {
            last = Some(notice);
        }
        let reason = "forceDisconnected".to_owned();
        assert_eq!(last, Some(Notice::Disconnected { reason }));
    }
    let api = Api::opentok();
    let unknown = api.emulator.rotate("1_MX4x").unwrap_err();
    assert_eq!(unknown, JoinError::NoSuchSession);
    let unknown = api.emulator.announce_rotation("1_MX4x").unwrap_err();
    assert_eq!(unknown, JoinError::NoSuchSession);
}

#[tokio::test]
async fn captions_fail_when_their_session_rotates() {
    let api = Api::vonage();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let token = api.token(&session, Role::Moderator);
    let captions = api.send(StartCaptions::new(&session, token)).await.unwrap();
    api.emulator.rotate(&session).unwrap();
    assert!(!client.is_connected());
    let state = api.ok("GET", "state", Value::Null).await;
    let shown = &state["captions"]["items"][0];
    assert_eq!(shown["captionId"], json!(captions.id));
    assert_eq!(shown["status"], "failed");
}

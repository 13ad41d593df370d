//! From a session to a downloaded recording, in both environments.

use crate::common::{Api, SECOND};
use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use vonage_video_auth::Role;
use vonage_video_core::{
    models::{ArchiveReason, ArchiveStatus, VideoType},
    operations::{ForceDisconnect, ListStreams, SignalSession, StartArchive, StopArchive},
};
use vonage_video_emulator::{Notice, Publish};

#[tokio::test]
async fn a_session_is_recorded_and_downloaded() {
    for api in Api::both() {
        let session = api.routed().await;
        let moderator = api.join(&session, Role::Moderator);
        let publisher = api.join(&session, Role::Publisher);
        moderator.publish(Publish::camera("desk")).unwrap();
        publisher.publish(Publish::screen("slides")).unwrap();

        let streams = api.send(ListStreams::new(&session)).await.unwrap();
        assert_eq!(streams.count, 2);
        let kinds: Vec<_> = streams
            .items
            .iter()
            .map(|stream| (stream.name.as_deref().unwrap(), stream.video_type.clone()))
            .collect();
        assert_eq!(
            kinds,
            [
                ("desk", Some(VideoType::Camera)),
                ("slides", Some(VideoType::Screen))
            ]
        );

        api.send(SignalSession::new(&session, "hello").kind("chat"))
            .await
            .unwrap();
        let signal = Notice::Signal {
            from: None,
            kind: Some("chat".to_owned()),
            data: "hello".to_owned(),
        };
        assert_eq!(moderator.inbox(), std::slice::from_ref(&signal));
        assert_eq!(publisher.inbox(), [signal]);

        let archive = api
            .send(StartArchive::new(&session).name("Weekly"))
            .await
            .unwrap();
        assert_eq!(archive.status, ArchiveStatus::Started);
        assert_eq!((archive.size, archive.url.clone()), (0, None));
        api.pass(5 * SECOND).await;

        let stopped = api.send(StopArchive::new(&archive.id)).await.unwrap();
        assert_eq!(stopped.status, ArchiveStatus::Stopped);
        assert_eq!(stopped.reason, Some(ArchiveReason::UserInitiated));
        api.pass(SECOND).await;

        let available = api.archive(&archive.id).await;
        assert_eq!(available.status, ArchiveStatus::Available);
        assert_eq!(available.duration, 5);
        let url = available.url.unwrap();
        let file = api.get("GET", &url, String::new()).await;
        assert_eq!(file.status(), 200);
        assert_eq!(file.body().len() as u64, available.size);
        let digest = ring::digest::digest(&ring::digest::SHA256, file.body());
        let sum = BASE64.encode(digest);
        assert_eq!(available.sha256sum, Some(sum), "as the service writes it");

        api.send(ForceDisconnect::new(&session, publisher.id()))
            .await
            .unwrap();
        assert!(!publisher.is_connected());
        assert_eq!(
            publisher.inbox().last(),
            Some(&Notice::Disconnected {
                reason: "forceDisconnected".to_owned()
            })
        );
        assert_eq!(api.send(ListStreams::new(&session)).await.unwrap().count, 1);
    }
}

//! Simulated clients: what their tokens let them do, and what they find out.

use crate::common::{Api, HOUR, MINUTE, begin, refused};
use vonage_video_auth::{Role, TokenFormat, VerifyError};
use vonage_video_core::{
    SessionId,
    models::{StreamClassList, VideoType},
    operations::{ForceDisconnect, GetStream, ListStreams, SetStreamClassLists, SignalConnection},
};
use vonage_video_emulator::{ClientError, JoinError, Moderation, Notice, Publish};

#[tokio::test]
async fn tokens_of_every_format_let_in() {
    let api = Api::opentok();
    let session = api.routed().await;
    for format in [TokenFormat::T1, TokenFormat::Jwt] {
        let token = api
            .credentials
            .token(&session)
            .role(Role::Moderator)
            .format(format);
        let token = token
            .layout_classes(["full", "focus"])
            .sign_at(begin())
            .unwrap();
        let client = api.emulator.join(session.clone(), &token).unwrap();
        let stream = client.publish(Publish::camera("")).unwrap();
        let stream = api.send(GetStream::new(&session, stream)).await.unwrap();
        assert_eq!(
            stream.layout_class_list,
            ["full", "focus"],
            "as the token says"
        );
    }
}

#[tokio::test]
async fn roles_allow_what_they_allow() {
    let api = Api::vonage();
    let session = api.routed().await;
    let victim = api.join(&session, Role::Publisher);
    for (role, publishes, signals, moderates) in [
        (Role::Subscriber, false, false, false),
        (Role::PublisherOnly, true, false, false),
        (Role::Publisher, true, true, false),
        (Role::Moderator, true, true, true),
    ] {
        let client = api.join(&session, role.clone());
        assert_eq!(
            client.publish(Publish::default()).is_ok(),
            publishes,
            "{role}"
        );
        assert_eq!(client.signal(None, None, "x").is_ok(), signals, "{role}");
        let stream = victim.publish(Publish::camera("")).unwrap();
        let moderation = Moderation::Mute(stream);
        let moderated = client.moderate(&moderation);
        assert_eq!(moderated.is_ok(), moderates, "{role}");
        if let Err(error) = moderated {
            assert!(matches!(error, ClientError::NotAllowed { .. }), "{error}");
        }
    }
}

#[tokio::test]
async fn tokens_age_with_virtual_time_when_they_are_older_than_the_leap() {
    let api = Api::vonage();
    let session = api.routed().await;
    let sign = |at| {
        api.credentials
            .token(&session)
            .ttl(HOUR)
            .sign_at(at)
            .unwrap()
    };
    let old = sign(begin() - 30 * MINUTE);
    api.pass(20 * MINUTE).await;
    api.emulator.join(session.clone(), &old).unwrap();
    api.pass(20 * MINUTE).await;
    let error = api.emulator.join(session.clone(), &old).unwrap_err();
    assert!(
        matches!(error, JoinError::Token(VerifyError::Expired { .. })),
        "{error}"
    );
    api.emulator.join(session.clone(), &sign(begin())).unwrap();
    let error = api
        .emulator
        .join(SessionId::from("nowhere"), &old)
        .unwrap_err();
    assert_eq!(error, JoinError::NoSuchSession);
}

#[tokio::test]
async fn a_client_that_is_out_can_do_nothing_and_can_come_back() {
    let api = Api::opentok();
    let session = api.routed().await;
    let one = api.join(&session, Role::Publisher);
    let two = api.join(&session, Role::Publisher);
    let stream = one.publish(Publish::camera("")).unwrap();
    one.signal(Some(two.id()), Some("greeting"), "hello")
        .unwrap();
    assert!(one.inbox().is_empty(), "it was for the other");
    assert_eq!(
        two.inbox(),
        [Notice::Signal {
            from: Some(one.id().clone()),
            kind: Some("greeting".to_owned()),
            data: "hello".to_owned()
        }]
    );
    api.send(ForceDisconnect::new(&session, one.id()))
        .await
        .unwrap();
    assert!(!one.is_connected() && one.streams().is_empty());
    assert_eq!(
        one.publish(Publish::default()),
        Err(ClientError::NotConnected)
    );
    assert_eq!(one.unpublish(&stream), Err(ClientError::NotConnected));
    assert_eq!(one.leave(), Err(ClientError::NotConnected));
    assert_eq!(
        two.signal(Some(one.id()), None, "x"),
        Err(ClientError::NoSuchClient)
    );
    assert_eq!(two.unpublish(&stream), Err(ClientError::NoSuchStream));
    refused(
        api.send(SignalConnection::new(&session, one.id(), "x"))
            .await,
        404,
    );
    refused(api.send(GetStream::new(&session, &stream)).await, 404);
    assert_eq!(
        api.send(ListStreams::new(&session)).await.unwrap().count,
        0,
        "it has had streams"
    );
    let back = api.join(&session, Role::Publisher);
    assert_ne!(back.id(), one.id());
}

#[tokio::test]
async fn streams_change() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let stream = client.streams().remove(0).id;
    let change: Publish = serde_json::from_str(r#"{"hasVideo": false, "name": "voice"}"#).unwrap();
    client.change(&stream, change).unwrap();
    let shown = api.send(GetStream::new(&session, &stream)).await.unwrap();
    assert_eq!(
        (shown.video_type, shown.name.as_deref()),
        (None, Some("voice"))
    );
    let change: Publish = serde_json::from_str(r#"{"hasVideo": true}"#).unwrap();
    client.change(&stream, change).unwrap();
    let shown = api.send(GetStream::new(&session, &stream)).await.unwrap();
    assert_eq!(shown.video_type, Some(VideoType::Camera));

    let missing = StreamClassList::new("00000000-0000-4000-8000-000000000000", ["x"]);
    let both = [StreamClassList::new(&stream, ["full"]), missing];
    refused(
        api.send(SetStreamClassLists::new(&session, both)).await,
        404,
    );
    let untouched = api.send(GetStream::new(&session, &stream)).await.unwrap();
    assert!(untouched.layout_class_list.is_empty(), "all or nothing");
    let one = [StreamClassList::new(&stream, ["full"])];
    let list = api
        .send(SetStreamClassLists::new(&session, one))
        .await
        .unwrap();
    assert_eq!(list.items[0].layout_class_list, ["full"]);
}

#[tokio::test]
async fn inboxes_are_bounded() {
    let api = Api::vonage();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    for number in 0..10_005 {
        client.signal(None, None, number.to_string()).unwrap();
    }
    let inbox = client.inbox();
    assert_eq!(inbox.len(), 10_000);
    let Notice::Signal { data, .. } = &inbox[0] else {
        panic!("{:?}", inbox[0]);
    };
    assert_eq!(data, "5", "the oldest are dropped");
}

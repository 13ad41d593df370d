//! Broadcasts, pages, calls, connectors and captions, in virtual time.

use crate::common::{Api, HOUR, MINUTE, SECOND};
use vonage_video_auth::Role;
use vonage_video_core::{
    models::{
        BroadcastOutputs, BroadcastStatus, Hls, HlsStatus, Layout, LayoutType, RenderProperties,
        RenderReason, RenderStatus, Resolution, RtmpStatus, RtmpTarget, SipTarget, StreamMode,
        VideoType, Websocket,
    },
    operations::{
        AddBroadcastStream, ConnectWebsocket, Dial, DisableForceMute, ForceDisconnect,
        GetBroadcast, GetRender, ListBroadcasts, ListConnections, ListRenders, ListStreams,
        MuteAll, MuteStream, PlayDtmfConnection, PlayDtmfSession, SetBroadcastLayout,
        StartBroadcast, StartCaptions, StartRender, StopBroadcast, StopRender,
    },
};
use vonage_video_emulator::{Notice, Publish};

#[tokio::test]
async fn a_broadcast_goes_live_step_by_step_and_ends_at_its_maximum() {
    for api in Api::both() {
        let (session, _client) = api.busy().await;
        let outputs = BroadcastOutputs::new().hls(Hls::new().dvr(true)).rtmp([
            RtmpTarget::new("rtmp://good.example/live", "key").id("good"),
            RtmpTarget::new("rtmps://bad.invalid/live", "key").id("bad"),
        ]);
        let request = StartBroadcast::new(&session, outputs)
            .max_duration(3600)
            .resolution(Resolution::Hd);
        let started = api.send(request).await.unwrap();
        let urls = started.urls.unwrap();
        assert!(urls.hls.as_deref().unwrap().ends_with("/playlist.m3u8?DVR"));
        assert_eq!(urls.hls_status, None, "not in the first response");
        assert_eq!(urls.rtmp[0].status, RtmpStatus::Connecting);
        let settings = started.settings.unwrap().hls.unwrap();
        assert_eq!(
            (settings.dvr, settings.low_latency),
            (Some(true), Some(false))
        );

        let id = started.id;
        let playlist = urls.hls.unwrap();
        assert_eq!(api.get("GET", &playlist, String::new()).await.status(), 404);
        let states = async || {
            let broadcast = api.send(GetBroadcast::new(&id)).await.unwrap();
            let urls = broadcast.urls.unwrap();
            let rtmp: Vec<_> = urls.rtmp.into_iter().map(|it| it.status).collect();
            (urls.hls_status.unwrap(), rtmp)
        };
        assert_eq!(states().await.0, HlsStatus::Connecting);
        api.pass(60 * SECOND / 1000).await;
        let (hls, rtmp) = states().await;
        assert_eq!(hls, HlsStatus::Ready);
        assert_eq!(rtmp, [RtmpStatus::Live, RtmpStatus::Failed]);
        api.pass(SECOND).await;
        assert_eq!(states().await.0, HlsStatus::Live);
        assert_eq!(api.get("GET", &playlist, String::new()).await.status(), 200);
        let layout = SetBroadcastLayout::new(&id, Layout::new(LayoutType::Pip));
        assert!(api.send(layout).await.unwrap().is_some());

        api.pass(HOUR).await;
        let over = api.send(GetBroadcast::new(&id)).await.unwrap();
        assert_eq!(over.status, BroadcastStatus::Stopped);
        assert_eq!(over.urls, None);
        let list = api
            .send(ListBroadcasts::new().session_id(&session))
            .await
            .unwrap();
        assert_eq!((list.count, &list.items[0].id), (1, &id));
    }
}

#[tokio::test]
async fn a_broadcast_ends_a_minute_after_the_last_client_left() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    let outputs = BroadcastOutputs::new().hls(Hls::new());
    let first = StartBroadcast::new(&session, outputs.clone());
    let first = api.send(first).await.unwrap().id;
    let second = StartBroadcast::new(&session, outputs)
        .multi_broadcast_tag("second")
        .stream_mode(StreamMode::Manual);
    let second = api.send(second).await.unwrap().id;
    let stream = client.streams().remove(0).id;
    api.send(AddBroadcastStream::new(&second, &stream))
        .await
        .unwrap();
    assert_eq!(
        api.send(GetBroadcast::new(&second))
            .await
            .unwrap()
            .streams
            .len(),
        1
    );
    let stopped = api.send(StopBroadcast::new(&second)).await.unwrap();
    assert_eq!(
        (stopped.status, stopped.urls),
        (BroadcastStatus::Stopped, None)
    );
    client.leave().unwrap();
    api.pass(MINUTE - SECOND).await;
    let status = async || api.send(GetBroadcast::new(&first)).await.unwrap().status;
    assert_eq!(status().await, BroadcastStatus::Started);
    api.pass(2 * SECOND).await;
    assert_eq!(status().await, BroadcastStatus::Stopped);
}

#[tokio::test]
async fn a_page_becomes_a_stream_until_it_is_closed() {
    for api in Api::both() {
        let session = api.routed().await;
        let token = api.token(&session, Role::Publisher);
        let page = |url: &str| {
            StartRender::new(&session, &token, url).properties(RenderProperties::new("The page"))
        };
        let render = api
            .send(page("https://page.example/").max_duration(600))
            .await
            .unwrap();
        assert_eq!(render.status, RenderStatus::Starting);
        assert_eq!(render.stream_id, None);
        api.pass(SECOND).await;
        let started = api.send(GetRender::new(&render.id)).await.unwrap();
        assert_eq!(started.status, RenderStatus::Started);
        let streams = api.send(ListStreams::new(&session)).await.unwrap().items;
        assert_eq!(Some(&streams[0].id), started.stream_id.as_ref());
        assert_eq!(streams[0].name.as_deref(), Some("The page"));
        assert_eq!(streams[0].video_type, Some(VideoType::Custom));

        let second = api.send(page("https://page.example/2")).await.unwrap();
        let failing = api.send(page("https://page.invalid/")).await.unwrap();
        api.pass(SECOND).await;
        let failed = api.send(GetRender::new(&failing.id)).await.unwrap();
        assert_eq!(failed.status, RenderStatus::Failed);
        assert_eq!(failed.reason, Some(RenderReason::CouldNotLoadUrl));
        api.send(StopRender::new(&second.id)).await.unwrap();
        let stopped = api.send(GetRender::new(&second.id)).await.unwrap();
        assert_eq!(stopped.reason, Some(RenderReason::StopRequested));
        api.pass(10 * MINUTE).await;
        let over = api.send(GetRender::new(&render.id)).await.unwrap();
        assert_eq!(over.status, RenderStatus::Stopped);
        assert_eq!(over.reason, Some(RenderReason::MaxDuration));
        assert_eq!(api.send(ListStreams::new(&session)).await.unwrap().count, 0);
        let list = api.send(ListRenders::new().count(2)).await.unwrap();
        assert_eq!((list.count, list.items.len()), (3, 2));
        assert_eq!(list.items[0].id, failing.id, "newest first");
    }
}

#[tokio::test]
async fn a_call_is_a_client_with_a_stream_until_it_is_hung_up() {
    let api = Api::opentok();
    let (session, client) = api.busy().await;
    let token = api.token(&session, Role::Publisher);
    let target = SipTarget::new("sip:echo@phone.example;transport=tls").video(true);
    let call = api.send(Dial::new(&session, &token, target)).await.unwrap();
    assert_eq!(call.project_id.unwrap(), *api.credentials.project());
    let connections = api.send(ListConnections::new(&session)).await.unwrap();
    assert_eq!(connections.count, 2);
    assert!(
        connections
            .items
            .iter()
            .any(|it| it.id == call.connection_id)
    );
    let streams = api.send(ListStreams::new(&session)).await.unwrap().items;
    assert!(streams.iter().any(|it| it.id == call.stream_id));

    api.send(PlayDtmfConnection::new(&session, client.id(), "1p#"))
        .await
        .unwrap();
    api.send(PlayDtmfSession::new(&session, "9*"))
        .await
        .unwrap();
    let tones: Vec<_> = client
        .inbox()
        .into_iter()
        .filter_map(|notice| match notice {
            Notice::Dtmf { digits } => Some(digits),
            _ => None,
        })
        .collect();
    assert_eq!(tones, ["1p#", "9*"]);

    api.send(ForceDisconnect::new(&session, &call.connection_id))
        .await
        .unwrap();
    assert_eq!(
        api.send(ListConnections::new(&session))
            .await
            .unwrap()
            .count,
        1
    );

    let nowhere = SipTarget::new("sip:echo@phone.invalid");
    api.send(Dial::new(&session, &token, nowhere))
        .await
        .unwrap();
    assert_eq!(
        api.send(ListConnections::new(&session))
            .await
            .unwrap()
            .count,
        2
    );
    api.pass(SECOND).await;
    assert_eq!(
        api.send(ListConnections::new(&session))
            .await
            .unwrap()
            .count,
        1
    );

    let long = SipTarget::new("sip:echo@phone.example");
    api.send(Dial::new(&session, &token, long)).await.unwrap();
    api.pass(6 * HOUR - SECOND).await;
    assert_eq!(
        api.send(ListConnections::new(&session))
            .await
            .unwrap()
            .count,
        2
    );
    api.pass(2 * SECOND).await;
    assert_eq!(
        api.send(ListConnections::new(&session))
            .await
            .unwrap()
            .count,
        1
    );
}

#[tokio::test]
async fn a_connector_is_a_client_and_speaks_only_if_it_is_to() {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    let token = api.token(&session, Role::Publisher);
    let count = async || {
        let connections = api
            .send(ListConnections::new(&session))
            .await
            .unwrap()
            .count;
        let streams = api.send(ListStreams::new(&session)).await.unwrap().count;
        (connections, streams)
    };
    let websocket = Websocket::new("wss://audio.example/in");
    let request = ConnectWebsocket::new(&session, &token, websocket.clone());
    let silent = api.send(request).await.unwrap();
    assert_eq!(count().await, (2, 1));
    let request = ConnectWebsocket::new(&session, &token, websocket.bidirectional(true));
    api.send(request).await.unwrap();
    assert_eq!(count().await, (3, 2));
    api.send(ForceDisconnect::new(&session, &silent.connection_id))
        .await
        .unwrap();
    assert_eq!(count().await, (2, 2));
}

#[tokio::test]
async fn captions_end_at_their_maximum_and_can_be_started_again() {
    let api = Api::opentok();
    let (session, _client) = api.busy().await;
    let token = api.token(&session, Role::Moderator);
    let request = StartCaptions::new(&session, &token).max_duration(300);
    api.send(request.clone()).await.unwrap();
    api.pass(5 * MINUTE - SECOND).await;
    crate::common::refused(api.send(request.clone()).await, 409);
    api.pass(SECOND).await;
    api.send(request).await.unwrap();
}

#[tokio::test]
async fn muting_holds_for_later_publishers_until_it_is_lifted() {
    for api in Api::both() {
        let (session, one) = api.busy().await;
        let two = api.join(&session, Role::Moderator);
        let spared = two.publish(Publish::camera("spared")).unwrap();
        let first = one.streams().remove(0).id;

        api.send(MuteStream::new(&session, &first)).await.unwrap();
        assert!(one.is_muted(&first) && !two.is_muted(&spared));
        let unmuted = serde_json::from_str(r#"{"hasAudio": true}"#).unwrap();
        one.change(&first, unmuted).unwrap();
        assert!(
            !one.is_muted(&first),
            "the publisher may switch it on again"
        );

        let request = MuteAll::new(&session).excluded_stream_ids([spared.clone()]);
        let details = api.send(request).await.unwrap();
        assert_eq!(details.owner().unwrap(), api.credentials.project());
        assert!(one.is_muted(&first) && !two.is_muted(&spared));
        let late = one.publish(Publish::camera("late")).unwrap();
        assert!(one.is_muted(&late));
        assert!(one.inbox().contains(&Notice::Muted {
            stream_id: late.clone()
        }));

        api.send(DisableForceMute::new(&session)).await.unwrap();
        assert!(one.is_muted(&late), "what was muted stays so");
        let free = one.publish(Publish::audio("free")).unwrap();
        assert!(!one.is_muted(&free));
        assert_eq!(
            two.inbox().last(),
            Some(&Notice::ForceMute { active: false })
        );
    }
}

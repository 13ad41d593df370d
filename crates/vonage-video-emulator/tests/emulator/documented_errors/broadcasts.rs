//! What is refused of broadcasts.

use vonage_video_core::{
    models::{Layout, LayoutType},
    operations::{
        AddBroadcastStream, GetBroadcast, RemoveBroadcastStream, SetBroadcastLayout,
        StartBroadcast, StopBroadcast,
    },
};

use super::{Provoked, UUID, hls};
use crate::common::Api;

pub(crate) async fn broadcasts(api: &Api, it: &mut Provoked) {
    let (session, client) = api.busy().await;
    let stream = client.streams().remove(0).id;
    let p = "/v2/project/{project}/broadcast";
    for outputs in [
        "{}",
        "{\"hls\":{\"dvr\":true,\"lowLatency\":true}}",
        "{\"rtmp\":[{\"serverUrl\":\"http://a\",\"streamName\":\"b\"}]}",
        "{\"rtmp\":[{\"id\":\"a\",\"serverUrl\":\"rtmp://a\",\"streamName\":\"b\"},{\"id\":\"a\",\"serverUrl\":\"rtmp://a\",\"streamName\":\"c\"}]}",
    ] {
        let body = format!("{{\"sessionId\":\"{session}\",\"outputs\":{outputs}}}");
        it.raw(api, "start_broadcast", p, &body, 400).await;
    }
    let empty = api.routed().await;
    it.note::<StartBroadcast>(api.send(StartBroadcast::new(&empty, hls())).await, 404);
    let relayed = api.relayed().await;
    it.note::<StartBroadcast>(api.send(StartBroadcast::new(&relayed, hls())).await, 409);
    let broadcast = api
        .send(StartBroadcast::new(&session, hls()))
        .await
        .unwrap()
        .id;
    let error =
        it.note::<StartBroadcast>(api.send(StartBroadcast::new(&session, hls())).await, 409);
    assert_eq!(
        error.message,
        "Session is already composed for given tag with code 409"
    );
    it.note::<AddBroadcastStream>(
        api.send(AddBroadcastStream::new(&broadcast, &stream)).await,
        405,
    );
    it.note::<RemoveBroadcastStream>(
        api.send(RemoveBroadcastStream::new(&broadcast, &stream))
            .await,
        405,
    );
    for (operation, target, body) in [
        (
            "set_broadcast_layout",
            format!("{broadcast}/layout"),
            "{\"type\":\"spiral\"}",
        ),
        (
            "add_broadcast_stream",
            format!("{broadcast}/streams"),
            "{\"addStream\":\"\"}",
        ),
        (
            "remove_broadcast_stream",
            format!("{broadcast}/streams"),
            "{\"removeStream\":\"\"}",
        ),
        ("get_broadcast", "%20".to_owned(), ""),
        ("stop_broadcast", "%20/stop".to_owned(), ""),
        ("list_broadcasts", "?count=1001".to_owned(), ""),
    ] {
        let target = format!("{p}/{target}").replace("/?", "?");
        it.raw(api, operation, &target, body, 400).await;
    }
    it.note::<GetBroadcast>(api.send(GetBroadcast::new(UUID)).await, 404);
    it.note::<StopBroadcast>(api.send(StopBroadcast::new(UUID)).await, 404);
    let layout = Layout::new(LayoutType::Pip);
    it.note::<SetBroadcastLayout>(api.send(SetBroadcastLayout::new(UUID, layout)).await, 404);
    it.note::<AddBroadcastStream>(api.send(AddBroadcastStream::new(UUID, &stream)).await, 404);
    it.note::<RemoveBroadcastStream>(
        api.send(RemoveBroadcastStream::new(UUID, &stream)).await,
        404,
    );
    api.send(StopBroadcast::new(&broadcast)).await.unwrap();
    it.note::<StopBroadcast>(api.send(StopBroadcast::new(&broadcast)).await, 404);
}

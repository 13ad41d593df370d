//! What is refused of sessions, streams and signals.

use vonage_video_core::{
    ApiError, ConnectionId,
    models::StreamClassList,
    operations::{
        DisableForceMute, ForceDisconnect, GetStream, ListConnections, ListStreams, MuteAll,
        MuteStream, PlayDtmfConnection, PlayDtmfSession, SetStreamClassLists, SignalConnection,
        SignalSession,
    },
};

use super::{NO_UUID, Provoked, UUID, foreign};
use crate::common::Api;

pub(crate) async fn sessions(api: &Api, it: &mut Provoked) {
    for body in [
        "archiveMode=sometimes",
        "archiveMode=always&p2p.preference=enabled",
        "p2p.preference=maybe",
        "location=here",
        "archiveName=x",
        "archiveMode=always&archiveResolution=1x1",
    ] {
        it.raw(api, "create_session", "/session/create", body, 400)
            .await;
    }
    let empty = api.routed().await;
    let unknown = foreign(&empty);
    let p = "/v2/project/{project}";
    for (operation, target, body) in [
        ("list_streams", "session/x/stream", ""),
        ("get_stream", "session/x/stream/y", ""),
        (
            "set_stream_class_lists",
            "session/x/stream",
            "{\"items\":[]}",
        ),
        ("list_connections", "session/x/connection", ""),
        ("force_disconnect", "session/x/connection/y", ""),
        ("signal_session", "session/x/signal", "{\"data\":\"a\"}"),
        (
            "signal_connection",
            "session/x/connection/y/signal",
            "{\"data\":\"a\"}",
        ),
        ("mute_stream", "session/x/stream/y/mute", ""),
        ("mute_all", "session/x/mute", "{\"active\":true}"),
        ("disable_force_mute", "session/x/mute", "{\"active\":false}"),
        (
            "play_dtmf_session",
            "session/x/play-dtmf",
            "{\"digits\":\"1\"}",
        ),
        (
            "play_dtmf_connection",
            "session/x/connection/y/play-dtmf",
            "{\"digits\":\"1\"}",
        ),
    ] {
        it.raw(api, operation, &format!("{p}/{target}"), body, 400)
            .await;
    }
    for session in [&empty, &unknown] {
        it.note::<ListStreams>(api.send(ListStreams::new(session)).await, 404);
        it.note::<GetStream>(api.send(GetStream::new(session, UUID)).await, 404);
        let items = [StreamClassList::new(UUID, ["full"])];
        it.note::<SetStreamClassLists>(
            api.send(SetStreamClassLists::new(session, items)).await,
            404,
        );
        it.note::<ForceDisconnect>(api.send(ForceDisconnect::new(session, UUID)).await, 404);
        it.note::<SignalSession>(api.send(SignalSession::new(session, "a")).await, 404);
        it.note::<SignalConnection>(
            api.send(SignalConnection::new(session, UUID, "a")).await,
            404,
        );
        it.note::<MuteStream>(api.send(MuteStream::new(session, UUID)).await, 404);
        it.note::<PlayDtmfSession>(api.send(PlayDtmfSession::new(session, "1")).await, 404);
        it.note::<PlayDtmfConnection>(
            api.send(PlayDtmfConnection::new(session, UUID, "1")).await,
            404,
        );
    }
    it.note::<ListConnections>(api.send(ListConnections::new(&unknown)).await, 404);
    it.note::<MuteAll>(api.send(MuteAll::new(&unknown)).await, 404);
    it.note::<DisableForceMute>(api.send(DisableForceMute::new(&unknown)).await, 404);
    it.note::<GetStream>(api.send(GetStream::new(&empty, NO_UUID)).await, 408);
    it.note::<MuteStream>(api.send(MuteStream::new(&empty, NO_UUID)).await, 408);
}

pub(crate) async fn clients(api: &Api, it: &mut Provoked) {
    let (session, client) = api.busy().await;
    let p = format!("/v2/project/{{project}}/session/{session}");
    let code = |error: ApiError| error.code;
    let long = "x".repeat(8193);
    for (operation, path) in [
        ("signal_session", format!("{p}/signal")),
        (
            "signal_connection",
            format!("{p}/connection/{}/signal", client.id()),
        ),
    ] {
        let (_, response) = api.raw("POST", &path, "{\"type\":\"a\"}").await;
        assert_eq!(response["code"], 15202, "{response}");
        it.raw(
            api,
            operation,
            &path,
            &format!("{{\"data\":\"{long}\"}}"),
            413,
        )
        .await;
        let kind = "x".repeat(129);
        let body = format!("{{\"data\":\"a\",\"type\":\"{kind}\"}}");
        it.raw(api, operation, &path, &body, 413).await;
    }
    it.raw(
        api,
        "set_stream_class_lists",
        &format!("{p}/stream"),
        "{\"items\":[{\"layoutClassList\":1}]}",
        400,
    )
    .await;
    it.raw(
        api,
        "play_dtmf_session",
        &format!("{p}/play-dtmf"),
        "{\"digits\":\"abc\"}",
        400,
    )
    .await;
    it.raw(api, "mute_all", &format!("{p}/mute"), "{}", 400)
        .await;
    let gone = ConnectionId::from(UUID);
    let error =
        it.note::<ForceDisconnect>(api.send(ForceDisconnect::new(&session, gone)).await, 404);
    assert_eq!(code(error), None);
}

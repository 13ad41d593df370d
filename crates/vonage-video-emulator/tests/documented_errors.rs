//! Every error status that the contract documents comes of the condition that it names.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Api, SECOND, refused};
use vonage_video_auth::{Credentials, Role};
use vonage_video_core::{
    ApiError, ConnectionId, Operation, ROUTES, SessionId, StreamId,
    models::{
        ArchiveStorage, BroadcastOutputs, Hls, Layout, LayoutType, SipTarget, StorageConfig,
        StorageType, StreamClassList, StreamMode, Websocket,
    },
    operations::{
        AddArchiveStream, AddBroadcastStream, ConnectWebsocket, CreateSession, DeleteArchive, Dial,
        DisableForceMute, ForceDisconnect, GetArchive, GetBroadcast, GetProject, GetRender,
        GetStream, ListArchives, ListConnections, ListStreams, MuteAll, MuteStream,
        PlayDtmfConnection, PlayDtmfSession, RefreshProjectSecret, RemoveArchiveStream,
        RemoveBroadcastStream, SetArchiveLayout, SetBroadcastLayout, SetProjectStatus,
        SetStreamClassLists, SignalConnection, SignalSession, StartArchive, StartBroadcast,
        StartCaptions, StartRender, StopArchive, StopBroadcast, StopCaptions, StopRender,
        UnregisterCallback,
    },
};
use vonage_video_emulator::Fault;

const NO_UUID: &str = "not-a-uuid";
const UUID: &str = "00000000-0000-4000-8000-000000000000";

/// What has been provoked so far.
#[derive(Default)]
struct Provoked(BTreeMap<&'static str, BTreeSet<u16>>);

impl Provoked {
    #[track_caller]
    fn note<O: Operation>(&mut self, result: Result<O::Output, ApiError>, status: u16) -> ApiError
    where
        O::Output: std::fmt::Debug,
    {
        let error = refused(result, status);
        assert!(!error.message.is_empty(), "{error:?}");
        self.0.entry(O::META.id).or_default().insert(status);
        error
    }

    /// Sends a request by hand, which types would not let through.
    async fn raw(
        &mut self,
        api: &Api,
        operation: &'static str,
        target: &str,
        body: &str,
        status: u16,
    ) {
        let meta = ROUTES.iter().find(|meta| meta.id == operation).unwrap();
        let (got, answer) = api.raw(meta.method.as_str(), target, body).await;
        assert_eq!(
            got.as_u16(),
            status,
            "{operation} {target} {body}: {answer}"
        );
        self.0.entry(operation).or_default().insert(status);
    }
}

fn hls() -> BroadcastOutputs {
    BroadcastOutputs::new().hls(Hls::new())
}

fn storage() -> ArchiveStorage {
    let config = StorageConfig::new()
        .bucket("recordings")
        .access_key("key")
        .secret_key("secret");
    ArchiveStorage::new(StorageType::S3, config)
}

#[tokio::test]
async fn every_documented_error_has_its_cause() {
    let mut provoked = Provoked::default();
    for api in Api::both() {
        sessions(&api, &mut provoked).await;
        clients(&api, &mut provoked).await;
        archives(&api, &mut provoked).await;
        broadcasts(&api, &mut provoked).await;
        services(&api, &mut provoked).await;
    }
    opentok(&mut provoked).await;
    credentials(&mut provoked).await;
    faults(&mut provoked).await;

    for meta in ROUTES {
        // Those from 500 on are the service's own troubles, which a fault brings to any operation.
        let documented = meta.errors.iter().map(|(status, _)| *status);
        let documented: BTreeSet<u16> = documented.filter(|status| *status < 500).collect();
        let done = provoked.0.remove(meta.id).unwrap_or_default();
        let missing: Vec<_> = documented.difference(&done).collect();
        let expected: Vec<&u16> = match meta.id {
            // Sources dispute these; the emulator takes the other side.
            "list_streams" | "mute_stream" if missing == [&408] => missing.clone(),
            "stop_broadcast" if missing == [&409] => missing.clone(),
            _ => Vec::new(),
        };
        assert_eq!(missing, expected, "{}", meta.id);
    }
}

async fn sessions(api: &Api, it: &mut Provoked) {
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

/// A session id that is well formed, of the same project, and unknown.
fn foreign(session: &SessionId) -> SessionId {
    let info = vonage_video_auth::SessionInfo::decode(session.as_str()).unwrap();
    let other = vonage_video_auth::SessionInfo::new(info.owner(), common::begin(), "anotherNonce");
    SessionId::from(other.encode())
}

async fn clients(api: &Api, it: &mut Provoked) {
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
        let (_, answer) = api.raw("POST", &path, "{\"type\":\"a\"}").await;
        assert_eq!(answer["code"], 15202, "{answer}");
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

async fn archives(api: &Api, it: &mut Provoked) {
    let (session, client) = api.busy().await;
    let stream = client.streams().remove(0).id;
    let p = "/v2/project/{project}/archive";
    for body in [
        "not json",
        "{}",
        "{\"sessionId\":\"x\"}",
        &format!("{{\"sessionId\":\"{session}\",\"resolution\":\"1x1\"}}"),
        &format!("{{\"sessionId\":\"{session}\",\"hasAudio\":false,\"hasVideo\":false}}"),
        &format!(
            "{{\"sessionId\":\"{session}\",\"outputMode\":\"individual\",\"resolution\":\"640x480\"}}"
        ),
    ] {
        it.raw(api, "start_archive", p, body, 400).await;
    }
    let empty = api.routed().await;
    let error = it.note::<StartArchive>(api.send(StartArchive::new(&empty)).await, 404);
    assert!(error.message.contains("No clients"), "{error:?}");
    it.note::<StartArchive>(api.send(StartArchive::new(foreign(&session))).await, 404);
    let relayed = api.relayed().await;
    api.join(&relayed, Role::Publisher);
    let error = it.note::<StartArchive>(api.send(StartArchive::new(&relayed)).await, 409);
    assert_eq!(error.code, Some(15008));
    it.note::<ListArchives>(
        api.send(ListArchives::new().session_id(foreign(&session)))
            .await,
        404,
    );

    let archive = api.send(StartArchive::new(&session)).await.unwrap().id;
    let error = it.note::<StartArchive>(api.send(StartArchive::new(&session)).await, 409);
    assert_eq!(error.code, Some(15001));
    let error = it.note::<DeleteArchive>(api.send(DeleteArchive::new(&archive)).await, 409);
    assert_eq!(error.code, Some(15004));
    it.note::<AddArchiveStream>(
        api.send(AddArchiveStream::new(&archive, &stream)).await,
        405,
    );
    it.note::<RemoveArchiveStream>(
        api.send(RemoveArchiveStream::new(&archive, &stream)).await,
        405,
    );
    it.raw(
        api,
        "set_archive_layout",
        &format!("{p}/{archive}/layout"),
        "{\"type\":\"spiral\"}",
        400,
    )
    .await;
    it.raw(
        api,
        "set_archive_layout",
        &format!("{p}/{archive}/layout"),
        "{\"type\":\"custom\"}",
        400,
    )
    .await;
    it.raw(
        api,
        "add_archive_stream",
        &format!("{p}/{archive}/streams"),
        "{}",
        400,
    )
    .await;
    it.raw(
        api,
        "add_archive_stream",
        &format!("{p}/{archive}/streams"),
        "{\"addStream\":\"\"}",
        400,
    )
    .await;
    it.raw(
        api,
        "remove_archive_stream",
        &format!("{p}/{archive}/streams"),
        "{\"removeStream\":\"a/b\"}",
        400,
    )
    .await;

    api.send(StopArchive::new(&archive)).await.unwrap();
    api.pass(SECOND).await;
    let error = it.note::<StopArchive>(api.send(StopArchive::new(&archive)).await, 409);
    assert_eq!(error.code, Some(15002));
    it.note::<GetArchive>(api.send(GetArchive::new(UUID)).await, 404);
    it.note::<StopArchive>(api.send(StopArchive::new(UUID)).await, 404);
    it.note::<DeleteArchive>(api.send(DeleteArchive::new(UUID)).await, 404);
    let layout = Layout::new(LayoutType::Pip);
    it.note::<SetArchiveLayout>(api.send(SetArchiveLayout::new(UUID, layout)).await, 404);
    it.note::<AddArchiveStream>(api.send(AddArchiveStream::new(UUID, &stream)).await, 404);
    it.note::<RemoveArchiveStream>(api.send(RemoveArchiveStream::new(UUID, &stream)).await, 404);
    for (operation, target) in [("get_archive", "%20"), ("stop_archive", "%20/stop")] {
        it.raw(api, operation, &format!("{p}/{target}"), "", 400)
            .await;
    }

    let manual = StartArchive::new(&session).stream_mode(StreamMode::Manual);
    let manual = api.send(manual).await.unwrap().id;
    let nobody = StreamId::from(UUID);
    let (manual_id, stream_id) = (manual.clone(), stream.clone());
    it.note::<AddArchiveStream>(api.send(AddArchiveStream::new(&manual, &nobody)).await, 404);
    it.note::<RemoveArchiveStream>(
        api.send(RemoveArchiveStream::new(&manual, &stream)).await,
        404,
    );
    api.send(StopArchive::new(&manual_id)).await.unwrap();
    it.note::<AddArchiveStream>(
        api.send(AddArchiveStream::new(&manual_id, &stream_id))
            .await,
        409,
    );
    it.note::<RemoveArchiveStream>(
        api.send(RemoveArchiveStream::new(&manual_id, &stream_id))
            .await,
        409,
    );
}

async fn broadcasts(api: &Api, it: &mut Provoked) {
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

async fn services(api: &Api, it: &mut Provoked) {
    let (session, _client) = api.busy().await;
    let moderator = api.token(&session, Role::Moderator);
    let publisher = api.token(&session, Role::Publisher);
    let subscriber = api.token(&session, Role::Subscriber);
    let unknown = foreign(&session);
    let relayed = api.relayed().await;

    let captions = |session: &SessionId, token: &str| StartCaptions::new(session, token);
    it.note::<StartCaptions>(api.send(captions(&session, &publisher)).await, 403);
    it.note::<StartCaptions>(api.send(captions(&unknown, &moderator)).await, 404);
    it.note::<StartCaptions>(
        api.send(captions(&session, &moderator).language_code("klingon"))
            .await,
        400,
    );
    let id = api.send(captions(&session, &moderator)).await.unwrap().id;
    let error = it.note::<StartCaptions>(api.send(captions(&session, &moderator)).await, 409);
    assert_eq!(error.code, Some(60003));
    api.send(StopCaptions::new(&id)).await.unwrap();
    it.note::<StopCaptions>(api.send(StopCaptions::new(&id)).await, 404);
    it.raw(
        api,
        "stop_captions",
        "/v2/project/{project}/captions/%20/stop",
        "",
        400,
    )
    .await;

    let page = "https://page.example/";
    let render = |session: &SessionId, token: &str| StartRender::new(session, token, page);
    it.note::<StartRender>(api.send(render(&session, &subscriber)).await, 403);
    it.note::<StartRender>(api.send(render(&session, "no token")).await, 403);
    it.note::<StartRender>(api.send(render(&relayed, &publisher)).await, 400);
    it.note::<StartRender>(api.send(render(&unknown, &publisher)).await, 400);
    it.note::<GetRender>(api.send(GetRender::new(UUID)).await, 404);
    it.note::<StopRender>(api.send(StopRender::new(UUID)).await, 404);
    for (operation, target) in [
        ("get_render", "render/%20"),
        ("stop_render", "render/%20"),
        ("list_renders", "render?count=many"),
    ] {
        it.raw(
            api,
            operation,
            &format!("/v2/project/{{project}}/{target}"),
            "",
            400,
        )
        .await;
    }

    let call = |session: &SessionId, uri: &str| Dial::new(session, &publisher, SipTarget::new(uri));
    it.note::<Dial>(api.send(call(&session, "tel:123")).await, 400);
    it.note::<Dial>(api.send(call(&unknown, "sip:a@b.example")).await, 404);
    it.note::<Dial>(api.send(call(&relayed, "sip:a@b.example")).await, 409);
    let target = SipTarget::new("sip:a@b.example");
    it.note::<Dial>(api.send(Dial::new(&session, "no token", target)).await, 403);

    let connect = |session: &SessionId, uri: &str| {
        ConnectWebsocket::new(session, &publisher, Websocket::new(uri))
    };
    it.note::<ConnectWebsocket>(api.send(connect(&session, "wss://a.invalid")).await, 400);
    it.note::<ConnectWebsocket>(api.send(connect(&relayed, "wss://a.example")).await, 409);
    let websocket = Websocket::new("wss://a.example");
    it.note::<ConnectWebsocket>(
        api.send(ConnectWebsocket::new(&session, "x", websocket))
            .await,
        403,
    );
}

async fn opentok(it: &mut Provoked) {
    let mut api = Api::opentok();
    it.raw(
        &api,
        "register_callback",
        "/v2/project/{project}/callback",
        "{\"group\":\"a\"}",
        400,
    )
    .await;
    it.raw(
        &api,
        "unregister_callback",
        "/v2/project/{project}/callback/%20",
        "",
        400,
    )
    .await;
    it.note::<UnregisterCallback>(api.send(UnregisterCallback::new(UUID)).await, 404);
    let incomplete = "{\"type\":\"s3\",\"config\":{\"bucket\":\"a\"}}";
    it.raw(
        &api,
        "set_archive_storage",
        "/v2/project/{project}/archive/storage",
        incomplete,
        400,
    )
    .await;
    api.send(vonage_video_core::operations::SetArchiveStorage::new(
        storage(),
    ))
    .await
    .unwrap();

    api.credentials = account();
    it.raw(&api, "create_project", "/v2/project", "[]", 400)
        .await;
    it.raw(&api, "get_project", "/v2/project/%20", "", 400)
        .await;
    it.raw(
        &api,
        "set_project_status",
        "/v2/project/10000001",
        "{\"status\":\"ASLEEP\"}",
        400,
    )
    .await;
    it.note::<GetProject>(api.send(GetProject::new("999")).await, 404);
    let status = SetProjectStatus::new("999", "ACTIVE");
    it.note::<SetProjectStatus>(api.send(status).await, 404);
    it.note::<RefreshProjectSecret>(api.send(RefreshProjectSecret::new("999")).await, 404);
    let delete = vonage_video_core::operations::DeleteProject::new("999");
    it.note::<vonage_video_core::operations::DeleteProject>(api.send(delete).await, 404);
}

fn account() -> Credentials {
    Credentials::opentok_account("10000000", "fedcba9876543210fedcba9876543210fedcba98").unwrap()
}

/// Every operation is refused to a stranger.
async fn credentials(it: &mut Provoked) {
    let mut api = Api::opentok();
    let secret = "0000000000000000000000000000000000000000";
    api.credentials = Credentials::opentok("10000001", secret).unwrap();
    for meta in ROUTES {
        if meta.account {
            api.credentials = Credentials::opentok_account("10000000", secret).unwrap();
        }
        let target = meta
            .path
            .replace("{project}", "10000001")
            .replace(['{', '}'], "");
        let body = match meta.id {
            "disable_force_mute" => "{\"active\":false}",
            "mute_all" => "{\"active\":true}",
            id if id.starts_with("add_") => "{\"addStream\":\"a\"}",
            id if id.starts_with("remove_") => "{\"removeStream\":\"a\"}",
            _ => "",
        };
        it.raw(&api, meta.id, &target, body, 403).await;
    }
}

/// What no request can provoke: the service's own troubles.
async fn faults(it: &mut Provoked) {
    let api = Api::vonage();
    let (session, _client) = api.busy().await;
    for (operation, status) in [("start_broadcast", 408), ("create_session", 500)] {
        let fault = Fault::status(status).on(operation).times(1);
        api.emulator.fault(fault).unwrap();
    }
    it.note::<CreateSession>(api.send(CreateSession::new()).await, 500);
    it.note::<StartBroadcast>(api.send(StartBroadcast::new(&session, hls())).await, 408);
    api.send(StartBroadcast::new(&session, hls()))
        .await
        .unwrap();
}

//! What is refused of archives.

use vonage_video_auth::Role;
use vonage_video_core::{
    StreamId,
    models::{Layout, LayoutType, StreamMode},
    operations::{
        AddArchiveStream, DeleteArchive, GetArchive, ListArchives, RemoveArchiveStream,
        SetArchiveLayout, StartArchive, StopArchive,
    },
};

use super::{Provoked, UUID, foreign};
use crate::common::{Api, SECOND};

pub(crate) async fn archives(api: &Api, it: &mut Provoked) {
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

//! What is refused of what OpenTok alone has: callbacks, storage, projects.

use vonage_video_core::{
    models::{ArchiveStorage, StorageConfig, StorageType},
    operations::{
        DeleteProject, GetProject, RefreshProjectSecret, SetArchiveStorage, SetProjectStatus,
        UnregisterCallback,
    },
};

use super::{Provoked, UUID, account};
use crate::common::Api;

pub(crate) async fn opentok(it: &mut Provoked) {
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
    api.send(SetArchiveStorage::new(storage())).await.unwrap();

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
    let delete = DeleteProject::new("999");
    it.note::<DeleteProject>(api.send(delete).await, 404);
}

pub(crate) fn storage() -> ArchiveStorage {
    let config = StorageConfig::new()
        .bucket("recordings")
        .access_key("key")
        .secret_key("secret");
    ArchiveStorage::new(StorageType::S3, config)
}

//! The storage of an OpenTok project's archives.

use vonage_video_core::{
    models::{ArchiveStorage, ServerSideEncryption, StorageFallback, StorageType},
    operations::{DeleteArchiveStorage, SetArchiveStorage},
};

use super::projects::no_project;
use crate::api::{
    operations::{Operations, unknown_value},
    refusal::{ApiResult, Refusal},
};

impl Operations<'_> {
    pub(crate) fn set_archive_storage(
        &mut self,
        request: SetArchiveStorage,
    ) -> ApiResult<Option<ArchiveStorage>> {
        let storage = request.storage;
        check(&storage)?;
        let project = self
            .world
            .project_mut(&self.caller.project)
            .ok_or_else(no_project)?;
        project.storage = Some(storage.clone());
        Ok(Some(storage))
    }

    pub(crate) fn delete_archive_storage(
        &mut self,
        _request: DeleteArchiveStorage,
    ) -> ApiResult<()> {
        let project = self
            .world
            .project_mut(&self.caller.project)
            .ok_or_else(no_project)?;
        project.storage = None;
        Ok(())
    }
}

fn check(storage: &ArchiveStorage) -> ApiResult<()> {
    let config = &storage.config;
    let complete = match &storage.kind {
        StorageType::S3 => {
            config.bucket.is_some() && config.access_key.is_some() && config.secret_key.is_some()
        }
        StorageType::Azure => {
            config.container.is_some()
                && config.account_name.is_some()
                && config.account_key.is_some()
        }
        other => return Err(unknown_value("type", other)),
    };
    if !complete {
        return Err(Refusal::bad_request(
            "The storage's config is not complete: S3 takes bucket, accessKey and secretKey, Azure container, accountName and accountKey",
        ));
    }
    if let Some(StorageFallback::Unknown(value)) = &storage.fallback
        // One guide's name for the service itself.
        && value != "vonage"
    {
        return Err(unknown_value("fallback", value));
    }
    match &config.sse {
        Some(ServerSideEncryption::Unknown(value)) => Err(unknown_value("sse", value)),
        _ => Ok(()),
    }
}

// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

pub(crate) mod enums;
pub(crate) mod harmless;
pub(crate) mod ids;
pub(crate) mod models;
pub(crate) mod operations;
pub(crate) mod reasons;
pub(crate) mod webhooks;

use crate::operation::{Meta, Operation};

/// The descriptions of all operations, sorted by path: a literal segment comes before a parameter
/// in the same place.
pub const ROUTES: &[&Meta] = &[
    operations::CreateSession::META,
    operations::CreateProject::META,
    operations::ListProjects::META,
    operations::GetProject::META,
    operations::SetProjectStatus::META,
    operations::DeleteProject::META,
    operations::RefreshProjectSecret::META,
    operations::StartArchive::META,
    operations::ListArchives::META,
    operations::SetArchiveStorage::META,
    operations::DeleteArchiveStorage::META,
    operations::GetArchive::META,
    operations::DeleteArchive::META,
    operations::SetArchiveLayout::META,
    operations::StopArchive::META,
    operations::AddArchiveStream::META,
    operations::RemoveArchiveStream::META,
    operations::StartBroadcast::META,
    operations::ListBroadcasts::META,
    operations::GetBroadcast::META,
    operations::SetBroadcastLayout::META,
    operations::StopBroadcast::META,
    operations::AddBroadcastStream::META,
    operations::RemoveBroadcastStream::META,
    operations::RegisterCallback::META,
    operations::ListCallbacks::META,
    operations::UnregisterCallback::META,
    operations::StartCaptions::META,
    operations::StopCaptions::META,
    operations::ConnectWebsocket::META,
    operations::Dial::META,
    operations::StartRender::META,
    operations::ListRenders::META,
    operations::GetRender::META,
    operations::StopRender::META,
    operations::ListConnections::META,
    operations::ForceDisconnect::META,
    operations::PlayDtmfConnection::META,
    operations::SignalConnection::META,
    operations::MuteAll::META,
    operations::DisableForceMute::META,
    operations::PlayDtmfSession::META,
    operations::SignalSession::META,
    operations::ListStreams::META,
    operations::SetStreamClassLists::META,
    operations::GetStream::META,
    operations::MuteStream::META,
];

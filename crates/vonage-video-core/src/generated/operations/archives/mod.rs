// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

mod add_archive_stream;
mod delete_archive;
mod get_archive;
mod list_archives;
mod remove_archive_stream;
mod set_archive_layout;
mod start_archive;
mod stop_archive;

pub use add_archive_stream::AddArchiveStream;
pub use delete_archive::DeleteArchive;
pub use get_archive::GetArchive;
pub use list_archives::ListArchives;
pub use remove_archive_stream::RemoveArchiveStream;
pub use set_archive_layout::SetArchiveLayout;
pub use start_archive::StartArchive;
pub use stop_archive::StopArchive;

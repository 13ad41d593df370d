//! Downloading the file of an archive.

mod builder;
mod checksum;
mod downloaded;
mod error;
mod fetch;
mod file;
mod pace;
mod parallel;
mod part;
mod progress;
mod source;
mod span;
mod stream;
mod transfer;

pub use builder::Download;
pub use downloaded::Downloaded;
pub use error::DownloadError;
pub use progress::DownloadProgress;
pub use source::DownloadSource;
pub use stream::DownloadStream;

// @generated from api/archives.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// The status of an archive.
    pub enum ArchiveStatus: str {
        /// `available`: The file can be downloaded; for 72 hours.
        Available = "available",
        /// `deleted`: It was deleted by `delete_archive`.
        Deleted = "deleted",
        /// `expired`: Its 72 hours are over and the file is gone.
        Expired = "expired",
        /// `failed`: Recording failed; see the reason.
        Failed = "failed",
        /// `paused`: Nobody publishes; it goes on when somebody does.
        Paused = "paused",
        /// `started`: It is being recorded.
        Started = "started",
        /// `stopped`: It stopped; the file is being made.
        Stopped = "stopped",
        /// `uploaded`: The file is in your own storage.
        Uploaded = "uploaded",
    }
}

impl Default for ArchiveStatus {
    fn default() -> Self {
        Self::from("")
    }
}

open_enum! {
    /// Why an archive stopped or failed.
    pub enum ArchiveReason: str {
        /// empty: It has not stopped.
        Running = "",
        /// `maximum duration exceeded`: It ran for its longest, 4 hours recorded or 12 with pauses.
        MaximumDuration = "maximum duration exceeded",
        /// `maximum idle time exceeded`: Nobody published for 60 minutes.
        MaximumIdleTime = "maximum idle time exceeded",
        /// `session ended`: The last client left 60 seconds before.
        SessionEnded = "session ended",
        /// `user initiated`: It was stopped by a call.
        UserInitiated = "user initiated",
        /// `failure`: The recording failed on the server.
        Failure = "failure",
    }
}

open_enum! {
    /// What files an archive becomes.
    pub enum OutputMode: str {
        /// `composed`: One MP4 file with all streams laid out.
        Composed = "composed",
        /// `individual`: A ZIP file with one file a stream and a manifest.
        Individual = "individual",
    }
}

open_enum! {
    /// The status of a transcription.
    pub enum TranscriptionStatus: str {
        /// `requested`: It was requested.
        Requested = "requested",
        /// `started`: It is being written.
        Started = "started",
        /// `available`: It can be downloaded.
        Available = "available",
        /// `uploaded`: It is in your own storage.
        Uploaded = "uploaded",
        /// `completed`: It is done.
        Completed = "completed",
        /// `failed`: It failed; see the reason.
        Failed = "failed",
    }
}

impl Default for TranscriptionStatus {
    fn default() -> Self {
        Self::from("")
    }
}

//! What simulated clients publish and moderate, and why they may not.

use std::fmt;

use serde::{Deserialize, Serialize};
use vonage_video_auth::Role;
use vonage_video_core::{ConnectionId, StreamId, models::VideoType};

/// A stream that a simulated client publishes, or a change of one.
///
/// As JSON it has the members `name`, `videoType` (`camera`, `screen` or `custom`), `hasAudio`,
/// `hasVideo`, `hasCaptions`, `videoDimensions`, `frameRate`, `initials` and `layoutClassList`; all
/// may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct Publish {
    /// The name; empty unless set.
    pub name: Option<String>,
    /// What the video shows; a camera unless set.
    pub video_type: Option<VideoType>,
    /// Whether it has audio; true unless set.
    pub has_audio: Option<bool>,
    /// Whether it has video; true unless set.
    pub has_video: Option<bool>,
    /// Whether others may have captions of it; true unless set.
    pub has_captions: Option<bool>,
    /// The size of the video in pixels; unknown unless set.
    pub video_dimensions: Option<VideoDimensions>,
    /// The frames a second; unknown unless set.
    pub frame_rate: Option<u32>,
    /// The initials to show in place of video; none unless set.
    pub initials: Option<String>,
    /// The layout classes; those in the client's token unless set.
    pub layout_class_list: Option<Vec<String>>,
}

/// The size of a video in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VideoDimensions {
    /// The width in pixels, as sent.
    pub width: u32,
    /// The height in pixels, as sent.
    pub height: u32,
}

impl VideoDimensions {
    /// Creates the size of a video.
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }
}

impl Publish {
    /// Creates a camera with a microphone.
    pub fn camera(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            video_type: Some(VideoType::Camera),
            ..Self::default()
        }
    }

    /// Creates a shared screen, with audio.
    pub fn screen(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            video_type: Some(VideoType::Screen),
            ..Self::default()
        }
    }

    /// Creates a microphone without video.
    pub fn audio(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            has_video: Some(false),
            ..Self::default()
        }
    }

    /// Sets layout classes instead of those in the token.
    #[must_use]
    pub fn classes<C: Into<String>>(mut self, classes: impl IntoIterator<Item = C>) -> Self {
        self.layout_class_list = Some(classes.into_iter().map(Into::into).collect());
        self
    }
}

/// An action of a moderator.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Moderation {
    /// Disconnects a client from the session.
    Disconnect(ConnectionId),
    /// Ends a stream of another client.
    Unpublish(StreamId),
    /// Mutes the audio of a stream.
    Mute(StreamId),
}

/// The reason why a simulated client could not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientError {
    /// The client is not in the session: it never was, or it left or was disconnected.
    NotConnected,
    /// Its role does not allow it.
    NotAllowed {
        /// The role of the client.
        role: Role,
        /// What it tried to do, such as `publish`.
        wanted: &'static str,
    },
    /// The client has no such stream; for a moderator, the session has none.
    NoSuchStream,
    /// The other client is not in the session.
    NoSuchClient,
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConnected => f.write_str("the client is not connected to the session"),
            Self::NotAllowed { role, wanted } => {
                write!(f, "a client with the role {role} may not {wanted}")
            }
            Self::NoSuchStream => f.write_str("there is no such stream"),
            Self::NoSuchClient => f.write_str("there is no such other client"),
        }
    }
}

impl std::error::Error for ClientError {}

//! Resources that take a while to become ready, and which of their states mean that.

use std::fmt;

use crate::{
    models::{
        Archive, ArchiveStatus, Broadcast, BroadcastStatus, HlsStatus, Render, RenderStatus,
        RtmpStatus,
    },
    operation::Operation,
    operations::{GetArchive, GetBroadcast, GetRender},
    shown::Shown,
};

/// Whether a resource is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Readiness {
    /// It is ready: an archive's file exists, a broadcast can be watched, an Experience Composer
    /// has started.
    Ready,
    /// Not yet.
    Pending {
        /// Its state, as in "the archive is stopped".
        state: String,
    },
    /// It will never be ready.
    Failed {
        /// Its state, as in "the archive is expired".
        state: String,
    },
}

impl Archive {
    /// Whether the file exists: `available` or `uploaded`. It never will when the archive is
    /// `failed`, `expired` or `deleted`.
    pub fn readiness(&self) -> Readiness {
        let state = || state("archive", &self.status, self.reason.as_ref());
        match &self.status {
            ArchiveStatus::Available | ArchiveStatus::Uploaded => Readiness::Ready,
            ArchiveStatus::Failed | ArchiveStatus::Expired | ArchiveStatus::Deleted => {
                Readiness::Failed { state: state() }
            }
            _ => Readiness::Pending { state: state() },
        }
    }
}

impl Broadcast {
    /// Whether the broadcast can be watched: its HLS stream, if it has one, and one of its RTMP
    /// streams, if it has any, are live.
    ///
    /// Older responses have no status for a stream; the stream then counts as live once the
    /// broadcast is `started`. A broadcast fails when it is `stopped` or `failed`, when its HLS
    /// stream ended or failed, or when all its RTMP streams failed.
    pub fn readiness(&self) -> Readiness {
        let state = |what, status: &dyn fmt::Display| state(what, status, self.reason.as_ref());
        let started = self.status == BroadcastStatus::Started;
        if matches!(
            self.status,
            BroadcastStatus::Stopped | BroadcastStatus::Failed
        ) {
            return Readiness::Failed {
                state: state("broadcast", &self.status),
            };
        }
        let Some(urls) = &self.urls else {
            return Readiness::Pending {
                state: state("broadcast", &self.status),
            };
        };
        match &urls.hls_status {
            Some(status @ (HlsStatus::Ended | HlsStatus::Failed)) => {
                return Readiness::Failed {
                    state: state("broadcast's HLS stream", status),
                };
            }
            Some(HlsStatus::Live) => {}
            Some(status) if status.as_str().is_empty() && started => {}
            None if urls.hls.is_none() || started => {}
            None => {
                return Readiness::Pending {
                    state: state("broadcast", &self.status),
                };
            }
            Some(status) => {
                return Readiness::Pending {
                    state: state("broadcast's HLS stream", status),
                };
            }
        }
        let is_live = |status: &RtmpStatus| {
            *status == RtmpStatus::Live || (started && status.as_str().is_empty())
        };
        let mut rtmp = urls.rtmp.iter().map(|stream| &stream.status);
        if urls.rtmp.is_empty() || rtmp.clone().any(is_live) {
            Readiness::Ready
        } else if rtmp.clone().all(|status| *status == RtmpStatus::Failed) {
            Readiness::Failed {
                state: state("broadcast to every RTMP server", &RtmpStatus::Failed),
            }
        } else {
            let status = rtmp.find(|status| **status != RtmpStatus::Failed);
            Readiness::Pending {
                state: state(
                    "broadcast's RTMP stream",
                    status.unwrap_or(&RtmpStatus::Offline),
                ),
            }
        }
    }
}

impl Render {
    /// Whether the Experience Composer has started. It never will when it is `stopped` or `failed`.
    pub fn readiness(&self) -> Readiness {
        let state = || state("Experience Composer", &self.status, self.reason.as_ref());
        match &self.status {
            RenderStatus::Started => Readiness::Ready,
            RenderStatus::Stopped | RenderStatus::Failed => Readiness::Failed { state: state() },
            _ => Readiness::Pending { state: state() },
        }
    }
}

/// Such as "the archive is failed (disk full)".
fn state(what: &str, status: &dyn fmt::Display, reason: Option<&impl ToString>) -> String {
    let status = status.to_string();
    let mut state = match status.as_str() {
        "" => format!("the {what} has no status"),
        status => format!("the {what} is {}", Shown::new(status)),
    };
    let reason = reason.map(ToString::to_string).unwrap_or_default();
    if !reason.is_empty() {
        state.push_str(" (");
        state.push_str(&Shown::new(&reason).to_string());
        state.push(')');
    }
    state
}

/// An operation that reads a resource which becomes ready after a while: [`GetArchive`],
/// [`GetBroadcast`] and [`GetRender`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not read a resource that can be waited for",
    note = "wait for an `Archive`, a `Broadcast` or a `Render`, or for the operation that reads one"
)]
pub trait Waitable: Operation {
    /// Whether the resource is ready, by what the operation returned.
    fn readiness(output: &Self::Output) -> Readiness;
}

/// What can be waited for: a resource, or the operation that reads it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be waited for",
    note = "wait for an `Archive`, a `Broadcast` or a `Render`, or for the operation that reads one"
)]
pub trait IntoWaitable {
    /// The operation that reads the resource.
    type Operation: Waitable;

    /// Returns the operation that reads the resource.
    fn into_waitable(self) -> Self::Operation;
}

impl<O: Waitable> IntoWaitable for O {
    type Operation = O;

    fn into_waitable(self) -> O {
        self
    }
}

macro_rules! waitable {
    ($($model:ident: $operation:ident;)*) => {$(
        impl Waitable for $operation {
            fn readiness(output: &$model) -> Readiness {
                output.readiness()
            }
        }

        impl IntoWaitable for &$model {
            type Operation = $operation;

            fn into_waitable(self) -> $operation {
                self.refresh()
            }
        }
    )*};
}

waitable! {
    Archive: GetArchive;
    Broadcast: GetBroadcast;
    Render: GetRender;
}

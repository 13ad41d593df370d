//! Which states of a resource mean that it is ready, and how each is reported.

use serde::de::DeserializeOwned;
use serde_json::json;
use vonage_video_core::{
    IntoWaitable, Operation, Readiness, Waitable,
    models::{Archive, Broadcast, Render},
    operations::{GetArchive, GetBroadcast},
};

fn read<T: DeserializeOwned>(json: serde_json::Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn pending(state: &str) -> Readiness {
    Readiness::Pending {
        state: state.to_owned(),
    }
}

fn failed(state: &str) -> Readiness {
    Readiness::Failed {
        state: state.to_owned(),
    }
}

#[test]
fn an_archive_is_ready_once_its_file_exists() {
    for (status, expected) in [
        ("available", Readiness::Ready),
        ("uploaded", Readiness::Ready),
        ("started", pending("the archive is started (it was so)")),
        ("stopped", pending("the archive is stopped (it was so)")),
        ("new kind", pending("the archive is new kind (it was so)")),
        ("", pending("the archive has no status (it was so)")),
        ("failed", failed("the archive is failed (it was so)")),
        ("expired", failed("the archive is expired (it was so)")),
        ("deleted", failed("the archive is deleted (it was so)")),
    ] {
        let archive: Archive = read(json!({"id": "a", "status": status, "reason": "it was so"}));
        assert_eq!(archive.readiness(), expected);
        assert_eq!(GetArchive::readiness(&archive), expected);
    }
}

#[test]
fn a_render_is_ready_once_it_has_started() {
    for (status, expected) in [
        ("started", Readiness::Ready),
        ("starting", pending("the Experience Composer is starting")),
        ("failed", failed("the Experience Composer is failed")),
        ("stopped", failed("the Experience Composer is stopped")),
    ] {
        let render: Render = read(json!({"id": "r", "status": status}));
        assert_eq!(render.readiness(), expected);
    }
}

#[test]
fn a_broadcast_is_ready_once_it_can_be_watched() {
    let hls = "https://cdn.example/playlist.m3u8";
    for (status, urls, expected) in [
        (
            "started",
            json!({"hls": hls, "hlsStatus": "live"}),
            Readiness::Ready,
        ),
        // Older responses have no status of a stream.
        ("started", json!({"hls": hls}), Readiness::Ready),
        (
            "started",
            json!({"hls": hls, "hlsStatus": ""}),
            Readiness::Ready,
        ),
        ("started", json!({"rtmp": [{"id": "a"}]}), Readiness::Ready),
        (
            "started",
            json!({"rtmp": [{"id": "a", "status": ""}]}),
            Readiness::Ready,
        ),
        (
            "started",
            json!({"hls": hls, "hlsStatus": "ready"}),
            pending("the broadcast's HLS stream is ready"),
        ),
        (
            "started",
            json!({"rtmp": [{"status": "error"}, {"status": "connecting"}]}),
            pending("the broadcast's RTMP stream is connecting"),
        ),
        (
            "started",
            json!({"rtmp": [{"status": "error"}, {"status": "live"}]}),
            Readiness::Ready,
        ),
        (
            "started",
            json!({"rtmp": [{"status": "error"}, {"status": "error"}]}),
            failed("the broadcast to every RTMP server is error"),
        ),
        (
            "started",
            json!({"hls": hls, "hlsStatus": "live", "rtmp": [{"status": "connecting"}]}),
            pending("the broadcast's RTMP stream is connecting"),
        ),
        (
            "started",
            json!({"hls": hls, "hlsStatus": "ended"}),
            failed("the broadcast's HLS stream is ended"),
        ),
        ("started", json!(null), pending("the broadcast is started")),
        (
            "new kind",
            json!({"hls": hls}),
            pending("the broadcast is new kind"),
        ),
        (
            "stopped",
            json!({"hls": hls, "hlsStatus": "live"}),
            failed("the broadcast is stopped"),
        ),
        ("failed", json!(null), failed("the broadcast is failed")),
    ] {
        let broadcast: Broadcast =
            read(json!({"id": "b", "status": status, "broadcastUrls": urls}));
        assert_eq!(broadcast.readiness(), expected, "{status} {urls}");
        assert_eq!(GetBroadcast::readiness(&broadcast), expected);
    }
}

#[test]
fn a_state_is_told_on_one_short_line() {
    let reason = format!("\u{1b}[31m{}", "x".repeat(1000));
    let archive: Archive = read(json!({"id": "a", "status": "failed", "reason": reason}));
    let Readiness::Failed { state } = archive.readiness() else {
        panic!("a failed archive is not ready");
    };
    assert!(
        state.starts_with("the archive is failed (\\u{1b}[31mx"),
        "{state}"
    );
    assert!(state.chars().count() < 400, "{state}");
}

#[test]
fn a_resource_and_the_operation_that_reads_it_can_be_waited_for() {
    fn operation(waitable: impl IntoWaitable<Operation = GetArchive>) -> GetArchive {
        waitable.into_waitable()
    }
    let archive: Archive = read(json!({"id": "a"}));
    assert_eq!(operation(&archive), GetArchive::new("a"));
    assert_eq!(operation(archive.refresh()), GetArchive::new("a"));
    assert_eq!(GetArchive::META.id, "get_archive");
}

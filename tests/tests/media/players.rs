//! Recordings and broadcasts in Chromium, as it is and with hls.js.

use serde_json::{Value, json};
use vonage_video::{
    models::{BroadcastOutputs, Hls},
    operations::{StartArchive, StartBroadcast},
};
use vonage_video_emulator::Publish;
use vonage_video_tests::interop::{Browser, Kit, run};

use crate::stage::Stage;

/// The middle of each tile at a time.
fn pictures(at: f64, tiles: &[Value]) -> Vec<Value> {
    let middle = |tile: &Value, from: &str, size: &str| {
        tile[from].as_u64().expect(from) + tile[size].as_u64().expect(size) / 2
    };
    let picture = |tile| {
        let (x, y) = (middle(tile, "x", "width"), middle(tile, "y", "height"));
        json!({ "at": at, "x": x, "y": y, "color": tile["color"] })
    };
    tiles.iter().map(picture).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_plays_archives_and_broadcasts() {
    let (Some(browser), Some(player)) = (Browser::get(), Kit::Player.get()) else {
        return;
    };
    let stage = Stage::new().await;
    let client = stage.join();
    client.publish(Publish::camera("Ann")).expect("a stream");
    let start = StartArchive::new(&stage.session);
    let archive = stage.video.send(start).await.expect("an archive");
    let of = format!("archives/{}", archive.id);
    let broadcast = async |hls: Hls, tag: &str| {
        let outputs = BroadcastOutputs::new().hls(hls);
        let start = StartBroadcast::new(&stage.session, outputs).multi_broadcast_tag(tag);
        let broadcast = stage.video.send(start).await.expect("a broadcast");
        broadcast
            .urls
            .and_then(|urls| urls.hls)
            .expect("a playlist")
    };
    let dvr = broadcast(Hls::new().dvr(true), "dvr").await;
    let low_latency = broadcast(Hls::new().low_latency(true), "fast").await;

    let alone = stage.tiles(&of).await;
    stage.pass(8.1).await;
    client.publish(Publish::screen("slides")).expect("a stream");
    let both = stage.tiles(&of).await;
    stage.pass(8.0).await;
    let archive = stage.finished(&archive).await;

    // Broadcasts went live after 0.1 s with 4 s, and there are whole segments, or parts.
    let shown = |early: f64, late: f64| [pictures(early, &alone), pictures(late, &both)].concat();
    let films = json!({ "url": stage.emulator.url(), "films": [
        { "source": archive.url, "duration": 16.1, "pictures": shown(5.0, 12.0) },
        { "source": dvr, "hls": { "lowLatencyMode": false }, "duration": 20.0, "then": 12,
          "pictures": shown(5.0, 16.0) },
        { "source": low_latency, "hls": { "lowLatencyMode": true }, "duration": 25.0,
          "pictures": pictures(20.0, &both) },
    ] });
    let mut command = player.driver("play.mjs");
    command.env("BROWSER", browser.program());
    let input = films.to_string();
    let (output, success) =
        tokio::task::spawn_blocking(move || run(&mut command, input.as_bytes()))
            .await
            .expect("an end");
    assert!(success, "{output}");
}

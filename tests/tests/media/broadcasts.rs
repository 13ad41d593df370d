//! Broadcasts over HLS.

use vonage_video::{
    Resolution,
    models::{BroadcastOutputs, Hls, Layout, LayoutType},
    operations::{SetBroadcastLayout, StartBroadcast, StopBroadcast},
};
use vonage_video_emulator::Publish;
use vonage_video_tests::interop::Ffmpeg;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_broadcast_plays_from_its_start_to_its_end() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    let stage = Stage::new().await;
    let client = stage.join();
    client.publish(Publish::camera("Ann")).expect("a stream");
    let outputs = BroadcastOutputs::new().hls(Hls::new().dvr(true));
    let start = StartBroadcast::new(&stage.session, outputs).resolution(Resolution::Hd);
    let broadcast = stage.video.send(start).await.expect("a broadcast");
    let url = broadcast.urls.as_ref().and_then(|urls| urls.hls.clone());
    let url = url.expect("a playlist");
    let of = format!("broadcasts/{}", broadcast.id);
    let alone = stage.tiles(&of).await;
    // It goes live after 0.1 s with a segment of 4 s, so it is 3.9 s ahead.
    stage.pass(6.1).await;
    client.publish(Publish::camera("Bob")).expect("a stream");
    let both = stage.tiles(&of).await;
    stage.pass(7.25).await;
    let stop = StopBroadcast::new(&broadcast.id);
    stage.video.send(stop).await.expect("stopped");

    let film = ffmpeg.open(&url);
    let video = film.track("h264");
    assert_eq!((video.width, video.height), (Some(1280), Some(720)));
    film.track("aac");
    assert!((film.duration - 17.25).abs() < 0.05, "{}", film.duration);
    let film = ffmpeg.read("broadcast.mp4", &pieces(&stage, &url, 5).await);
    for (seconds, tiles) in [(1.0, &alone), (9.0, &alone), (11.0, &both), (16.5, &both)] {
        stage.shows(&film, seconds, tiles);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broadcast_shows_the_stylesheets_of_its_layouts() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    let stage = Stage::new().await;
    let client = stage.join();
    for name in ["Ann", "Bob"] {
        client.publish(Publish::camera(name)).expect("a stream");
    }
    let custom = |sheet: &str| Layout::new(LayoutType::Custom).stylesheet(sheet);
    let row = custom("stream { float: right; width: 40%; height: 30%; margin: 10px }");
    let outputs = BroadcastOutputs::new().hls(Hls::new().dvr(true));
    let start = StartBroadcast::new(&stage.session, outputs).layout(row);
    let broadcast = stage.video.send(start).await.expect("a broadcast");
    let url = broadcast.urls.as_ref().and_then(|urls| urls.hls.clone());
    let url = url.expect("a playlist");
    let of = format!("broadcasts/{}", broadcast.id);
    let before = stage.tiles(&of).await;
    assert_eq!(
        (&before[0]["x"], &before[1]["x"]),
        (&374.into(), &98.into())
    );
    // It goes live after 0.1 s with a segment of 4 s, so it is 3.9 s ahead.
    stage.pass(2.1).await;
    let alone = custom("stream { height: 100% } stream:first-child { display: none }");
    let layout = SetBroadcastLayout::new(&broadcast.id, alone);
    stage.video.send(layout).await.expect("a layout");
    let after = stage.tiles(&of).await;
    assert_eq!((after.len(), &after[0]["name"]), (1, &"Bob".into()));
    stage.pass(6.0).await;
    let stop = StopBroadcast::new(&broadcast.id);
    stage.video.send(stop).await.expect("stopped");

    let film = ffmpeg.read("custom.mp4", &pieces(&stage, &url, 3).await);
    for (seconds, tiles) in [
        (1.0, &before),
        (5.5, &before),
        (6.5, &after),
        (11.0, &after),
    ] {
        stage.shows(&film, seconds, tiles);
    }
}

/// The start and the first segments of a playlist. FFmpeg does not seek in playlists of fragments,
/// but in what they name, one after another.
async fn pieces(stage: &Stage, url: &str, segments: usize) -> Vec<u8> {
    let names = (0..segments).map(|number| format!("{number}.m4s"));
    let mut pieces = Vec::new();
    for name in std::iter::once("start.mp4".to_owned()).chain(names) {
        let piece = url.replace("playlist.m3u8?DVR", &name);
        pieces.extend(stage.get(&piece).await);
    }
    pieces
}

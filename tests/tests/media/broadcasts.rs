//! Broadcasts over HLS.

use vonage_video::{
    Resolution,
    models::{BroadcastOutputs, Hls},
    operations::{StartBroadcast, StopBroadcast},
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
    // FFmpeg does not seek in playlists of fragments, but in what they name, one after another.
    let mut pieces = Vec::new();
    for name in ["start.mp4", "0.m4s", "1.m4s", "2.m4s", "3.m4s", "4.m4s"] {
        let piece = url.replace("playlist.m3u8?DVR", name);
        pieces.extend(stage.get(&piece).await);
    }
    let film = ffmpeg.read("broadcast.mp4", &pieces);
    for (seconds, tiles) in [(1.0, &alone), (9.0, &alone), (11.0, &both), (16.5, &both)] {
        stage.shows(&film, seconds, tiles);
    }
}

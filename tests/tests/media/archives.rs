//! Composed archives.

use std::sync::atomic::{AtomicU32, Ordering};

use vonage_video::{
    Resolution,
    models::{Archive, Layout, LayoutType},
    operations::{SetArchiveLayout, StartArchive},
};
use vonage_video_emulator::Publish;
use vonage_video_tests::{
    interop::{Ffmpeg, Film},
    place::temporary,
};

use crate::stage::Stage;

fn pixels(resolution: &Resolution) -> (u32, u32) {
    let (width, height) = resolution.as_str().split_once('x').expect("a size");
    (
        width.parse().expect("a width"),
        height.parse().expect("a height"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_shows_its_layout_as_it_was_whenever_it_changed() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    for resolution in [
        Resolution::Sd,
        Resolution::SdPortrait,
        Resolution::Hd,
        Resolution::Fhd,
    ] {
        let stage = Stage::new().await;
        let ann = stage.join();
        ann.publish(Publish::camera("Ann")).expect("a stream");
        let start = StartArchive::new(&stage.session).resolution(resolution.clone());
        let archive = stage.video.send(start).await.expect("an archive");
        let of = format!("archives/{}", archive.id);

        let alone = stage.tiles(&of).await;
        stage.pass(3.0).await;
        let bob = stage.join();
        bob.publish(Publish::camera("Bob")).expect("a stream");
        let screen = bob.publish(Publish::screen("slides")).expect("a stream");
        let three = stage.tiles(&of).await;
        stage.pass(2.5).await;
        let layout = Layout::new(LayoutType::HorizontalPresentation);
        let layout = SetArchiveLayout::new(&archive.id, layout);
        stage.video.send(layout).await.expect("a layout");
        let large = stage.tiles(&of).await;
        stage.pass(4.0).await;
        bob.unpublish(&screen).expect("no stream");
        let two = stage.tiles(&of).await;
        stage.pass(1.5).await;
        let archive = stage.finished(&archive).await;
        assert_eq!(archive.duration, 11);

        let film = recorded(&stage, ffmpeg, &archive).await;
        let video = film.track("h264");
        assert_eq!(
            (video.width.unwrap(), video.height.unwrap()),
            pixels(&resolution)
        );
        assert_eq!(film.track("aac").sample_rate.as_deref(), Some("48000"));
        assert!((film.duration - 11.0).abs() < 0.001, "{}", film.duration);
        // A frame a second, one at each change, and one just before it.
        assert_eq!(video.nb_read_frames.as_deref(), Some("16"));
        for (seconds, tiles, count) in [
            (0.0, &alone, 1),
            (2.9, &alone, 1),
            (3.0, &three, 3),
            (5.4, &three, 3),
            (6.0, &large, 3),
            (9.5, &two, 2),
            (10.9, &two, 2),
        ] {
            assert_eq!(tiles.len(), count);
            stage.shows(&film, seconds, tiles);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pauses_are_not_recorded_and_what_is_not_wanted_has_no_track() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    for (audio, video, codecs) in [
        (true, true, &["h264", "aac"][..]),
        (true, false, &["aac"]),
        (false, true, &["h264"]),
    ] {
        let stage = Stage::new().await;
        let client = stage.join();
        let stream = client.publish(Publish::camera("Ann")).expect("a stream");
        let start = StartArchive::new(&stage.session)
            .has_audio(audio)
            .has_video(video);
        let archive = stage.video.send(start).await.expect("an archive");
        let tiles = stage.tiles(&format!("archives/{}", archive.id)).await;
        stage.pass(2.0).await;
        client.unpublish(&stream).expect("no stream");
        stage.pass(600.0).await;
        client
            .publish(Publish::camera("Ann again"))
            .expect("a stream");
        stage.pass(1.5).await;
        let archive = stage.finished(&archive).await;

        let film = recorded(&stage, ffmpeg, &archive).await;
        assert!((film.duration - 3.5).abs() < 0.001, "{}", film.duration);
        let found: Vec<_> = film
            .tracks
            .iter()
            .map(|it| it.codec_name.as_str())
            .collect();
        assert_eq!(found, codecs);
        if video {
            stage.shows(&film, 1.0, &tiles);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stopped_at_once_plays_and_four_hours_are_small() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    for (seconds, most) in [(0.0, 20_000), (4.0 * 3600.0, 200_000)] {
        let stage = Stage::new().await;
        let client = stage.join();
        client.publish(Publish::camera("Ann")).expect("a stream");
        let start = StartArchive::new(&stage.session);
        let archive = stage.video.send(start).await.expect("an archive");
        stage.pass(seconds).await;
        let archive = stage.finished(&archive).await;
        assert!((1..most).contains(&archive.size), "{}", archive.size);
        let film = recorded(&stage, ffmpeg, &archive).await;
        let least: f64 = 0.04;
        assert!((film.duration - seconds.max(least)).abs() < 0.001);
    }
}

/// Downloads an archive's file as a user does, which checks its size and checksum, and reads it.
async fn recorded(stage: &Stage, ffmpeg: Ffmpeg, archive: &Archive) -> Film {
    // Emulators of one seed have archives of one id.
    static COUNTED: AtomicU32 = AtomicU32::new(0);
    let number = COUNTED.fetch_add(1, Ordering::Relaxed);
    let file = temporary("media").join(format!("{number}.mp4"));
    let download = stage.video.download(archive).to_file(&file).await;
    let downloaded = download.expect("a file");
    assert_eq!(downloaded.bytes, archive.size);
    ffmpeg.open(file)
}

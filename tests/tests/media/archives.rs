//! Composed archives.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use vonage_video::{
    Resolution,
    models::{Archive, Layout, LayoutType, StreamClassList},
    operations::{SetArchiveLayout, SetStreamClassLists, StartArchive},
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

/// Two large tiles that overlap at odd places, and a small one in front of both.
const OVERLAPPING: &str = "
    stream { position: absolute; left: 33px; top: 7px; width: 355px; height: 55.5%; z-index: 1 }
    stream:last-child { left: auto; top: auto; right: -15px; bottom: 10%; z-index: 2 }
    /* In front of all. */
    stream.front { left: 201px; top: 151px; width: 101px; height: 77px; z-index: 3 }";

/// Pixels in one tile, in several, and in none.
const PIXELS: &[(u32, u32)] = &[
    (60, 30),
    (370, 20),
    (310, 180),
    (370, 200),
    (600, 200),
    (620, 420),
    (210, 160),
    (290, 215),
    (20, 100),
    (600, 30),
    (100, 460),
    (400, 150),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_layout_is_recorded_as_its_stylesheet_and_classes_were() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    let stage = Stage::new().await;
    let clients = ["Ann", "Bob", "Eve"].map(|name| {
        let client = stage.join();
        let stream = client.publish(Publish::camera(name)).expect("a stream");
        (client, stream)
    });
    let [(_, ann), (_, bob), (eve, slides)] = &clients;
    let custom = |sheet: &str| Layout::new(LayoutType::Custom).stylesheet(sheet);
    let halves = "stream { float: left; width: 50%; height: 50% }";
    let start = StartArchive::new(&stage.session).layout(custom(halves));
    let archive = stage.video.send(start).await.expect("an archive");
    let of = format!("archives/{}", archive.id);
    let put = async |stream, classes: &[&str]| {
        let lists = [StreamClassList::new(stream, classes.iter().copied())];
        let lists = SetStreamClassLists::new(&stage.session, lists);
        stage.video.send(lists).await.expect("classes");
    };

    let quarters = stage.tiles(&of).await;
    stage.pass(2.0).await;
    let layout = SetArchiveLayout::new(&archive.id, custom(OVERLAPPING));
    stage.video.send(layout).await.expect("a layout");
    let two = stage.tiles(&of).await;
    stage.pass(2.0).await;
    put(bob, &["front"]).await;
    let three = stage.tiles(&of).await;
    stage.pass(2.0).await;
    put(bob, &[]).await;
    eve.unpublish(slides).expect("no stream");
    let rest = stage.tiles(&of).await;
    stage.pass(2.0).await;
    let archive = stage.finished(&archive).await;

    let places = |tiles: &[Value]| -> Vec<(String, [u64; 4])> {
        let place = |it: &Value| {
            let part = |name: &str| it[name].as_u64().expect(name);
            let stream = it["streamId"].as_str().expect("an id").to_owned();
            (stream, ["x", "y", "width", "height"].map(part))
        };
        tiles.iter().map(place).collect()
    };
    let [ann, bob, eve] = [ann, bob, slides].map(|id| id.as_str().to_owned());
    let expected = [
        (ann.clone(), [0, 0, 320, 240]),
        (bob.clone(), [320, 0, 320, 240]),
        (eve.clone(), [0, 240, 320, 240]),
    ];
    assert_eq!(places(&quarters), expected);
    // 55.5 % are 266.4 pixels.
    let (first, last) = ([33, 7, 355, 266], [300, 166, 340, 266]);
    let expected = [
        (ann.clone(), first),
        (bob.clone(), first),
        (eve.clone(), last),
    ];
    assert_eq!(places(&two), expected);
    let front = [201, 151, 101, 77];
    let expected = [(ann.clone(), first), (eve, last), (bob.clone(), front)];
    assert_eq!(places(&three), expected);
    assert_eq!(places(&rest), [(ann, first), (bob, last)]);

    let film = recorded(&stage, ffmpeg, &archive).await;
    for seconds in [0.0, 1.9] {
        stage.shows(&film, seconds, &quarters);
    }
    // Each pixel has the colour of the last tile that covers it.
    for (seconds, tiles) in [
        (2.0, &two),
        (3.9, &two),
        (4.0, &three),
        (6.0, &rest),
        (7.9, &rest),
    ] {
        stage.shows_in_front(&film, seconds, tiles, PIXELS);
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

//! Individual archives.

use serde_json::Value;
use vonage_video::{models::OutputMode, operations::StartArchive};
use vonage_video_emulator::Publish;
use vonage_video_tests::interop::Ffmpeg;

use crate::stage::{Stage, unzipped};

#[tokio::test(flavor = "multi_thread")]
async fn an_individual_archive_has_a_file_that_plays_for_each_segment() {
    let Some(ffmpeg) = Ffmpeg::get() else {
        return;
    };
    let stage = Stage::new().await;
    let client = stage.join();
    let start = StartArchive::new(&stage.session).output_mode(OutputMode::Individual);
    let archive = stage.video.send(start).await.expect("an archive");
    stage.pass(2.0).await;
    client.publish(Publish::camera("Ann")).expect("a stream");
    stage.pass(40.25).await;
    let screen = client.publish(Publish::screen("slides")).expect("a stream");
    client
        .publish(Publish::audio("telephone"))
        .expect("a stream");
    stage.pass(1.0).await;
    client.unpublish(&screen).expect("no stream");
    stage.pass(3.0).await;
    let archive = stage.finished(&archive).await;

    let zip = stage.get(archive.url.as_deref().expect("a link")).await;
    let files = unzipped(&zip);
    let (name, manifest) = &files[0];
    assert_eq!(*name, format!("{}.json", archive.id));
    let manifest: Value = serde_json::from_slice(manifest).expect("JSON");
    let entries = manifest["files"].as_array().expect("files");
    assert_eq!(entries.len(), 3);
    let expected = [
        (44.25, &["h264", "opus"][..], Some((640, 480))),
        (1.0, &["h264", "opus"][..], Some((1280, 720))),
        (4.0, &["opus"][..], None),
    ];
    for ((entry, (name, bytes)), (seconds, codecs, size)) in
        entries.iter().zip(&files[1..]).zip(expected)
    {
        assert_eq!(entry["filename"], **name);
        assert_eq!(entry["size"], bytes.len());
        let offset = |name: &str| entry[name].as_f64().expect(name) / 1000.0;
        assert_eq!(
            offset("stopTimeOffset") - offset("startTimeOffset"),
            seconds
        );
        let film = ffmpeg.read(name, bytes);
        assert!((film.duration - seconds).abs() < 0.05, "{}", film.duration);
        let found: Vec<_> = film
            .tracks
            .iter()
            .map(|it| it.codec_name.as_str())
            .collect();
        assert_eq!(found, codecs);
        let video = film.tracks.iter().find_map(|it| it.width.zip(it.height));
        assert_eq!(video, size);
        if size.is_some() {
            let picture = film.at(0.5);
            let [top, middle] = [(4, 4), (300, 200)].map(|(x, y)| picture.colour(x, y));
            assert_eq!(top, middle);
            assert!(middle.iter().any(|value| *value > 100), "{middle:?}");
        }
    }
}

//! `recorder`, `composer` and `tower-layers`.

use std::fs;

use vonage_video::{models::ArchiveStatus, operations::StartArchive};
use vonage_video_emulator::Fault;

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_goes_on_where_an_earlier_run_failed() {
    let stage = Stage::new().await;
    stage.publish("Ada");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lesson.mp4");
    let path = file.to_str().unwrap();

    // Half of the file comes, then nothing more.
    let half = Fault::truncate().on("download").times(1);
    stage.emulator.fault(half).unwrap();
    let nothing = Fault::status(503).on("download");
    stage.emulator.fault(nothing).unwrap();
    let arguments = [stage.session.as_str(), path];
    let mut recorder = Program::start("recorder", &arguments, &stage.emulator);
    let line = recorder.line_with("recording archive ");
    let archive = line.split([' ', ';']).nth(2).unwrap().to_owned();
    recorder.type_line("");
    recorder.fail();
    assert!(!file.exists());
    let part = folder.path().join(".lesson.mp4.part");
    assert_ne!(fs::metadata(&part).unwrap().len(), 0);

    stage.emulator.clear_faults();
    let arguments = ["--archive", &archive, path];
    let recorder = Program::start("recorder", &arguments, &stage.emulator);
    let said = recorder.end();
    assert!(said.contains("in 1 requests"), "{said}");
    let archives = stage.emulator.archives();
    assert_eq!(archives[0].status, ArchiveStatus::Available);
    assert_eq!(fs::metadata(&file).unwrap().len(), archives[0].size);
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing is left but the file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_composed_page_is_recorded_alone() {
    let stage = Stage::new().await;
    stage.publish("Ada");
    let arguments = [stage.session.as_str(), "https://example.com/stage"];
    let mut composer = Program::start("composer", &arguments, &stage.emulator);
    let page = composer.line_with("the page is stream ");
    let page = page.rsplit(' ').next().unwrap();
    composer.line_with("recording archive ");
    let archive = stage.emulator.archives().remove(0);
    let streams: Vec<_> = archive
        .streams
        .iter()
        .map(|it| it.stream_id.as_str())
        .collect();
    assert_eq!(streams, [page]);
    composer.type_line("");
    assert_eq!(composer.end(), "stopped");
    assert_ne!(stage.emulator.archives()[0].status, ArchiveStatus::Started);
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_add_their_headers_to_every_request() {
    let stage = Stage::new().await;
    stage.publish("Ada");
    let start = StartArchive::new(&stage.session);
    let archive = stage.video.send(start).await.unwrap();
    stage.video.send(archive.stop()).await.unwrap();
    stage
        .emulator
        .fault(Fault::status(503).on("list_archives").times(1))
        .unwrap();

    let program = Program::start("tower-layers", &[], &stage.emulator);
    let said = program.end();
    assert!(said.ends_with("seconds are recorded"), "{said}");
    let requests = stage.emulator.requests();
    let lists = requests
        .iter()
        .filter(|it| it.operation == Some("list_archives"));
    let headers = lists.map(|it| {
        ["x-request-id", "x-team"].map(|name| it.headers[name].to_str().unwrap().to_owned())
    });
    let headers: Vec<_> = headers.collect();
    let expected = [
        ["archive-report-0", "reports"],
        ["archive-report-1", "reports"],
    ];
    assert_eq!(headers, expected);
}

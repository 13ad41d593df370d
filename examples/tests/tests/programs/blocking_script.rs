//! `blocking-script`: lists, and deletes with `--delete`.

use vonage_video::operations::{ListArchives, StartArchive};

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn old_archives_are_listed_and_deleted() {
    let stage = Stage::new().await;
    stage.publish("Ada");
    for _ in 0..2 {
        let archive = stage
            .video
            .send(StartArchive::new(&stage.session))
            .await
            .unwrap();
        let archive = stage.video.send(archive.stop()).await.unwrap();
        stage.video.wait(&archive).await.unwrap();
    }
    let run =
        |arguments: &[&str]| Program::start("blocking-script", arguments, &stage.emulator).end();
    let left = || async { stage.video.send(ListArchives::new()).await.unwrap().count };
    assert_eq!(run(&["30"]), "0 archives found, 0 bytes");
    assert!(run(&["0"]).contains("2 archives found"));
    assert_eq!(left().await, 2);
    assert!(run(&["0", "--delete"]).contains("2 archives deleted"));
    assert_eq!(left().await, 0);
}

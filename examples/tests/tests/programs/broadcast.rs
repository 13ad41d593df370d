//! `broadcast`: HLS and RTMP, and the layout changes while it is live.

use vonage_video::{
    Page,
    models::{BroadcastStatus, Stream},
    operations::{ListBroadcasts, ListStreams},
};

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_broadcast_goes_live_changes_its_layout_and_stops() {
    let stage = Stage::new().await;
    let (_, stream) = stage.publish("Ada");
    let arguments = [stage.session.as_str(), "rtmps://live.example.com/app"];
    let key = [("RTMP_KEY", "the stream key")];
    let mut program = Program::start_with("broadcast", &arguments, &stage.emulator, &key);
    let live = program.line_with("live at ");
    assert!(live.ends_with(".m3u8"), "{live}");
    let target = program.line_with("RTMP target ");
    assert!(target.contains("stage"), "{target}");

    program.type_line("layout horizontalPresentation");
    program.line_with("the layout is horizontalPresentation");
    program.type_line(&format!("focus {stream}"));
    program.line_with("is in focus");
    let streams: Page<Stream> = stage
        .video
        .send(ListStreams::new(&stage.session))
        .await
        .unwrap();
    assert_eq!(streams.items[0].layout_class_list, ["focus"]);
    let layouts = stage.emulator.requests().into_iter();
    let layouts = layouts.filter(|it| it.operation == Some("set_broadcast_layout"));
    let layouts: Vec<_> = layouts.map(|it| it.status.unwrap().as_u16()).collect();
    assert_eq!(layouts, [200]);

    program.type_line("");
    assert_eq!(program.end(), "the broadcast is stopped");
    let broadcasts = stage.video.send(ListBroadcasts::new()).await.unwrap();
    assert_eq!(broadcasts.items[0].status, BroadcastStatus::Stopped);
}

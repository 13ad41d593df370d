//! `captions`: on, not twice, and off.

use vonage_video::{Reason, Role, operations::StartCaptions};

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn captions_go_on_and_off() {
    let stage = Stage::new().await;
    stage.publish("Ada");
    let arguments = [stage.session.as_str(), "de-DE"];
    let mut program = Program::start("captions", &arguments, &stage.emulator);
    program.line_with("are on");
    let start = || {
        let token = stage.video.token(&stage.session).role(Role::Moderator);
        StartCaptions::new(&stage.session, token.sign().unwrap())
    };
    let error = stage.video.send(start()).await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::CaptionsAlreadyOn));
    program.type_line("");
    assert_eq!(program.end(), "captions are off");
    stage.video.send(start()).await.unwrap();
}

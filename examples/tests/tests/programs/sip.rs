//! `sip`: a call joins, dials its code and hangs up.

use serde_json::Value;
use vonage_video::operations::ListConnections;

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_joins_dials_its_code_and_hangs_up() {
    let stage = Stage::new().await;
    stage.join();
    let arguments = [
        stage.session.as_str(),
        "sip:conference@sip.example.com",
        "4711#",
    ];
    let login = [("SIP_USER", "user"), ("SIP_PASSWORD", "password")];
    let mut program = Program::start_with("sip", &arguments, &stage.emulator, &login);
    program.line_with("answered");
    let connections = || async {
        let list = ListConnections::new(&stage.session);
        stage.video.send(list).await.unwrap().items.len()
    };
    assert_eq!(connections().await, 2);
    let requests = stage.emulator.requests();
    let tones = requests
        .iter()
        .find(|it| it.operation == Some("play_dtmf_connection"));
    let body: Value = serde_json::from_slice(&tones.unwrap().body).unwrap();
    assert_eq!(body["digits"], "4711#");

    program.type_line("");
    assert_eq!(program.end(), "hung up");
    assert_eq!(connections().await, 1);
}

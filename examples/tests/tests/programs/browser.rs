//! `browser`: the page loads its script from the emulator, and the server lets it in and records.

use serde_json::Value;

use crate::{
    program::{Program, request},
    stage::Stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_finds_its_script_its_room_and_a_recording() {
    let stage = Stage::new().await;
    let program = Program::start("browser", &[], &stage.emulator);
    let address = program.address();
    let (status, page) = request(&address, "GET", "/", "");
    assert_eq!(status, 200);
    let script = format!(
        r#"<script src="{}/v2/js/opentok.min.js">"#,
        stage.emulator.url()
    );
    assert!(page.contains(&script), "{page}");

    let enter = || {
        let (status, body) = request(&address, "POST", "/rooms/maths", "");
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<Value>(&body).unwrap()
    };
    let (first, second) = (enter(), enter());
    assert_eq!(first["sessionId"], second["sessionId"]);
    let session = first["sessionId"].as_str().unwrap();
    for admission in [&first, &second] {
        let token = admission["token"].as_str().unwrap();
        stage.emulator.join(session, token).unwrap();
    }
    let (status, archive) = request(&address, "POST", "/rooms/maths/archives", "");
    assert_eq!(status, 200, "{archive}");
    let archive: Value = serde_json::from_str(&archive).unwrap();
    let stop = format!("/archives/{}/stop", archive["id"].as_str().unwrap());
    assert_eq!(request(&address, "POST", &stop, "").0, 204);
}

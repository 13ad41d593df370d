//! `rooms`: who asks for a token gets what the policy allows.

use serde_json::Value;

use crate::{
    program::{Program, request},
    stage::Stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_its_room_and_no_wish_widens_the_policy() {
    let stage = Stage::new().await;
    let program = Program::start("rooms", &[], &stage.emulator);
    let address = program.address();
    let ask = |body: &str| {
        let (status, body) = request(&address, "POST", "/rooms/maths/tokens", body);
        let value = serde_json::from_str::<Value>(&body).unwrap_or_default();
        (status, value)
    };
    assert_eq!(ask(r#"{"user": "eve", "role": "moderator"}"#).0, 403);
    assert_eq!(ask(r#"{"user": "eve", "role": "king"}"#).0, 422);

    let (status, first) = ask(r#"{"user": "ada", "role": "subscriber"}"#);
    assert_eq!(status, 200, "{first}");
    let (_, second) = ask(r#"{"user": "bob"}"#);
    assert_eq!(first["sessionId"], second["sessionId"]);
    assert!(first["refreshAfter"].as_u64().unwrap() > 1_700_000_000);
    for admission in [first, second] {
        let session = admission["sessionId"].as_str().unwrap();
        let token = admission["token"].as_str().unwrap();
        stage.emulator.join(session, token).unwrap();
    }
}

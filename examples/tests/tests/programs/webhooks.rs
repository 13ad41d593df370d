//! `webhooks-axum`, `webhooks-actix` and `webhooks-hyper`: each event once, though every delivery
//! comes twice and in the wrong order.

use std::time::Duration;

use vonage_video_emulator::{Emulator, WebhookTarget};

use crate::{
    program::{Program, request},
    stage::Stage,
};

const SECRET: &str = "the signature secret of the examples";

/// A receiver, and a stage whose webhooks it gets.
async fn start(program: &str) -> (Stage, Program, String) {
    let emulator = Emulator::builder().stand_still().start().await.unwrap();
    let stage = Stage::of(emulator).await;
    let secret = [("VONAGE_SIGNATURE_SECRET", SECRET)];
    let program = Program::start_with(program, &[], &stage.emulator, &secret);
    let address = program.address();
    let target = WebhookTarget::new(format!("http://{address}/webhooks")).secret(SECRET);
    let target = target.twice().out_of_order();
    stage.emulator.add_webhook(target).unwrap();
    (stage, program, address)
}

async fn settle(stage: &Stage) {
    stage.emulator.advance(Duration::from_secs(60)).await;
    stage.emulator.settle().await;
    let deliveries = stage.emulator.deliveries();
    assert!(!deliveries.is_empty());
    assert!(deliveries.iter().all(|delivery| delivery.arrived()));
}

async fn prints_each_event_once(name: &str) {
    let (stage, program, address) = start(name).await;
    let (one, other) = (stage.join(), stage.join());
    settle(&stage).await;
    let mut joined = [program.line_with("joined"), program.line_with("joined")];
    joined.sort();
    let mut expected = [one, other].map(|it| format!("{} joined {}", it.id(), stage.session));
    expected.sort();
    assert_eq!(joined, expected);
    assert_eq!(request(&address, "POST", "/webhooks", "{}").0, 503);

    // Nothing more was printed before this.
    let last = stage.join();
    settle(&stage).await;
    let line = program.line_with("joined");
    assert_eq!(line, format!("{} joined {}", last.id(), stage.session));
}

#[tokio::test(flavor = "multi_thread")]
async fn actix_receives_each_event_once() {
    prints_each_event_once("webhooks-actix").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hyper_receives_each_event_once() {
    prints_each_event_once("webhooks-hyper").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axum_knows_who_is_in_a_session() {
    let (stage, program, address) = start("webhooks-axum").await;
    let (stays, leaves) = (stage.join(), stage.join());
    leaves.leave().unwrap();
    settle(&stage).await;
    let path = format!("/sessions/{}", stage.session);
    let (status, body) = request(&address, "GET", &path, "");
    assert_eq!((status, body), (200, format!("[\"{}\"]", stays.id())));
    drop(program);
}

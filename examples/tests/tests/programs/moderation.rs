//! `moderation`: warns first, then disconnects.

use vonage_video_emulator::{Notice, Publish, WebhookTarget};

use crate::{program::Program, stage::Stage};

const SECRET: &str = "the signature secret of the bot";

#[tokio::test(flavor = "multi_thread")]
async fn a_forbidden_name_is_muted_and_warned_and_then_disconnected() {
    let stage = Stage::new().await;
    let secret = [("VONAGE_SIGNATURE_SECRET", SECRET)];
    let bot = Program::start_with("moderation", &[], &stage.emulator, &secret);
    let url = format!("http://{}/webhooks", bot.address());
    let target = WebhookTarget::new(url).secret(SECRET);
    stage.emulator.add_webhook(target).unwrap();

    let (bob, harmless) = stage.publish("Bob");
    let (eve, stream) = stage.publish("Best CASINO in town");
    stage.emulator.settle().await;
    bot.line_with(&format!("warned {}", eve.id()));
    assert!(eve.is_muted(&stream));
    let warning = eve.inbox().into_iter().any(
        |notice| matches!(notice, Notice::Signal { data, .. } if data.contains("change its name")),
    );
    assert!(warning, "{:?}", eve.inbox());
    assert!(eve.is_connected());

    eve.publish(Publish::camera("casino again")).unwrap();
    stage.emulator.settle().await;
    assert!(!eve.is_connected());
    assert!(bob.is_connected() && !bob.is_muted(&harmless));
    assert!(stage.emulator.deliveries().iter().all(|it| it.arrived()));
}

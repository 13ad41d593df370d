//! Events: any JSON is one, perhaps an unknown one, and reads the same when it is written.
//!
//! The body of a callback.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vonage_video_core::WebhookEvent;
use vonage_video_fuzz::SETTLED;

fuzz_target!(|body: &[u8]| {
    let mut event = match serde_json::from_slice::<WebhookEvent>(body) {
        Ok(event) => event,
        Err(error) => {
            assert!(
                serde_json::from_slice::<serde_json::Value>(body).is_err(),
                "{error}"
            );
            return;
        }
    };
    for _ in 0..SETTLED {
        event = again(&event);
    }
    let written = again(&event);
    assert_eq!(written.kind(), event.kind());
    // What is unknown is kept as JSON, whose reader is off by the last digit of long numbers.
    if !matches!(event, WebhookEvent::Unknown(_)) {
        assert_eq!(written, event);
    }
    let _ = format!("{event:?}");
});

fn again(event: &WebhookEvent) -> WebhookEvent {
    let written = serde_json::to_vec(event).expect("every event can be written");
    serde_json::from_slice(&written).expect("what is written can be read")
}

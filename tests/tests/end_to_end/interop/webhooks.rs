//! Webhooks of the emulator at a receiver in another language, which verifies them by the document
//! and by nothing of ours.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};
use vonage_video_emulator::{Emulator, WebhookTarget};
use vonage_video_tests::interop::Kit;

const SECRET: &str = "the secret of this callback, ✓";

/// The receiver's process. It ends with this.
struct Receiver {
    child: Child,
    url: String,
    told: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Receiver {
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::piped());
        let mut child = command.spawn().expect("a receiver");
        let output = child.stdout.take().expect("piped");
        let mut told = BufReader::new(output).lines();
        let url = told.next().expect("a line").expect("its URL");
        Self { child, url, told }
    }

    /// The next deliveries, each with what is wrong with it.
    fn next(&mut self, count: usize) -> Vec<(Value, Value)> {
        let lines = self.told.by_ref().take(count);
        lines
            .map(|line| {
                let told: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
                (told["event"].clone(), told["fault"].clone())
            })
            .collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_in_python_verifies_them() {
    let Some(kit) = Kit::Python.get() else { return };
    for vonage in [true, false] {
        let emulator = Emulator::builder().stand_still().start().await;
        let emulator = emulator.expect("an emulator");
        let project = if vonage {
            emulator.vonage()
        } else {
            emulator.opentok()
        };
        let project = project.expect("a demo").clone();
        let mut command = kit.driver("webhook_receiver.py");
        command.env("SECRET", SECRET);
        if vonage {
            command.env("APPLICATION_ID", project.id());
        }
        let mut receiver = Receiver::start(command);
        let target = || WebhookTarget::new(&receiver.url).secret(SECRET);
        let session =
            control(&emulator, "sessions", json!({ "project": project.id() })).await["sessionId"]
                .clone();
        let join = async |with: WebhookTarget| {
            emulator.clear_webhooks();
            emulator.add_webhook(with).expect("a target");
            let path = format!("sessions/{}/clients", session.as_str().expect("an id"));
            control(&emulator, &path, json!({ "role": "publisher" })).await;
            emulator.settle().await;
        };

        let created = |name: &str, fault: Value| (json!(name), fault);
        join(target()).await;
        let right = [
            created("sessionCreated", Value::Null),
            created("connectionCreated", Value::Null),
        ];
        assert_eq!(receiver.next(2), right);
        let target = || {
            WebhookTarget::new(&receiver.url)
                .secret(SECRET)
                .events(["connectionCreated"])
        };
        let (forged, unsigned, twice) = (
            target().wrongly_signed(),
            target().unsigned(),
            target().twice(),
        );
        join(forged).await;
        let wrong = created("connectionCreated", json!("another signature"));
        assert_eq!(receiver.next(1).first(), Some(&wrong));
        join(twice).await;
        let one = created("connectionCreated", Value::Null);
        assert_eq!(receiver.next(2), [one.clone(), one]);
        join(unsigned).await;
        let bare = created("connectionCreated", json!("unsigned"));
        assert_eq!(receiver.next(1).first(), Some(&bare));
        // Both that were not taken come again in 5 s of virtual time.
        emulator.advance(Duration::from_secs(5)).await;
        assert_eq!(receiver.next(2), [wrong, bare]);
    }
}

async fn control(emulator: &Emulator, path: &str, body: Value) -> Value {
    let request = http::Request::post(format!("/_emulator/{path}"))
        .body(bytes::Bytes::from(body.to_string()))
        .expect("a request");
    let response = emulator.handle(request).await.expect("a response");
    assert!(response.status().is_success(), "{path}: {response:?}");
    serde_json::from_slice(response.body()).expect("JSON")
}

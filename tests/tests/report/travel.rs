//! Rows about how requests travel.

use std::{
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::json;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use vonage_video::{
    Sent,
    operations::{CreateSession, ListArchives, SignalSession},
};
use vonage_video_emulator::{Emulator, Fault, Notice};
use vonage_video_tests::interop::Kit;

use crate::{
    relay::{Relay, Way},
    stage::Stage,
};

pub(crate) async fn timeout() {
    let stage = Stage::new().await;
    stage.fault(Fault::delay(Duration::from_millis(1500)).on("list_archives"));
    let seen = stage.node("listWithTimeout", json!({})).await;
    assert_eq!(
        seen["error"],
        json!(null),
        "a timeout of 100 ms was asked for"
    );
    assert!(
        seen["milliseconds"].as_u64().expect("a number") >= 1400,
        "{seen}"
    );

    let began = instant();
    let error = stage
        .client()
        .send(ListArchives::new())
        .timeout(Duration::from_millis(100))
        .await
        .expect_err("too late");
    assert!(error.is_timeout(), "{error}");
    assert!(began.elapsed() < Duration::from_millis(1400));
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a call takes is what is tested"
)]
fn instant() -> Instant {
    Instant::now()
}

fn signals(inbox: &[Notice]) -> usize {
    inbox
        .iter()
        .filter(|notice| matches!(notice, Notice::Signal { .. }))
        .count()
}

/// How many signals have reached the emulator.
fn signalled(emulator: &Emulator) -> usize {
    let requests = emulator.requests();
    requests
        .iter()
        .filter(|request| request.operation == Some("signal_session"))
        .count()
}

pub(crate) async fn sent_again() {
    let stage = Arc::new(Stage::secure().await);
    let client = stage.vonage_client();
    let (session, guest) = stage.room(&client).await;
    let watched = stage.clone();
    // Every answer to a signal is lost, once the signal has arrived.
    let seen = Mutex::new(0);
    let relay = Relay::to(
        stage.emulator.address().expect("a port"),
        move |way, _, _| {
            let mut seen = seen.lock().expect("a number");
            let arrived = signalled(&watched.emulator);
            let lost = way == Way::ToClient && arrived > *seen;
            *seen = arrived.max(*seen);
            lost
        },
    )
    .await;
    let url = format!("https://{}", relay.address());
    let seen = stage
        .python("signal", json!({"url": url, "vonageSession": session.id}))
        .await;
    assert!(!seen["error"].is_null(), "{seen}");
    assert!(
        signals(&guest.inbox()) > 1,
        "one signal was asked for, and {} arrived",
        signals(&guest.inbox())
    );

    let (session, guest) = stage.room(&client).await;
    let client = stage
        .builder(stage.vonage())
        .base_url(&url)
        .build()
        .expect("a client");
    let error = client
        .send(SignalSession::new(&session.id, "once"))
        .await
        .expect_err("lost");
    assert_eq!(error.sent(), Sent::Maybe, "{error}");
    assert_eq!(signals(&guest.inbox()), 1);
}

pub(crate) async fn stale_connection() {
    let stage = Stage::new().await;
    // A connection is closed when a second request comes on it: it had been idle too long.
    let relay = Relay::to(
        stage.emulator.address().expect("a port"),
        |way, piece, _| way == Way::ToServer && piece > 0,
    )
    .await;
    let url = format!("http://{}", relay.address());
    let seen = stage.node("listTwice", json!({"url": url})).await;
    assert_eq!(seen[0]["error"], json!(null), "{seen}");
    assert!(
        seen[1]["error"]
            .as_str()
            .expect("an error")
            .contains("socket hang up"),
        "{seen}"
    );

    let client = stage
        .builder(stage.opentok())
        .base_url(&url)
        .build()
        .expect("a client");
    for _ in 0..10 {
        client.send(ListArchives::new()).await.expect("a list");
    }
}

pub(crate) async fn shared_headers() {
    let stage = Stage::secure().await;
    let client = stage.vonage_client();
    let (session, _guest) = stage.room(&client).await;
    let seen = stage
        .python("shared_headers", json!({"vonageSession": session.id}))
        .await;
    assert_eq!(seen["error"], json!(null), "{seen}");
    let labels = || -> Vec<String> {
        let requests = stage.emulator.requests();
        let labels = requests
            .iter()
            .filter_map(|request| request.headers.get("content-type"));
        labels
            .map(|label| label.to_str().expect("text").to_owned())
            .collect()
    };
    // The form goes out under the label of the call before it.
    assert_eq!(
        labels().last().map(String::as_str),
        Some("application/json")
    );

    let seen = labels().len();
    client
        .send(SignalSession::new(&session.id, "b"))
        .await
        .expect("signalled");
    client.send(CreateSession::new()).await.expect("a session");
    assert_eq!(
        labels().split_off(seen),
        ["application/json", "application/x-www-form-urlencoded"]
    );
}

pub(crate) async fn own_host() {
    let stage = Stage::new().await;
    let asked = Arc::new(Mutex::new(String::new()));
    let seen = asked.clone();
    let target = stage.emulator.address().expect("a port");
    let nowhere = Relay::to(target, move |_, _, bytes| {
        seen.lock()
            .expect("text")
            .push_str(&String::from_utf8_lossy(bytes));
        true
    })
    .await;
    let proxy = format!("http://{}", nowhere.address());
    let variables = [("HTTPS_PROXY", proxy.as_str())];
    stage
        .output(Kit::Python, "probe.py", "own_host", json!({}), &variables)
        .await;
    let asked = asked.lock().expect("text").clone();
    assert!(
        asked.starts_with("CONNECT video.api.vonage.com:443 "),
        "{asked}"
    );
    assert_eq!(
        stage.emulator.requests().len(),
        0,
        "the emulator was asked for"
    );

    stage
        .vonage_client()
        .send(CreateSession::new())
        .await
        .expect("a session");
    assert_eq!(stage.emulator.requests().len(), 1);
}

pub(crate) async fn https_only() {
    let stage = Stage::new().await;
    let seen = stage.python("list_archives", json!({})).await;
    assert_eq!(
        seen["error"], "SSLError",
        "plain http was asked for: {seen}"
    );

    stage
        .vonage_client()
        .send(ListArchives::new())
        .await
        .expect("a list");
}

pub(crate) async fn proxy() {
    let stage = Stage::new().await;
    let proxy = Relay::to(stage.emulator.address().expect("a port"), |_, _, _| false).await;
    let url = format!("http://{}", proxy.address());
    let seen = stage.node("listThroughProxy", json!({"proxy": url})).await;
    assert_eq!(seen["error"], json!(null), "{seen}");
    assert_eq!(
        proxy.connections(),
        0,
        "the proxy was asked for, and went unasked"
    );

    let client = stage
        .builder(stage.opentok())
        .proxy(url.as_str())
        .build()
        .expect("a client");
    client.send(ListArchives::new()).await.expect("a list");
    assert_eq!(proxy.connections(), 1);
}

/// Keeps everything that `tracing` receives, of any target and level.
#[derive(Clone, Default)]
struct Everything(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("memory");
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Fields(&mut self.0.lock().expect("text")));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().expect("text")));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields(&mut self.0.lock().expect("text")));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

pub(crate) async fn logged_credentials() {
    let stage = Stage::new().await;
    let output = stage
        .output(
            Kit::Node,
            "probe.js",
            "list",
            json!({}),
            &[("DEBUG", "@opentok")],
        )
        .await;
    assert!(output.contains("'X-OPENTOK-AUTH': 'eyJ"), "{output}");

    let everything = Everything::default();
    let client = stage.client();
    let call = tracing::instrument::WithSubscriber::with_subscriber(
        async { client.send(ListArchives::new()).await },
        everything.clone(),
    );
    call.await.expect("a list");
    let told = everything.0.lock().expect("text").clone();
    assert!(told.contains("list_archives"), "{told}");
    let secret = stage
        .emulator
        .opentok()
        .expect("a demo")
        .secret()
        .expect("a secret")
        .to_owned();
    for text in [told, format!("{client:?} {:?}", client.credentials())] {
        assert!(!text.contains("eyJ") && !text.contains(&secret), "{text}");
    }
}

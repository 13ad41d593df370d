//! Which webhooks go to which URL, how they are signed, and how they are retried.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::common::{Api, HOUR, MINUTE, SECOND, receiver::Receiver};
use serde_json::json;
use vonage_video_auth::{Role, WebhookVerifier};
use vonage_video_core::models::SipTarget;
use vonage_video_core::{
    WebhookEvent,
    operations::{
        Dial, ForceDisconnect, MuteAll, RegisterCallback, StartArchive, StartCaptions, StartRender,
        StopArchive, StopCaptions,
    },
};
use vonage_video_emulator::{Publish, WebhookTarget};

async fn told(mut api: Api, target: impl FnOnce(&Receiver) -> WebhookTarget) -> (Api, Receiver) {
    let receiver = Receiver::start().await;
    api.emulator.add_webhook(target(&receiver)).unwrap();
    api.credentials = api.credentials.clone();
    (api, receiver)
}

fn plain(receiver: &Receiver) -> WebhookTarget {
    WebhookTarget::new(&receiver.url)
}

#[tokio::test]
async fn everything_that_happens_is_told_in_order() {
    let (api, receiver) = told(Api::vonage(), plain).await;
    let (session, client) = api.busy().await;
    api.emulator.settle().await;
    let names = ["sessionCreated", "connectionCreated", "streamCreated"];
    assert_eq!(receiver.names(), names);

    let archive = api.send(StartArchive::new(&session)).await.unwrap().id;
    api.pass(5 * SECOND).await;
    client.unpublish(&client.streams().remove(0).id).unwrap();
    api.send(StopArchive::new(&archive)).await.unwrap();
    api.pass(SECOND).await;
    api.pass(73 * HOUR).await;
    assert_eq!(
        receiver.names(),
        [
            "archive started",
            "streamDestroyed",
            "archive paused",
            "archive stopped",
            "archive available",
            "archive expired"
        ]
    );

    client.publish(Publish::screen("s")).unwrap();
    api.send(ForceDisconnect::new(&session, client.id()))
        .await
        .unwrap();
    api.emulator.settle().await;
    let events: Vec<_> = receiver
        .take()
        .iter()
        .map(crate::common::receiver::Received::json)
        .collect();
    let gone = |name: &str| events.iter().find(|event| event["event"] == name).unwrap();
    assert_eq!(gone("streamDestroyed")["reason"], "forceDisconnected");
    assert_eq!(gone("streamDestroyed")["stream"]["videoType"], "screen");
    assert_eq!(gone("connectionDestroyed")["reason"], "forceDisconnected");
    assert_eq!(
        gone("connectionDestroyed")["connection"]["data"],
        "name=Tester"
    );
    assert_eq!(
        gone("sessionDestroyed")["projectId"],
        api.credentials.project()
    );
    for event in events {
        let read = WebhookEvent::from(event.clone());
        assert!(!matches!(read, WebhookEvent::Unknown(_)), "{event}");
    }
}

#[tokio::test]
async fn deliveries_are_signed_by_the_document() {
    for api in Api::both() {
        let secret = "of this callback";
        let (api, receiver) = told(api, |receiver| plain(receiver).secret(secret)).await;
        let session = api.routed().await;
        api.join(&session, Role::Publisher);
        api.emulator.settle().await;
        let received = receiver.take();
        assert_eq!(received.len(), 2);
        let verifier = WebhookVerifier::new(secret).unwrap();
        for delivery in &received {
            let header = delivery.headers["authorization"].to_str().unwrap();
            let claims = verifier
                .verify(Some(header), &delivery.body, crate::common::begin())
                .unwrap();
            let project = api.credentials.project();
            let of_application = claims.application_id.as_deref() == Some(project);
            assert_eq!(of_application, project.contains('-'));
            assert_eq!(delivery.headers["content-type"], "application/json");
            let tampered = [&delivery.body[..], b" "].concat();
            assert!(
                verifier
                    .verify(Some(header), &tampered, crate::common::begin())
                    .is_err()
            );
        }
        let authorization = |at: usize| received[at].headers["authorization"].clone();
        assert_ne!(
            authorization(0),
            authorization(1),
            "each has a token of its own"
        );
    }
}

#[tokio::test]
async fn deliveries_can_be_unsigned_or_signed_wrongly() {
    let (api, receiver) = told(Api::vonage(), |it| plain(it).secret("a").unsigned()).await;
    api.emulator
        .add_webhook(plain(&receiver).secret("a").wrongly_signed())
        .unwrap();
    let session = api.routed().await;
    api.join(&session, Role::Publisher);
    api.emulator.settle().await;
    let verifier = WebhookVerifier::new("a").unwrap();
    let received = receiver.take();
    assert_eq!(received.len(), 4);
    for delivery in received {
        if let Some(header) = delivery.headers.get("authorization") {
            let header = header.to_str().unwrap();
            assert!(
                verifier
                    .verify(Some(header), &delivery.body, crate::common::begin())
                    .is_err()
            );
        }
    }
}

#[tokio::test]
async fn refused_deliveries_are_tried_again_for_a_day() {
    let (api, receiver) = told(Api::vonage(), |it| plain(it).events(["archive"])).await;
    receiver.respond_with(500);
    let (session, _client) = api.busy().await;
    api.send(StartArchive::new(&session)).await.unwrap();
    api.emulator.settle().await;
    assert_eq!(receiver.take().len(), 1, "only what was asked for");
    // 5 s, 10 s, 20 s …
    for (wait, expected) in [(4, 0), (1, 1), (9, 0), (1, 1), (19, 0), (1, 1)] {
        api.pass(Duration::from_secs(wait)).await;
        assert_eq!(receiver.take().len(), expected);
    }
    api.pass(2 * HOUR).await;
    receiver.take();
    api.pass(HOUR).await;
    assert_eq!(receiver.take().len(), 4, "every 15 minutes at the longest");
    receiver.respond_with(204);
    api.pass(15 * MINUTE).await;
    assert_eq!(receiver.take().len(), 1);
    api.pass(15 * MINUTE).await;
    let delivery = api.emulator.deliveries().remove(0);
    assert!(delivery.arrived(), "{delivery:?}");
    assert_eq!(delivery.next_attempt, None);
    let times: Vec<_> = delivery.attempts.iter().map(|attempt| attempt.at).collect();
    let waits: Vec<_> = times
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) / 1000)
        .collect();
    assert_eq!(waits[..8], [5, 10, 20, 40, 80, 160, 320, 640]);
    assert!(waits[8..].iter().all(|wait| *wait == 900), "{waits:?}");
}

#[tokio::test]
async fn deliveries_are_given_up_after_a_day() {
    let api = Api::vonage();
    // Nobody listens there.
    api.emulator
        .add_webhook(WebhookTarget::new("http://127.0.0.1:1/").events(["sessionCreated"]))
        .unwrap();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    api.pass(25 * HOUR).await;
    let delivery = api.emulator.deliveries().remove(0);
    let attempts = delivery.attempts.len();
    assert!(attempts > 90 && !delivery.arrived(), "{delivery:?}");
    api.pass(25 * HOUR).await;
    assert_eq!(api.emulator.deliveries().remove(0).attempts.len(), attempts);
    assert!(client.is_connected());
}

#[tokio::test]
async fn deliveries_come_late_twice_and_out_of_order() {
    let (api, receiver) = told(Api::vonage(), |it| plain(it).late(60)).await;
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    api.pass(59 * SECOND).await;
    assert!(receiver.take().is_empty());
    api.pass(SECOND).await;
    assert_eq!(receiver.names(), ["sessionCreated", "connectionCreated"]);

    api.emulator.clear_webhooks();
    api.emulator.add_webhook(plain(&receiver).twice()).unwrap();
    client.publish(Publish::camera("")).unwrap();
    api.emulator.settle().await;
    assert_eq!(receiver.names(), ["streamCreated", "streamCreated"]);

    api.emulator.clear_webhooks();
    api.emulator
        .add_webhook(plain(&receiver).out_of_order())
        .unwrap();
    client.leave().unwrap();
    api.emulator.settle().await;
    assert_eq!(receiver.names(), ["connectionDestroyed", "streamDestroyed"]);
    api.pass(2 * SECOND).await;
    assert_eq!(
        receiver.names(),
        ["sessionDestroyed"],
        "nothing overtakes it"
    );
}

#[tokio::test]
async fn opentok_callbacks_are_told_what_they_were_registered_for() {
    let api = Api::opentok();
    let receiver = Receiver::start().await;
    for (group, event) in [("connection", "created"), ("archive", "status")] {
        let request = RegisterCallback::new(group, event, &receiver.url);
        api.send(request).await.unwrap();
    }
    let remote = RegisterCallback::new("stream", "created", "http://192.0.2.1/hooks");
    api.send(remote).await.unwrap();
    let (session, _client) = api.busy().await;
    api.send(StartArchive::new(&session)).await.unwrap();
    api.emulator.settle().await;
    assert_eq!(receiver.names(), ["connectionCreated", "archive started"]);
    let refused = api.emulator.deliveries();
    let refused = refused
        .iter()
        .find(|it| it.event == "streamCreated")
        .unwrap();
    let outcome = format!("{:?}", refused.attempts[0].outcome);
    assert!(outcome.contains("not on this machine"), "{outcome}");
}

#[tokio::test]
async fn calls_pages_and_captions_tell_their_states() {
    let (api, receiver) = told(Api::opentok(), |it| {
        let events = [
            "callCreated",
            "callUpdated",
            "callDestroyed",
            "muteForced",
            "render",
            "captions",
        ];
        plain(it).events(events)
    })
    .await;
    let (session, _client) = api.busy().await;
    let token = api.token(&session, Role::Moderator);
    let target = SipTarget::new("sip:a@b.example").observe_force_mute(true);
    let call = api.send(Dial::new(&session, &token, target)).await.unwrap();
    api.pass(SECOND).await;
    api.send(MuteAll::new(&session)).await.unwrap();
    let hang_up = ForceDisconnect::new(&session, &call.connection_id);
    api.send(hang_up).await.unwrap();
    api.emulator.settle().await;
    let events: Vec<_> = receiver
        .take()
        .iter()
        .map(crate::common::receiver::Received::json)
        .collect();
    let names: Vec<_> = events
        .iter()
        .map(|event| (event["event"].as_str().unwrap(), event["state"].as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("callCreated", None),
            ("callUpdated", Some("DIALING")),
            ("callUpdated", Some("RINGING")),
            ("callUpdated", Some("ACTIVE")),
            ("muteForced", None),
            ("callDestroyed", None),
        ]
    );
    assert_eq!(events[5]["reason_code"], "700");
    assert_eq!(
        events[0]["call"]["connectionId"],
        call.connection_id.as_str()
    );

    let own = Receiver::start().await;
    let page =
        StartRender::new(&session, &token, "https://page.invalid/").status_callback_url(&own.url);
    api.send(page).await.unwrap();
    api.pass(SECOND).await;
    let told = own.take().remove(0).json();
    assert_eq!(told["status"], "failed");
    assert_eq!(told["reason"], "Could not load URL");
    assert!(told.get("event").is_none(), "as in the guide's example");

    let captions = StartCaptions::new(&session, &token);
    let captions = api.send(captions).await.unwrap().id;
    api.send(StopCaptions::new(&captions)).await.unwrap();
    api.emulator.settle().await;
    let told: Vec<_> = receiver
        .take()
        .iter()
        .map(|it| it.json()["status"].clone())
        .collect();
    assert_eq!(told, [json!("started"), json!("stopped")]);
}

#[tokio::test]
async fn a_running_emulator_delivers_by_itself() {
    let receiver = Receiver::start().await;
    let emulator = vonage_video_emulator::Emulator::builder()
        .webhook(WebhookTarget::new(&receiver.url))
        .start()
        .await
        .unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    let api = Api {
        emulator,
        credentials,
    };
    let request = vonage_video_core::operations::CreateSession::new();
    let mut request = vonage_video_core::encode(&request, api.credentials.project()).unwrap();
    let now = api.emulator.now();
    let token = api.credentials.rest_token(now).unwrap();
    request
        .headers_mut()
        .insert("authorization", token.header_value().parse().unwrap());
    let created = api.emulator.handle(request).await.unwrap();
    let created: serde_json::Value = serde_json::from_slice(created.body()).unwrap();
    let session = created[0]["session_id"].as_str().unwrap().to_owned();
    let token = api.credentials.token(&session).sign_at(now).unwrap();
    api.emulator.join(session.as_str(), &token).unwrap();
    let mut names = Vec::new();
    while names.len() < 2 {
        names.extend(receiver.names());
        tokio::task::yield_now().await;
    }
    assert_eq!(names, ["sessionCreated", "connectionCreated"]);
}

#[tokio::test]
async fn one_that_is_made_to_run_goes_on_by_itself() {
    let wall = Arc::new(AtomicU64::new(0));
    let read = wall.clone();
    let emulator = crate::common::still().wall_clock(move || {
        crate::common::begin() + Duration::from_millis(read.load(Ordering::SeqCst))
    });
    let emulator = emulator.start().await.unwrap();
    let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
    let api = Api {
        emulator,
        credentials,
    };
    let (session, _client) = api.busy().await;
    let (api, receiver) = told(api, |it| plain(it).events(["archive"])).await;
    let archive = api.send(StartArchive::new(&session)).await.unwrap().id;
    api.send(StopArchive::new(&archive)).await.unwrap();
    api.emulator.settle().await;
    assert_eq!(receiver.names(), ["archive started", "archive stopped"]);
    // What waits for the clock has nothing to wait for by now.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    // Its file is ready in 50 ms, once time passes.
    let (status, clock) = api
        .control("PUT", "clock", json!({ "running": true }))
        .await;
    assert_eq!((status.as_u16(), &clock["running"]), (200, &json!(true)));
    wall.fetch_add(50, Ordering::SeqCst);
    let mut names = Vec::new();
    while names.is_empty() {
        names = receiver.names();
        tokio::task::yield_now().await;
    }
    assert_eq!(names, ["archive available"]);
}

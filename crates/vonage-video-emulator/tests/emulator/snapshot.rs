//! The state as a file: what is in it, and what is refused.

use std::time::Duration;

use serde_json::{Value, json};
use vonage_video_auth::{Credentials, Role};
use vonage_video_core::{
    models::{
        ArchiveMode, ArchiveStatus, BroadcastOutputs, BroadcastStatus, Hls, RtmpTarget, SipTarget,
    },
    operations::{
        CreateProject, CreateSession, DeleteArchive, Dial, GetArchive, GetBroadcast, ListArchives,
        ListStreams, MuteAll, StartArchive, StartBroadcast, StartCaptions, StartRender,
        StopArchive,
    },
};
use vonage_video_emulator::{Emulator, Notice, Publish};

use crate::common::{Api, HOUR, MINUTE, still};

/// A project with something of every kind in it.
async fn seeded(api: &Api) -> vonage_video_core::SessionId {
    let session = api
        .send(CreateSession::new().archive_mode(ArchiveMode::Always))
        .await
        .unwrap()
        .id;
    let ada = api.join(&session, Role::Moderator);
    let bob = api.join(&session, Role::Publisher);
    ada.publish(Publish::camera("Ada \u{202e}张伟").classes(["full"]))
        .unwrap();
    bob.publish(Publish::audio("Bob")).unwrap();
    ada.signal(None, Some("chat"), "hello").unwrap();
    let gone = api.join(&session, Role::Subscriber);
    gone.drop_off().unwrap();
    api.send(MuteAll::new(&session)).await.unwrap();
    let first = api
        .send(
            StartArchive::new(&session)
                .name("first")
                .multi_archive_tag("a"),
        )
        .await
        .unwrap();
    api.pass(MINUTE).await;
    api.send(StopArchive::new(&first.id)).await.unwrap();
    api.pass(MINUTE).await;
    let deleted = api
        .send(
            StartArchive::new(&session)
                .name("deleted")
                .multi_archive_tag("b"),
        )
        .await
        .unwrap();
    api.send(StopArchive::new(&deleted.id)).await.unwrap();
    api.pass(MINUTE).await;
    api.send(DeleteArchive::new(&deleted.id)).await.unwrap();
    let outputs = BroadcastOutputs::new()
        .hls(Hls::new().dvr(true))
        .rtmp([RtmpTarget::new("rtmp://live.example/app", "key")]);
    api.send(StartBroadcast::new(&session, outputs))
        .await
        .unwrap();
    let token = api.token(&session, Role::Moderator);
    api.send(StartRender::new(&session, &token, "https://example.com/"))
        .await
        .unwrap();
    api.send(StartCaptions::new(&session, &token))
        .await
        .unwrap();
    api.send(Dial::new(
        &session,
        &token,
        SipTarget::new("sip:user@example.com"),
    ))
    .await
    .unwrap();
    api.pass(Duration::from_secs(1)).await;
    session
}

/// Everything that the control API shows, without what an emulator has by itself.
async fn shown(api: &Api, session: &vonage_video_core::SessionId) -> Value {
    let mut state = api.ok("GET", "state", Value::Null).await;
    for archive in state["archives"]["items"].as_array_mut().unwrap() {
        // Links are signed with a key of each emulator's own.
        archive.as_object_mut().unwrap().remove("url");
    }
    let room = api
        .ok("GET", &format!("sessions/{session}"), Value::Null)
        .await;
    json!([state, room])
}

#[tokio::test]
async fn an_imported_state_is_the_exported_one_and_goes_on_as_it_would_have() {
    for api in Api::both() {
        let session = seeded(&api).await;
        let exported = api.emulator.export();
        let other = Api {
            emulator: still().seed(2).in_memory().unwrap(),
            credentials: api.credentials.clone(),
        };
        other.emulator.import(&exported).unwrap();
        assert_eq!(other.emulator.export(), exported);
        assert_eq!(shown(&other, &session).await, shown(&api, &session).await);

        // Its ids, its deadlines and its timers go on alike.
        for api in [&api, &other] {
            api.send(CreateSession::new()).await.unwrap();
            api.pass(HOUR * 5).await;
        }
        assert_eq!(shown(&other, &session).await, shown(&api, &session).await);
        assert_eq!(other.emulator.export(), api.emulator.export());
        let list = other.send(ListArchives::new()).await.unwrap();
        assert!(
            list.items
                .iter()
                .all(|it| it.name.as_deref() != Some("deleted"))
        );
        api.pass(HOUR * 72).await;
        other.pass(HOUR * 72).await;
        let expired = |api: &Api| {
            let archives = api.emulator.archives();
            archives
                .iter()
                .filter(|archive| archive.status == ArchiveStatus::Expired)
                .count()
        };
        assert_eq!(expired(&other), expired(&api));
        assert!(expired(&other) > 0, "files are kept for 72 hours");
    }
}

#[tokio::test]
async fn an_older_state_goes_on_at_its_own_time_with_tokens_of_today() {
    let api = Api::opentok();
    let session = seeded(&api).await;
    let exported = api.emulator.export();
    let then = api.emulator.now();
    let week = Duration::from_secs(7 * 24 * 3600);
    let later = Emulator::builder()
        .wall_clock(move || crate::common::begin() + week)
        .stand_still()
        .in_memory()
        .unwrap();
    later.import(&exported).unwrap();
    assert_eq!(later.now(), then);
    let token = api
        .credentials
        .token(&session)
        .sign_at(crate::common::begin() + week)
        .unwrap();
    let client = later.join(session.clone(), &token).unwrap();
    assert!(client.is_connected());
    later.advance(MINUTE).await;
    assert!(client.is_connected());
    assert_eq!(later.now(), then + MINUTE);
}

#[tokio::test]
async fn what_is_shared_leads_to_the_emulator_that_has_it_and_holds_no_key() {
    let api = Api::opentok();
    let session = seeded(&api).await;
    let exported = api.emulator.export();
    let secret = api.emulator.opentok().unwrap().secret().unwrap();
    assert!(!exported.contains(secret));
    assert!(!exported.contains("BEGIN"));

    let other = Api {
        emulator: still()
            .public_url("http://elsewhere:1234")
            .in_memory()
            .unwrap(),
        credentials: api.credentials.clone(),
    };
    let status = other
        .control(
            "POST",
            "state/import",
            serde_json::from_str(&exported).unwrap(),
        )
        .await;
    assert_eq!(status.0, 204, "{}", status.1);
    let state = other.ok("GET", "state", Value::Null).await;
    let broadcast = &state["broadcasts"]["items"][0];
    let url = broadcast["broadcastUrls"]["hls"].as_str().unwrap();
    assert!(url.starts_with("http://elsewhere:1234/"), "{url}");
    let id = broadcast["id"].as_str().unwrap();
    let got = other.send(GetBroadcast::new(id)).await.unwrap();
    assert_eq!(got.status, BroadcastStatus::Started);
    let archive = state["archives"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|archive| archive["status"] == "available")
        .unwrap();
    let got = other
        .send(GetArchive::new(archive["id"].as_str().unwrap()))
        .await
        .unwrap();
    let file = got.url.unwrap();
    let path = file.strip_prefix("http://elsewhere:1234").unwrap();
    assert_eq!(other.get("GET", path, String::new()).await.status(), 200);
    let streams = other.send(ListStreams::new(&session)).await.unwrap();
    assert!(
        streams
            .items
            .iter()
            .any(|it| it.layout_class_list == ["full"])
    );
}

#[tokio::test]
async fn clients_and_their_inboxes_are_in_it_and_their_subscriptions_end() {
    let api = Api::vonage();
    let (session, client) = api.busy().await;
    client.signal(None, None, "before").unwrap();
    let mut notices = client.notices();
    let exported = api.emulator.export();
    client.signal(None, None, "after").unwrap();
    client.leave().unwrap();
    api.emulator.import(&exported).unwrap();
    assert!(client.is_connected(), "it had not left");
    assert_eq!(
        client.inbox(),
        [Notice::Signal {
            from: Some(client.id().clone()),
            kind: None,
            data: "before".to_owned()
        }]
    );
    while notices.next().await.is_some() {}
    assert_eq!(client.session(), &session);
}

#[tokio::test]
async fn a_project_that_was_made_here_has_its_secret_and_others_must_be_there() {
    let api = Api {
        emulator: still().in_memory().unwrap(),
        credentials: Credentials::opentok_account(
            "10000000",
            "fedcba9876543210fedcba9876543210fedcba98",
        )
        .unwrap(),
    };
    let made = api.send(CreateProject::new().name("Made")).await.unwrap();
    let account = api.emulator.export();
    let same = Api {
        emulator: still().in_memory().unwrap(),
        credentials: Credentials::opentok(made.id.as_str(), made.secret.as_deref().unwrap())
            .unwrap(),
    };
    same.emulator.import(&account).unwrap();
    same.send(CreateSession::new()).await.unwrap();

    let other = still()
        .project(vonage_video_emulator::Project::demo_vonage().unwrap())
        .in_memory()
        .unwrap();
    let before = other.export();
    let error = other.import(&account).unwrap_err().to_string();
    assert!(
        error.contains("10000001") && error.contains("start the emulator with that project"),
        "{error}"
    );
    assert_eq!(other.export(), before, "nothing has changed");
}

#[tokio::test]
async fn what_is_no_state_or_of_another_version_is_refused() {
    let api = Api::vonage();
    let exported: Value = serde_json::from_str(&api.emulator.export()).unwrap();
    assert_eq!(exported["version"], 1);
    let changed = |name: &str, value: Value| {
        let mut changed = exported.clone();
        changed[name] = value;
        changed
    };
    let mut late = exported.clone();
    late["world"]["now"] = json!(u64::MAX);
    for (state, why) in [
        (json!({}), "not an exported state"),
        (json!([1]), "not an exported state"),
        (changed("format", json!("other")), "not an exported state"),
        (
            changed("version", json!(2)),
            "version 2, and this emulator reads version 1 only",
        ),
        (changed("version", json!(0)), "version 0"),
        (changed("world", json!({"now": 1})), "damaged"),
        (late, "year 9999"),
    ] {
        let message = api.refuse("POST", "state/import", state, 400).await;
        assert!(message.contains(why), "{message}");
    }
    assert!(api.emulator.import("\u{0}").is_err());
}

//! Who is in a session, whatever the order, the copies and the losses of its webhooks.

use std::time::Duration;

use vonage_video_core::{
    ActivityKind, ConnectionId, Presence, Timestamp, WebhookEvent,
    models::{
        Archive, Broadcast, CaptionsEvent, Connection, ConnectionReason, ConnectionState, Render,
        SessionReason, SipCallState, Stream, StreamReason,
    },
};

pub(crate) const START: u64 = 1_728_036_000_000;
pub(crate) const SESSION: &str = "session";

pub(crate) fn at(second: u64) -> Timestamp {
    Timestamp::from_millis(START + second * 1000)
}

pub(crate) fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn joins(id: &str, second: u64) -> WebhookEvent {
    WebhookEvent::connection_created(SESSION, id, at(second))
}

pub(crate) fn leaves(id: &str, second: u64) -> WebhookEvent {
    WebhookEvent::connection_destroyed(SESSION, id, at(second))
}

pub(crate) fn publishes(id: &str, stream: &str, second: u64) -> WebhookEvent {
    WebhookEvent::stream_created(SESSION, stream, id, at(second))
}

pub(crate) fn ends(id: &str, stream: &str, second: u64) -> WebhookEvent {
    WebhookEvent::stream_destroyed(SESSION, stream, id, at(second))
}

pub(crate) fn archive(id: &str, status: &str, second: u64) -> WebhookEvent {
    let mut archive = Archive::new(id);
    archive.session_id = SESSION.into();
    archive.status = status.into();
    archive.created_at = Some(at(0));
    archive.updated_at = Some(at(second));
    archive.into()
}

pub(crate) fn fold(events: &[WebhookEvent]) -> Presence {
    let mut presence = Presence::new(SESSION);
    for event in events {
        presence.apply(event, at(1_000));
    }
    presence
}

pub(crate) fn here(presence: &Presence) -> Vec<&str> {
    let ids = presence.participants();
    ids.map(|it| it.connection_id().as_str()).collect()
}

#[test]
fn participants_their_streams_and_their_times() {
    let mut alice = joins("alice", 10);
    if let WebhookEvent::ConnectionCreated(event) = &mut alice {
        event.connection.data = Some("name=Alice".to_owned());
    }
    let presence = fold(&[
        WebhookEvent::session_created(SESSION, at(10)),
        alice,
        publishes("alice", "cam", 12),
        publishes("alice", "screen", 20),
        ends("alice", "screen", 50),
        joins("bob", 30),
        leaves("bob", 40),
    ]);
    assert_eq!(here(&presence), ["alice"]);
    assert_eq!(presence.count(), 1);
    assert_eq!(presence.started_at(), Some(at(10)));
    assert_eq!(presence.ended(), None);

    let alice = ConnectionId::from("alice");
    assert!(presence.is_publishing(&alice));
    assert_eq!(presence.since(&alice), Some(at(10)));
    let alice = presence.participant(&alice).unwrap();
    assert_eq!(alice.data(), Some("name=Alice"));
    assert_eq!(alice.duration(at(100)), secs(90));
    let streams: Vec<_> = alice.streams().map(|it| it.stream_id().as_str()).collect();
    assert_eq!(streams, ["cam"]);

    let bob = presence.participant(&"bob".into()).unwrap();
    assert_eq!(bob.left_at(), Some(at(40)));
    assert_eq!(
        bob.left_reason(),
        Some(ConnectionReason::ClientDisconnected)
    );
    assert_eq!(presence.since(&"bob".into()), None);
    assert!(!presence.is_publishing(&"bob".into()));

    let usage = presence.usage(at(100));
    assert_eq!(usage.participants, 2);
    assert_eq!(usage.connected, secs(90 + 10));
    assert_eq!(usage.participant_minutes(), 2);
    assert_eq!(usage.published, secs(88 + 30));

    let peak = presence.peak().unwrap();
    assert_eq!((peak.participants, peak.at), (2, at(30)));
    assert_eq!(presence.occupied_since(), Some(at(10)));
    assert_eq!(presence.empty_since(), None);
}

#[test]
fn an_empty_session_knows_since_when() {
    let presence = fold(&[
        joins("a", 0),
        leaves("a", 10),
        joins("b", 20),
        leaves("b", 30),
    ]);
    assert!(presence.is_empty());
    assert_eq!(presence.empty_since(), Some(at(30)));
    assert_eq!(presence.occupied_since(), None);
    let presence = fold(&[joins("a", 0), leaves("a", 10), joins("b", 20)]);
    assert_eq!(presence.occupied_since(), Some(at(20)));
    let nobody = Presence::new(SESSION);
    assert_eq!((nobody.empty_since(), nobody.peak()), (None, None));
}

#[test]
fn a_departure_that_arrives_before_the_arrival_is_remembered() {
    let presence = fold(&[
        leaves("a", 9),
        ends("a", "s", 9),
        joins("a", 3),
        publishes("a", "s", 4),
    ]);
    assert!(presence.is_empty());
    assert_eq!(presence.streams().count(), 0);
    assert_eq!(presence.usage(at(100)).connected, secs(6));
    assert_eq!(presence.usage(at(100)).published, secs(5));
}

#[test]
fn a_lost_arrival_is_inferred_from_a_stream() {
    let presence = fold(&[publishes("a", "s", 4)]);
    assert_eq!(here(&presence), ["a"]);
    // `createdAt` of the connection is in every event that names it.
    let mut late = publishes("b", "t", 8);
    if let WebhookEvent::StreamCreated(event) = &mut late {
        event.stream.connection.created_at = Some(at(2));
    }
    assert_eq!(fold(&[late]).since(&"b".into()), Some(at(2)));
}

#[test]
fn a_stream_ends_with_its_publisher_although_its_own_event_is_lost() {
    let presence = fold(&[joins("a", 0), publishes("a", "s", 1), leaves("a", 5)]);
    let stream = presence.all_streams().next().unwrap();
    assert_eq!(stream.ended_at(), Some(at(5)));
    assert_eq!(stream.ended_reason(), None);
    let told = fold(&[joins("a", 0), publishes("a", "s", 1), ends("a", "s", 3)]);
    let stream = told.all_streams().next().unwrap();
    assert_eq!(
        stream.ended_reason(),
        Some(StreamReason::ClientDisconnected)
    );
}

#[test]
fn a_rotated_session_goes_on_with_those_who_join_again() {
    let mut rotated = WebhookEvent::session_destroyed(SESSION, at(50));
    if let WebhookEvent::SessionDestroyed(event) = &mut rotated {
        event.reason = Some(SessionReason::ServerRotation);
    }
    let notice = WebhookEvent::session_notification(SESSION, at(20));
    let mut events = vec![joins("old", 0), publishes("old", "s", 1), notice];
    assert_eq!(fold(&events).rotation_announced_at(), Some(at(20)));
    // The departure of "old" is lost; "new" joins in the very millisecond of the rotation.
    events.extend([rotated, joins("new", 50)]);
    let presence = fold(&events);
    assert_eq!(here(&presence), ["new"]);
    assert_eq!(presence.streams().count(), 0);
    assert_eq!(presence.rotation_announced_at(), None);
    assert_eq!(
        presence.ended(),
        Some((at(50), Some(SessionReason::ServerRotation)))
    );
    let old = presence.participant(&"old".into()).unwrap();
    assert_eq!((old.left_at(), old.left_reason()), (Some(at(50)), None));
    // It is seen again: it migrated.
    let mut presence = presence;
    presence.reconcile(
        [],
        &[Connection::new("old"), Connection::new("new")],
        at(60),
    );
    assert_eq!(here(&presence), ["new", "old"]);
}

#[test]
fn archives_broadcasts_renders_captions_and_calls_run_and_end() {
    let running = [
        archive("a", "started", 0),
        archive("a", "paused", 5),
        archive("a", "started", 9),
    ];
    let presence = fold(&running);
    assert!(presence.is_active(ActivityKind::Archive));
    assert_eq!(presence.activities().next().unwrap().status(), "started");
    assert_eq!(presence.usage(at(30)).archived, secs(30));

    // What the guide warns of: `uploaded` before `stopped`.
    let mut events = running.to_vec();
    events.extend([archive("a", "uploaded", 21), archive("a", "stopped", 20)]);
    let presence = fold(&events);
    assert!(!presence.is_active(ActivityKind::Archive));
    let it = presence.activities().next().unwrap();
    assert_eq!((it.status(), it.ended_at()), ("uploaded", Some(at(20))));
    assert_eq!(presence.usage(at(900)).archived, secs(20));

    let mut broadcast = Broadcast::new("b");
    broadcast.session_id = SESSION.into();
    broadcast.status = "started".into();
    broadcast.updated_at = Some(at(1));
    let mut render = Render::new("r");
    render.session_id = SESSION.into();
    render.status = "starting".into();
    let mut captions = CaptionsEvent::new("c");
    captions.session_id = SESSION.into();
    captions.status = "failed".into();
    captions.created_at = Some(at(1));
    captions.updated_at = Some(at(8));
    let mut ringing = WebhookEvent::call_created(SESSION, "k", "phone", at(3));
    if let WebhookEvent::CallCreated(event) = ringing.clone() {
        let mut event = event;
        event.state = Some(SipCallState::Ringing);
        event.timestamp = Some(at(4));
        ringing = WebhookEvent::CallUpdated(event);
    }
    let presence = fold(&[broadcast.into(), render.into(), captions.into(), ringing]);
    assert!(presence.is_active(ActivityKind::Broadcast));
    assert!(presence.is_active(ActivityKind::Render));
    assert!(!presence.is_active(ActivityKind::Captions));
    assert_eq!(presence.usage(at(900)).captioned, secs(7));
    let call = presence
        .activities()
        .find(|it| it.kind() == ActivityKind::SipCall);
    assert_eq!(call.unwrap().status(), "RINGING");
}

#[test]
fn an_archive_that_expires_after_three_days_did_not_record_for_three_days() {
    let day = 24 * 60 * 60;
    let mut presence = Presence::new(SESSION);
    presence.apply(&archive("a", "expired", 3 * day), at(3 * day));
    assert_eq!(presence.usage(at(3 * day)).archived, Duration::ZERO);
    assert!(!presence.is_active(ActivityKind::Archive));
}

#[test]
fn a_call_that_ended_has_left_even_if_its_connection_event_is_lost() {
    let call = WebhookEvent::call_destroyed(SESSION, "k", "phone", at(9));
    for events in [[joins("phone", 1), call.clone()], [call, joins("phone", 1)]] {
        let presence = fold(&events);
        assert!(presence.is_empty());
        assert_eq!(presence.usage(at(100)).connected, secs(8));
    }
}

#[test]
fn events_of_other_sessions_and_unknown_ones_change_nothing() {
    let mut presence = fold(&[joins("a", 0)]);
    let before = presence.clone();
    let unknown: WebhookEvent =
        serde_json::from_str(r#"{"event":"hologram","sessionId":"session"}"#).unwrap();
    for event in [
        WebhookEvent::connection_created("other", "b", at(1)),
        unknown,
        joins("a", 0),
    ] {
        assert!(!presence.apply(&event, at(2)), "{event:?}");
        assert_eq!(presence, before);
    }
    assert!(!presence.merge(&Presence::new("other")));
    assert_eq!(presence, before);
}

#[test]
fn both_lists_correct_what_lost_webhooks_left_behind() {
    let mut presence = fold(&[
        joins("gone", 0),
        publishes("gone", "old", 1),
        joins("stays", 2),
        publishes("stays", "kept", 3),
        publishes("stays", "over", 3),
        joins("later", 70),
    ]);
    let mut connecting = Connection::new("coming");
    connecting.state = ConnectionState::Connecting;
    let mut left = Connection::new("left");
    left.state = ConnectionState::Disconnected;
    let mut unheard = Connection::new("unheard");
    unheard.created_at = Some(at(20));
    let connections = [Connection::new("stays"), unheard, connecting, left];
    let streams = [Stream::new("kept"), Stream::new("unseen")];
    assert!(presence.reconcile(&streams, &connections, at(60)));
    assert_eq!(here(&presence), ["later", "stays", "unheard"]);
    assert_eq!(presence.since(&"unheard".into()), Some(at(20)));
    let live: Vec<_> = presence
        .streams()
        .map(|it| it.stream_id().as_str())
        .collect();
    assert_eq!(live, ["kept", "unseen"]);
    let gone = presence.participant(&"gone".into()).unwrap();
    assert_eq!((gone.left_at(), gone.left_reason()), (Some(at(60)), None));

    // Again, later: nothing lasts longer for it.
    assert!(!presence.clone().reconcile(&streams, &connections, at(60)));
    presence.reconcile(&streams, &connections, at(65));
    assert_eq!(
        presence.participant(&"gone".into()).unwrap().left_at(),
        Some(at(60))
    );

    // The lost webhook arrives after all, and is more exact.
    presence.apply(&leaves("gone", 40), at(80));
    assert_eq!(
        presence.participant(&"gone".into()).unwrap().left_at(),
        Some(at(40))
    );
}

#[test]
fn a_list_that_was_wrong_is_corrected_by_the_next_and_an_event_stands_against_both() {
    let mut presence = fold(&[joins("a", 0), joins("b", 0), leaves("b", 5)]);
    presence.reconcile([], [], at(10));
    assert!(presence.is_empty());
    presence.reconcile([], &[Connection::new("a"), Connection::new("b")], at(20));
    assert_eq!(here(&presence), ["a"]);
}

#[test]
fn an_event_older_than_the_tombstone_age_brings_nobody_back() {
    let day = 24 * 60 * 60;
    let mut presence = Presence::new(SESSION);
    presence.apply(&joins("a", 0), at(0));
    presence.apply(&leaves("a", 60), at(60));
    presence.apply(&joins("b", 70), at(70));
    let gone = presence.forget(at(day));
    assert_eq!(gone.participants, 0);
    // A copy at the end of a day finds the tombstone.
    presence.apply(&joins("a", 0), at(day));
    assert_eq!(here(&presence), ["b"]);

    let gone = presence.forget(at(day + 3_661));
    assert_eq!((gone.participants, gone.connected), (1, secs(60)));
    assert_eq!(presence.everybody().count(), 1);
    for now in [day + 3_661, 61] {
        assert!(
            !presence.apply(&joins("a", 0), at(now)),
            "even with a clock that went back"
        );
    }
    assert_eq!(here(&presence), ["b"]);
    assert_eq!(presence.usage(at(100)).connected, secs(30));
}

#[test]
fn the_peak_outlives_those_who_made_it() {
    let mut presence = Presence::new(SESSION).with_tombstone_age(secs(100));
    for event in [joins("a", 0), joins("b", 1), leaves("a", 5), leaves("b", 6)] {
        presence.apply(&event, at(6));
    }
    presence.forget(at(500));
    assert_eq!(presence.everybody().count(), 0);
    presence.apply(&joins("c", 500), at(500));
    let peak = presence.peak().unwrap();
    assert_eq!((peak.participants, peak.at), (2, at(1)));
}

//! The laws of presence: what holds for every log, order, copy, merge and list.

use proptest::prelude::*;
use vonage_video_core::{Presence, WebhookEvent, models::Connection};

use crate::presence::{SESSION, archive, at, ends, here, joins, leaves, publishes, secs};

/// A log that the service could write: clients join, publish, unpublish and leave, things run, and
/// the session ends and goes on.
fn log() -> impl Strategy<Value = Vec<WebhookEvent>> {
    prop::collection::vec((0..10u8, 0..4u8, 0..3u8, 0..40u64, any::<bool>()), 0..25).prop_map(
        |steps| {
            let steps = steps.into_iter();
            steps
                .map(|(what, who, thing, second, timed)| {
                    let (id, stream) = (format!("c{who}"), format!("s{who}{thing}"));
                    let mut event = match what {
                        0 | 1 => joins(&id, second),
                        2 => leaves(&id, second),
                        3 | 4 => publishes(&id, &stream, second),
                        5 => ends(&id, &stream, second),
                        6 => WebhookEvent::session_destroyed(SESSION, at(second)),
                        7 => archive(
                            "a",
                            match who {
                                0 => "started",
                                1 => "paused",
                                2 => "stopped",
                                _ => "available",
                            },
                            second,
                        ),
                        8 => WebhookEvent::call_destroyed(SESSION, "k", id.as_str(), at(second)),
                        _ => WebhookEvent::call_created(SESSION, "k", id.as_str(), at(second)),
                    };
                    if let (false, WebhookEvent::ConnectionCreated(event)) = (timed, &mut event) {
                        event.timestamp = None;
                    }
                    event
                })
                .collect()
        },
    )
}

fn folded(events: impl IntoIterator<Item = (usize, WebhookEvent)>) -> Presence {
    let mut presence = Presence::new(SESSION);
    for (index, event) in events {
        // Each has a time of arrival of its own, whatever its place.
        presence.apply(&event, at(100 + index as u64));
    }
    presence
}

proptest! {
    #[test]
    fn order_and_copies_do_not_matter(
        (log, shuffled, copies) in log().prop_flat_map(|log| {
            let indexed: Vec<_> = log.into_iter().enumerate().collect();
            let count = indexed.len().max(1);
            (Just(indexed.clone()), Just(indexed).prop_shuffle(), prop::collection::vec(0..count, 0..10))
        }),
    ) {
        let expected = folded(log.clone());
        let mut delivered = shuffled;
        for (place, index) in copies.iter().enumerate() {
            if let Some(copy) = log.get(*index) {
                delivered.insert(place.min(delivered.len()), copy.clone());
            }
        }
        let actual = folded(delivered);
        prop_assert_eq!(&actual, &expected);
        prop_assert_eq!(actual.usage(at(500)), expected.usage(at(500)));
        let text = serde_json::to_string(&actual).unwrap();
        prop_assert_eq!(serde_json::from_str::<Presence>(&text).unwrap(), expected);
    }

    #[test]
    fn merging_is_associative_commutative_and_idempotent_and_the_same_as_folding(
        one in log(), other in log(), third in log(), old in 0..60u64, listed in prop::collection::vec(0..4u8, 0..4),
    ) {
        let mut a = folded(one.clone().into_iter().enumerate());
        let b = folded(other.clone().into_iter().enumerate());
        let mut c = folded(third.into_iter().enumerate());
        let merged = |a: &Presence, b: &Presence| { let mut a = a.clone(); a.merge(b); a };

        let all = one.into_iter().enumerate().chain(other.into_iter().enumerate());
        prop_assert_eq!(merged(&a, &b), folded(all));

        // States that were reconciled or have forgotten obey the laws among each other too.
        let listed: Vec<_> = listed.iter().map(|who| Connection::new(format!("c{who}"))).collect();
        a.reconcile([], &listed, at(20));
        c = c.with_tombstone_age(secs(5));
        c.forget(at(old));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &c), &c), merged(&a, &c));
    }

    #[test]
    fn a_reconciled_session_has_exactly_those_who_are_listed_and_were_not_told_to_have_left(
        log in log(), listed in prop::collection::btree_set(0..6u8, 0..6),
    ) {
        let mut presence = folded(log.into_iter().enumerate());
        let left: Vec<_> = presence
            .everybody()
            .filter(|it| it.left_reason().is_some())
            .map(|it| it.connection_id().as_str().to_owned())
            .collect();
        let ids: Vec<_> = listed.iter().map(|who| format!("c{who}")).collect();
        let connections: Vec<_> = ids.iter().map(|id| Connection::new(id.as_str())).collect();
        presence.reconcile([], &connections, at(1_000));
        let expected: Vec<_> = ids.iter().filter(|id| !left.contains(id)).map(String::as_str).collect();
        prop_assert_eq!(here(&presence), expected);
        prop_assert!(!presence.reconcile([], &connections, at(1_000)));
    }

    #[test]
    fn nobody_is_counted_twice_or_not_at_all_by_forgetting(log in log(), when in 0..60u64) {
        let mut presence = folded(log.into_iter().enumerate()).with_tombstone_age(secs(3));
        let before = presence.usage(at(1_000));
        let present: Vec<String> = here(&presence).iter().map(ToString::to_string).collect();
        let peak = presence.peak().map(|peak| peak.participants);
        let mut sum = presence.forget(at(when));
        sum += presence.usage(at(1_000));
        prop_assert_eq!(sum.connected, before.connected);
        prop_assert_eq!(sum.participants, before.participants);
        prop_assert_eq!(here(&presence), present);
        prop_assert_eq!(presence.peak().map(|peak| peak.participants), peak);
    }
}

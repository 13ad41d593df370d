//! One limit for all instances.

use std::time::Duration;

use vonage_video::{Client, Credentials, operations::ListArchives, test_util::Mock};
use vonage_video_redis::RedisStore;
use vonage_video_tests::redis_server::{self, RedisServer};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn instances_share_the_turns_of_a_project_and_projects_do_not() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let limits = [(); 2].map(|()| {
        let store = RedisStore::single(&server.url()).unwrap();
        store.rate_limit(60 * SECOND, 3)
    });
    let mut waits = Vec::new();
    for turn in 0..5 {
        waits.push(
            limits[turn % 2]
                .take_turn("one", 600 * SECOND)
                .await
                .unwrap()
                .unwrap(),
        );
    }
    assert_eq!(waits[..3], [Duration::ZERO; 3]);
    // The fourth and the fifth have to wait for a minute, and two.
    for (wait, minutes) in waits[3..].iter().zip([1, 2]) {
        let expected = minutes * 60 * SECOND;
        assert!(
            *wait <= expected && *wait > expected - 10 * SECOND,
            "{wait:?}"
        );
    }
    // Who does not wait that long takes no turn.
    assert_eq!(limits[0].take_turn("one", 60 * SECOND).await.unwrap(), None);
    let next = limits[1]
        .take_turn("one", 600 * SECOND)
        .await
        .unwrap()
        .unwrap();
    assert!(next <= 180 * SECOND && next > 170 * SECOND, "{next:?}");
    assert_eq!(
        limits[0].take_turn("other", SECOND).await.unwrap(),
        Some(Duration::ZERO)
    );
    let ttl: i64 = server
        .ask(&["ttl", "vonage-video:rate:{one}"])
        .parse()
        .unwrap();
    assert!((300..=361).contains(&ttl), "{ttl}");
}

#[tokio::test]
async fn without_the_server_requests_are_sent() {
    let store = RedisStore::single("redis://127.0.0.1:1").unwrap();
    let limit = store.rate_limit(60 * SECOND, 1);
    assert!(limit.take_turn("one", SECOND).await.is_err());
    let mock = Mock::new();
    mock.expect::<ListArchives>().returns(Default::default());
    let client = Client::builder(Credentials::opentok("123456", "secret").unwrap())
        .transport(mock.clone())
        .rate_limit(limit)
        .build()
        .unwrap();
    client.send(ListArchives::new()).await.unwrap();
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_request_whose_turn_is_too_far_away_is_not_sent() {
    if !redis_server::installed() {
        return;
    }
    let server = RedisServer::start();
    let limit = RedisStore::single(&server.url())
        .unwrap()
        .rate_limit(60 * SECOND, 1);
    let mock = Mock::new();
    mock.expect::<ListArchives>().returns(Default::default());
    let client = Client::builder(Credentials::opentok("123456", "secret").unwrap())
        .transport(mock.clone())
        .rate_limit(limit)
        .build()
        .unwrap();
    client.send(ListArchives::new()).await.unwrap();
    let error = client
        .send(ListArchives::new())
        .timeout(SECOND)
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.sent(), vonage_video::Sent::No);
}

//! Waiting for what a webhook announces.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use vonage_video::{
    Archive, Client, Credentials,
    operations::{GetArchive, ListConnections},
    test_util::Mock,
};

use super::support::{archive, deliver, joins, settle, webhooks};

fn client(mock: &Mock) -> Client {
    let credentials = Credentials::opentok("123456", "secret").unwrap();
    Client::builder(credentials)
        .transport(mock.clone())
        .build()
        .unwrap()
}

fn is(status: &str) -> Archive {
    let mut archive = Archive::new("a1");
    archive.status = status.into();
    archive
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_over_as_soon_as_the_webhook_is_there() {
    let (mock, webhooks) = (Mock::new(), webhooks());
    mock.expect::<GetArchive>().returns(is("stopped"));
    mock.expect::<GetArchive>().returns(is("available"));
    let (client, began) = (client(&mock), Instant::now());
    let wait = tokio::spawn({
        let webhooks = webhooks.clone();
        async move { client.wait(&is("stopped")).woken_by(&webhooks).await }
    });
    settle().await;
    sleep(Duration::from_secs(7)).await;
    // Of another archive: nothing is read.
    assert_eq!(deliver(&webhooks, &archive("a2", "available")).await, 200);
    sleep(Duration::from_secs(13)).await;
    assert!(!wait.is_finished());
    assert_eq!(deliver(&webhooks, &archive("a1", "available")).await, 200);
    let archive = wait.await.unwrap().unwrap();
    assert_eq!(archive.status.as_str(), "available");
    assert!(
        began.elapsed() < Duration::from_millis(20_100),
        "{:?}",
        began.elapsed()
    );
    mock.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn waiting_for_somebody_is_over_when_somebody_joins() {
    let (mock, webhooks) = (Mock::new(), webhooks());
    mock.expect::<ListConnections>().returns(Default::default());
    let somebody = serde_json::from_str(r#"{"count":1,"items":[{"connectionId":"a"}]}"#).unwrap();
    mock.expect::<ListConnections>().returns(somebody);
    let (client, began) = (client(&mock), Instant::now());
    let wait = tokio::spawn({
        let webhooks = webhooks.clone();
        async move {
            client
                .wait_until(ListConnections::new("1_session"), |list| {
                    !list.items.is_empty()
                })
                .woken_by(&webhooks)
                .await
        }
    });
    sleep(Duration::from_secs(30)).await;
    assert_eq!(deliver(&webhooks, &joins("1_session", "a")).await, 200);
    assert_eq!(wait.await.unwrap().unwrap().items.len(), 1);
    assert!(
        began.elapsed() < Duration::from_millis(30_100),
        "{:?}",
        began.elapsed()
    );
}

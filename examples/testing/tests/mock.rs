//! With a mock: what the service says is written down in the test. The fastest way, and the one for
//! failures that are hard to bring about.

use serde_json::json;
use testing::record_lesson;
use vonage_video::{
    Archive, Credentials, Page, Sent,
    models::ArchiveStatus,
    operations::{ListArchives, StartArchive},
    test_util::Mock,
};

fn credentials() -> Credentials {
    Credentials::opentok("123456", "any-secret").unwrap()
}

#[tokio::test]
async fn a_running_recording_is_found() {
    let mock = Mock::new();
    mock.expect::<StartArchive>()
        .when(|start| start.name.as_deref() == Some("Lesson"))
        .refuses(
            409,
            json!({"code": 15003, "message": "Already being archived"}),
        );
    let mut running = Archive::new("a1");
    running.status = ArchiveStatus::Started;
    mock.expect::<ListArchives>()
        .returns(Page::new(1, vec![running]));

    let video = mock.client(credentials()).unwrap();
    let archive = record_lesson(&video, &"session".into()).await.unwrap();
    assert_eq!(archive.unwrap().id.as_str(), "a1");
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_recording_is_not_started_twice_when_the_connection_breaks() {
    let mock = Mock::new();
    mock.expect::<StartArchive>().breaks();

    let video = mock.client(credentials()).unwrap();
    let error = record_lesson(&video, &"session".into()).await.unwrap_err();
    assert_eq!(error.sent(), Sent::Maybe);
    assert_eq!(error.attempts(), 1);
    mock.verify().unwrap();
}

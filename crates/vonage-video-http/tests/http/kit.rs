//! The kit for users' own tests.

use std::time::Duration;

use serde_json::json;
use vonage_video_core::{
    ErrorKind, Page, Reason, Sent,
    models::{Archive, ArchiveStatus, Session},
    operations::{
        CreateSession, GetArchive, ListArchives, PlayDtmfSession, SignalSession, StartArchive,
    },
};
use vonage_video_http::{
    Client,
    test_util::{Cassette, Mock, Player, Recorder, Tape},
};

use crate::server::{SESSION, Server, archive, opentok, respond};

fn client(mock: &Mock) -> Client {
    mock.client(opentok()).unwrap()
}

#[tokio::test]
async fn what_is_expected_is_answered_and_counted() {
    let mock = Mock::new();
    mock.expect::<CreateSession>().returns(Session::new("s1"));
    mock.expect::<StartArchive>()
        .when(|start| start.session_id.as_str() == "s1")
        .times(2)
        .responds_with(|start| {
            assert_eq!(start.name.as_deref(), Some("lesson"));
            Ok(Archive::new("a1"))
        });
    mock.expect::<SignalSession>().returns(());
    mock.expect::<ListArchives>()
        .returns(Page::new(1, vec![Archive::new("a1")]));
    mock.expect::<GetArchive>()
        .refuses(404, json!({"message": "gone"}));
    let client = client(&mock);
    let session = client.send(CreateSession::new()).await.unwrap();
    for _ in 0..2 {
        client
            .send(StartArchive::new(&session.id).name("lesson"))
            .await
            .unwrap();
    }
    client.send(SignalSession::new("s1", "hi")).await.unwrap();
    assert_eq!(
        client
            .pages(ListArchives::new())
            .collect()
            .await
            .unwrap()
            .len(),
        1
    );
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert_eq!(error.api_error().unwrap().message, "gone");
    mock.verify().unwrap();
}

#[tokio::test]
async fn what_is_not_expected_fails_at_once_and_is_named() {
    let mock = Mock::new();
    mock.expect::<GetArchive>()
        .when(|get| get.archive_id.as_str() == "a1")
        .returns(Archive::new("a1"));
    let client = client(&mock);
    for error in [
        client.send(GetArchive::new("a2")).await.unwrap_err(),
        client
            .send(ListArchives::new())
            .await
            .map(|_| ())
            .unwrap_err(),
        client
            .request(http::Method::GET, "no/such")
            .await
            .map(|_| ())
            .unwrap_err(),
    ] {
        assert!(matches!(error.kind(), ErrorKind::Invalid(_)), "{error:?}");
        assert_eq!(error.attempts(), 1, "it is not tried again");
    }
    let unmet = mock.verify().unwrap_err();
    assert_eq!(unmet.missing, ["get_archive (came 0 of 1 times)"]);
    assert_eq!(
        unmet.unexpected[..2],
        [
            r#"get_archive: the `when` of the expectation of get_archive returned false for it: GetArchive { archiveId: "a2" }"#,
            "list_archives: nothing is expected of list_archives: ListArchives",
        ]
    );
    assert!(unmet.unexpected[2].starts_with("GET /v2/project/123456/no/such: "));
    // Once met, an expectation is used up.
    client.send(GetArchive::new("a1")).await.unwrap();
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert!(error.to_string().contains("has been met"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn responses_have_headers_and_take_their_time() {
    let mock = Mock::new();
    mock.expect::<StartArchive>()
        .header("retry-after", "7")
        .header("x-request-id", "r1")
        .refuses(429, json!({}));
    mock.expect::<StartArchive>()
        .after(Duration::from_secs(2))
        .returns(Archive::new("a1"));
    let start = tokio::time::Instant::now();
    let client = client(&mock);
    client.send(StartArchive::new(SESSION)).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 9);

    mock.expect::<GetArchive>()
        .after(Duration::from_secs(60))
        .returns(Archive::new("a1"));
    let call = client.send(GetArchive::new("a1")).attempts(1);
    let error = call.await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.sent(), Sent::Maybe);

    mock.expect::<GetArchive>()
        .header("a header", "x")
        .returns(Archive::new("a1"));
    let error = client.send(GetArchive::new("a1")).await.unwrap_err();
    assert!(
        error.to_string().contains("`a header` is not a header"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_not_there_was_sent_nothing() {
    let mock = Mock::new();
    mock.expect::<StartArchive>().unreachable();
    mock.expect::<StartArchive>().returns(Archive::new("a1"));
    // Not safe to send twice; but nothing was sent.
    client(&mock)
        .send(StartArchive::new(SESSION))
        .await
        .unwrap();
    mock.verify().unwrap();

    mock.expect::<StartArchive>().times(3).unreachable();
    let error = client(&mock)
        .send(StartArchive::new(SESSION))
        .await
        .unwrap_err();
    assert!(error.is_connect());
    assert_eq!((error.sent(), error.attempts()), (Sent::No, 3));
}

#[tokio::test]
async fn a_file_can_be_downloaded_from_a_mock() {
    let mock = Mock::new();
    let url = "http://localhost/archives/a1.mp4?signature=x";
    mock.file(url, vec![7; 5000]);
    let archive = || {
        let mut archive = Archive::new("a1");
        archive.status = ArchiveStatus::Available;
        archive.url = Some(url.to_owned());
        archive.size = 5000;
        archive
    };
    mock.expect::<GetArchive>()
        .times(2)
        .responds_with(move |_| Ok(archive()));
    let client = client(&mock);
    let path = std::env::temp_dir().join(format!("mock-file-{}", std::process::id()));
    let done = client.download("a1").to_file(&path).await.unwrap();
    assert_eq!(done.bytes, 5000);
    assert_eq!(std::fs::read(&path).unwrap(), vec![7; 5000]);
    std::fs::remove_file(&path).unwrap();

    mock.expect::<GetArchive>()
        .refuses(404, json!({"message": "gone"}));
    mock.file("http://localhost/other", vec![1]);
    client.download("a1").to_file(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn a_tape_is_recorded_once_and_played_from_then_on() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let path = std::env::temp_dir().join(format!("tape-{}.json", std::process::id()));
    for plays in [false, true, true] {
        let tape = Tape::open(&path).unwrap();
        assert_eq!(tape.is_playing(), plays);
        let client = server
            .builder()
            .layer({
                let tape = tape.clone();
                move |real| tape.around(real)
            })
            .build()
            .unwrap();
        let archive = client.send(GetArchive::new("a1")).await.unwrap();
        assert_eq!(archive.id.as_str(), "a1");
        tape.save().unwrap();
        assert_eq!(server.seen().len(), 1, "only the recording asks the server");
    }
    std::fs::write(&path, "not a cassette").unwrap();
    assert!(Tape::open(&path).is_err());
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test(start_paused = true)]
async fn failures_can_be_rehearsed() {
    let mock = Mock::new();
    mock.expect::<GetArchive>().breaks();
    mock.expect::<GetArchive>().hangs();
    mock.expect::<GetArchive>().returns(Archive::new("a1"));
    mock.expect::<StartArchive>().breaks();
    let client = client(&mock);
    // Safe to send again, so it gets through.
    client
        .send(GetArchive::new("a1"))
        .attempt_timeout(Duration::from_secs(3))
        .await
        .unwrap();
    // Not safe.
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport));
    mock.verify().unwrap();
}

#[tokio::test]
async fn what_is_recorded_can_be_played_and_holds_no_secret() {
    let server = Server::start(|seen, _| match seen.path() {
        "/session/create" => respond(200, r#"[{"session_id":"s1","project_id":"1"}]"#),
        path if path.ends_with("/signal") => respond(204, ""),
        path if path.ends_with("/a2") => respond(404, r#"{"code":404,"message":"geheim-message"}"#),
        path if path.ends_with("/play-dtmf") => respond(
            404,
            r#"{"code":404,"message":"No clients are connected to geheim-session"}"#,
        ),
        _ => respond(
            200,
            &archive("a1", "available")
                .replace("\"n\"", "\"geheim-name\"")
                .replace('}', r#","url":"https://x/?geheim-url"}"#),
        ),
    })
    .await;
    let recorder = Recorder::new();
    let recording = server
        .builder()
        .layer({
            let recorder = recorder.clone();
            move |real| recorder.around(real)
        })
        .build()
        .unwrap();

    async fn story(client: &Client) -> (String, String, u16, Reason) {
        let session = client.send(CreateSession::new()).await.unwrap();
        client
            .send(SignalSession::new(&session.id, "geheim-data"))
            .await
            .unwrap();
        let archive = client
            .send(StartArchive::new(&session.id).name("geheim-name"))
            .await
            .unwrap();
        let error = client.send(GetArchive::new("a2")).await.unwrap_err();
        let nobody = client
            .send(PlayDtmfSession::new(&session.id, "1"))
            .await
            .unwrap_err();
        (
            session.id.to_string(),
            archive.status.to_string(),
            error.status().unwrap().as_u16(),
            nobody.reason().unwrap(),
        )
    }

    let first = story(&recording).await;
    assert_eq!(first.3, Reason::NoClientsConnected);
    let text = recorder.cassette().to_json().unwrap();
    assert!(!text.contains("geheim") && !text.contains("eyJ"), "{text}");

    let player = Player::new(Cassette::from_json(&text).unwrap());
    let playing = server.builder().transport(player.clone()).build().unwrap();
    let before = server.seen().len();
    assert_eq!(story(&playing).await, first);
    assert_eq!((player.remaining(), server.seen().len()), (0, before));
    let error = playing.send(GetArchive::new("a2")).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("nothing is left on the cassette for GET"),
        "{error}"
    );
}

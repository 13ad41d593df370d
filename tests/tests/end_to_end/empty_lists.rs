//! "No streams yet" is an empty list, in the service's own words only.

use vonage_video::{
    Client,
    operations::{CreateSession, ListStreams},
};
use vonage_video_emulator::Emulator;

fn client(emulator: &Emulator) -> Client {
    let project = emulator.vonage().unwrap();
    Client::builder(project.credentials().unwrap().clone())
        .base_url(emulator.url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_session_without_streams_has_an_empty_list() {
    let emulator = Emulator::start().await.unwrap();
    let video = client(&emulator);
    let session = video.send(CreateSession::new()).await.unwrap();
    let response = video
        .send(ListStreams::new(&session.id))
        .with_response()
        .await
        .unwrap();
    assert_eq!(response.status, 404, "the service sends an error response");
    assert_eq!(response.value.items, []);

    // Well formed and of this project, but never created: the service says the same of it.
    let other = Emulator::builder().seed(7).start().await.unwrap();
    let unknown = client(&other).send(CreateSession::new()).await.unwrap();
    let response = video.send(ListStreams::new(&unknown.id)).await.unwrap();
    assert_eq!(response.items, []);
}

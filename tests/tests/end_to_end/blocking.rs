//! The blocking client does what the async one does, outside a runtime and inside one.

use std::{
    fs,
    io::Read,
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use vonage_video::{
    Client, Credentials, ErrorKind, Phase, blocking,
    models::ArchiveStatus,
    operations::{CreateSession, GetArchive, ListArchives, ListStreams, StartArchive},
};
use vonage_video_emulator::{Emulator, Publish};

/// An emulator that runs in a runtime of its own thread, and a blocking client of it.
fn world() -> (tokio::runtime::Runtime, Emulator, blocking::Client) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    let client = client(&emulator);
    (runtime, emulator, client)
}

fn client(emulator: &Emulator) -> blocking::Client {
    let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
    Client::builder(credentials)
        .base_url(emulator.url())
        .build()
        .unwrap()
        .into()
}

fn record(video: &blocking::Client, emulator: &Emulator) {
    let session = video.send(CreateSession::new()).run().unwrap();
    let client = emulator
        .join(&session.id, &video.token(&session.id).sign().unwrap())
        .unwrap();
    client.publish(Publish::camera("camera")).unwrap();
    assert_eq!(
        video
            .send(ListStreams::new(&session.id))
            .run()
            .unwrap()
            .items
            .len(),
        1
    );

    for number in 0..5 {
        let archive = video
            .send(StartArchive::new(&session.id).name(number.to_string()))
            .run()
            .unwrap();
        video.send(archive.stop()).run().unwrap();
    }
    let names: Vec<_> = video
        .pages(ListArchives::new().session_id(&session.id).count(2))
        .map(|archive| archive.unwrap().name.unwrap())
        .collect();
    assert_eq!(names, ["4", "3", "2", "1", "0"]);

    let newest = video
        .send(ListArchives::new().count(1))
        .run()
        .unwrap()
        .items
        .remove(0);
    let archive = video.wait(&newest).run().unwrap();
    assert_eq!(archive.status, ArchiveStatus::Available);
    let path = std::env::temp_dir().join(format!(
        "blocking-{}-{:?}",
        std::process::id(),
        thread::current().id()
    ));
    let downloaded = video.download(&archive, &path).unwrap();
    assert_eq!(
        (downloaded.bytes, fs::metadata(&path).unwrap().len()),
        (archive.size, archive.size)
    );
    fs::remove_file(&path).unwrap();

    let error = video
        .send(GetArchive::new("00000000-0000-4000-8000-000000000000"))
        .run()
        .unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn everything_outside_a_runtime() {
    let (_runtime, emulator, video) = world();
    record(&video, &emulator);
}

#[test]
fn everything_inside_a_runtime_of_one_thread() {
    let (_runtime, emulator, video) = world();
    let inside = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    inside.block_on(async {
        record(&video, &emulator);
        // Dropped in here too, without a panic.
        drop(video);
    });
}

#[test]
fn many_threads_share_one_client() {
    let (_runtime, emulator, video) = world();
    let ids: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| video.send(CreateSession::new()).run().unwrap().id))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let distinct: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), distinct.len()), (16, 16));
    drop(emulator);
}

#[expect(clippy::disallowed_methods, reason = "a test that measures")]
#[test]
fn a_server_that_never_answers_does_not_hold_a_thread_longer_than_its_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut held = Vec::new();
        while let Ok((mut stream, _)) = listener.accept() {
            let mut some = [0; 64];
            let _ = stream.read(&mut some);
            held.push(stream);
        }
    });
    let credentials =
        Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890").unwrap();
    let video = blocking::Client::from(Client::builder(credentials).base_url(url).build().unwrap());
    let begun = Instant::now();
    let error = video
        .send(ListArchives::new())
        .timeout(Duration::from_millis(300))
        .run()
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Timeout(Phase::Total)),
        "{error}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
}

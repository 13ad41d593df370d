//! An emulator whose clock stands still, and a client of it.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::Value;
use vonage_video::{
    Client, Role, SessionId,
    models::{Archive, ArchiveStatus},
    operations::{CreateSession, GetArchive, StopArchive},
};
use vonage_video_emulator::{Emulator, SimulatedClient};
use vonage_video_tests::interop::{Film, Picture};

/// An emulator whose clock stands still, and a client of it.
pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    pub(crate) video: Client,
    pub(crate) session: SessionId,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let emulator = Emulator::builder().stand_still().seed(7).start();
        let emulator = emulator.await.expect("an emulator");
        let credentials = emulator.vonage().and_then(|it| it.credentials()).cloned();
        let video = Client::builder(credentials.expect("a demo"))
            .base_url(emulator.url())
            .build()
            .expect("a client");
        let session = video.send(CreateSession::new()).await.expect("a session");
        Self {
            emulator,
            video,
            session: session.id,
        }
    }

    pub(crate) fn join(&self) -> SimulatedClient {
        let token = self.video.token(&self.session).role(Role::Moderator);
        let token = token.sign().expect("a token");
        self.emulator.join(&self.session, &token).expect("in")
    }

    pub(crate) async fn pass(&self, seconds: f64) {
        self.emulator
            .advance(Duration::from_secs_f64(seconds))
            .await;
    }

    /// Stops an archive and waits until its file is there.
    pub(crate) async fn finished(&self, archive: &Archive) -> Archive {
        self.video
            .send(StopArchive::new(&archive.id))
            .await
            .expect("stopped");
        self.pass(1.0).await;
        let archive = self
            .video
            .send(GetArchive::new(&archive.id))
            .await
            .expect("it");
        assert_eq!(archive.status, ArchiveStatus::Available);
        archive
    }

    /// The bytes at a URL of the emulator.
    pub(crate) async fn get(&self, url: &str) -> Bytes {
        let response = self.response(url).await;
        assert_eq!(response.status(), 200, "{url}");
        response.into_body()
    }

    pub(crate) async fn response(&self, url: &str) -> Response<Bytes> {
        let request = Request::builder().method(Method::GET).uri(url);
        let request = request.body(Bytes::new()).expect("a request");
        self.emulator.handle(request).await.expect("a response")
    }

    /// The tiles of an archive's or broadcast's picture now, as the control API shows them.
    pub(crate) async fn tiles(&self, of: &str) -> Vec<Value> {
        let url = format!("{}/_emulator/{of}/layout", self.emulator.url());
        let picture: Value = serde_json::from_slice(&self.get(&url).await).expect("JSON");
        picture["boxes"].as_array().expect("boxes").clone()
    }

    /// Fails unless a picture shows these tiles: the colour of each in its middle and near two
    /// corners.
    pub(crate) fn shows(&self, film: &Film, seconds: f64, tiles: &[Value]) {
        let picture = film.at(seconds);
        for tile in tiles {
            let part = |name: &str| u32::try_from(tile[name].as_u64().expect(name)).expect(name);
            let (x, y, width, height) = (part("x"), part("y"), part("width"), part("height"));
            for (x, y) in [
                (x + width / 2, y + height / 2),
                (x + 8, y + 8),
                (x + width - 9, y + height - 9),
            ] {
                is_coloured(&picture, seconds, Some(tile), (x, y));
            }
        }
    }

    /// Fails unless pixels have the colour of the last tile that covers them, or are black.
    pub(crate) fn shows_in_front(
        &self,
        film: &Film,
        seconds: f64,
        tiles: &[Value],
        pixels: &[(u32, u32)],
    ) {
        let picture = film.at(seconds);
        for (x, y) in pixels {
            let covers = |tile: &&Value| {
                let part = |name: &str| tile[name].as_u64().expect(name);
                let across = part("x")..part("x") + part("width");
                let down = part("y")..part("y") + part("height");
                across.contains(&u64::from(*x)) && down.contains(&u64::from(*y))
            };
            let tile = tiles.iter().rev().find(covers);
            is_coloured(&picture, seconds, tile, (*x, *y));
        }
    }
}

/// Fails unless a pixel has the colour of a tile; black without one.
fn is_coloured(picture: &Picture, seconds: f64, tile: Option<&Value>, (x, y): (u32, u32)) {
    let colour = tile.map_or("#000000", |it| it["color"].as_str().expect("a colour"));
    let expected = [1, 3, 5].map(|at| u8::from_str_radix(&colour[at..at + 2], 16).expect("hex"));
    let found = picture.colour(x, y);
    let near = found
        .iter()
        .zip(expected)
        .all(|(one, other)| one.abs_diff(other) <= 8);
    assert!(
        near,
        "{found:?} at {x}, {y} after {seconds} s, not {expected:?}: {tile:?}"
    );
}

/// The files of a ZIP archive: names and contents.
pub(crate) fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, size: usize| {
        let mut number = [0; 8];
        number[..size].copy_from_slice(&bytes[at..at + size]);
        usize::try_from(u64::from_le_bytes(number)).expect("a number")
    };
    let end = bytes.len() - 22;
    let mut at = number(end + 16, 4);
    let mut files = Vec::new();
    for _ in 0..number(end + 10, 2) {
        let (size, name, start) = (number(at + 24, 4), number(at + 28, 2), number(at + 42, 4));
        let data = start + 30 + number(start + 26, 2) + number(start + 28, 2);
        let file = String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).expect("a name");
        files.push((file, bytes[data..data + size].to_vec()));
        at += 46 + name + number(at + 30, 2) + number(at + 32, 2);
    }
    files
}

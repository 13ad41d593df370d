//! What the file of a long recording takes, by how often its picture changed.

use std::time::{Duration, Instant};

use vonage_video_core::{
    models::{Layout, LayoutType},
    operations::{CreateSession, GetArchive, SetArchiveLayout, StartArchive, StopArchive},
};
use vonage_video_emulator::{Emulator, Publish};

use crate::{effort::Effort, world::World};

/// Clients with a stream each.
const TILES: usize = 4;
const RECORDED: Duration = Duration::from_secs(4 * 3600);
/// Changes of the layout during a recording.
const CHANGES: [u32; 3] = [0, 10, 100];

/// A recording of some changes: what its files took to be made, and their size.
pub struct Recording {
    pub changes: u32,
    pub times: Vec<Duration>,
    pub bytes: usize,
}

pub async fn measure(effort: Effort) -> Vec<Recording> {
    let mut found = Vec::new();
    for changes in CHANGES {
        let mut recording = Recording {
            changes,
            times: Vec::new(),
            bytes: 0,
        };
        for _ in 0..effort.rounds {
            let (time, bytes) = record(changes).await;
            recording.times.push(time);
            recording.bytes = bytes;
        }
        found.push(recording);
    }
    found
}

/// Records, and returns what the download of the file took. Before that it was made once already,
/// for its checksum.
async fn record(changes: u32) -> (Duration, usize) {
    let emulator = Emulator::builder().stand_still().in_memory();
    let world = World::of(emulator.expect("an emulator"));
    let session = world.send(CreateSession::new()).await.id;
    for tile in 0..TILES {
        let client = world.join(&session);
        let stream = Publish::camera(format!("participant {tile}"));
        client.publish(stream).expect("a stream");
    }
    let archive = world.send(StartArchive::new(&session)).await.id;
    let step = RECORDED / (changes + 1);
    for change in 0..changes {
        world.emulator.advance(step).await;
        let kind = match change % 2 {
            0 => LayoutType::HorizontalPresentation,
            _ => LayoutType::BestFit,
        };
        let layout = Layout::new(kind);
        world.send(SetArchiveLayout::new(&archive, layout)).await;
    }
    world.emulator.advance(step - Duration::from_secs(1)).await;
    world.send(StopArchive::new(&archive)).await;
    world.emulator.advance(Duration::from_secs(60)).await;
    let url = world.send(GetArchive::new(&archive)).await.url;
    let url = url.expect("it is available");
    let began = Instant::now();
    let file = world.get(&url).await;
    (began.elapsed(), file.len())
}

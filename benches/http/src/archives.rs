//! What the server answers, and what it is read into by those who have no types of their own.

use bytes::Bytes;
use serde::Deserialize;

pub const API_KEY: &str = "123456";
pub const API_SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";
pub const APPLICATION: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
pub const PRIVATE_KEY: &str =
    include_str!("../../../crates/vonage-video-auth/tests/fixtures/keys/pkcs8.pem");
pub const ARCHIVE: &str = "b40ef09b-3811-4726-b508-e41a0f96c68f";

/// How many archives a list has: the most that the service gives at once.
pub const LISTED: usize = 1_000;

/// How many archives there are in all, for those who collect them.
pub const ALL: usize = 100_000;

/// An archive as an application would declare it by hand.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plain {
    pub id: String,
    pub status: String,
    pub name: Option<String>,
    pub reason: String,
    pub session_id: String,
    pub project_id: u64,
    pub created_at: u64,
    pub updated_at: u64,
    pub size: u64,
    pub duration: u64,
    pub output_mode: String,
    pub stream_mode: String,
    pub has_audio: bool,
    pub has_video: bool,
    pub resolution: String,
    pub sha256sum: String,
    pub password: Option<String>,
    pub event: String,
    pub url: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct PlainList {
    pub count: u64,
    pub items: Vec<Plain>,
}

/// One archive, about 650 bytes.
pub fn one() -> String {
    archive(0)
}

/// A list of 1,000, about 650 kB.
pub fn list() -> String {
    let items: Vec<String> = (0..LISTED).map(archive).collect();
    format!(r#"{{"count":{LISTED},"items":[{}]}}"#, items.join(","))
}

/// All archives, with a comma after each, and where each begins; last, where they end.
pub fn all() -> (Bytes, Vec<usize>) {
    let (mut text, mut begins) = (String::new(), Vec::with_capacity(ALL + 1));
    for index in 0..ALL {
        begins.push(text.len());
        text.push_str(&archive(index));
        text.push(',');
    }
    begins.push(text.len());
    (text.into(), begins)
}

/// A `livekit.ListRoomsResponse` of rooms that are about as large as an archive.
pub fn rooms(count: usize) -> Bytes {
    let mut rooms = Vec::new();
    for index in 0..count {
        let mut room = Vec::new();
        // Its sid, name and metadata.
        field(&mut room, 1, format!("RM_{index:012}").as_bytes());
        field(&mut room, 2, format!("Lesson {index}").as_bytes());
        field(&mut room, 8, &[b'm'; 580]);
        field(&mut rooms, 1, &room);
    }
    rooms.into()
}

/// A field of Protocol Buffers that has a length.
fn field(message: &mut Vec<u8>, number: u8, content: &[u8]) {
    message.push((number << 3) | 2);
    let mut length = content.len();
    while length >= 0x80 {
        message.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    message.push(length as u8);
    message.extend_from_slice(content);
}

fn archive(index: usize) -> String {
    // One name in ten needs unescaping.
    let name = if index % 10 == 3 {
        format!(r#"Lesson \"{index}\" \u00fcber\nalles"#)
    } else {
        format!("Lesson {index}")
    };
    let created = 1_700_000_000_000 + index as u64 * 61_000;
    let (size, duration) = (247_748_791 + index * 10_007, 600 + index % 3_000);
    format!(
        concat!(
            r#"{{"id":"b40ef09b-3811-4726-b508-{:012x}","status":"available","name":"{}","reason":"user initiated","#,
            r#""sessionId":"1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg","projectId":123456,"#,
            r#""createdAt":{},"updatedAt":{},"size":{},"duration":{},"outputMode":"composed","streamMode":"auto","hasAudio":true,"hasVideo":true,"#,
            r#""resolution":"1280x720","sha256sum":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","password":null,"event":"archive","#,
            r#""url":"https://files.example/123456/b40ef09b/archive.mp4?Expires=1700000600&Signature=q%2FJ0"}}"#
        ),
        0xe41a_0f96_c68f_u64 + index as u64,
        name,
        created,
        created + 900_000,
        size,
        duration,
    )
}
